"""Coding, as the artificial twin reads it: what a code makes of patterns is the drive of the first layer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import DTypeLike

from brainnet.cell import Cell
from brainnet.counter import keys_by_content, keys_by_position
from brainnet.data.scaling import Scaling
from brainnet.order import presentation_order

DTYPES = ("float32", "float64")
Keys = Callable[[slice, np.ndarray], np.ndarray]  # of some rows, and what they hold in [0, 1]


def drive(cell: Cell, values: np.ndarray, scaling: Scaling, keys: Keys, dtype: DTypeLike) -> np.ndarray:
    """Drive, (pattern, input), in the network's dtype, of patterns of any range, (pattern, value).

        x = code(p')        p' in [0, 1], the scaled pattern

    For a code of spikes x are counts in `cell.presentation.input_ms`, drawn by the `keys`.
    """
    drive = np.empty((len(values), cell.code.inputs(values.shape[1])), dtype)
    for rows, scaled in scaling.parts(values):
        drive[rows] = cell.code.encode(scaled, keys(rows, scaled)).drive(cell.presentation.input_ms)
    return drive


def answering(cell: Cell, seed: int) -> Keys:
    """Noise keys of patterns that are to be answered: a function of what they hold."""
    if cell.code.kind == "value":
        return lambda rows, scaled: np.zeros(len(scaled))  # nothing is drawn
    return lambda rows, scaled: keys_by_content(seed, scaled)


def learning(seed: int, epoch: int, count: int) -> Keys:
    """Noise keys of patterns in an epoch of learning: those of the spiking twin, presentation by presentation."""
    keys = np.empty(count)
    keys[presentation_order(seed, epoch, count)] = keys_by_position(seed, epoch * count, count)
    return lambda rows, scaled: keys[rows]


def one_hot(labels: np.ndarray, classes: int, dtype: DTypeLike) -> np.ndarray:
    """Target, (pattern, class), of labels, (pattern,), that are indices of classes.

    t_i = 1 if i is the label, else 0
    """
    target = np.zeros((len(labels), classes), dtype)
    target[np.arange(len(labels)), labels] = 1
    return target
