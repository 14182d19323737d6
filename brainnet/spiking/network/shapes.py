"""What patterns are: images, whose values have rows and columns, or tables, whose values only stand side by side."""

from __future__ import annotations

from math import isqrt
from typing import Protocol

from brainnet.checks import is_count, require_that
from brainnet.errors import BrainnetError
from brainnet.warn import warn

Shape = tuple[int, int]
SHORTEST = 4  # side of an image


class Shaped(Protocol):
    """A layer that can be told the shape of its patterns."""

    @property
    def shape(self) -> Shape | None:
        """(rows, columns), or None."""
        ...


def require_shape(layer: Shaped) -> None:
    """Raise BrainnetError unless the layer's shape is None or (rows, columns)."""
    shape = layer.shape
    pair = isinstance(shape, tuple | list) and len(shape) == 2 and all(is_count(side, at_least=1) for side in shape)
    require_that(layer, "shape", shape is None or pair, "be (rows, columns) of a pattern, or None")


def image_shape(layer: Shaped, n_values: int) -> Shape | None:
    """(rows, columns) if patterns of so many values are images, None if they are rows of a table.

    It is as the layer's shape says; without one, a square is an image. Fewer than 4 rows or columns make no image, so
    that (1, 30) says that patterns are rows of a table. A shape that does not fit raises `BrainnetError`.
    """
    side = isqrt(n_values)
    rows, columns = layer.shape or ((side, side) if side * side == n_values else (1, n_values))
    if rows * columns != n_values:
        raise BrainnetError(
            f"{type(layer).__name__}.shape {layer.shape!r} does not hold patterns of {n_values} values: rows times "
            "columns must be their number"
        )
    return (rows, columns) if min(rows, columns) >= SHORTEST else None


def say_if_unsure(layer: Shaped, n_values: int, consequence: str) -> None:
    """Warn of what follows if patterns could be images, have no square number of values, and no shape was given."""
    if layer.shape is None and n_values >= SHORTEST**2 and isqrt(n_values) ** 2 != n_values:
        warn(
            f"{type(layer).__name__} takes patterns of {n_values} values for rows of a table, not for images, and "
            f"{consequence}: give shape=(rows, columns) for images, shape=(1, {n_values}) for a table"
        )
