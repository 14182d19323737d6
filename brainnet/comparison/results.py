"""The results of a comparison: flat rows, estimates, and arrays for the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from brainnet.comparison.model import Model

# An interval of resampled means lies between the smallest and the largest value, so it misses the true mean whenever
# all n values fall on one side of it: with n = 4 seeds that happens one time in eight.
FEWEST_SEEDS = 5


@dataclass(frozen=True)
class Row:
    """One trial: a model, a seed, and what came out. All of it follows from the seed."""

    task: str
    model: str
    seed: int
    accuracy: float  # share of the test patterns
    validation_accuracy: float
    n_units: int
    n_trained_parameters: int
    n_frozen_parameters: int
    n_train: int
    n_validation: int
    n_test: int


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
class Trace:
    """What a spiking network did while it saw one pattern; see `SpikingClassifier.record`.

    Args:
        pattern: (input,), in [0, 1].
        answer: class that the network gives it.
        duration_ms: how long the pattern was shown.
        spike_times_ms, spike_neurons: one array per population, in the network's order.
        trace_times_ms, potential, threshold: of the most active hidden neuron, (step,).
        unit: of potential and threshold.
    """

    pattern: np.ndarray
    answer: int
    duration_ms: float
    spike_times_ms: Mapping[str, np.ndarray]
    spike_neurons: Mapping[str, np.ndarray]
    trace_times_ms: np.ndarray
    potential: np.ndarray
    threshold: np.ndarray
    unit: str


@dataclass(frozen=True)
class Exhibit:
    """Arrays of the figures for one model: curves of all seeds, the rest from the first seed.

    Args:
        curves: one per seed, (point, 2): examples seen, accuracy on the validation patterns.
        confusion: (true class, predicted class), counts of test patterns over all seeds.
        receptive_fields: (hidden neuron, input).
        weights: before and after learning, 1-D each.
        trace: of the first test pattern; None for models without spikes.
        trace_label: true class of that pattern.
    """

    curves: tuple[np.ndarray, ...]
    confusion: np.ndarray
    receptive_fields: np.ndarray
    weights: tuple[np.ndarray, np.ndarray]
    trace: Trace | None
    trace_label: int


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
class Estimate:
    """Mean over seeds and the ends of its 95 % interval; None where there are too few seeds for one."""

    mean: float
    low: float | None
    high: float | None


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
class Facts:
    """What the comparison was run on; counts are of patterns, shape is (height, width) of one."""

    name: str
    classes: tuple[str, ...]
    shape: tuple[int, int]
    n_train: int
    n_validation: int
    n_test: int


@dataclass(frozen=True)
class Comparison:
    """All that a comparison found.

    `rows` and `timings` come in the order of `models`, then of `seeds`; the mappings are by key of the model;
    `reference` is the key of the model that the others are held against; `warnings` begin with model and seed.
    """

    task: Facts
    models: tuple[Model, ...]
    seeds: tuple[int, ...]
    quick: bool
    rows: tuple[Row, ...]
    scores: tuple[Score, ...]
    differences: tuple[Difference, ...]
    exhibits: Mapping[str, Exhibit]
    responses: Responses
    settings: Mapping[str, Mapping[str, Any]]
    timings: tuple[Timing, ...]
    seconds: float
    versions: Mapping[str, str]
    command: str
    reference: str
    warnings: tuple[str, ...] = ()

    def model(self, key: str) -> Model:
        """The model of that key."""
        return next(model for model in self.models if model.key == key)

    def score(self, key: str) -> Estimate:
        """Test accuracy of the model of that key."""
        return next(score.accuracy for score in self.scores if score.model == key)

    def accuracies(self, key: str) -> np.ndarray:
        """Test accuracies of the model of that key, (seed,)."""
        return np.array([row.accuracy for row in self.rows if row.model == key])

    def against_reference(self) -> tuple[Difference, ...]:
        """The differences from the reference model."""
        return tuple(found for found in self.differences if found.reference == self.reference)
