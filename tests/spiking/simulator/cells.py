"""Cells as networks, fitted to patterns and shown them as a classifier does it."""

from math import isqrt
from typing import Any

import numpy as np

from brainnet import counter
from brainnet.cell import Cell
from brainnet.spiking import frozen_fields
from brainnet.spiking.build import Built, build
from brainnet.spiking.simulator import CHUNK, simulate
from brainnet.spiking.simulator.program import compose
from brainnet.spiking.simulator.run import Answer


def built(cell: Cell, patterns: np.ndarray, n_classes: int, seed: int = 0) -> Built:
    """The network of the cell for square images, (pattern, value)."""
    n_values = patterns.shape[1]
    fitted = cell.fitted((isqrt(n_values), isqrt(n_values)), patterns.mean(axis=0))
    return build(fitted, n_values, n_classes, np.random.default_rng(seed))


def shown(
    cell: Cell,
    patterns: np.ndarray,
    labels: np.ndarray | None,
    n_classes: int,
    seed: int = 0,
    learn: bool = True,
    **given: Any,
) -> Answer:
    """The answer of the cell's network to the patterns; it learns unless it is told otherwise."""
    made, keys = built(cell, patterns, n_classes, seed), counter.keys_by_position(seed, 0, len(patterns))
    signals = made.signals(patterns, labels, keys)
    return simulate(made.network(), signals, made.first, keys, learn=learn, **given)


SMALL = built(frozen_fields(neurons=20), np.zeros((1, 16)), 2)
NETWORK = SMALL.network()
PROGRAM = compose(NETWORK, CHUNK)
