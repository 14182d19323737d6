"""The experiment's rows, table and figures, on a task of random patterns."""

import importlib.util
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from brainnet import BrainnetError, tasks
from brainnet.comparison import kept, trial
from brainnet.comparison.kept import Kept

FOLDER = Path(__file__).parents[2] / "experiments"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    spec = importlib.util.spec_from_file_location("diehl_cook", FOLDER / "diehl_cook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "diehl_cook", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def task():
    rng = np.random.default_rng(0)
    return tasks.from_arrays("noise", rng.random((200, 16)), np.arange(200) % 2)


def runs(script, accuracies, **setting):
    setting = script.Setting(**setting)
    return [
        Kept("mnist", setting.key, seed, asdict(setting), {"numpy": "2"}, {"accuracy": accuracy}, seconds=65.0)
        for seed, accuracy in enumerate(accuracies)
    ]


def test_a_run_holds_its_setting_and_can_be_read_back(script, task, tmp_path):
    setting = script.Setting(neurons=10)
    found = script.run(setting, 3, script.whole(task), tell=False)
    assert script.Setting(**found.settings) == setting
    assert 0 <= found.scalars["accuracy"] <= 1
    assert sum(found.history["presentations"]) >= 160  # all but the 40 that are tested
    kept.keep(found, tmp_path)
    assert kept.found(tmp_path) == [found]


def test_what_has_been_run_is_not_run_again(script, task, tmp_path, monkeypatch):
    kept.keep(runs(script, [0.8])[0], tmp_path / "runs")
    monkeypatch.setattr(script, "run", lambda *_: pytest.fail("run again"))
    script.complete([(script.Setting(), 0)], task, tmp_path)


def test_the_table_shows_every_seed_and_the_mean(script):
    text = script.table(runs(script, [0.8, 0.82, 0.81]))
    assert "| 100 | 1 | 3 | 81.00 |" in text
    assert "80.00, 82.00, 81.00" in text
    assert "--neurons 100 --passes 1 --seeds 3" in text


def test_other_steps_and_methods_stay_out_of_the_table(script):
    assert "| 100 | 1 | 1 | 80.00 |" in script.table(runs(script, [0.8]) + runs(script, [0.5], dt_ms=0.25))


def test_a_simulation_that_diverges_is_a_result(script, task, monkeypatch):
    def diverges(*_, **__):
        raise script.BrainnetError("hidden.theta is no longer finite after learning")

    monkeypatch.setattr(script.SpikingClassifier, "fit", diverges)
    monkeypatch.setattr(trial, "compiler", lambda: None)
    found = script.run(script.Setting(), 0, task, tell=False)
    assert "no longer finite" in found.failed
    assert not found.scalars


def test_a_file_that_holds_no_trial_is_named(tmp_path):
    (tmp_path / "odd.json").write_text("[]")
    with pytest.raises(BrainnetError, match=r"odd\.json' holds no trial"):
        kept.found(tmp_path)
