"""A task from anyone's arrays."""

from __future__ import annotations

from math import isqrt
from typing import Any

import numpy as np

from brainnet import checks
from brainnet.errors import BrainnetError
from brainnet.tasks import check, split
from brainnet.tasks.task import Examples, Task


def from_arrays(
    name: str,
    patterns: Any,
    labels: Any,
    shape: tuple[int, int] | None = None,
    seed: int = 0,
    test: int | float = 0.2,
    validation: int | float = 0.1,
) -> Task:
    """Your own patterns as a task, split by class and seed.

    Args:
        name: what to call the task; part of what the split is drawn from.
        patterns: (pattern, input), numbers in [0, 1], clipped there if a rounding error lies outside; copied.
        labels: (pattern,), all whole numbers or all words, at least two different ones.
        shape: (height, width) of a pattern, for figures and for layers that see images; by default a square where one
            fits, else one row, as of a table. A table whose columns are a square number needs (1, columns).
        seed: non-negative seed of the split.
        test, validation: size of each part, a number of patterns (int) or a fraction of them (float).

    Raises:
        BrainnetError: empty data, one class, NaN or infinity, wrong shapes, labels that are no classes, patterns
            outside [0, 1], parts that leave nothing to train on.
    """
    seed = checks.count("seed", seed, at_least=0)
    patterns = np.clip(check.patterns(patterns), 0, 1)
    indices, classes = check.labels(labels, len(patterns))
    sizes = (_size("test", test, len(patterns)), _size("validation", validation, len(patterns)))
    if sum(sizes) >= len(patterns):
        raise BrainnetError(f"test and validation must leave patterns to train on (got {sizes} of {len(patterns)})")
    parts = split.stratified(indices, sizes, split.generator(seed, name))
    tested, validated, trained = (Examples(patterns[part], indices[part]) for part in parts)
    return check.frozen(Task(name, seed, trained, validated, tested, classes, _shape(shape, patterns.shape[1])))


def _size(part: str, value: int | float, patterns: int) -> int:
    if isinstance(value, int | np.integer):
        return checks.count(part, value, at_least=1)
    size = round(checks.fraction(part, value) * patterns)
    if size < 1:
        raise BrainnetError(
            f"{part} must hold a pattern or more (got {value!r} of {patterns}): raise it or give more data"
        )
    return size


def _shape(shape: Any, inputs: int) -> tuple[int, int]:
    if shape is None:
        side = isqrt(inputs)
        return (side, side) if side * side == inputs else (1, inputs)
    if not isinstance(shape, tuple | list) or len(shape) != 2:
        raise BrainnetError(f"shape must be (height, width) (got {checks.shown(shape)})")
    height, width = (checks.count("each side of shape", side, at_least=1) for side in shape)
    if height * width != inputs:
        raise BrainnetError(f"shape must multiply to the number of inputs (got {(height, width)} for {inputs} inputs)")
    return height, width
