"""Spiking networks as frozen descriptions: populations, projections and how patterns are presented."""

from brainnet.codes import Presentation
from brainnet.lazy import gone
from brainnet.spiking.network.description import Activity, Monitor, Network, Population, Recording

__all__ = ["Activity", "Monitor", "Network", "Population", "Presentation", "Recording"]

__getattr__ = gone(
    __name__,
    {
        "CompetitiveLayer": "brainnet.spiking.competitive, a function that returns a Cell",
        "FrozenFields": "brainnet.spiking.frozen_fields, a function that returns a Cell",
        "Watch": "Monitor",
        "diehl_cook": "brainnet.spiking.published.diehl_cook",
    },
)
