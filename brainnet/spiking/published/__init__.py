"""Published networks as descriptions: import one, run it, change it."""

from brainnet.spiking.published.diehl_cook import diehl_cook

__all__ = ["diehl_cook"]
