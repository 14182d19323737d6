"""One neuron, or many of a kind, under constant currents."""

from collections.abc import Callable

import numpy as np
import pytest

from brainnet.spiking.network import Network, Population, Presentation, Watch
from brainnet.spiking.simulator import simulate


@pytest.fixture(scope="session")
def observed() -> Callable:
    """A function that shows currents to neurons, and gives the simulator's answer with all spikes."""

    def show(neuron, currents, ms, dt_ms, traces=(), staircase=False, **signals):
        """Currents are (neuron,) or (pattern, neuron); a staircase carries the state from a pattern to the next."""
        currents = np.atleast_2d(currents)
        shown = Presentation(ms, dt_ms=dt_ms, carry_over=staircase, precision="double")
        size = currents.shape[1]
        watch = Watch({"hidden": None}, {f"hidden.{name}": range(size) for name in traces})
        network = Network((Population("hidden", size, neuron, counted=True),), (), shown)
        given = {f"hidden.{name}": np.atleast_2d(values) for name, values in signals.items()}
        keys = np.zeros(len(currents))
        given["hidden.current"] = currents
        return simulate(network, given, {}, keys, learn=staircase, backend="numpy", watch=watch)

    return show


@pytest.fixture(scope="session")
def trains(observed) -> Callable:
    """A function that gives the spike times of each neuron, in ms."""

    def show(neuron, currents, ms, dt_ms, **more):
        seen = observed(neuron, currents, ms, dt_ms, **more).activity
        times, neurons = seen.spike_times_ms["hidden"], seen.spike_neurons["hidden"]
        return [times[neurons == i] for i in range(np.atleast_2d(currents).shape[1])]

    return show
