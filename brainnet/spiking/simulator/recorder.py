"""Record one presentation: every spike, and the potential of the most active hidden neuron."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from brainnet.spiking.network.description import Network, Recording
from brainnet.spiking.neurons import SI
from brainnet.spiking.simulator import runtime
from brainnet.spiking.simulator.program import compose
from brainnet.spiking.simulator.run import all_values, check_signals

HIDDEN = ("hidden", "excitatory")


def record(
    network: Network, signals: Mapping[str, np.ndarray], state: Mapping[str, np.ndarray], keys: np.ndarray
) -> Recording:
    """Present the first pattern once, with learning off, on Brian2's NumPy target."""
    check_signals(network, signals)
    program = compose(network, 1)
    values = all_values(network, state, 1, learn=False) | {"control.min_spikes": (0.0, "1")}
    objects, _ = runtime.prepare(program, values, {n: s[:1] for n, s in signals.items()}, keys[:1])
    neuron = next(p for p in network.populations if p.name in HIDDEN)
    spikes = objects.spikes(tuple(p.name for p in network.populations))
    trace = objects.trace(neuron.name)
    objects.run(network.presentation.input_ms)
    fired = np.asarray(spikes[neuron.name].i)
    index = int(np.bincount(fired, minlength=neuron.size).argmax())
    unit = neuron.neuron.dynamics().rest["v"][1]
    potential = np.asarray(trace.v)[index] / SI[unit]
    return Recording(
        duration_ms=network.presentation.input_ms,
        spike_times_ms={name: np.asarray(m.t) * 1e3 for name, m in spikes.items()},
        spike_neurons={name: np.asarray(m.i) for name, m in spikes.items()},
        trace_times_ms=np.asarray(trace.t) * 1e3,
        potential=potential,
        threshold=_threshold(values, neuron.name, index, potential, unit),
        unit=unit,
    )


def _threshold(values: Mapping[str, tuple], name: str, index: int, potential: np.ndarray, unit: str) -> np.ndarray:
    """Its threshold: v_th + theta, which stays while learning is off; 1 where potentials are relative to it."""
    level = 1.0
    if unit == "mV":
        level = values[f"{name}.v_th"][0] + values[f"{name}.theta"][0][index]
    return np.full(len(potential), level)
