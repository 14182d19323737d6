"""Artificial neurons: activation functions, with the slope that backpropagation needs.

Each writes into `out` where it is given, so that a training loop allocates nothing, and keeps the dtype it is given.
`slope` takes the activation and not its argument, because the activation is what forward propagation leaves behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

import numpy as np


@runtime_checkable
class Neuron(Protocol):
    """An activation function a = f(z), applied to each element."""

    gain: ClassVar[float]  # factor on the spread of the initial weights (see `connections.initial_weights`)

    def activation(self, z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """f(z); `out` may be `z` itself."""
        ...

    def slope(self, activation: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """f'(z), from a = f(z); `out` must not be `activation`."""
        ...


@dataclass(frozen=True)
class Sigmoid:
    """The logistic neuron.

        a = 1 / (1 + exp(-z)) = (1 + tanh(z / 2)) / 2        da/dz = a (1 - a)

    The second form overflows for no z and costs one pass less than the first.
    """

    gain: ClassVar[float] = 2.0  # its slope is at most 1/4; 4 leaves more neurons saturated from the start

    def activation(self, z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """(1 + tanh(z / 2)) / 2."""
        out = np.multiply(z, 0.5, out=out)
        np.tanh(out, out=out)
        np.multiply(out, 0.5, out=out)
        return np.add(out, 0.5, out=out)

    def slope(self, activation: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """a (1 - a)."""
        out = np.subtract(1, activation, out=out)
        return np.multiply(out, activation, out=out)


@dataclass(frozen=True)
class Tanh:
    """The hyperbolic tangent neuron.

    a = tanh(z)        da/dz = 1 - a^2
    """

    gain: ClassVar[float] = 1.0

    def activation(self, z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """tanh(z)."""
        return np.tanh(z, out=out)

    def slope(self, activation: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """1 - a^2."""
        out = np.multiply(activation, activation, out=out)
        return np.subtract(1, out, out=out)


@dataclass(frozen=True)
class Linear:
    """The linear neuron.

    a = z        da/dz = 1
    """

    gain: ClassVar[float] = 1.0

    def activation(self, z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """z."""
        return np.positive(z, out=out)

    def slope(self, activation: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """1."""
        out = np.empty_like(activation) if out is None else out
        out.fill(1)
        return out


@dataclass(frozen=True)
class ReLU:
    """The rectified linear neuron.

    a = max(z, 0)        da/dz = 1 if z > 0, else 0
    """

    gain: ClassVar[float] = 2**0.5  # half of the neurons are silent

    def activation(self, z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """max(z, 0)."""
        return np.maximum(z, 0, out=out)

    def slope(self, activation: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """The sign of a, which is never negative."""
        return np.sign(activation, out=out)


@dataclass(frozen=True)
class Softmax:
    """An output layer whose neurons share one unit of activity, (pattern, neuron).

        a_i = exp(z_i) / sum_j exp(z_j)

    It has no slope of its own: each activation depends on every z of its pattern (see `learning.CrossEntropy`).
    """

    gain: ClassVar[float] = 1.0

    def activation(self, z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """exp(z - max z), divided by its sum: the difference overflows for no z."""
        out = np.subtract(z, z.max(axis=1, keepdims=True), out=out)
        np.exp(out, out=out)
        return np.divide(out, out.sum(axis=1, keepdims=True), out=out)
