"""Populations: a value is told by which of several inputs fires most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from brainnet.checks import require_count, require_positive
from brainnet.codes.code import Encoded, Kind, in_unit
from brainnet.data.shapes import Shape


@dataclass(frozen=True)
class PopulationRate:
    """Population code: a value x in [0, 1] drives several inputs, Poisson processes that prefer a value each.

        rate_i = max_rate exp(-(x - c_i)^2 / (2 s^2))
        c_i = (i - 3/2) / (n - 2),  i = 1 ... n        s = 2 / (3 (n - 2))        n = per_value

    Made for tables. A neuron with weights of a constant sum compares directions, and the rows of a table, of whatever
    class, point in nearly the same one (cosines of .9), with complements or without: what little differs is lost in the
    chance of spikes, and all neurons learn the average row. Here two rows x and x' share inputs only as far as their
    values are near, with a likeness of about

        sum over values of  exp(-(x - x')^2 / (4 s^2))

    that falls with distance. Source: Bohte, Kok & La Poutre 2002, Neurocomputing 48:17, who code activations as times.
    """

    max_rate_hz: float = 500.0
    per_value: int = 10

    kind: ClassVar[Kind] = "rate_hz"

    def __post_init__(self) -> None:
        require_positive(self, "max_rate_hz")
        require_count(self, "per_value", at_least=3)

    @property
    def centres(self) -> np.ndarray:
        """The values that inputs prefer, (field,); the first and the last lie outside [0, 1]."""
        return (np.arange(self.per_value) - 0.5) / (self.per_value - 2)

    def rates_hz(self, patterns: np.ndarray) -> np.ndarray:
        """Rates in Hz, (pattern, input), all of a value side by side, for patterns in [0, 1], (pattern, value).

        Any other value raises `BrainnetError`.
        """
        width = 2 / (3 * (self.per_value - 2))
        distance = (in_unit(patterns)[:, :, None] - self.centres) / width
        return self.max_rate_hz * np.exp(-(distance**2) / 2).reshape(len(patterns), -1)

    def fitted(self, shape: Shape, mean: np.ndarray) -> PopulationRate:
        """The same."""
        return self

    def encode(self, patterns: np.ndarray, keys: np.ndarray) -> Encoded:
        """Rates in Hz, (pattern, input)."""
        return Encoded("rate_hz", self.rates_hz(patterns), keys, self.max_rate_hz)

    def inputs(self, n_values: int) -> int:
        """Inputs that a pattern of `n_values` values takes."""
        return self.per_value * n_values

    def fields(self, weights: np.ndarray, n_values: int) -> np.ndarray:
        """What neurons with these weights, (neuron, input), look for, (neuron, value).

            field = sum over inputs i of the value of  w_i (2 c_i - 1)

        It is positive where they look for high values, and negative for low ones.
        """
        inputs = weights[:, : self.inputs(n_values)].reshape(len(weights), n_values, self.per_value)
        return inputs @ (2 * self.centres - 1)
