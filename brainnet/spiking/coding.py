"""How a pattern becomes spikes or current.

A coding turns patterns, (pattern, input), into the signal that drives a population during a presentation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.neurons import require_positive


@dataclass(frozen=True)
class PoissonRate:
    """Rate code: a pixel x in [0, 1] fires as a Poisson process.

    rate = max_rate x
    """

    max_rate_hz: float = 63.75

    def __post_init__(self) -> None:
        require_positive(self, "max_rate_hz")

    def rates_hz(self, patterns: np.ndarray) -> np.ndarray:
        """Rates in Hz, (pattern, input), for patterns in [0, 1]; `BrainnetError` for any other value."""
        patterns = np.asarray(patterns, dtype=float)
        outside = ~((patterns >= 0) & (patterns <= 1))
        if outside.any():
            raise BrainnetError(
                f"a rate code needs patterns in [0, 1] (got {patterns[outside].flat[0]!r}): scale them first, "
                "for instance with scikit-learn's MinMaxScaler"
            )
        return self.max_rate_hz * patterns


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
        return bias + self.gain * (patterns - mean) @ fields.T
