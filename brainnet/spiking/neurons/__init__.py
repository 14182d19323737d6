"""Spiking neurons: equations of motion as frozen data.

Each neuron is a frozen dataclass of its constants; `dynamics()` spells out its equations for the simulator. Inside the
equations quantities carry units; outside, the unit is in the name.
"""

from brainnet.spiking.neurons.adaptive import AdaptiveLIF
from brainnet.spiking.neurons.adex import NAUD_2008, AdEx
from brainnet.spiking.neurons.conductance import INHIBITORY, ConductanceLIF
from brainnet.spiking.neurons.dynamics import (
    NONE,
    SI,
    Dynamics,
    Neuron,
    Value,
    require_below,
    require_count,
    require_finite,
    require_not_negative,
    require_positive,
    require_that,
)
from brainnet.spiking.neurons.exponential import ExponentialIF
from brainnet.spiking.neurons.hodgkin_huxley import HodgkinHuxley
from brainnet.spiking.neurons.integrate_and_fire import LIF, SynapticLIF
from brainnet.spiking.neurons.izhikevich import (
    CHATTERING,
    FAST_SPIKING,
    INTRINSICALLY_BURSTING,
    LOW_THRESHOLD_SPIKING,
    REGULAR_SPIKING,
    Izhikevich,
    IzhikevichMixture,
)
from brainnet.spiking.neurons.poisson import Poisson
from brainnet.spiking.neurons.scheduled import SpikeTrains, steps_of

__all__ = [
    "CHATTERING",
    "FAST_SPIKING",
    "INHIBITORY",
    "INTRINSICALLY_BURSTING",
    "LIF",
    "LOW_THRESHOLD_SPIKING",
    "NAUD_2008",
    "NONE",
    "REGULAR_SPIKING",
    "SI",
    "AdEx",
    "AdaptiveLIF",
    "ConductanceLIF",
    "Dynamics",
    "ExponentialIF",
    "HodgkinHuxley",
    "Izhikevich",
    "IzhikevichMixture",
    "Neuron",
    "Poisson",
    "SpikeTrains",
    "SynapticLIF",
    "Value",
    "require_below",
    "require_count",
    "require_finite",
    "require_not_negative",
    "require_positive",
    "require_that",
    "steps_of",
]
