"""The spiking twin: spiking neurons that learn by local rules, described here and simulated by Brian2."""

from typing import TYPE_CHECKING

from brainnet.lazy import exports

if TYPE_CHECKING:
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

__getattr__ = exports(
    "brainnet.spiking",
    {
        "LIF": "neurons",
        "CompetitiveLayer": "network",
        "ConductanceLIF": "neurons",
        "CurrentInjection": "coding",
        "DeltaRule": "learning",
        "FrozenFields": "network",
        "Poisson": "neurons",
        "PoissonRate": "coding",
        "PostsynapticSTDP": "learning",
        "Presentation": "network",
        "Recording": "network",
        "SpikingClassifier": "classifier",
        "SynapticLIF": "neurons",
        "TripletSTDP": "learning",
    },
)
