"""Real values: a pattern drives the network with its own numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np

from brainnet.checks import require_positive
from brainnet.codes.code import Encoded, Kind
from brainnet.data.shapes import Shape


@dataclass(frozen=True)
class RealValues:
    """Real values: to sigmoid neurons activity, to spiking ones a current for as long as the pattern is shown.

        x' = gain x        or, `centred`,  gain (x - mean)

    for patterns x in [0, 1] and their mean over the training patterns. Centred currents under local fields: Illing,
    Gerstner & Brea 2019, Neural Networks 118:90.
    """

    gain: float = 1.0
    centred: bool = False
    mean: np.ndarray | None = field(default=None, compare=False, repr=False)  # (value,), once it is known

    kind: ClassVar[Kind] = "value"

    def __post_init__(self) -> None:
        require_positive(self, "gain")

    def fitted(self, shape: Shape, mean: np.ndarray) -> RealValues:
        """The code with the mean of the training patterns, (value,), if it is needed."""
        return replace(self, mean=mean) if self.centred else self

    def inputs(self, n_values: int) -> int:
        """As many as values."""
        return n_values

    def encode(self, patterns: np.ndarray, keys: np.ndarray) -> Encoded:
        """Values, (pattern, input); the keys are not used."""
        x = patterns if self.mean is None else np.subtract(patterns, self.mean, dtype=float)
        return Encoded("value", x if self.gain == 1 else self.gain * np.asarray(x, float), keys)

    def fields(self, weights: np.ndarray, n_values: int) -> np.ndarray:
        """The weights themselves."""
        return weights
