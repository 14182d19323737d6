"""Hebb's rule with a decay that bounds it: linear neurons that find principal components.

Weights are (input, neuron); patterns x, (pattern, input), should have mean 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from brainnet.checks import require_positive


@dataclass(frozen=True)
class Oja:
    """Each neuron by itself turns towards the first principal component, and its weights' norm goes to 1.

        y_i = x . w_i        dw_i = rate y_i (x - y_i w_i)

    The rate must be small against 1 / the largest variance; the default is ours, the publication leaves it open.
    E. Oja, A simplified neuron model as a principal component analyzer, Journal of Mathematical Biology 1982.
    """

    rate: float = 0.01

    def __post_init__(self) -> None:
        require_positive(self, "rate")

    def slowed(self, factor: float) -> Oja:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def begin(self, weight: np.ndarray) -> np.ndarray:
        """The state with these first weights: the weights themselves."""
        return weight

    def update(self, weight: np.ndarray, x: np.ndarray) -> np.ndarray:
        """The weights after a batch of patterns x, (pattern, input)."""
        y = x @ weight
        return weight + self.rate / len(x) * (x.T @ y - weight * np.sum(y * y, axis=0))


@dataclass(frozen=True)
class Sanger:
    """Neuron i turns towards the i-th principal component: it learns what the neurons before it leave unexplained.

        y_i = x . w_i        dw_i = rate y_i (x - sum_{k <= i} y_k w_k)

    The rate must be small against 1 / the largest variance; the default is ours, the publication leaves it open.
    T. Sanger, Optimal unsupervised learning in a single-layer linear feedforward neural network, Neural Networks 1989
    (the generalised Hebbian algorithm).
    """

    rate: float = 0.01

    def __post_init__(self) -> None:
        require_positive(self, "rate")

    def slowed(self, factor: float) -> Sanger:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def begin(self, weight: np.ndarray) -> np.ndarray:
        """The state with these first weights: the weights themselves."""
        return weight

    def update(self, weight: np.ndarray, x: np.ndarray) -> np.ndarray:
        """The weights after a batch of patterns x, (pattern, input)."""
        y = x @ weight
        return weight + self.rate / len(x) * (x.T @ y - weight @ np.triu(y.T @ y))
