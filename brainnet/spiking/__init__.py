"""The spiking twin: spiking neurons that learn by local rules, described here and simulated by Brian2."""

from brainnet.lazy import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    renamed={
        "CompetitiveLayer": "competitive, a function that returns a Cell",
        "CurrentInjection": "brainnet.codes.RealValues",
        "FrozenFields": "frozen_fields, a function that returns a Cell",
        "Watch": "Monitor",
    },
)
