"""What a task is: patterns in [0, 1], labels, and three frozen splits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Examples:
    """Patterns, (pattern, input), floats in [0, 1], with their labels, (pattern,), indices into the task's classes.

    Patterns are float64; MNIST's are float32, to halve the memory.
    """

    patterns: np.ndarray
    labels: np.ndarray


@dataclass(frozen=True)
class Task:
    """A pattern-recognition task whose splits depend on nothing but the seed.

    `shape` is (height, width) of a pattern, with a height of 1 for rows of a table; `classes` holds one name per label.
    Tasks from `load` and `from_arrays` have read-only arrays. Whoever trains on a task reads `train`, `validation` and
    `test.patterns`; only the final score reads `test.labels`.
    """

    name: str
    seed: int
    train: Examples
    validation: Examples
    test: Examples
    classes: tuple[str, ...]
    shape: tuple[int, int]


@dataclass(frozen=True)
class Kind:
    """A task that has a name: what `load` and the command line know it by, a line about it, and what makes it.

    `build(seed, *, settings)` gives the task; one that reads a file has an argument `data`.
    """

    name: str
    description: str
    build: Callable[..., Task]
