"""Refractory time is taken to the nearest step, and intervals are wrong by no more than their docstring says."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking import LIF, AdaptiveLIF, ConductanceLIF, ExponentialIF, simulate
from brainnet.spiking.network import Monitor, Network, Population, Presentation

CURRENTS = np.geomspace(1.1, 200.0, 25)
TIMES_MS = (0.0, 0.5, 0.6, 0.75, 1.0, 2.0, 2.3, 2.49, 2.5, 5.0)


def intervals_ms(neurons, dt_ms):
    """The interval between the first two spikes, (neuron, current)."""
    names = [f"kind_{i}" for i in range(len(neurons))]
    populations = tuple(Population(n, CURRENTS.size, neuron) for n, neuron in zip(names, neurons, strict=True))
    network = Network(populations, (), Presentation(150.0, dt_ms=dt_ms, precision="double"))
    signals = {f"{name}.current": CURRENTS[None] for name in names}
    monitor = Monitor(dict.fromkeys(names))
    seen = simulate(network, signals, {}, np.zeros(1), learn=False, backend="numpy", monitor=monitor).activity
    assert seen is not None
    times = [[seen.spike_times_ms[n][seen.spike_neurons[n] == i][:2] for i in range(CURRENTS.size)] for n in names]
    return np.diff(np.array(times), axis=2)[..., 0]


@pytest.mark.parametrize("dt_ms", [0.1, 0.25, 0.5])
@pytest.mark.parametrize("kind", [LIF, lambda **own: AdaptiveLIF(b=0.0, **own)], ids=["LIF", "AdaptiveLIF"])
def test_an_interval_is_up_to_a_step_short_and_without_refractoriness_up_to_a_step_long(kind, dt_ms):
    found = intervals_ms([kind(refractory_ms=time) for time in TIMES_MS], dt_ms)
    nearest = np.floor(np.array(TIMES_MS) / dt_ms + 0.5 + 1e-9) * dt_ms
    exact = nearest[:, None] - 25.0 * np.log1p(-1 / CURRENTS)
    steps_off = (found - exact) / dt_ms
    refractory = np.array(TIMES_MS) > 0
    assert (steps_off[refractory] > -1 - 1e-6).all()
    assert (steps_off[refractory] <= 1e-6).all()
    assert (steps_off[~refractory] >= -1e-6).all()
    assert (steps_off[~refractory] < 1 + 1e-6).all()
    given_off = (found - exact + nearest[:, None] - np.array(TIMES_MS)[:, None]) / dt_ms  # by t_ref as it was given
    assert (np.abs(given_off) <= 1.5 + 1e-6).all()


@pytest.mark.parametrize("kind", [LIF, AdaptiveLIF, ConductanceLIF, ExponentialIF])
def test_a_refractory_time_below_a_step_is_refused(kind):
    network = Network((Population("cells", 1, kind(refractory_ms=0.4)),), (), Presentation(10.0, dt_ms=0.5))
    with pytest.raises(BrainnetError, match=r"cells\.t_ref must be 0 or at least one step, 0\.5 ms \(got 0\.4 ms\)"):
        simulate(network, {}, {}, np.zeros(1), learn=False, backend="numpy")
