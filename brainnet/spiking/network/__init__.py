"""Spiking networks as frozen descriptions: populations, projections and how patterns are presented."""

from brainnet.spiking.network.competitive import CompetitiveLayer, diehl_cook
from brainnet.spiking.network.description import Activity, Monitor, Network, Population, Presentation, Recording
from brainnet.spiking.network.fields import FrozenFields

__all__ = [
    "Activity",
    "CompetitiveLayer",
    "FrozenFields",
    "Monitor",
    "Network",
    "Population",
    "Presentation",
    "Recording",
    "diehl_cook",
]
