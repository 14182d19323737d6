"""What labels may be, and which classes they name: one set of questions for tasks and for both twins."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any

import numpy as np

from brainnet.checks import in_full, shown
from brainnet.errors import BrainnetError


def as_array(values: Any) -> np.ndarray:
    """Labels as an array; NumPy alone would turn [1, 'a'] into words without a sound."""
    return values if isinstance(values, np.ndarray) else np.asarray(values, dtype=object)


def one_per_pattern(values: Any, patterns: int) -> np.ndarray:
    """The labels of so many patterns, (pattern,): booleans, whole numbers or words.

    Raises BrainnetError for any other shape or type, and for words and numbers mixed.
    """
    array = as_array(values)
    _one_axis(array)
    array = _one_kind(array) if array.dtype == object else array
    if len(array) != patterns:
        raise BrainnetError(f"there must be one label per pattern (got {len(array)} labels for {patterns} patterns)")
    if array.dtype.kind == "f":
        wrong = array[~(np.isfinite(array) & (array == np.round(array)))]
        if wrong.size:
            # scikit-learn's checks demand the words "Unknown label type"
            raise BrainnetError(
                f"Unknown label type: labels must be classes, whole numbers or words (got {in_full(wrong[0])}): "
                "round or bin them"
            )
    elif array.dtype.kind not in "biuU":
        raise BrainnetError(f"labels must be whole numbers or words (got {array.dtype}): convert them to int or str")
    return array


def classes(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct labels, (class,), sorted, if there are two or more; each pattern's label as index, (pattern,)."""
    distinct, indices = np.unique(labels, return_inverse=True)
    if len(distinct) < 2:
        only = shown(names(distinct)[0])
        raise BrainnetError(f"labels must name two classes or more (got one class, {only}): add another")
    return distinct, indices.astype(np.int64)


def names(distinct: np.ndarray) -> tuple[str, ...]:
    """What classes are called in words; 3.0 is called 3."""
    return tuple(str(int(label) if distinct.dtype.kind == "f" else label) for label in distinct)


def known(labels: np.ndarray, distinct: np.ndarray) -> np.ndarray:
    """Indices, (pattern,), of labels of other patterns among the classes of training.

    Raises BrainnetError for words where training has numbers, or the reverse, and for a class that training lacks.
    """
    kinds = ["words" if array.dtype.kind == "U" else "numbers" for array in (labels, distinct)]
    if kinds[0] != kinds[1]:
        raise BrainnetError(
            f"labels are {kinds[0]} (got {_example(labels)}), those of training {kinds[1]} ({_example(distinct)}): "
            f"convert one of them"
        )
    strangers = np.setdiff1d(labels, distinct)
    if strangers.size:
        raise BrainnetError(
            f"label {_example(strangers)} is no class of training: leave its patterns out, or train on some of them"
        )
    return np.searchsorted(distinct, labels)


def _example(labels: np.ndarray) -> str:
    return shown(labels[0].item())


def _one_axis(array: np.ndarray) -> None:
    if array.ndim == 1:
        return
    found = f"labels must have one axis, (pattern,) (got shape {array.shape}"
    if array.ndim == 2 and array.shape[1] > 1:
        if _is_one_hot(array):
            raise BrainnetError(f"{found}, which is one-hot): give labels.argmax(axis=1)")
        raise BrainnetError(f"{found}): give each pattern one class")
    raise BrainnetError(f"{found}): {'flatten them' if array.ndim else 'give a list or an array of them'}")


def _is_one_hot(array: np.ndarray) -> bool:
    """Whether each row, (pattern, class), has a single 1 and else zeros."""
    try:
        numbers = array.astype(float)
    except (TypeError, ValueError):
        return False
    return bool(np.isin(numbers, (0, 1)).all() and (numbers.sum(axis=1) == 1).all())


def _one_kind(array: np.ndarray) -> np.ndarray:
    """An array of objects as one of their common type."""
    for kind, dtype in (((bool, np.bool_), bool), (str, str), (Integral, np.int64), (Real, np.float64)):
        if all(isinstance(value, kind) for value in array):
            try:
                return array.astype(dtype)
            except OverflowError:
                greatest = shown(max(array, key=abs))
                raise BrainnetError(f"labels must be below 2**63 (got {greatest}): convert them to str") from None
    first: dict[str, Any] = {}
    for value in array:
        first.setdefault(type(value).__name__, value)
    examples = " and ".join(f"{shown(value)} ({name})" for name, value in list(first.items())[:2])
    raise BrainnetError(f"labels must be all whole numbers or all words (got {examples}): convert them to int or str")
