"""What a model of the comparison is, and all that it may know of a task beforehand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from brainnet.tasks.task import Task

Progress = Callable[[float, str], None]  # fraction done, in [0, 1], and what is happening
UNIT = (0.0, 1.0)  # the values of all tasks: every model sees them as they are


@dataclass(frozen=True)
class Outline:
    """What a model may know of a task before it sees a pattern; shape is (height, width) of a pattern."""

    name: str
    shape: tuple[int, int]
    classes: tuple[str, ...]
    n_train: int
    n_validation: int
    n_test: int

    @classmethod
    def of(cls, task: Task) -> Outline:
        """That of a task."""
        sizes = (len(part.labels) for part in (task.train, task.validation, task.test))
        return cls(task.name, task.shape, task.classes, *sizes)


def of_task(outline: Outline, default: Any, **known: Any) -> Any:
    """What is known to suit a task by its name, else the default; "logic" stands for AND, OR and XOR."""
    name = "logic" if outline.name in ("and", "or", "xor") else outline.name
    return known.get(name, default)


def passes(epochs: int, quick: bool) -> int:
    """Passes over the training patterns: a quarter of them in a quick run."""
    return -(-epochs // 4) if quick else epochs


class Classifier(Protocol):
    """A scikit-learn classifier with the fitted attributes that the comparison reads.

    Attributes:
        curve_: (point, 2), examples seen and accuracy.
        receptive_fields_: (hidden neuron, input), incoming weights.
        trained_weights_: before and after learning, 1-D each.
        n_units_: hidden and output neurons.
        n_trained_parameters_, n_frozen_parameters_: weights and biases that learning may change, or not.
    """

    curve_: np.ndarray
    receptive_fields_: np.ndarray
    trained_weights_: tuple[np.ndarray, np.ndarray]
    n_units_: int
    n_trained_parameters_: int
    n_frozen_parameters_: int

    def fit(
        self,
        X: Any,
        y: Any,
        validation: tuple[np.ndarray, np.ndarray] | None = None,
        progress: Progress | None = None,
    ) -> Any:
        """Learn from patterns, (pattern, input), and labels, (pattern,)."""
        ...

    def predict(self, X: Any) -> np.ndarray:
        """Labels, (pattern,), of patterns, (pattern, input)."""
        ...

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Settings of the constructor by name."""
        ...

    def set_params(self, **settings: Any) -> Any:
        """The classifier itself, with other settings."""
        ...


@dataclass(frozen=True)
class Model:
    """One cell of the design: a neuron, a code, a structure and a rule, and how to build the classifier.

    Args:
        key: name on the command line and in files.
        name: name in tables and figures.
        neuron, code, structure, rule: level of each factor, in words.
        seconds: what a trial on digits takes, roughly; only the order of trials and the time left follow from it.
        build: (outline, seed, quick) -> unfitted classifier.
        spiking: whether it runs in Brian2.
        baseline: whether it is there to be beaten.
    """

    key: str
    name: str
    neuron: str
    code: str
    structure: str
    rule: str
    seconds: float
    build: Callable[[Outline, int, bool], Classifier]
    spiking: bool = False
    baseline: bool = False
