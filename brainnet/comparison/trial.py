"""One trial: a model learns a task with one seed and answers its test patterns; then, apart from it, the score.

task -> blind -> attempt -> answers        (no test label goes in)
answers, test labels -> mark -> row        (the only place where they are read)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from brainnet.comparison.model import Model, Outline, Progress
from brainnet.comparison.observed import ARRAYS, SCALARS, Trained
from brainnet.comparison.progress import COMPILING
from brainnet.comparison.results import Row, Timing
from brainnet.measures import accuracy
from brainnet.spiking.simulator.cache import compiler
from brainnet.tasks.task import Examples, Task
from brainnet.warn import heard

QUICK_TRAIN, QUICK_TEST = 500, 200


@dataclass(frozen=True)
class Blind:
    """All of a task that a model may see: everything but the labels of the test patterns, (pattern, input)."""

    outline: Outline
    train: Examples
    validation: Examples
    test_patterns: np.ndarray


@dataclass(frozen=True)
class Answers:
    """What a trained model says about the test patterns, (pattern,), and what was observed of it without their labels.

    `scalars` and `arrays` are by the names of `observed.SCALARS` and `observed.ARRAYS`.
    """

    predictions: np.ndarray
    scalars: Mapping[str, float | int]
    arrays: Mapping[str, Any]
    timing: Timing
    warnings: tuple[str, ...]


Attempt = Callable[[Model, Blind, int, bool], Answers]


def blind(task: Task) -> Blind:
    """The task without the labels of its test patterns."""
    return Blind(Outline.of(task), task.train, task.validation, task.test.patterns)


def reduced(task: Task) -> Task:
    """The task with at most QUICK_TRAIN patterns to learn from and QUICK_TEST to answer."""
    rng = np.random.default_rng(task.seed)
    return replace(
        task,
        train=_some(task.train, QUICK_TRAIN, rng),
        validation=_some(task.validation, QUICK_TEST, rng),
        test=_some(task.test, QUICK_TEST, rng),
    )


def _some(examples: Examples, most: int, rng: np.random.Generator) -> Examples:
    kept = np.sort(rng.permutation(len(examples.labels))[:most])
    return Examples(examples.patterns[kept], examples.labels[kept])


def attempt(
    model: Model,
    task: Blind,
    seed: int,
    quick: bool = False,
    recorded: bool = False,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
) -> Answers:
    """Build the model, let it learn from the training patterns, and take down its answers to the test patterns.

    The validation patterns measure its learning curve only. `seed` is the model's random state; `recorded` asks for
    what a spiking model does with the first test pattern. Compiling comes before the clock starts, and is timed apart.
    """
    entered = perf_counter()
    if model.spiking and compiler() is not None:
        _build_simulator(model, task, seed, quick, progress)
    classifier = model.build(task.outline, seed, quick)
    started = perf_counter()
    validation = (task.validation.patterns, task.validation.labels)
    with heard() as warnings:
        kept = {} if checkpoint is None else {"checkpoint": checkpoint}
        classifier.fit(task.train.patterns, task.train.labels, validation=validation, progress=progress, **kept)
    fitted = perf_counter()
    predictions = np.asarray(classifier.predict(task.test_patterns))
    answered = perf_counter()
    trained = Trained(classifier, task.validation, task.test_patterns, predictions, recorded)
    return Answers(
        predictions=predictions,
        scalars={name: observe(trained) for name, observe in SCALARS.items()},
        arrays={name: observe(trained) for name, observe in ARRAYS.items()},
        timing=Timing(model.key, seed, started - entered, fitted - started, answered - fitted),
        warnings=tuple(warnings),
    )


def _build_simulator(model: Model, task: Blind, seed: int, quick: bool, progress: Progress | None) -> None:
    """Have the model's simulator compiled, which depends on the sizes of layers only, by two patterns of each class."""
    if progress is not None:
        progress(0.0, COMPILING)
    labels = task.train.labels
    few = np.concatenate([np.flatnonzero(labels == label)[:2] for label in np.unique(labels)])
    with heard():  # so few patterns teach nothing
        model.build(task.outline, seed, quick).set_params(epochs=1).fit(task.train.patterns[few], labels[few])


def mark(model: str, task: Task, seed: int, answers: Answers) -> Row:
    """The row of a trial: its answers held against the test labels, beside what was observed without."""
    outline = Outline.of(task)
    sizes = {name: getattr(outline, name) for name in ("n_train", "n_validation", "n_test")}
    right = {"accuracy": accuracy(answers.predictions, task.test.labels)}
    return Row(task.name, model, seed, right | dict(answers.scalars) | sizes)


def assert_blind(model: Model, task: Task, seed: int = 0, attempt: Attempt = attempt) -> None:
    """Repeat a trial with other test labels and another order of test patterns, and demand the same answers.

    The labels are changed in the task's own arrays and put back afterwards, so that a model that keeps hold of the
    task is caught as well. What no rerun can catch is a model that loads the data by itself: the table of imports
    forbids it.

    Args:
        model, task, seed: the trial.
        attempt: what runs it; (model, blind task, seed, quick) -> answers.

    Raises:
        AssertionError: the answers depend on the test labels, or on the order of the test patterns.
    """
    answers = attempt(model, blind(task), seed, True).predictions
    with _wrong_labels(task):
        relabelled = attempt(model, blind(task), seed, True).predictions
    if not np.array_equal(answers, relabelled):
        raise AssertionError(f"{model.key}: {_share(answers, relabelled)} of its answers follow the test labels")
    order = np.random.default_rng(seed).permutation(len(answers))
    shuffled = replace(task, test=Examples(task.test.patterns[order], task.test.labels[order]))
    reordered = attempt(model, blind(shuffled), seed, True).predictions
    if not np.array_equal(answers[order], reordered):
        share = _share(answers[order], reordered)
        raise AssertionError(f"{model.key}: {share} of its answers depend on the order of the test patterns")


@contextmanager
def _wrong_labels(task: Task) -> Iterator[None]:
    """While it lasts, every test label of the task is another class's."""
    labels = task.test.labels
    true, locked = labels.copy(), not labels.flags.writeable
    labels.setflags(write=True)
    try:
        labels[:] = (labels + 1) % len(task.classes)
        yield
    finally:
        labels[:] = true
        labels.setflags(write=not locked)


def _share(one: np.ndarray, other: np.ndarray) -> str:
    return f"{np.mean(one != other):.0%}"
