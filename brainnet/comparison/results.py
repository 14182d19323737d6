"""The results of a comparison: flat rows, estimates, and arrays for the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from brainnet.comparison.model import Model, Outline
from brainnet.spiking.network import Recording
from brainnet.statistics import Estimate


@dataclass(frozen=True)
class Row:
    """One trial: a task, a model, a seed, and the numbers that came out, by name. All of it follows from the seed."""

    task: str
    model: str
    seed: int
    scalars: Mapping[str, float | int]

    @property
    def accuracy(self) -> float:
        """Share of the test patterns."""
        return self.scalars["accuracy"]


@dataclass(frozen=True)
class Timing:
    """How long one trial took. Apart from the rows, since it differs from run to run.

    `build_seconds` went before it: compiling the simulator, or waiting until another trial had, and starting it once.
    """

    model: str
    seed: int
    build_seconds: float
    fit_seconds: float
    predict_seconds: float


@dataclass(frozen=True)
class Shown:
    """What a spiking network did while it saw one pattern, (input,), and the index of the class that it gave it."""

    pattern: np.ndarray
    answer: int
    recording: Recording


@dataclass(frozen=True)
class Responses:
    """How the two neurons answer their input.

    Args:
        net_input: (point,), weighted sum of a sigmoid neuron, dimensionless.
        activation: (point,), its output in [0, 1].
        current: (point,), input of a leaky integrate-and-fire neuron in units of its rheobase.
        rate_hz: (point,), its firing rate.
        tau_ms, refractory_ms: its membrane time constant and refractory period.
    """

    net_input: np.ndarray
    activation: np.ndarray
    current: np.ndarray
    rate_hz: np.ndarray
    tau_ms: float
    refractory_ms: float


@dataclass(frozen=True)
class Score:
    """Test accuracy of one model over the seeds."""

    model: str
    accuracy: Estimate


@dataclass(frozen=True)
class Difference:
    """Test accuracy of a model minus that of another on the same seeds, and the verdict in words."""

    model: str
    reference: str
    accuracy: Estimate
    verdict: str


@dataclass(frozen=True)
class Comparison:
    """All that a comparison found.

    `rows` and `timings` come in the order of `models`, then of `seeds`; the mappings are by key of the model;
    `reference` is the key of the model that the others are held against; `warnings` begin with model and seed.
    `arrays` holds what was observed of each model, by name, seed by seed (see `observed` and `scored`); `first_label`
    is the class of the first seed's first test pattern; `one_split` says that all seeds have the same splits.
    """

    task: Outline
    models: tuple[Model, ...]
    seeds: tuple[int, ...]
    quick: bool
    rows: tuple[Row, ...]
    scores: tuple[Score, ...]
    differences: tuple[Difference, ...]
    arrays: Mapping[str, Mapping[str, tuple[Any, ...]]]
    first_label: int
    responses: Responses
    settings: Mapping[str, Mapping[str, Any]]
    timings: tuple[Timing, ...]
    seconds: float
    versions: Mapping[str, str]
    command: str
    reference: str
    warnings: tuple[str, ...] = ()
    one_split: bool = False

    def model(self, key: str) -> Model:
        """The model of that key."""
        return next(model for model in self.models if model.key == key)

    def score(self, key: str) -> Estimate:
        """Test accuracy of the model of that key."""
        return next(score.accuracy for score in self.scores if score.model == key)

    def accuracies(self, key: str) -> np.ndarray:
        """Test accuracies of the model of that key, (seed,)."""
        return np.array([row.accuracy for row in self.rows if row.model == key])

    def first(self, key: str, name: str) -> Any:
        """What was observed of the model of that key with the first seed; None if nothing was."""
        return self.arrays[key].get(name, (None,))[0]

    def against_reference(self) -> tuple[Difference, ...]:
        """The differences from the reference model."""
        return tuple(found for found in self.differences if found.reference == self.reference)
