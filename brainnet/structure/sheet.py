"""Graphs in space: neurons on a 2-D sheet that reach near ones more often than far ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from brainnet import checks
from brainnet.checks import in_full
from brainnet.data.scaling import first_outside
from brainnet.errors import BrainnetError
from brainnet.structure import settings
from brainnet.structure.graph import Graph

Kernel = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Gaussian:
    """Probability of a connection over a distance d.

        p(d) = peak exp(-d^2 / (2 width^2))

    Attributes:
        width: standard deviation, in the unit of the positions.
        peak: probability at distance 0, in [0, 1].

    Source: C. Mehring, U. Hehl, M. Kubo, M. Diesmann and A. Aertsen, Activity dynamics and propagation of synchronous
    spiking in locally connected random networks, Biological Cybernetics 88, 395-408, 2003.
    """

    width: float
    peak: float = 1.0

    def __post_init__(self) -> None:
        checks.require_positive(self, "width")
        checks.require_fraction(self, "peak")

    def __call__(self, distance: np.ndarray) -> np.ndarray:
        """Probability for each distance."""
        return self.peak * np.exp(-0.5 * (distance / self.width) ** 2)


@dataclass(frozen=True)
class Exponential:
    """Probability of a connection over a distance d.

        p(d) = peak exp(-d / length)

    Attributes:
        length: over which the probability falls to 1/e, in the unit of the positions.
        peak: probability at distance 0, in [0, 1].

    Source: M. Kaiser and C. C. Hilgetag, Spatial growth of real-world networks, Physical Review E 69, 036103, 2004.
    """

    length: float
    peak: float = 1.0

    def __post_init__(self) -> None:
        checks.require_positive(self, "length")
        checks.require_fraction(self, "peak")

    def __call__(self, distance: np.ndarray) -> np.ndarray:
        """Probability for each distance."""
        return self.peak * np.exp(-distance / self.length)


def grid(height: int, width: int) -> np.ndarray:
    """Positions (row, column) of neurons on a square grid of spacing 1, row by row, (neuron, 2)."""
    shape = settings.count("height", height), settings.count("width", width)
    return np.moveaxis(np.indices(shape, dtype=float), 0, -1).reshape(-1, 2)


def distances(sources: np.ndarray, targets: np.ndarray, period: tuple[float, float] | None = None) -> np.ndarray:
    """Euclidean distances, (source, target), between positions, (neuron, 2).

    With a `period`, the sheet's height and width, opposite edges of the sheet meet: it is a torus, and the distance is
    that of the shortest way round.
    """
    square = np.zeros((len(sources), len(targets)))
    if period is not None:
        sources, targets = np.mod(sources, period), np.mod(targets, period)
    for axis in range(2):
        apart = np.abs(sources[:, None, axis] - targets[None, :, axis])
        if period is not None:
            np.minimum(apart, period[axis] - apart, out=apart)
        square += np.square(apart, out=apart)
    return np.sqrt(square, out=square)


def distance_dependent(
    sources: np.ndarray,
    targets: np.ndarray,
    kernel: Kernel,
    rng: np.random.Generator,
    *,
    period: tuple[float, float] | None = None,
    self_connections: bool = True,
    first_source: int = 0,
) -> Graph:
    """Each pair independently, with a probability that depends on the distance between the two neurons.

        P(i -> j) = kernel(|x_i - x_j|)

    Args:
        sources, targets: positions on the sheet, (neuron, 2), as from `grid`; on a sheet of one population both are
            the same array.
        kernel: from distances to probabilities: `Gaussian`, `Exponential` or a function.
        rng: source of the draws.
        period: the sheet's height and width, if it wraps around; those of a grid are its numbers of rows and columns.
        self_connections: whether a neuron may reach itself.
        first_source: without self-connections, which of the targets the first source is; the others follow it.

    Raises:
        BrainnetError: positions that are not finite, (neuron, 2), a period that is not positive, a kernel that gives
            no probabilities, or sources that are not among the targets.
    """
    sources, targets = _positions("sources", sources), _positions("targets", targets)
    if period is not None:
        period = (checks.positive("period[0]", period[0]), checks.positive("period[1]", period[1]))
    first = settings.own(len(sources), len(targets), self_connections, first_source)
    degrees, parts = np.zeros(len(sources), dtype=np.int64), []
    rows = max(1, settings.BLOCK // 16 // len(targets))  # a block and its copies fit into the processor's cache
    for start in range(0, len(sources), rows):
        chance = _probabilities(kernel, distances(sources[start : start + rows], targets, period))
        drawn = rng.random(chance.shape) < chance
        if first is not None:
            row = np.arange(len(drawn))
            drawn[row, first + start + row] = False
        degrees[start : start + rows] = np.count_nonzero(drawn, axis=1)
        parts.append(np.nonzero(drawn)[1].astype(np.int32))
    offsets = np.concatenate([[0], degrees.cumsum()])
    return Graph(len(sources), len(targets), offsets, np.concatenate(parts))


def _probabilities(kernel: Kernel, distance: np.ndarray) -> np.ndarray:
    chance = np.asarray(kernel(distance))
    if chance.shape != distance.shape:
        raise BrainnetError(
            f"kernel must give one probability for each distance (got shape {chance.shape} for {distance.shape})"
        )
    if (place := first_outside(chance)) is not None:
        value, at = in_full(chance[place]), in_full(distance[place])
        raise BrainnetError(f"kernel must give probabilities from 0 to 1 (got {value} at distance {at})")
    return chance


def _positions(name: str, positions: np.ndarray) -> np.ndarray:
    array = np.asarray(positions, dtype=float)
    if array.ndim != 2 or array.shape[1] != 2 or len(array) == 0:
        raise BrainnetError(f"{name} must be positions on the sheet, (neuron, 2) (got shape {array.shape})")
    if not np.isfinite(array).all():
        neuron = np.flatnonzero(~np.isfinite(array).all(axis=1))[0]
        raise BrainnetError(f"{name} must be finite positions (got {array[neuron].tolist()} for neuron {neuron})")
    return array
