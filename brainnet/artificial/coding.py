"""The artificial code: a pattern drives the network with its own real values, scaled."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from brainnet.data.scaling import Scaling

DTYPES = ("float32", "float64")


def real_values(patterns: np.ndarray, scaling: Scaling, dtype: DTypeLike) -> np.ndarray:
    """Drive, (pattern, input), in the network's dtype, of patterns of any range, (pattern, input).

    x = p'        p' in [0, 1], the scaled pattern
    """
    drive = np.empty(patterns.shape, dtype)
    for rows, scaled in scaling.parts(patterns):
        drive[rows] = scaled
    return drive


def one_hot(labels: np.ndarray, classes: int, dtype: DTypeLike) -> np.ndarray:
    """Target, (pattern, class), of labels, (pattern,), that are indices of classes.

    t_i = 1 if i is the label, else 0
    """
    target = np.zeros((len(labels), classes), dtype)
    target[np.arange(len(labels)), labels] = 1
    return target
