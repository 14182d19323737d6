"""The benchmark runs small; what it writes has its form, and its shares are shares of one whole."""

import json
from pathlib import Path
from runpy import run_path

import numpy as np
import pytest

from brainnet.spiking.simulator import cache
from brainnet.spiking.simulator.profile import PARTS, part

pytestmark = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
EXPERIMENT = run_path(str(Path(__file__).parents[2] / "experiments" / "speed.py"))


def speed(monkeypatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["speed.py", "--synthetic", *map(str, arguments)])
    return EXPERIMENT["main"]()


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    file = tmp_path_factory.mktemp("speed") / "speed.json"
    with pytest.MonkeyPatch.context() as patch:
        assert speed(patch, "--neurons", 4, "--presentations", 8, "--warm-up", 2, "--json", file) == 0
    assert list(file.parent.iterdir()) == [file]
    return json.loads(file.read_text("utf-8"))


def test_there_is_a_row_for_each_size_with_settings_and_versions(result):
    assert [row["neurons"] for row in result["rows"]] == [4]
    assert all(np.isfinite(value) and value > 0 for name, value in result["rows"][0].items() if name != "shares")
    assert result["rows"][0]["presentations"] >= 8
    assert result["settings"]["patterns"].startswith("synthetic")
    assert {"brian2", "numpy", "C++ compiler"} <= result["versions"].keys()


def test_the_shares_of_the_parts_sum_to_one(result):
    shares = result["rows"][0]["shares"]
    assert list(shares) == [*PARTS, EXPERIMENT["FILES"]]
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares.values()) >= 0


def test_the_loop_is_a_part_of_the_time_in_python(result):
    row = result["rows"][0]
    assert row["loop_ms_per_presentation"] < row["ms_per_presentation"]
    assert row["fastest_chunk_ms_per_presentation"] <= row["ms_per_presentation"]


def test_every_object_has_its_part():
    found = {
        "inputs_onset": "noise",
        "inputs_spike_resetter": "noise",
        "inputs_spike_thresholder": "thresholds and resets",
        "hidden_onset": "onsets and counts",
        "hidden_spike_resetter": "thresholds and resets",
        "hidden_stateupdater": "state updates",
        "incoming_pre": "events",
        "incoming_post_push_spikes": "events",
        "incoming_scale": "normalisation",
        "control_code": "onsets and counts",
    }
    assert {name: part(name, ("inputs",)) for name in found} == found


def test_events_are_the_synapses_that_spikes_go_through():
    bench = EXPERIMENT["Bench"](EXPERIMENT["diehl_cook"](4), np.ones((2, 16)))
    rates = {"inputs.rate": np.full((2, 16), 10.0)}
    answer = {
        "control.idx": np.array([0, 1, 1]),
        "hidden.count": np.array([[1, 0, 0, 0], [0, 0, 0, 0], [0, 2, 0, 0]]),
    }
    from_inputs = 16 * 10.0 * 0.35 * (1 + 1 + 1.5) * 4  # the second pattern comes again, half as strong again
    assert bench.events(rates, answer) == pytest.approx(from_inputs + 3 * (16 + 1 + 3))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--neurons", "1"], "--neurons must be a whole number, 2 or more (got 1)"),
        (["--neurons", "many"], "invalid int value: 'many'"),
        (["--presentations", "0"], "--presentations must be a whole number, 1 or more (got 0)"),
        (["--warm-up", "-1"], "--warm-up must be a whole number, 0 or more (got -1)"),
        (["--json", "/nowhere/speed.json"], "--json /nowhere/speed.json cannot be written"),
    ],
)
def test_a_bad_option_is_one_line(monkeypatch, capsys, arguments, said):
    assert speed(monkeypatch, *arguments) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert said in error


def test_without_mnist_patterns_are_as_dense(monkeypatch):
    patterns, source = EXPERIMENT["synthetic"]()
    assert "synthetic" in source
    assert patterns.mean() == pytest.approx(0.13, abs=0.01)
    assert (patterns >= 0).all()
    assert (patterns <= 1).all()
