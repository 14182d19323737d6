"""Codes: what a pattern is to a network, one contract for both twins.

    Encoded = code.encode(patterns, keys)        signal of the spiking twin, drive of the artificial one

A code is frozen data in a file of its own, and a line here.
"""

from brainnet.codes.by_shape import ByShape
from brainnet.codes.code import Code, Encoded
from brainnet.codes.poisson import PoissonRate
from brainnet.codes.population import PopulationRate
from brainnet.codes.presentation import Presentation
from brainnet.codes.real import RealValues

__all__ = ["ByShape", "Code", "Encoded", "PoissonRate", "PopulationRate", "Presentation", "RealValues"]
