"""Artificial neurons: activation functions, with the slope that backpropagation needs.

Each writes into `out` where it is given, so that a training loop allocates nothing (`RateCurve` does, in passing), and
keeps the dtype it is given.
`slope` takes the activation and not its argument, because the activation is what forward propagation leaves behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from brainnet.checks import require_positive, require_that, shown
from brainnet.errors import BrainnetError


@runtime_checkable
class Neuron(Protocol):
    """An activation function a = f(z), applied to each element."""

    @property
    def gain(self) -> float:
        """Factor on the spread of the initial weights (see `connections.initial_weights`)."""
        ...

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

    gain = 2.0  # its slope is at most 1/4; 4 leaves more neurons saturated from the start

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

    gain = 1.0

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

    gain = 1.0

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

    gain = 2**0.5  # half of the neurons are silent

    def activation(self, z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """max(z, 0)."""
        return np.maximum(z, 0, out=out)

    def slope(self, activation: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """The sign of a, which is never negative."""
        return np.sign(activation, out=out)


@dataclass(frozen=True, repr=False)
class RateCurve:
    """A neuron whose activation is a firing rate that is given at some currents, such as that of a spiking neuron.

        a = r(z) / r_max        da/dz = the slope of the line that z lies on, 0 beyond the ends

    r joins the `rates_hz` at the `currents` by straight lines and stays level beyond the first and the last; r_max is
    `largest_hz`, or the largest rate if that is None. Both are (point,), and kept as tuples; currents increase, and no
    rate lies below the one before, so that a tells which line z lies on. Initial weights and learning rates suit
    drives z of a few units: give currents as multiples of one at which the neuron fires well.
    """

    currents: ArrayLike
    rates_hz: ArrayLike
    largest_hz: float | None = None

    def __post_init__(self) -> None:
        for name in ("currents", "rates_hz"):
            object.__setattr__(self, name, _numbers(f"RateCurve.{name}", getattr(self, name)))
        z, rates = np.array(self.currents), np.array(self.rates_hz)
        require_that(self, "rates_hz", z.size == rates.size, f"be {z.size} numbers, one for each current")
        require_that(self, "currents", bool((np.diff(z) > 0).all()), "increase: sort them, and leave out repeats")
        never_falls = bool((np.diff(rates) >= 0).all())
        require_that(self, "rates_hz", never_falls, "not fall: leave some out, or give np.maximum.accumulate(rates_hz)")
        require_that(self, "rates_hz", 0 <= rates[0] < rates[-1], "rise from 0 or more: give larger currents")
        if self.largest_hz is not None:
            require_positive(self, "largest_hz")
            require_that(self, "largest_hz", self.largest_hz >= rates[-1], f"be at least the last rate, {rates[-1]:g}")

    def __repr__(self) -> str:
        z, a = self._corners
        return f"RateCurve({z.size} points from {z[0]:g} to {z[-1]:g}, {a[0]:.3g} to {a[-1]:.3g})"

    @property
    def gain(self) -> float:
        """How far from 0 drives must reach to meet the middle eight tenths of the rise: for a sigmoid, 2.2."""
        z, a = self._corners
        rise = (a - a[0]) / (a[-1] - a[0])
        return float(np.abs(np.interp([0.1, 0.9], rise, z)).max())

    def activation(self, z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """r(z) / r_max."""
        out = np.empty(z.shape, np.result_type(z, np.float32)) if out is None else out
        out[...] = np.interp(z, *self._corners)
        return out

    def slope(self, activation: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """The slope of the line that a lies on; at a corner 0 if either side is level, else that of the line below."""
        ends, slopes = self._lines[activation.dtype.name]
        return np.take(slopes, np.searchsorted(ends, activation), out=out, mode="clip")

    @cached_property
    def _corners(self) -> tuple[np.ndarray, np.ndarray]:
        """z and a of each point."""
        rates = np.array(self.rates_hz)
        return np.array(self.currents), rates / (self.largest_hz or rates[-1])

    @cached_property
    def _lines(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """By dtype: where ranges of a end, in increasing order, and the slope in each and beyond."""
        z, a = self._corners
        slopes = np.diff(a) / np.diff(z)
        level_above = np.append(slopes[1:], 0) == 0
        found = {}
        for kind in (np.float32, np.float64):
            upper = a[1:].astype(kind)
            below = np.where(level_above, np.nextafter(upper, kind(-1)), upper)  # a level line is one value of a
            ends = np.column_stack([below, upper])[slopes > 0].ravel()
            each = np.column_stack([slopes, 0 * slopes])[slopes > 0].ravel()
            ends = np.maximum.accumulate(np.append(a[:1].astype(kind), ends))
            found[np.dtype(kind).name] = ends, np.concatenate([[0], each, [0]]).astype(kind)
        return found


def _numbers(name: str, values: ArrayLike) -> tuple[float, ...]:
    """The values as a tuple, if they are two or more finite numbers in a row."""
    try:
        found = np.asarray(values, float)
    except (TypeError, ValueError):
        found = np.empty(0)
    if found.ndim != 1 or found.size < 2 or not np.isfinite(found).all():
        raise BrainnetError(f"{name} must be two or more finite numbers in a row (got {shown(values)})")
    return tuple(found.tolist())


@dataclass(frozen=True)
class Softmax:
    """An output layer whose neurons share one unit of activity, (pattern, neuron).

        a_i = exp(z_i) / sum_j exp(z_j)

    It has no slope of its own: each activation depends on every z of its pattern (see `learning.CrossEntropy`).
    """

    gain = 1.0

    def activation(self, z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """exp(z - max z), divided by its sum: the difference overflows for no z."""
        out = np.subtract(z, z.max(axis=1, keepdims=True), out=out)
        np.exp(out, out=out)
        return np.divide(out, out.sum(axis=1, keepdims=True), out=out)
