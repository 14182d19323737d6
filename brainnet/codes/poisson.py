"""Rates: a value is the rate of a Poisson process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from brainnet.checks import require_positive
from brainnet.codes.code import Encoded, Kind, in_unit
from brainnet.data.shapes import Shape


@dataclass(frozen=True)
class PoissonRate:
    """Rate code: a value x in [0, 1] fires as a Poisson process.

        rate = max_rate x

    With `complement`, each value has a second input with rate max_rate (1 - x), so that all patterns are equally strong
    and absence is seen too (complement coding: Carpenter, Grossberg & Rosen 1991, Neural Networks 4:759).
    """

    max_rate_hz: float = 63.75
    complement: bool = False

    kind: ClassVar[Kind] = "rate_hz"

    def __post_init__(self) -> None:
        require_positive(self, "max_rate_hz")

    def fitted(self, shape: Shape, mean: np.ndarray) -> PoissonRate:
        """The same."""
        return self

    def inputs(self, n_values: int) -> int:
        """One a value, or two."""
        return 2 * n_values if self.complement else n_values

    def rates_hz(self, patterns: np.ndarray) -> np.ndarray:
        """Rates in Hz, (pattern, input), the complement's last, for patterns in [0, 1], (pattern, value).

        Any other value raises `BrainnetError`; one that is outside by a rounding error is clipped.
        """
        patterns = in_unit(patterns)
        return self.max_rate_hz * (np.hstack([patterns, 1 - patterns]) if self.complement else patterns)

    def encode(self, patterns: np.ndarray, keys: np.ndarray) -> Encoded:
        """Rates in Hz, (pattern, input)."""
        return Encoded("rate_hz", self.rates_hz(patterns), keys, self.max_rate_hz)

    def fields(self, weights: np.ndarray, n_values: int) -> np.ndarray:
        """What neurons with these weights, (neuron, input), look for, (neuron, value): less those of complements."""
        seen = weights[:, :n_values]
        return seen - weights[:, n_values : 2 * n_values] if self.complement else seen
