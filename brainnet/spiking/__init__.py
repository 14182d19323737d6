"""The spiking twin: spiking neurons that learn by local rules, described here and simulated by Brian2."""

from brainnet.spiking.classifier import SpikingClassifier
from brainnet.spiking.coding import CurrentInjection, PoissonRate
from brainnet.spiking.learning import DeltaRule, PostsynapticSTDP, TripletSTDP
from brainnet.spiking.network import CompetitiveLayer, FrozenFields, Presentation, Recording
from brainnet.spiking.neurons import LIF, ConductanceLIF, Poisson, SynapticLIF

__all__ = [
    "LIF",
    "CompetitiveLayer",
    "ConductanceLIF",
    "CurrentInjection",
    "DeltaRule",
    "FrozenFields",
    "Poisson",
    "PoissonRate",
    "PostsynapticSTDP",
    "Presentation",
    "Recording",
    "SpikingClassifier",
    "SynapticLIF",
    "TripletSTDP",
]
