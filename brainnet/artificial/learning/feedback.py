"""Feedback alignment: the error comes down through random connections that never learn."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from brainnet.artificial.learning.backpropagation import carried_down
from brainnet.artificial.learning.losses import Loss
from brainnet.artificial.learning.optimizers import GradientDescent, check_optimizer
from brainnet.artificial.learning.workspace import Workspace
from brainnet.artificial.network import Network
from brainnet.checks import require_count, require_positive


@dataclass(frozen=True)
class RandomFeedback(ABC):
    """What both kinds of feedback alignment share: all but where the matrices lead.

    `rate`, `momentum` and `final` are those of `GradientDescent`; `seed` gives the matrices, and `scale` their size
    (see `feedback`).
    """

    rate: float = 0.2
    momentum: float = 0.9
    final: float = 0.0
    scale: float = 1.0
    seed: int = 0
    direct: ClassVar[bool]  # whether each hidden layer hears from the output neurons, or from the layer above

    def __post_init__(self) -> None:
        check_optimizer(self)
        require_positive(self, "scale")
        require_count(self, "seed", at_least=0)

    @property
    def optimizer(self) -> GradientDescent:
        """How the direction moves the parameters."""
        return GradientDescent(self.rate, self.momentum, self.final)

    def gradient(self, network: Network, loss: Loss, work: Workspace) -> np.ndarray:
        """The direction that the optimizer goes against, (parameter,): it stays in `work.gradient`."""
        return carried_down(network, loss, work, self.matrices(network), self.direct)

    def matrices(self, network: Network) -> tuple[np.ndarray, ...]:
        """B_l of each hidden layer, (neuron that speaks, neuron that hears)."""
        dtype = network.parameters.dtype.name
        return feedback(self.shapes(network.sizes), float(self.scale), int(self.seed), dtype)

    @abstractmethod
    def shapes(self, sizes: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
        """The shape of each matrix in a network of these sizes."""


@dataclass(frozen=True)
class FeedbackAlignment(RandomFeedback):
    """Backpropagation with a frozen random matrix in place of each transposed weight matrix.

        delta_L = dL/dz_L        delta_l = (delta_{l+1} B_l) f'(z_l)        B_l, (neuron above, neuron), never changes

    The forward weights come to agree with the feedback, so that the steps come to lie within 90 degrees of the
    gradient's. Settings are those of `RandomFeedback`; the publication chose the matrices' size by hand for each task.
    T. Lillicrap et al., Random synaptic feedback weights support error backpropagation for deep learning, Nature
    Communications 2016.
    """

    direct = False

    def shapes(self, sizes: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
        """(neuron above, neuron) for each hidden layer."""
        return tuple(zip(sizes[2:], sizes[1:-1], strict=True))


@dataclass(frozen=True)
class DirectFeedbackAlignment(RandomFeedback):
    """The output neurons' error goes to every hidden layer at once, through a frozen random matrix of its own.

        delta_L = dL/dz_L        delta_l = (delta_L B_l) f'(z_l)        B_l, (output, neuron), never changes

    Settings are those of `RandomFeedback`.
    A. Nøkland, Direct feedback alignment provides learning in deep neural networks, NIPS 2016.
    """

    direct = True

    def shapes(self, sizes: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
        """(output, neuron) for each hidden layer."""
        return tuple((sizes[-1], neurons) for neurons in sizes[1:-1])


@lru_cache(maxsize=16)
def feedback(shapes: tuple[tuple[int, int], ...], scale: float, seed: int, dtype: str) -> tuple[np.ndarray, ...]:
    """Frozen matrices of these shapes, the same for the same arguments.

        B ~ U(-r, r),   r = scale sqrt(6 / (rows + columns))

    Scale 1 is the spread of the initial weights of linear neurons (see `connections.initial_weights`).
    """
    rng = np.random.default_rng(seed)
    matrices = []
    for shape in shapes:
        reach = scale * (6 / sum(shape)) ** 0.5
        matrices.append(rng.uniform(-reach, reach, shape).astype(dtype))
        matrices[-1].setflags(write=False)
    return tuple(matrices)
