"""Spiking networks as frozen descriptions: populations, projections and how patterns are presented."""

from brainnet.codes import Presentation
from brainnet.spiking.network.description import Activity, Monitor, Network, Population, Recording

__all__ = ["Activity", "Monitor", "Network", "Population", "Presentation", "Recording"]
