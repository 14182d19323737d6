"""What is watched: spikes and traces, the same in both backends, and only what was asked for."""

from typing import Any

import cells
import numpy as np
import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking import Monitor, Presentation, competitive
from brainnet.spiking.simulator import cache

SHOWN = Presentation(40.0, rest_ms=10.0, carry_over=True, min_spikes=1)
CELL = competitive(neurons=6, presentation=SHOWN)
EVERYTHING = Monitor(spikes={"inputs": None, "hidden": None}, traces={"hidden.v": [0, 2], "hidden.ge": [2]})


def watched(monitor: Monitor, backend, count: int = 3) -> Any:
    patterns = np.random.default_rng(1).random((count, 16))
    return cells.shown(CELL, patterns, None, 2, backend=backend, monitor=monitor)


@pytest.fixture(scope="module")
def slow():
    return watched(EVERYTHING, "numpy")


def test_watched_spikes_are_the_counted_ones(slow):
    seen = slow.activity
    assert len(seen.spike_times_ms["hidden"]) == slow.spikes > 0
    per_neuron = np.bincount(seen.spike_neurons["hidden"], minlength=6)
    assert slow.presentations == 3  # none was repeated, so every spike is in the counts
    np.testing.assert_array_equal(per_neuron, slow.counts["hidden"].sum(axis=0))


def test_traces_are_at_every_step_in_the_units_of_the_description(slow):
    seen = slow.activity
    np.testing.assert_allclose(seen.times_ms, np.arange(slow.presentations * 100) * 0.5)
    assert seen.traces["hidden.v"].shape == (300, 2)
    assert seen.traces["hidden.ge"].shape == (300, 1)
    assert -100 <= seen.traces["hidden.v"].min() <= -65.0 < seen.traces["hidden.v"].max() < 0  # mV


@pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
def test_both_backends_see_the_same(slow):
    fast = watched(EVERYTHING, "standalone").activity
    for name, times in slow.activity.spike_times_ms.items():
        order, other = (np.lexsort((a.spike_neurons[name], a.spike_times_ms[name])) for a in (slow.activity, fast))
        np.testing.assert_allclose(fast.spike_times_ms[name][other], times[order])
        np.testing.assert_array_equal(fast.spike_neurons[name][other], slow.activity.spike_neurons[name][order])
    np.testing.assert_allclose(fast.times_ms, slow.activity.times_ms)
    for name, values in slow.activity.traces.items():
        np.testing.assert_allclose(fast.traces[name], values, rtol=1e-4, atol=1e-5)


def test_only_the_neurons_and_times_that_were_chosen_come_out(slow):
    some = watched(Monitor(spikes={"inputs": [3, 4]}, from_ms=60.0, until_ms=120.0), "numpy").activity
    times, neurons = slow.activity.spike_times_ms["inputs"], slow.activity.spike_neurons["inputs"]
    kept = (times >= 60) & (times <= 120) & np.isin(neurons, [3, 4])
    np.testing.assert_array_equal(some.spike_times_ms["inputs"], times[kept])
    np.testing.assert_array_equal(some.spike_neurons["inputs"], neurons[kept])


def test_chunks_follow_one_another_in_time(slow, monkeypatch):
    monkeypatch.setattr("brainnet.spiking.simulator.run.CHUNK", 2)
    parts = watched(Monitor(spikes={"inputs": None}), "numpy").activity
    np.testing.assert_allclose(parts.spike_times_ms["inputs"], slow.activity.spike_times_ms["inputs"])


@pytest.mark.parametrize(
    ("monitor", "said"),
    [
        (Monitor(spikes={"readout": None}), "no population 'readout'"),
        (Monitor(traces={"inputs.x": [99]}), "neurons 0 to"),
    ],
)
def test_what_is_not_there_cannot_be_watched(monitor, said):
    with pytest.raises(BrainnetError, match=said):
        watched(monitor, "numpy")
