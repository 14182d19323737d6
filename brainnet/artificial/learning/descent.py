"""Gradient descent: how a gradient moves the parameters."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Protocol

import numpy as np

from brainnet.errors import BrainnetError


class Descending(Protocol):
    """Settings that say how to descend."""

    @property
    def rate(self) -> float: ...
    @property
    def momentum(self) -> float: ...
    @property
    def final(self) -> float: ...


def check_descent(settings: Descending) -> None:
    """Raise BrainnetError for a rate, momentum or final share that no descent can have."""
    name = type(settings).__name__
    # Each comparison is phrased so that nan fails it.
    if not (isinstance(settings.rate, Real) and 0 < settings.rate < float("inf")):
        raise BrainnetError(f"{name}.rate must be positive and finite (got {settings.rate!r})")
    if not (isinstance(settings.momentum, Real) and 0 <= settings.momentum < 1):
        raise BrainnetError(f"{name}.momentum must be at least 0 and less than 1 (got {settings.momentum!r})")
    if not (isinstance(settings.final, Real) and 0 <= settings.final <= 1):
        raise BrainnetError(f"{name}.final must lie in [0, 1], as a share of the rate (got {settings.final!r})")


@dataclass(frozen=True)
class GradientDescent:
    """Gradient descent with momentum, at a rate that may fall in a straight line while training goes from s = 0 to 1.

        v <- momentum v - rate (1 - s + s final) g        theta <- theta + v

    D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating errors, Nature 1986.
    """

    rate: float
    momentum: float = 0.0
    final: float = 1.0  # the last rate, relative to the first

    def __post_init__(self) -> None:
        check_descent(self)

    def step(self, parameters: np.ndarray, gradient: np.ndarray, velocity: np.ndarray, s: float = 0.0) -> None:
        """Move parameters and velocity in place; the gradient, as large, is overwritten."""
        # Python's floats leave the arrays' dtype alone, where NumPy's would raise it.
        np.multiply(velocity, float(self.momentum), out=velocity)
        np.multiply(gradient, float(self.rate * (1 - s + s * self.final)), out=gradient)
        np.subtract(velocity, gradient, out=velocity)
        np.add(parameters, velocity, out=parameters)
