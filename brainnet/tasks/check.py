"""Every question that is asked of patterns and labels before they become a task; each refusal is one line."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any

import numpy as np

from brainnet.checks import shown
from brainnet.errors import BrainnetError
from brainnet.tasks.task import Examples, Task


def patterns(values: Any) -> np.ndarray:
    """Patterns as floats, (pattern, input), if that is what they are and all lie in [0, 1]."""
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
    # The extremes carry NaN along, so a good array costs no temporary of its own size.
    if array.min() >= 0 and array.max() <= 1:
        return
    pattern, place = (int(i) for i in np.argwhere(~((array >= 0) & (array <= 1)))[0])
    value = float(array[pattern, place])
    where = f"(got {value:g} at pattern {pattern}, input {place})"
    if not np.isfinite(value):
        raise BrainnetError(f"patterns must be finite {where}: remove such patterns or replace the value")
    raise BrainnetError(f"patterns must lie in [0, 1] {where}: rescale: (x - x.min()) / (x.max() - x.min())")


def labels(values: Any, patterns: int) -> tuple[np.ndarray, tuple[str, ...]]:
    """Labels as indices, (pattern,), and the sorted names they point to, if there are two or more classes."""
    array = _one_kind(values)
    if array.ndim != 1:
        raise BrainnetError(f"labels must have one axis, (pattern,) (got shape {array.shape}): flatten them")
    if len(array) != patterns:
        raise BrainnetError(f"there must be one label per pattern (got {len(array)} labels for {patterns} patterns)")
    if array.dtype.kind == "f":
        wrong = array[~(np.isfinite(array) & (array == np.round(array)))]
        if wrong.size:
            raise BrainnetError(f"labels must be classes, whole numbers or words (got {wrong[0]:g}): round or bin them")
    elif array.dtype.kind not in "biuU":
        raise BrainnetError(f"labels must be whole numbers or words (got {array.dtype}): convert them to int or str")
    distinct, indices = np.unique(array, return_inverse=True)
    names = tuple(str(int(label) if array.dtype.kind == "f" else label) for label in distinct)
    if len(distinct) < 2:
        raise BrainnetError(f"labels must name two classes or more (got only {shown(names[0])}): add another class")
    return indices.astype(np.int64), names


def _one_kind(values: Any) -> np.ndarray:
    """Labels as an array; NumPy alone would turn [1, 'a'] into words without a sound."""
    array = values if isinstance(values, np.ndarray) else np.asarray(values, dtype=object)
    if array.dtype != object or array.ndim != 1:
        return array
    for kind, dtype in (((bool, np.bool_), bool), (str, str), (Integral, np.int64), (Real, np.float64)):
        if all(isinstance(value, kind) for value in array):
            try:
                return array.astype(dtype)
            except OverflowError:
                break
    kinds = {type(value).__name__: value for value in array}
    examples = " and ".join(f"{shown(value)} ({name})" for name, value in list(kinds.items())[:2])
    raise BrainnetError(f"labels must be all whole numbers or all words (got {examples}): convert them to int or str")


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
