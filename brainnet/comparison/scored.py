"""What test labels make of answers, beside accuracy: arrays for the figures.

A new one is a function, and a line in `SCORED`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from brainnet.measures import confusion
from brainnet.tasks.task import Task


def confused(predictions: np.ndarray, task: Task) -> np.ndarray:
    """Counts of test patterns, (true class, predicted class)."""
    return confusion(predictions, task.test.labels, len(task.classes))


SCORED: dict[str, Callable[[np.ndarray, Task], Any]] = {"confusion": confused}
