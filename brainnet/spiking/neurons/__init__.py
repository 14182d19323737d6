"""Spiking neurons: equations of motion as frozen data.

Each neuron is a frozen dataclass of its constants; `dynamics()` spells out its equations for the simulator. Inside the
equations quantities carry units; outside, the unit is in the name.
"""

from brainnet.spiking.neurons.conductance import INHIBITORY, ConductanceLIF
from brainnet.spiking.neurons.dynamics import (
    NONE,
    SI,
    Dynamics,
    Neuron,
    Value,
    require_count,
    require_not_negative,
    require_positive,
)
from brainnet.spiking.neurons.integrate_and_fire import LIF, SynapticLIF
from brainnet.spiking.neurons.poisson import Poisson
from brainnet.spiking.neurons.scheduled import SpikeTrains, steps_of

__all__ = [
    "INHIBITORY",
    "LIF",
    "NONE",
    "SI",
    "ConductanceLIF",
    "Dynamics",
    "Neuron",
    "Poisson",
    "SpikeTrains",
    "SynapticLIF",
    "Value",
    "require_count",
    "require_not_negative",
    "require_positive",
    "steps_of",
]
