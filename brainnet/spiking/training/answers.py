"""Patterns with their labels, and how a trained network answers them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.data.scaling import Scaling
from brainnet.spiking.network import CompetitiveLayer, FrozenFields
from brainnet.spiking.simulator import Backend, noise, simulate

Layer = FrozenFields | CompetitiveLayer


@dataclass(frozen=True)
class Patterns:
    """Patterns, (pattern, input), of any range, with their labels, (pattern,), as indices of classes.

    They are scaled to [0, 1] a chunk at a time, so that no second copy of them is held.
    """

    values: np.ndarray
    labels: np.ndarray
    scaling: Scaling

    def __len__(self) -> int:
        return len(self.values)

    def some(self, chosen: np.ndarray) -> np.ndarray:
        """The chosen patterns in [0, 1]."""
        return self.scaling(self.values[chosen])


@dataclass(frozen=True)
class Trained:
    """What answers patterns: state that learned, state that did not, and the seed of the noise."""

    state: dict[str, np.ndarray]
    frozen: dict[str, np.ndarray]
    n_classes: int
    seed: int


def respond(layer: Layer, patterns: np.ndarray, trained: Trained, backend: Backend) -> dict[str, np.ndarray]:
    """Spike counts of a trained network, which stays as it is, for patterns in [0, 1]."""
    network = layer.network(patterns.shape[1], trained.n_classes)
    signals = layer.signals(patterns, None, trained.frozen, network)
    keys = noise.keys_by_content(trained.seed, patterns)
    return simulate(network, signals, trained.state, keys, learn=False, backend=backend).counts
