"""From a cell to an artificial network."""

from __future__ import annotations

import numpy as np

from brainnet.artificial.learning import Loss
from brainnet.artificial.network import Network
from brainnet.cell import Cell


def build(
    cell: Cell, loss: Loss, n_values: int, n_classes: int, rng: np.random.Generator, dtype: str = "float32"
) -> Network:
    """The network of a fitted cell, with its first weights, for patterns of so many values and so many classes.

        inputs -> hidden layers of `cell.neuron`s, wired by `cell.structure` -> output neurons, as the loss has them

    The wiring is drawn before all else: from a generator in the same state, the spiking twin draws the same.
    """
    sizes = (cell.code.inputs(n_values), *cell.hidden, n_classes)
    return Network.random(sizes, cell.neuron, loss.output, rng, dtype, cell.structure)
