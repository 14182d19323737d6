"""Losses: how far outputs are from targets, and the error that each output neuron is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np

from brainnet.artificial.neurons import Neuron, Sigmoid, Softmax


@runtime_checkable
class Loss(Protocol):
    """A mean over patterns of the distance between outputs and targets, both (pattern, class)."""

    @property
    def output(self) -> Neuron | Softmax:
        """The kind of output neuron that the loss is meant for."""
        ...

    def value(self, output: np.ndarray, target: np.ndarray) -> float:
        """The loss L."""
        ...

    def delta(self, output: np.ndarray, target: np.ndarray, out: np.ndarray, scratch: np.ndarray) -> np.ndarray:
        """dL/dz of each output neuron, (pattern, class), in `out`; `scratch`, as large, is overwritten."""
        ...

    def probabilities(self, output: np.ndarray) -> np.ndarray:
        """Probability of each class, (pattern, class), that the outputs stand for; the largest stays the largest."""
        ...


@dataclass(frozen=True)
class CrossEntropy:
    """Cross-entropy of softmax outputs y and targets t, over n patterns.

    L = -1/n sum t log y        dL/dz = (y - t) / n
    """

    output: Softmax = field(default=Softmax(), init=False)

    def value(self, output: np.ndarray, target: np.ndarray) -> float:
        """-1/n sum t log y, where y counts as no smaller than the smallest normal number."""
        likelihood = np.maximum(output, np.finfo(output.dtype).tiny)
        return -float(np.sum(target * np.log(likelihood))) / len(output)

    def delta(self, output: np.ndarray, target: np.ndarray, out: np.ndarray, scratch: np.ndarray) -> np.ndarray:
        """(y - t) / n."""
        np.subtract(output, target, out=out)
        return np.multiply(out, 1 / len(output), out=out)

    def probabilities(self, output: np.ndarray) -> np.ndarray:
        """y."""
        return output


@dataclass(frozen=True)
class SquaredError:
    """Half the squared error of outputs y = f(z) and targets t, over n patterns.

    L = 1/(2n) sum (y - t)^2        dL/dz = (y - t) f'(z) / n
    """

    output: Neuron = field(default_factory=Sigmoid)

    def value(self, output: np.ndarray, target: np.ndarray) -> float:
        """1/(2n) sum (y - t)^2."""
        return float(np.sum((output - target) ** 2)) / (2 * len(output))

    def delta(self, output: np.ndarray, target: np.ndarray, out: np.ndarray, scratch: np.ndarray) -> np.ndarray:
        """(y - t) f'(z) / n."""
        np.subtract(output, target, out=out)
        np.multiply(out, self.output.slope(output, out=scratch), out=out)
        return np.multiply(out, 1 / len(output), out=out)

    def probabilities(self, output: np.ndarray) -> np.ndarray:
        """The point nearest to y whose coordinates are positive and sum to one.

            p = max(y - s, 0),   s such that sum p = 1

        The outputs of least squared error are the classes' probabilities; those of a trained network come near them.
        J. Duchi et al., Efficient projections onto the l1-ball for learning in high dimensions, ICML 2008.
        """
        ordered = -np.sort(-output, axis=1)
        ranks = np.arange(1, output.shape[1] + 1, dtype=output.dtype)
        shifts = (np.cumsum(ordered, axis=1) - 1) / ranks
        last = np.count_nonzero(ordered > shifts, axis=1, keepdims=True) - 1
        return np.maximum(output - np.take_along_axis(shifts, last, axis=1), 0)
