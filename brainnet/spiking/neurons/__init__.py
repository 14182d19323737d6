"""Spiking neurons: equations of motion as frozen data.

Each neuron is a frozen dataclass of its constants; `dynamics()` spells out its equations for the simulator. Inside the
equations quantities carry units; outside, the unit is in the name.
"""

from brainnet.spiking.neurons.adaptive import AdaptiveLIF
from brainnet.spiking.neurons.adex import NAUD_2008, AdEx
from brainnet.spiking.neurons.axon import Axon
from brainnet.spiking.neurons.conductance import INHIBITORY, ConductanceLIF
from brainnet.spiking.neurons.driven import driven, entry
from brainnet.spiking.neurons.dynamics import (
    DIMENSIONS,
    NONE,
    SI,
    WHOLE,
    Dynamics,
    Neuron,
    Value,
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
from brainnet.spiking.neurons.noise import GaussianNoise, Noise, PoissonBackground
from brainnet.spiking.neurons.partnered import WithPartner
from brainnet.spiking.neurons.poisson import Poisson
from brainnet.spiking.neurons.receptors import Receptor
from brainnet.spiking.neurons.scheduled import SpikeTrains, steps_of
from brainnet.spiking.neurons.siegert import siegert_hz

__all__ = [
    "CHATTERING",
    "DIMENSIONS",
    "FAST_SPIKING",
    "INHIBITORY",
    "INTRINSICALLY_BURSTING",
    "LIF",
    "LOW_THRESHOLD_SPIKING",
    "NAUD_2008",
    "NONE",
    "REGULAR_SPIKING",
    "SI",
    "WHOLE",
    "AdEx",
    "AdaptiveLIF",
    "Axon",
    "ConductanceLIF",
    "Dynamics",
    "ExponentialIF",
    "GaussianNoise",
    "HodgkinHuxley",
    "Izhikevich",
    "IzhikevichMixture",
    "Neuron",
    "Noise",
    "Poisson",
    "PoissonBackground",
    "Receptor",
    "SpikeTrains",
    "SynapticLIF",
    "Value",
    "WithPartner",
    "driven",
    "entry",
    "siegert_hz",
    "steps_of",
]
