"""Competitive learning: for each pattern one neuron comes nearer, and one is pushed away."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from brainnet.checks import (
    require_at_least_one,
    require_count,
    require_not_negative,
    require_positive,
)
from brainnet.errors import BrainnetError


@dataclass(frozen=True)
class KrotovHopfield:
    """The most strongly driven neuron learns the pattern, the k-th most strongly driven one unlearns it.

        I_i = sum_j sign(w_ij) |w_ij|^(p-1) x_j        g_i = 1 for the largest I, -repulsion for the k-th, else 0
        dw_ij = g_i (x_j - I_i w_ij)                   w <- w + rate dw / max |dw|

    The winners' weights settle where sum_j |w_ij|^p = 1. `power` is p, `rank` is k. Summed over a batch, and scaled so
    that the largest change is `rate`, as in the authors' program, whose values the defaults are: there the rate falls
    to 0 in a straight line, over 200 epochs in batches of 100, from weights drawn from N(0, 1).
    D. Krotov and J. Hopfield, Unsupervised learning by competing hidden units, PNAS 2019.
    """

    rate: float = 0.02
    power: float = 2.0
    rank: int = 2
    repulsion: float = 0.4

    def __post_init__(self) -> None:
        require_positive(self, "rate")
        require_at_least_one(self, "power")
        require_count(self, "rank", at_least=2)
        require_not_negative(self, "repulsion")

    def drive(self, weight: np.ndarray, x: np.ndarray) -> np.ndarray:
        """I, (pattern, neuron), for patterns x, (pattern, input), and weights, (input, neuron)."""
        return x @ (np.sign(weight) * np.abs(weight) ** (self.power - 1))

    def slowed(self, factor: float) -> KrotovHopfield:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def begin(self, weight: np.ndarray) -> np.ndarray:
        """The state with these first weights: the weights themselves."""
        return weight

    def update(self, weight: np.ndarray, x: np.ndarray) -> np.ndarray:
        """The weights after a batch of patterns x, (pattern, input)."""
        if self.rank > weight.shape[1]:
            raise BrainnetError(
                f"KrotovHopfield.rank must be at most the number of neurons, {weight.shape[1]} (got {self.rank!r})"
            )
        drive = self.drive(weight, x)
        order = np.argpartition(drive, (-self.rank, -1), axis=1)
        share, rows = np.zeros_like(drive), np.arange(len(x))
        share[rows, order[:, -1]] = 1
        share[rows, order[:, -self.rank]] = -self.repulsion
        change = x.T @ share - weight * np.sum(share * drive, axis=0)
        largest = np.abs(change).max()
        return weight + self.rate / largest * change if largest > 0 else weight
