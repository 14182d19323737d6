"""Every question that is asked of patterns and labels before they become a task; each refusal is one line."""

from __future__ import annotations

from typing import Any

import numpy as np

from brainnet.checks import in_full, shown
from brainnet.data import labels as label
from brainnet.data.scaling import first_outside
from brainnet.errors import BrainnetError
from brainnet.tasks.task import Examples, Task


def patterns(values: Any) -> np.ndarray:
    """Patterns as floats, (pattern, input), if they are numbers and lie in [0, 1], but for a rounding error."""
    try:
        array = np.asarray(values)
        array = array.astype(np.float64) if array.dtype.kind in "Obiu" else array
    except (TypeError, ValueError):
        raise BrainnetError(
            "patterns must be numbers in rows of equal length, (pattern, input): some entry is no number, or some row "
            "is longer than another"
        ) from None
    if array.size == 0:
        raise BrainnetError(f"there are no patterns (got an array of shape {array.shape}): give at least two per class")
    if array.ndim != 2:
        cure = "reshape to (1, -1) if it is one pattern" if array.ndim < 2 else "reshape to (len(patterns), -1)"
        raise BrainnetError(f"patterns must have two axes, (pattern, input) (got shape {array.shape}): {cure}")
    if array.dtype.kind != "f":
        raise BrainnetError(f"patterns must be real numbers (got dtype {array.dtype}): convert them to float")
    array = array.astype(np.float32 if array.dtype == np.float32 else np.float64, copy=False)
    _in_unit_interval(array)
    return array


def _in_unit_interval(array: np.ndarray) -> None:
    place = first_outside(array)
    if place is None:
        return
    value, (pattern, input_) = float(array[place]), place
    where = f"(got {in_full(value)} at pattern {pattern}, input {input_})"
    if not np.isfinite(value):
        raise BrainnetError(f"patterns must be finite {where}: remove such patterns or replace the value")
    raise BrainnetError(
        f"patterns must lie in [0, 1] {where}: rescale images by (x - x.min()) / (x.max() - x.min()), tables by "
        "scikit-learn's MinMaxScaler"
    )


def labels(values: Any, patterns: int) -> tuple[np.ndarray, tuple[str, ...]]:
    """Labels as indices, (pattern,), and the sorted names they point to, if there are two or more classes."""
    distinct, indices = label.classes(label.one_per_pattern(values, patterns))
    return indices, label.names(distinct)


def _every_class_trains(labels: np.ndarray, classes: tuple[str, ...]) -> None:
    """Refuse training labels, (pattern,), that leave one of the classes out."""
    missing = np.setdiff1d(np.arange(len(classes)), labels)
    if missing.size:
        name = shown(classes[missing[0]])
        raise BrainnetError(
            f"class {name} has no training pattern: give more patterns of it, or fewer patterns to test and validation"
        )


def frozen(task: Task) -> Task:
    """The task, its arrays read-only, if its splits fit its shape and classes."""
    height, width = task.shape
    for examples in (task.train, task.validation, task.test):
        _fits(examples, height * width, len(task.classes))
        examples.patterns.setflags(write=False)
        examples.labels.setflags(write=False)
    _every_class_trains(task.train.labels, task.classes)
    return task


def _fits(examples: Examples, inputs: int, classes: int) -> None:
    found = patterns(examples.patterns)
    if found.shape[1] != inputs:
        raise BrainnetError(f"shape must multiply to the number of inputs (got {inputs} for {found.shape[1]} inputs)")
    if examples.labels.shape != (len(found),) or not np.isin(examples.labels, np.arange(classes)).all():
        raise BrainnetError(f"labels must be one index below {classes} per pattern (got {shown(examples.labels)})")
