"""How a pattern becomes spikes or current.

A coding turns patterns, (pattern, input), into the signal that drives a population during a presentation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import in_full, require_positive
from brainnet.data.scaling import first_outside
from brainnet.errors import BrainnetError


@dataclass(frozen=True)
class PoissonRate:
    """Rate code: a pixel x in [0, 1] fires as a Poisson process.

        rate = max_rate x

    With `complement`, each pixel has a second input with rate max_rate (1 - x), so that all patterns are equally strong
    and absence is seen too (complement coding: Carpenter, Grossberg & Rosen 1991, Neural Networks 4:759).
    """

    max_rate_hz: float = 63.75
    complement: bool = False

    def __post_init__(self) -> None:
        require_positive(self, "max_rate_hz")

    def rates_hz(self, patterns: np.ndarray) -> np.ndarray:
        """Rates in Hz, (pattern, input), the complement's last, for patterns in [0, 1], (pattern, value).

        Any other value raises `BrainnetError`; one that is outside by a rounding error is clipped.
        """
        patterns = _in_unit(patterns)
        return self.max_rate_hz * (np.hstack([patterns, 1 - patterns]) if self.complement else patterns)

    def inputs(self, n_values: int) -> int:
        """Inputs that a pattern of `n_values` values takes."""
        return 2 * n_values if self.complement else n_values


def _in_unit(patterns: np.ndarray) -> np.ndarray:
    patterns = np.asarray(patterns, dtype=float)
    place = first_outside(patterns)
    if place is not None:
        raise BrainnetError(
            f"a rate code needs patterns in [0, 1] (got {in_full(patterns[place])}): scale them first, "
            "for instance with scikit-learn's MinMaxScaler"
        )
    return np.clip(patterns, 0, 1)


@dataclass(frozen=True)
class CurrentInjection:
    """Current code: a constant current for as long as the pattern is shown.

        I = bias + gain (x - mean) . field

    in units of the threshold current, for patterns x, (pattern, input), their mean over the training patterns, and one
    receptive field per neuron, (neuron, input). Source: Illing, Gerstner & Brea 2019, Neural Networks 118:90.
    """

    gain: float = 8.0

    def __post_init__(self) -> None:
        require_positive(self, "gain")

    def currents(self, patterns: np.ndarray, mean: np.ndarray, fields: np.ndarray, bias: np.ndarray) -> np.ndarray:
        """Currents, (pattern, neuron)."""
        return bias + self.gain * np.subtract(patterns, mean, dtype=float) @ fields.T
