"""The artificial code: a pattern drives the network with its own real values."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

DTYPES = ("float32", "float64")


def real_values(patterns: np.ndarray, dtype: DTypeLike) -> np.ndarray:
    """Drive, (pattern, input), in the network's dtype, of patterns, (pattern, input).

        x = p

    A drive that is in this form already is not copied.
    """
    return np.ascontiguousarray(patterns, dtype=dtype)


def one_hot(labels: np.ndarray, classes: int, dtype: DTypeLike) -> np.ndarray:
    """Target, (pattern, class), of labels, (pattern,), that are indices of classes.

    t_i = 1 if i is the label, else 0
    """
    target = np.zeros((len(labels), classes), dtype)
    target[np.arange(len(labels)), labels] = 1
    return target
