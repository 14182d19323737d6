"""Every published network is a description that can be imported, run and changed in one way."""

from __future__ import annotations

import doctest
import inspect
from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking import published
from brainnet.spiking.network import Monitor
from brainnet.spiking.simulator import cache, simulate
from brainnet.structure import Graph

KINDS = [
    kind for name in published.__all__ if inspect.isclass(kind := getattr(published, name)) and name != "Published"
]
SMALL = [
    published.Brunel(neurons=100),
    published.Song(inputs=20),
    published.Vogels(groups=2, excitatory=4, inhibitory=2, dt_ms=0.5),
    published.Masquelier(afferents=20, runs=2),
    published.Izhikevich2003(
        replace(published.Izhikevich2003.excitatory, size=8), replace(published.Izhikevich2003.inhibitory, size=2)
    ),
    published.Florian(inputs=8, hidden=4, networks=2),
    published.Izhikevich2007(inputs=8, networks=2),
]


@pytest.fixture
def _on_numpy(monkeypatch):
    """Nothing is compiled for a few hundred steps."""
    monkeypatch.setattr(cache, "compiler", lambda: None)


@pytest.mark.usefixtures("_on_numpy")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_example_of_every_network_is_right(kind):
    (example,) = doctest.DocTestFinder(recurse=False).find(kind)
    assert len(example.examples) >= 3
    assert doctest.DocTestRunner().run(example).failed == 0


@pytest.mark.parametrize("kind", SMALL, ids=lambda kind: type(kind).__name__)
def test_signals_and_weights_fit_the_network_and_come_from_the_seed(kind: Any):
    ms = 3 * kind.part_ms
    first, again, other = (published.ready(kind, ms, seed) for seed in (1, 1, 2))
    assert first[0] == again[0] == other[0]
    for arrays, same in zip(first[1:3], again[1:3], strict=True):
        assert all(np.array_equal(arrays[name], same[name]) for name in arrays)
    assert len(set(first[3]) | set(other[3])) == 6
    own = [p for p in first[0].projections if p.weight is None]
    assert set(first[2]) == {f"{p.name}.w" for p in own}
    signals = {f"{p.name}.{signal}" for p in first[0].populations for signal in p.dynamics().signals}
    assert signals == set(first[1])
    assert all(values.shape[0] == 3 for values in first[1].values())


def test_all_networks_are_small_somewhere_above():
    assert {type(kind) for kind in SMALL} == set(KINDS)


@pytest.mark.parametrize("kind", SMALL, ids=lambda kind: type(kind).__name__)
def test_settings_are_frozen_data_and_a_changed_one_is_another_network(kind: Any):
    with pytest.raises(FrozenInstanceError):
        kind.dt_ms = 1.0
    assert replace(kind) == kind
    assert replace(kind, dt_ms=kind.dt_ms / 2).network().presentation.dt_ms == kind.dt_ms / 2


def test_a_run_is_the_simulation_of_what_is_ready():
    kind = published.Song(inputs=20, part_ms=100.0)
    ran = published.run(kind, 300, seed=4, backend="numpy", monitor=Monitor({"output": None}))
    answer = simulate(*published.ready(kind, 300, seed=4), learn=True, backend="numpy")
    np.testing.assert_array_equal(ran.counts["output"], answer.counts["output"])
    np.testing.assert_array_equal(ran.state["excitation.w"], answer.state["excitation.w"])
    assert ran.activity is not None
    assert len(ran.activity.spike_times_ms["output"]) == ran.counts["output"].sum()


@pytest.mark.parametrize("ms", [0, -100, 150, np.nan, np.inf])
def test_a_time_that_is_no_whole_number_of_parts_is_an_error(ms):
    with pytest.raises(BrainnetError, match=r"^Brunel is run in parts of 100 ms: ms must be a whole number of them"):
        published.ready(published.Brunel(neurons=100), ms)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: published.Brunel(neurons=10), "Brunel.neurons must be a whole number, 50 or more"),
        (lambda: published.Vogels(worlds=(0, 1)), "Vogels.worlds must be numbers below 1"),
        (lambda: published.Masquelier(taking_part=1.5), "Masquelier.taking_part must be a number from 0 to 1"),
        (lambda: published.Izhikevich2007(networks=101), "Izhikevich2007.networks must be at most inputs = 100"),
        (lambda: published.Florian(inputs=2), "Florian.inputs must be a whole number, 4 or more"),
    ],
)
def test_a_setting_that_makes_no_network_is_one_line(make, said):
    with pytest.raises(BrainnetError, match=said):
        make()


def test_brunels_outside_rate_would_just_bring_the_mean_potential_to_the_threshold():
    kind = published.Brunel(ratio=1.0)
    assert kind.outside_hz / 1000 * kind.weight_mV * kind.tau_ms == pytest.approx(kind.threshold_mV)


def test_brunels_network_has_the_published_degrees_and_no_autapses():
    for projection in published.Brunel(neurons=200).network().projections:
        graph = projection.pattern
        assert isinstance(graph, Graph)
        degrees = np.bincount(graph.targets, minlength=graph.n_targets)
        assert set(degrees) == {16 if projection.source == "e" else 4}
        assert projection.source != projection.target or not (graph.sources() == graph.targets).any()


def test_florian_shows_all_four_patterns_in_each_epoch():
    kind = published.Florian()
    rates = kind.signals(8, np.random.default_rng(0))["inputs.rate"]
    for epoch in (rates[:4], rates[4:]):
        assert {tuple(row[[0, -1]] > 0) for row in epoch} == {(a, b) for a in (False, True) for b in (False, True)}
