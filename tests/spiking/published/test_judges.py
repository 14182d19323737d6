"""The neurons that give rewards."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import SpikeTrains
from brainnet.spiking.published.judges import Coincidence, Gate
from brainnet.spiking.simulator import simulate


def rewards(cause: list[int], reply: list[int]) -> np.ndarray:
    """Times in ms at which a reward comes, within 100 ms."""
    spikes = np.zeros((2, 100, 1))
    spikes[0, cause] = spikes[1, reply] = 1
    network = Network(
        (
            Population("first", 1, SpikeTrains()),
            Population("second", 1, SpikeTrains()),
            Population("judge", 1, Coincidence(within_ms=10, earliest_ms=20, latest_ms=40)),
        ),
        (
            Projection("hears", "first", "judge", "cause", weight=1.0),
            Projection("sees", "second", "judge", "reply", weight=1.0),
        ),
        Presentation(100.0, dt_ms=1.0),
    )
    signals = {"first.spikes": spikes[:1], "second.spikes": spikes[1:]}
    monitor = Monitor(spikes={"judge": None})
    seen = simulate(network, signals, {}, np.full(1, 7.0), learn=True, backend="numpy", monitor=monitor).activity
    assert seen is not None
    return seen.spike_times_ms["judge"]


@pytest.mark.parametrize("reply", [6, 10, 15])
def test_a_reply_in_time_is_rewarded_late(reply):
    (reward,) = rewards([5], [reply])
    assert reply + 20 <= reward <= reply + 42


@pytest.mark.parametrize("reply", [3, 5, 16, 60])
def test_no_reply_before_its_cause_or_with_it_or_too_late_is_rewarded(reply):
    assert rewards([5], [reply]).size == 0


def test_every_reply_is_rewarded_and_rewards_differ_in_their_delay():
    found = rewards([5, 20, 40], [8, 25, 30, 44])
    assert found.size == 4
    assert np.ptp(found - [8, 25, 30, 44]) > 2


def test_a_gate_passes_spikes_on_only_where_it_is_open():
    spikes = np.zeros((1, 20, 2))
    spikes[0, [3, 4, 9]] = 1
    network = Network(
        (Population("source", 2, SpikeTrains()), Population("gate", 2, Gate())),
        (Projection("tell", "source", "gate", "told", "one_to_one", weight=1.0),),
        Presentation(20.0, dt_ms=1.0),
    )
    signals = {"source.spikes": spikes, "gate.open": np.array([[1.0, 0.0]])}
    monitor = Monitor(spikes={"gate": None})
    seen = simulate(network, signals, {}, np.zeros(1), learn=True, backend="numpy", monitor=monitor).activity
    assert seen is not None
    assert seen.spike_neurons["gate"].tolist() == [0, 0, 0]
    np.testing.assert_allclose(seen.spike_times_ms["gate"], [4, 5, 10])
