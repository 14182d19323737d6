"""Record one presentation: every spike, and the potential of the most active neuron of one population."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.network.description import Monitor, Network, Population, Recording
from brainnet.spiking.simulator.activity import unit_of
from brainnet.spiking.simulator.run import simulate


def record(
    network: Network, signals: Mapping[str, np.ndarray], state: Mapping[str, np.ndarray], keys: np.ndarray, of: str
) -> Recording:
    """Present the first pattern once, with learning off, on Brian2's NumPy target: done before a compiler has begun.

    Spikes are those of all populations; the potential is that of the most active neuron of the population `of`.
    """
    once = replace(network, presentation=replace(network.presentation, min_spikes=0))
    hidden = network.population(of)
    if not len(keys):
        raise BrainnetError("record shows one pattern (got none)")
    monitor = Monitor(
        spikes={population.name: None for population in network.populations},
        traces={f"{hidden.name}.v": range(hidden.size)},
        until_ms=network.presentation.input_ms,
    )
    first = {name: values[:1] for name, values in signals.items()}
    seen = simulate(once, first, state, keys[:1], learn=False, backend="numpy", monitor=monitor).activity
    assert seen is not None
    index = int(np.bincount(seen.spike_neurons[hidden.name], minlength=hidden.size).argmax())
    potential = seen.traces[f"{hidden.name}.v"][:, index]
    return Recording(
        duration_ms=network.presentation.input_ms,
        spike_times_ms=seen.spike_times_ms,
        spike_neurons=seen.spike_neurons,
        trace_times_ms=seen.times_ms,
        potential=potential,
        threshold=np.full(len(potential), _threshold(hidden, state, index)),
        unit=unit_of(network, f"{hidden.name}.v"),
        population=hidden.name,
        neuron=index,
        sizes={population.name: population.size for population in network.populations},
    )


def _threshold(hidden: Population, state: Mapping[str, np.ndarray], index: int) -> float:
    """v_th + theta, which stays while learning is off; 1 where potentials are relative to the threshold."""
    parameters = hidden.dynamics().parameters
    return parameters["v_th"][0] + state[f"{hidden.name}.theta"][index] if "v_th" in parameters else 1.0
