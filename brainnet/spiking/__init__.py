"""The spiking twin: spiking neurons that learn by local rules, described here and simulated by Brian2."""

from typing import TYPE_CHECKING

from brainnet.lazy import exports

if TYPE_CHECKING:
    from brainnet.spiking.classifier import SpikingClassifier
    from brainnet.spiking.coding import CurrentInjection, PoissonRate
    from brainnet.spiking.learning import (
        Additive,
        DeltaRule,
        InhibitorySTDP,
        Multiplicative,
        PairSTDP,
        PfisterGerstnerSTDP,
        PostsynapticSTDP,
        PowerLaw,
        RewardSTDP,
        SymmetricSTDP,
        TripletSTDP,
    )
    from brainnet.spiking.network import CompetitiveLayer, FrozenFields, Presentation, Recording
    from brainnet.spiking.neurons import (
        LIF,
        AdaptiveLIF,
        AdEx,
        ConductanceLIF,
        ExponentialIF,
        HodgkinHuxley,
        Izhikevich,
        Poisson,
        SynapticLIF,
    )

__all__ = [
    "LIF",
    "AdEx",
    "AdaptiveLIF",
    "Additive",
    "CompetitiveLayer",
    "ConductanceLIF",
    "CurrentInjection",
    "DeltaRule",
    "ExponentialIF",
    "FrozenFields",
    "HodgkinHuxley",
    "InhibitorySTDP",
    "Izhikevich",
    "Multiplicative",
    "PairSTDP",
    "PfisterGerstnerSTDP",
    "Poisson",
    "PoissonRate",
    "PostsynapticSTDP",
    "PowerLaw",
    "Presentation",
    "Recording",
    "RewardSTDP",
    "SpikingClassifier",
    "SymmetricSTDP",
    "SynapticLIF",
    "TripletSTDP",
]

__getattr__ = exports(
    "brainnet.spiking",
    {
        "LIF": "neurons",
        "AdEx": "neurons",
        "AdaptiveLIF": "neurons",
        "Additive": "learning",
        "CompetitiveLayer": "network",
        "ConductanceLIF": "neurons",
        "CurrentInjection": "coding",
        "DeltaRule": "learning",
        "ExponentialIF": "neurons",
        "FrozenFields": "network",
        "HodgkinHuxley": "neurons",
        "InhibitorySTDP": "learning",
        "Izhikevich": "neurons",
        "Multiplicative": "learning",
        "PairSTDP": "learning",
        "PfisterGerstnerSTDP": "learning",
        "Poisson": "neurons",
        "PoissonRate": "coding",
        "PostsynapticSTDP": "learning",
        "PowerLaw": "learning",
        "Presentation": "network",
        "Recording": "network",
        "RewardSTDP": "learning",
        "SpikingClassifier": "classifier",
        "SymmetricSTDP": "learning",
        "SynapticLIF": "neurons",
        "TripletSTDP": "learning",
    },
)
