"""Rules for one layer that is told what it should have answered: perceptron and delta rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.artificial.connections import Connections
from brainnet.checks import require_positive
from brainnet.errors import BrainnetError


@dataclass(frozen=True)
class Perceptron:
    """Threshold neurons that learn from their mistakes alone.

        y = 1 if x W + b > 0, else 0        W <- W + rate x^T (t - y)        b <- b + rate (t - y)

    Targets t are 0 or 1. On patterns that a plane separates with margin g, no farther than R from the origin, a neuron
    that starts at W = b = 0 makes at most (R / g)^2 mistakes, whatever the rate (Novikoff 1962).
    F. Rosenblatt, The perceptron: a probabilistic model for information storage and organization in the brain,
    Psychological Review 1958; the rule in this form: Principles of Neurodynamics, 1962.
    """

    rate: float = 1.0

    def __post_init__(self) -> None:
        require_positive(self, "rate")

    def respond(self, layer: Connections, x: np.ndarray) -> np.ndarray:
        """y, (pattern, neuron), for patterns x, (pattern, input)."""
        return (layer.propagate(x) > 0).astype(layer.weight.dtype)

    def update(self, layer: Connections, x: np.ndarray, target: np.ndarray) -> Connections:
        """The layer after a batch of patterns x, (pattern, input), with targets, (pattern, neuron).

        Raises BrainnetError for targets other than 0 and 1.
        """
        strange = target[(target != 0) & (target != 1)]
        if strange.size:
            raise BrainnetError(f"Perceptron's targets must be 0 or 1 (got {strange[0]}): map -1 to 0 first")
        return _corrected(layer, x, target - self.respond(layer, x), self.rate)


@dataclass(frozen=True)
class DeltaRule:
    """Linear neurons that descend the squared error of each pattern: least mean squares.

        y = x W + b        W <- W + rate x^T (t - y)        b <- b + rate (t - y)

    It settles near the least-squares solution where rate is below 2 / the largest eigenvalue of the inputs' second
    moments (with a constant input 1 for the bias); the default is ours, the publication leaves the rate open.
    B. Widrow and M. Hoff, Adaptive switching circuits, IRE WESCON Convention Record 1960.
    """

    rate: float = 0.01

    def __post_init__(self) -> None:
        require_positive(self, "rate")

    def respond(self, layer: Connections, x: np.ndarray) -> np.ndarray:
        """y, (pattern, neuron), for patterns x, (pattern, input)."""
        return layer.propagate(x)

    def update(self, layer: Connections, x: np.ndarray, target: np.ndarray) -> Connections:
        """The layer after a batch of patterns x, (pattern, input), with targets, (pattern, neuron)."""
        return _corrected(layer, x, target - self.respond(layer, x), self.rate)


def _corrected(layer: Connections, x: np.ndarray, error: np.ndarray, rate: float) -> Connections:
    step = rate / len(x)
    return Connections(layer.weight + step * (x.T @ error), layer.bias + step * error.sum(axis=0))
