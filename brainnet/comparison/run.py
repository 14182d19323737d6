"""Run a comparison: every model with every seed, in worker processes, and put the results together."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from brainnet import checks, tasks
from brainnet.comparison import statistics, workers
from brainnet.comparison.design import REFERENCE
from brainnet.comparison.design import models as design
from brainnet.comparison.model import Model
from brainnet.comparison.progress import Trials
from brainnet.comparison.responses import responses
from brainnet.comparison.results import Comparison, Exhibit, Facts, Row
from brainnet.comparison.settings import settings
from brainnet.comparison.trial import Answers, attempt, blind, mark, reduced
from brainnet.comparison.versions import versions
from brainnet.errors import BrainnetError
from brainnet.measures import confusion
from brainnet.tasks.task import Task

Load = Callable[[int], Task]
Answered = Mapping[tuple[str, int], Answers]  # by key of the model and seed


@dataclass(frozen=True)
class Trial:
    """A task, a model and a seed; the seed draws the splits, the initial weights, the order and the noise."""

    task: str
    model: Model
    seed: int
    traced: bool = False  # whether its spikes are recorded, for the figures

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.model.key} on {self.task}, seed {self.seed}"

    @property
    def short_name(self) -> str:
        """What the progress calls it."""
        return f"{self.model.key} seed {self.seed}"


def compare(
    task: str,
    seeds: Iterable[int] = range(5),
    models: Sequence[Model] | None = None,
    data: str | os.PathLike[str] | None = None,
    n_workers: int | None = None,
    quick: bool = False,
    progress: Callable[[Trials], None] | None = None,
) -> Comparison:
    """Train every model with every seed on a task and compare their test accuracies.

    The models run in processes of their own, which start by importing the main module: a script that calls this
    needs `if __name__ == "__main__":`.

    Args:
        task: one of `brainnet.tasks.NAMES`.
        seeds: one trial of every model for each.
        models: what to compare; by default, what `brainnet.comparison.design.models` says.
        data: file for "mnist"; see `brainnet.tasks.load`.
        n_workers: number of processes; as many as there are processors by default. Results do not depend on it.
        quick: fewer patterns and passes, for a first look.
        progress: called often with the state of the trials.

    Raises:
        BrainnetError: an unknown task, no seeds or no models, or a trial that failed.
    """
    seeds, models = tuple(seeds), design(task) if models is None else tuple(models)
    _check(seeds, models, n_workers)
    load = lru_cache(maxsize=2)(partial(_load, task, data, quick))  # two, since five copies of MNIST are a gigabyte
    first = load(seeds[0])  # an unknown task or a bad file shows before any process starts
    started = time.monotonic()
    answers = _run(_planned(task, models, seeds), load, n_workers, quick, progress)
    reference = REFERENCE if REFERENCE in [model.key for model in models] else models[0].key
    rows, confusions = _marked(models, seeds, answers, load)
    return Comparison(
        task=_facts(first),
        models=models,
        seeds=seeds,
        quick=quick,
        rows=rows,
        scores=statistics.scores(rows),
        differences=statistics.differences(rows, reference),
        exhibits={
            model.key: _exhibit([answers[model.key, seed] for seed in seeds], confusions[model.key], first)
            for model in models
        },
        responses=responses(),
        settings={model.key: settings(model.build(blind(first).outline, seeds[0], quick)) for model in models},
        timings=tuple(answers[model.key, seed].timing for model in models for seed in seeds),
        seconds=time.monotonic() - started,
        versions=versions(),
        command=command(task, seeds, data, quick),
        reference=reference,
        warnings=tuple(
            f"{model.name}, seed {seed}: {said}"
            for model in models
            for seed in seeds
            for said in answers[model.key, seed].warnings
        ),
    )


def command(task: str, seeds: Sequence[int], data: str | os.PathLike[str] | None, quick: bool) -> str:
    """The command line that makes the same comparison again; the number of workers changes nothing."""
    parts = ["brainnet", "compare", task, "--seeds", str(len(seeds))]
    parts += ["--data", os.fspath(data)] if data is not None else []
    return shlex.join(parts + (["--quick"] if quick else []))


def _check(seeds: tuple[int, ...], models: tuple[Model, ...], n_workers: int | None) -> None:
    if not seeds or len(set(seeds)) < len(seeds):
        raise BrainnetError(f"seeds must be one or more different whole numbers (got {seeds!r})")
    if not models:
        raise BrainnetError("there is no model to compare (got none): give one or more of brainnet.comparison.MODELS")
    if n_workers is not None:
        checks.count("workers", n_workers, at_least=1)


def _load(task: str, data: str | os.PathLike[str] | None, quick: bool, seed: int) -> Task:
    loaded = tasks.load(task, seed=seed, data=data)
    return reduced(loaded) if quick else loaded


def _planned(task: str, models: tuple[Model, ...], seeds: tuple[int, ...]) -> list[Trial]:
    """Every model with every seed; spiking networks are recorded with the first seed."""
    first = seeds[0]
    return in_order([Trial(task, m, seed, traced=m.spiking and seed == first) for m in models for seed in seeds])


def in_order(trials: Sequence[Trial]) -> list[Trial]:
    """The longest trials first, so that none is left for the end; before them, those of the first seed.

    The first trial of a spiking model compiles it: it is better when two processes compile different models.
    """
    return sorted(trials, key=lambda trial: (trial.seed != trials[0].seed, -trial.model.seconds))


def _run(
    trials: list[Trial], load: Load, n_workers: int | None, quick: bool, progress: Callable[[Trials], None] | None
) -> Answered:
    """Answers of every trial. Nothing of the task but its blind part goes to the processes."""
    n_workers = min(n_workers or os.cpu_count() or 1, len(trials))
    state = Trials({trial.short_name: trial.model.seconds for trial in trials}, n_workers)
    found = workers.run_all(
        [workers.Job(t.name, attempt, partial(_arguments, t, load, quick)) for t in trials],
        n_workers,
        heard=lambda index, fraction, note: state.update(trials[index].short_name, fraction, note),
        tick=lambda: progress(state) if progress else None,
    )
    return {(trial.model.key, trial.seed): answers for trial, answers in zip(trials, found, strict=True)}


def _arguments(trial: Trial, load: Load, quick: bool) -> tuple:
    return trial.model, blind(load(trial.seed)), trial.seed, quick, trial.traced


def _marked(
    models: tuple[Model, ...], seeds: tuple[int, ...], answers: Answered, load: Load
) -> tuple[tuple[Row, ...], dict[str, np.ndarray]]:
    """Rows in the order of models, then seeds; and each model's confusion matrix over all seeds."""
    rows: dict[tuple[str, int], Row] = {}
    confusions: dict[str, Any] = dict.fromkeys((model.key for model in models), 0)
    for seed in seeds:
        task = load(seed)
        for key in confusions:
            rows[key, seed] = mark(key, task, seed, answers[key, seed])
            confusions[key] += confusion(answers[key, seed].predictions, task.test.labels, len(task.classes))
    return tuple(rows[key, seed] for key in confusions for seed in seeds), confusions


def _facts(task: Task) -> Facts:
    sizes = (len(part.labels) for part in (task.train, task.validation, task.test))
    return Facts(task.name, task.classes, task.shape, *sizes)


def _exhibit(answers: list[Answers], confused: np.ndarray, first: Task) -> Exhibit:
    return Exhibit(
        curves=tuple(given.curve for given in answers),
        confusion=confused,
        receptive_fields=answers[0].receptive_fields,
        weights=answers[0].weights,
        trace=answers[0].trace,
        trace_label=int(first.test.labels[0]),
    )
