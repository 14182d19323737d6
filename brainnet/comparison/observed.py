"""What is taken down of a trained model, without the labels of the test patterns.

A new measure is a function, in a file of its own if it is long, and a line in `SCALARS`, whose names become columns of
`results.csv`, or in `ARRAYS`, which the figures are drawn from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from brainnet.comparison.results import Shown
from brainnet.measures import accuracy
from brainnet.tasks.task import Examples


@dataclass(frozen=True)
class Trained:
    """A classifier after training, the validation patterns and those of the test, and its answers to these, (pattern,).

    `recorded` says whether a spiking one is to show what it does with the first test pattern.
    """

    classifier: Any
    validation: Examples
    test_patterns: np.ndarray
    predictions: np.ndarray
    recorded: bool


def validation_accuracy(trained: Trained) -> float:
    """Share of the validation patterns."""
    return accuracy(np.asarray(trained.classifier.predict(trained.validation.patterns)), trained.validation.labels)


def curve(trained: Trained) -> np.ndarray:
    """Learning curve, (point, 2): examples seen, accuracy on the validation patterns."""
    return np.asarray(trained.classifier.curve_, np.float64)


def shown(trained: Trained) -> Shown | None:
    """What a spiking network does with the first test pattern."""
    if not trained.recorded:
        return None
    pattern, answer = trained.test_patterns[0], int(trained.predictions[0])
    return Shown(pattern, answer, trained.classifier.record(pattern))


SCALARS: dict[str, Callable[[Trained], float | int]] = {
    "validation_accuracy": validation_accuracy,
    "n_units": lambda trained: int(trained.classifier.n_units_),
    "n_trained_parameters": lambda trained: int(trained.classifier.n_trained_parameters_),
    "n_frozen_parameters": lambda trained: int(trained.classifier.n_frozen_parameters_),
}
ARRAYS: dict[str, Callable[[Trained], Any]] = {
    "curve": curve,
    "receptive_fields": lambda trained: trained.classifier.receptive_fields_,  # (hidden neuron, input)
    "weights": lambda trained: trained.classifier.trained_weights_,  # before and after learning, 1-D each
    "shown": shown,
    "history": lambda trained: getattr(trained.classifier, "history_", None),  # of spiking ones, by name
}
