"""What both twins, as scikit-learn estimators, ask of data; a refusal is one line, the same in both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any, TypeVar

import numpy as np
from sklearn.utils import column_or_1d
from sklearn.utils.validation import check_array, check_is_fitted, validate_data

from brainnet.data import labels as label
from brainnet.errors import BrainnetError, one_line

# Kept as they are, not copied; anything else becomes the first.
DTYPES: Any = (np.float64, np.float32, np.bool_, *(np.dtype(f"{kind}{size}") for kind in "ui" for size in (1, 2, 4, 8)))
BEYOND = ("array is too big", "Maximum allowed dimension")  # what NumPy says of sizes that no array can have
Estimator = TypeVar("Estimator")


@contextmanager
def whole_or_not_at_all(estimator: Estimator) -> Iterator[Estimator]:
    """A copy of the estimator to fit, which takes its place at the end: a fit that is stopped changes nothing.

    A lack of memory, and a size that no array can have, is a `BrainnetError`.
    """
    attempt = copy(estimator)
    try:
        yield attempt
    except (MemoryError, OverflowError, ValueError) as error:
        if isinstance(error, ValueError) and not any(words in str(error) for words in BEYOND):
            raise
        said = " ".join(str(error).split()) or "no more was to be had"
        owner = type(estimator).__name__
        raise BrainnetError(f"{owner} does not fit into memory ({said}): take fewer neurons or patterns") from error
    estimator.__dict__ = attempt.__dict__


def training(estimator: Any, X: Any, y: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Training values, (pattern, input), labels as indices, (pattern,), and classes, (class,).

    Sets the number of inputs, and their names if they have any.
    """
    with one_line():
        values = np.asarray(validate_data(estimator, X, dtype=DTYPES))
    if y is None:
        owner = type(estimator).__name__
        raise BrainnetError(f"{owner} requires y to be passed, but the target y is None: give each pattern a label")
    distinct, indices = label.classes(_labels(y, len(values)))
    return values, indices, distinct


def validation(estimator: Any, given: Any, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Values and labels as indices of `classes`, as above, of validation data, if they fit the training data."""
    if given is None:
        return None
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise BrainnetError(f"validation must be (patterns, labels) (got {type(given).__name__}): give both")
    with one_line("validation: "):
        values = _fitting(estimator, given[0])
        return values, label.known(_labels(given[1], len(values)), classes)


def new(estimator: Any, X: Any) -> np.ndarray:
    """Values, (pattern, input), of patterns that a fitted estimator is to answer."""
    check_is_fitted(estimator)
    with one_line():
        return _fitting(estimator, X)


def _fitting(estimator: Any, X: Any) -> np.ndarray:
    """Values with as many inputs as the training patterns, of the same names."""
    values = check_array(X, dtype=DTYPES, estimator=estimator, input_name="X")
    validate_data(estimator, X, reset=False, skip_check_array=True)
    return values


def _labels(y: Any, patterns: int) -> np.ndarray:
    array = label.as_array(y)
    if array.ndim == 2 and array.shape[1] == 1:
        array = column_or_1d(array, warn=True)  # scikit-learn's contract: a column is taken, with a warning
    return label.one_per_pattern(array, patterns)
