"""How the two kinds of neuron answer their input: arrays for the figure that lays them side by side."""

from __future__ import annotations

import numpy as np

from brainnet.artificial.neurons import Sigmoid
from brainnet.comparison.results import Responses
from brainnet.spiking.neurons import LIF


def responses() -> Responses:
    """The sigmoid's activation, and the firing rate of a leaky integrate-and-fire neuron (its f-I curve)."""
    net_input = np.linspace(-6, 6, 241)
    neuron = LIF()
    current = np.linspace(0, 4, 401)
    return Responses(
        net_input=net_input,
        activation=Sigmoid().activation(net_input),
        current=current,
        rate_hz=neuron.rate_hz(current),
        tau_ms=neuron.tau_ms,
        refractory_ms=neuron.refractory_ms,
    )
