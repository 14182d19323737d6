"""Backpropagation: each layer's part in the error, from the part of the layer above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from brainnet.artificial.learning.losses import Loss
from brainnet.artificial.learning.optimizers import GradientDescent, check_optimizer
from brainnet.artificial.learning.workspace import Workspace
from brainnet.artificial.network import Network


@dataclass(frozen=True)
class Backpropagation:
    """Gradient descent along the gradient of the loss, which the chain rule carries down through the layers.

        delta_L = dL/dz_L                   delta_l = (delta_{l+1} W_{l+1}^T) f'(z_l)
        dL/dW_l = a_{l-1}^T delta_l         dL/db_l = sum over patterns of delta_l

    `rate`, `momentum` and `final` are those of `GradientDescent`.
    D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating errors, Nature 1986.
    """

    rate: float = 0.2
    momentum: float = 0.9
    final: float = 0.0

    def __post_init__(self) -> None:
        check_optimizer(self)

    @property
    def optimizer(self) -> GradientDescent:
        """How the gradient moves the parameters."""
        return GradientDescent(self.rate, self.momentum, self.final)

    def gradient(self, network: Network, loss: Loss, work: Workspace) -> np.ndarray:
        """Gradient, (parameter,), of the loss for the workspace's drive and target, which stays in `work.gradient`."""
        return carried_down(network, loss, work, [layer.weight.T for layer in network.connections[1:]])


def carried_down(
    network: Network, loss: Loss, work: Workspace, feedback: Sequence[np.ndarray], direct: bool = False
) -> np.ndarray:
    """What is in place of the gradient, (parameter,), where `feedback` B carries the error down; in `work.gradient`.

        delta_L = dL/dz_L        delta_l = (delta_{l+1} B_l) f'(z_l),   or (delta_L B_l) f'(z_l) where `direct`

    `feedback` holds a matrix for each hidden layer: (neuron above, neuron), or (output, neuron) where `direct`.
    """
    activations = network.propagate(work.drive, out=work.activations)
    top = delta = loss.delta(activations[-1], work.target, out=work.deltas[-1], scratch=work.slopes[-1])
    for layer in range(len(activations) - 1, 0, -1):
        below = activations[layer - 1]
        _descend(below, delta, work, layer)
        delta = np.matmul(top if direct else delta, feedback[layer - 1], out=work.deltas[layer - 1])
        np.multiply(delta, network.neuron.slope(below, out=work.slopes[layer - 1]), out=delta)
    _descend(work.drive, delta, work, 0)
    return work.gradient


def _descend(below: np.ndarray, delta: np.ndarray, work: Workspace, layer: int) -> None:
    np.matmul(below.T, delta, out=work.gradients[layer].weight)
    np.sum(delta, axis=0, out=work.gradients[layer].bias)
