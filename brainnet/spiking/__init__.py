"""The spiking twin: spiking neurons that learn by local rules, described here and simulated by Brian2."""

from brainnet.lazy import exports

__getattr__, __dir__, __all__ = exports(__name__, renamed={"Watch": "Monitor"})
