"""How a pattern becomes spikes or current.

A coding turns patterns, (pattern, input), into the signal that drives a population during a presentation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import in_full, require_count, require_positive
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

    def fields(self, weights: np.ndarray, n_values: int) -> np.ndarray:
        """What neurons with these weights, (neuron, input), look for, (neuron, value): less those of complements."""
        seen = weights[:, :n_values]
        return seen - weights[:, n_values : 2 * n_values] if self.complement else seen


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
        distance = (_in_unit(patterns)[:, :, None] - self.centres) / width
        return self.max_rate_hz * np.exp(-(distance**2) / 2).reshape(len(patterns), -1)

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
