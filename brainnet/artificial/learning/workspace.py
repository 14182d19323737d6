"""The arrays that learning from a batch writes into."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.artificial.connections import Connections, views
from brainnet.artificial.network import Network


@dataclass(frozen=True, eq=False)
class Workspace:
    """Arrays for batches of one size, allocated once: they belong to one fit, and every batch overwrites them."""

    drive: np.ndarray  # (pattern, input)
    target: np.ndarray  # (pattern, class)
    activations: list[np.ndarray]  # (pattern, neuron) of each layer, as are deltas and slopes
    deltas: list[np.ndarray]
    slopes: list[np.ndarray]
    gradient: np.ndarray  # (parameter,)
    gradients: tuple[Connections, ...]  # of each layer: views of the gradient
    labels: np.ndarray  # (pattern,), as are choices and hits
    choices: np.ndarray
    hits: np.ndarray

    @classmethod
    def of(cls, network: Network, patterns: int) -> Workspace:
        """Arrays for batches of so many patterns."""
        gradient = np.empty_like(network.parameters)
        return cls(
            drive=np.empty((patterns, network.sizes[0]), gradient.dtype),
            target=np.empty((patterns, network.sizes[-1]), gradient.dtype),
            activations=network.buffers(patterns),
            deltas=network.buffers(patterns),
            slopes=network.buffers(patterns),
            gradient=gradient,
            gradients=views(gradient, network.sizes),
            labels=np.empty(patterns, np.intp),
            choices=np.empty(patterns, np.intp),
            hits=np.empty(patterns, np.bool_),
        )

    def gather(self, drive: np.ndarray, target: np.ndarray, labels: np.ndarray, batch: np.ndarray) -> None:
        """Copy the patterns that `batch`, (pattern,), points at."""
        # In the default mode NumPy would gather into a buffer of its own first.
        np.take(drive, batch, axis=0, out=self.drive, mode="clip")
        np.take(target, batch, axis=0, out=self.target, mode="clip")
        np.take(labels, batch, out=self.labels, mode="clip")

    def count_hits(self) -> int:
        """Number of patterns whose most active output neuron is that of their label."""
        np.argmax(self.activations[-1], axis=1, out=self.choices)
        np.equal(self.choices, self.labels, out=self.hits)
        return int(np.count_nonzero(self.hits))
