"""Neurons that fire at times that are given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.neurons.dynamics import Dynamics


@dataclass(frozen=True)
class SpikeTrains:
    """Neurons that fire in the steps that the signal `spikes`, (pattern, step, neuron), marks with 1."""

    def dynamics(self) -> Dynamics:
        """No equations: a look at the signal, while there is one: after the last pattern a step more is simulated."""
        return Dynamics(
            equations="",
            threshold="spikes(t, i) * showing > 0.5",
            reset="",
            method="exact",
            parameters={},
            scheduled=("spikes",),
        )


def steps_of(times_ms: np.ndarray, neurons: np.ndarray, shape: tuple[int, int], dt_ms: float) -> np.ndarray:
    """The signal of `SpikeTrains` for one pattern, (1, step, neuron), from spike times and the neurons that fire.

    `shape` is (steps, neurons). A spike belongs to the step that begins nearest to it. Raises `BrainnetError` for a
    spike outside, and for two of a neuron in one step.
    """
    steps = np.rint(np.asarray(times_ms) / dt_ms).astype(int)
    neurons = np.asarray(neurons, int)
    if steps.size and not (
        steps.min() >= 0 and steps.max() < shape[0] and neurons.min() >= 0 and neurons.max() < shape[1]
    ):
        raise BrainnetError(f"spikes must lie in {shape[0]} steps of {dt_ms:g} ms and {shape[1]} neurons: some do not")
    signal = np.zeros((1, *shape))
    signal[0, steps, neurons] = 1.0
    if signal.sum() < len(steps):
        raise BrainnetError(f"a neuron fires at most once in a step of {dt_ms:g} ms: lower dt_ms")
    return signal
