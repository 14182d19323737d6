"""Logic gates: two inputs, one truth value, held-out data by noise."""

from __future__ import annotations

from functools import partial

import numpy as np

from brainnet import checks
from brainnet.tasks import split
from brainnet.tasks.task import Examples, Kind, Task

TRUTH = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "xor": (0, 1, 1, 0)}


def corners(gate: str = "xor") -> Examples:
    """The gate's truth table: the four clean patterns (0, 0), (0, 1), (1, 0), (1, 1), with their labels 0 or 1.

    Raises:
        BrainnetError: there is no such gate.
    """
    labels = TRUTH[checks.one_of("gate", gate, TRUTH)]
    return Examples(np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64), np.array(labels, dtype=np.int64))


def build(gate: str, seed: int, *, copies: int = 50, noise: float = 0.1) -> Task:
    """Noisy copies of the gate's four corners.

        x = corner + d  where the corner is 0,  corner - d  where it is 1        d = min(noise * |N(0, 1)|, 1)

    The noise points inwards: clipped, a quarter of the copies would be the bare corner, in all three splits alike.

    Args:
        gate: "and", "or" or "xor".
        seed: non-negative seed of noise and order.
        copies: copies of each corner in each of train, validation and test.
        noise: root mean square of d, 0 to 1; with 0, the three splits hold the same clean patterns.

    Raises:
        BrainnetError: a setting outside its range.
    """
    copies = checks.count("copies", copies, at_least=1)
    noise = checks.fraction("noise", noise)
    rng = split.generator(seed, gate)
    train, validation, test = (_noisy(corners(gate), copies, noise, rng) for _ in range(3))
    return Task(gate, seed, train, validation, test, classes=("0", "1"), shape=(1, 2))


def _noisy(clean: Examples, copies: int, noise: float, rng: np.random.Generator) -> Examples:
    which = rng.permutation(np.repeat(np.arange(4), copies))
    distance = np.minimum(noise * np.abs(rng.standard_normal((4 * copies, 2))), 1)
    return Examples(np.abs(clean.patterns[which] - distance), clean.labels[which])


LINES = {
    "and": "AND of two inputs: noisy copies of the four corners",
    "or": "OR of two inputs: noisy copies of the four corners",
    "xor": "XOR of two inputs: noisy copies of the four corners; no single unit can do it",
}
KINDS = tuple(Kind(gate, LINES[gate], partial(build, gate)) for gate in TRUTH)
