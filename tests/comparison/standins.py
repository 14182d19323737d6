"""Models that stand in for the real ones: importable by worker processes, and done in no time."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from brainnet.comparison.model import Classifier, Model, Outline
from brainnet.comparison.models.chance import MostFrequent
from brainnet.errors import BrainnetError
from brainnet.spiking.network import Recording
from brainnet.tasks import Task, from_arrays
from brainnet.warn import warn


class Prototypes(ClassifierMixin, BaseEstimator):
    """The class with the nearest mean, of half the training patterns, which the seed draws."""

    def __init__(self, random_state: int | None = None) -> None:
        self.random_state = random_state

    def fit(self, X: Any, y: Any, validation: Any = None, progress: Any = None) -> Prototypes:
        drawn = np.random.default_rng(self.random_state).permutation(len(X))[: len(X) // 2 if len(X) > 40 else None]
        self.classes_ = np.unique(y)
        means = np.array([X[drawn][y[drawn] == label].mean(axis=0) for label in self.classes_])
        self.receptive_fields_ = means
        self.trained_weights_ = (np.zeros(means.size), means.ravel())
        self.n_units_, self.n_trained_parameters_, self.n_frozen_parameters_ = len(means), means.size, 0
        if progress is not None:
            progress(0.5, "halfway")
        self.curve_ = np.array([[0, 0.1], [len(X), self.score(*(validation or (X, y)))]])
        return self

    def predict(self, X: Any) -> np.ndarray:
        distances = ((np.asarray(X)[:, None, :] - self.receptive_fields_) ** 2).sum(axis=2)
        return self.classes_[distances.argmin(axis=1)]


class Spiking(Prototypes):
    """The same with a recording, and epochs."""

    def __init__(self, random_state: int | None = None, epochs: int = 4) -> None:
        super().__init__(random_state)
        self.epochs = epochs

    def record(self, pattern: np.ndarray) -> Recording:
        times = np.linspace(0, 50, 101)
        return Recording(
            duration_ms=50.0,
            spike_times_ms={"inputs": times[::3], "hidden": times[::9]},
            spike_neurons={"inputs": np.arange(34), "hidden": np.zeros(12, dtype=int)},
            trace_times_ms=times,
            potential=times % 9,
            threshold=np.full(101, 8.0),
            unit="mV",
            population="hidden",
            neuron=0,
            sizes={"inputs": 34, "hidden": 1},
        )


def prototypes(outline: Outline, seed: int, quick: bool) -> Classifier:
    return Prototypes(random_state=seed)


def spiking(outline: Outline, seed: int, quick: bool) -> Classifier:
    return Spiking(random_state=seed)


class Guessing(Prototypes):
    """Warns that it has learned nothing."""

    def fit(self, X: Any, y: Any, validation: Any = None, progress: Any = None) -> Prototypes:
        warn("it has not learned")
        return super().fit(X, y, validation, progress)


def guessing(outline: Outline, seed: int, quick: bool) -> Classifier:
    return Guessing(random_state=seed)


def chance(outline: Outline, seed: int, quick: bool) -> Classifier:
    return MostFrequent()


def killed(outline: Outline, seed: int, quick: bool) -> Classifier:
    if seed == 1:
        os.kill(os.getpid(), 9)
    return prototypes(outline, seed, quick)


def refusing(outline: Outline, seed: int, quick: bool) -> Classifier:
    raise BrainnetError("rate must be below 1/dt (got 3000 Hz): lower it")


def broken(outline: Outline, seed: int, quick: bool) -> Classifier:
    raise ZeroDivisionError("line one\nline two")


def threads(report: Any) -> str:
    """A job for a worker: its setting of BLAS threads."""
    return os.environ["OMP_NUM_THREADS"]


@dataclass(frozen=True)
class Endless:
    """Starts a program of its own, as a compiled simulation is, leaves both process numbers and never comes back."""

    folder: str

    def __call__(self, outline: Outline, seed: int, quick: bool) -> Classifier:
        program = subprocess.Popen(["sleep", "600"])
        for pid in (program.pid, os.getpid()):
            Path(self.folder, f"{pid}.pid").touch()
        program.wait()
        raise AssertionError("it ended")


PROTOTYPES = Model("sigmoid-backprop", "Prototypes", "none", "real", "dense", "class means", 1.0, prototypes)
SPIKING = Model("spiking", "Stand-in", "LIF", "Poisson", "dense", "none", 3.0, spiking, spiking=True)
CHANCE = Model("chance", "Chance", "none", "none", "none", "most frequent class", 0.1, chance, baseline=True)


def model(build: Any) -> Model:
    """The prototypes' model, built in another way."""
    return replace(PROTOTYPES, build=build)


@dataclass(frozen=True)
class Peeking:
    """Builds a model that keeps hold of the task and labels its answers by the test labels."""

    task: Task

    def __call__(self, outline: Outline, seed: int, quick: bool) -> Classifier:
        return _Peeker(self.task, random_state=seed)


class _Peeker(Prototypes):
    def __init__(self, task: Any = None, random_state: int | None = None) -> None:
        super().__init__(random_state)
        self.task = task

    def fit(self, X: Any, y: Any, validation: Any = None, progress: Any = None) -> Prototypes:
        # Diehl and Cook's leak: neurons learn without labels, and are named by their answers to the test patterns.
        return super().fit(self.task.test.patterns, self.task.test.labels, validation, progress)


class Drifting(Prototypes):
    """Adapts while it is tested, so that an answer depends on the patterns before it."""

    def predict(self, X: Any) -> np.ndarray:
        shift = np.cumsum(np.asarray(X)[:, 0]) > len(X) / 4
        return np.where(shift, 0, super().predict(X))


def drifting(outline: Outline, seed: int, quick: bool) -> Classifier:
    return Drifting(random_state=seed)


def small_task(seed: int = 0) -> Task:
    """Four noisy classes of 16 inputs."""
    rng = np.random.default_rng(seed)
    labels = np.repeat(np.arange(4), 60)
    patterns = np.clip(np.repeat(np.eye(4), 4, axis=1)[labels] * 0.6 + rng.normal(0.2, 0.2, (240, 16)), 0, 1)
    return from_arrays("small", patterns, labels, shape=(4, 4), seed=seed)
