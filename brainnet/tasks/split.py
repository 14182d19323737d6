"""Random numbers and splits of a task, functions of the seed and the task's name only."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def generator(seed: int, name: str) -> np.random.Generator:
    """The task's own stream of random numbers; two tasks with one seed share nothing."""
    return np.random.default_rng([seed, crc32(name.encode())])


def stratified(labels: np.ndarray, sizes: tuple[int, ...], rng: np.random.Generator) -> list[np.ndarray]:
    """Deal patterns into parts that hold every class in proportion, to within a pattern or two.

        position of the k-th of a class's n shuffled patterns: (k + 1/2) / n

    All patterns are sorted by position, so each stretch of that order holds the classes in proportion; the parts
    are consecutive stretches, shuffled.

    Args:
        labels: class indices, (pattern,).
        sizes: number of patterns of each part but the last, which takes the rest.
        rng: source of the shuffling.

    Returns:
        Indices of patterns, one array per size and one for the rest, without overlap.
    """
    shuffled = rng.permutation(len(labels))
    position = np.empty(len(labels))
    for label in np.unique(labels):
        members = shuffled[labels[shuffled] == label]
        position[members] = (np.arange(len(members)) + 0.5) / len(members)
    dealt = shuffled[np.argsort(position[shuffled], kind="stable")]
    return [rng.permutation(part) for part in np.split(dealt, np.cumsum(sizes))]
