"""What patterns are: images, whose values have rows and columns, or tables, whose values only stand side by side."""

from __future__ import annotations

from math import isqrt
from typing import Any

from brainnet.checks import is_count, require_that
from brainnet.errors import BrainnetError
from brainnet.warn import warn

Shape = tuple[int, int]
SHORTEST = 4  # side of an image


def shape_of(estimator: Any, n_values: int) -> Shape:
    """(rows, columns) of patterns of so many values: the estimator's `shape`, else a square if they form one, else a
    row. Raises `BrainnetError` for a shape that is none, or does not fit."""
    shape = estimator.shape
    if shape is None:
        side = isqrt(n_values)
        return (side, side) if side * side == n_values else (1, n_values)
    pair = isinstance(shape, tuple | list) and len(shape) == 2 and all(is_count(side, at_least=1) for side in shape)
    require_that(estimator, "shape", pair, "be (rows, columns) of a pattern, or None")
    rows, columns = shape
    if rows * columns != n_values:
        raise BrainnetError(
            f"{type(estimator).__name__}.shape {shape!r} does not hold patterns of {n_values} values: rows times "
            "columns must be their number"
        )
    return rows, columns


def is_image(shape: Shape) -> bool:
    """Whether patterns of that shape are images: fewer than 4 rows or columns make none, so that (1, 30) is a table."""
    return min(shape) >= SHORTEST


def say_if_unsure(estimator: Any, n_values: int, consequence: str) -> None:
    """Warn of what follows if patterns could be images, have no square number of values, and no shape was given."""
    if estimator.shape is None and n_values >= SHORTEST**2 and isqrt(n_values) ** 2 != n_values:
        warn(
            f"{type(estimator).__name__} takes patterns of {n_values} values for rows of a table, not for images, and "
            f"{consequence}: give shape=(rows, columns) for images, shape=(1, {n_values}) for a table"
        )
