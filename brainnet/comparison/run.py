"""Run a comparison: every model with every seed, in worker processes, and put the results together."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from brainnet import checks, tasks
from brainnet.comparison import scores, workers
from brainnet.comparison.model import Model, Outline
from brainnet.comparison.models import IN_THE_PLACE, MODELS, REFERENCE
from brainnet.comparison.observed import ARRAYS
from brainnet.comparison.progress import Trials
from brainnet.comparison.responses import responses
from brainnet.comparison.results import Comparison, Row
from brainnet.comparison.scored import SCORED
from brainnet.comparison.settings import settings
from brainnet.comparison.trial import Answers, attempt, blind, mark, reduced
from brainnet.comparison.versions import versions
from brainnet.errors import BrainnetError
from brainnet.tasks.task import Task

Load = Callable[[int], Task]
Answered = Mapping[tuple[str, int], Answers]  # by key of the model and seed


@dataclass(frozen=True)
class Trial:
    """A task, a model and a seed; the seed draws the splits, the initial weights, the order and the noise."""

    task: str
    model: Model
    seed: int
    recorded: bool = False  # whether its spikes are, for the figures

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.model.key} on {self.task}, seed {self.seed}"

    @property
    def short_name(self) -> str:
        """What the progress calls it."""
        return f"{self.model.key} seed {self.seed}"


def compare(
    task: str | Task | Callable[..., Task],
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
        task: one of `brainnet.tasks.NAMES`; or a task, such as one `from_arrays`, whose splits are then the same for
            all seeds; or a function that makes one for each, such as `partial(from_arrays, name, patterns, labels)`,
            which is called with `seed=`.
        seeds: one trial of every model for each.
        models: what to compare; by default, `brainnet.comparison.models.MODELS`.
        data: file for "mnist"; see `brainnet.tasks.load`.
        n_workers: number of processes; as many as there are processors by default. Results do not depend on it.
        quick: fewer patterns and passes, for a first look.
        progress: called often with the state of the trials.

    Raises:
        BrainnetError: an unknown task, no seeds or no models, or a trial that failed.
    """
    seeds = tuple(seeds)
    _check(seeds, models, n_workers)
    load = lru_cache(maxsize=2)(partial(_load, task, data, quick))  # two, since five copies of MNIST are a gigabyte
    first = load(seeds[0])  # an unknown task or a bad file shows before any process starts
    models, started = usual(first.name) if models is None else tuple(models), time.monotonic()
    answers = _run(_planned(first.name, models, seeds), load, n_workers, quick, progress)
    reference = REFERENCE if REFERENCE in [model.key for model in models] else models[0].key
    rows, arrays = _marked(models, seeds, answers, load)
    return Comparison(
        task=Outline.of(first),
        models=models,
        seeds=seeds,
        quick=quick,
        rows=rows,
        scores=scores.scores(rows),
        differences=scores.differences(rows, reference),
        arrays=arrays,
        first_label=int(first.test.labels[0]),
        responses=responses(),
        settings={model.key: settings(model.build(Outline.of(first), seeds[0], quick)) for model in models},
        timings=tuple(answers[model.key, seed].timing for model in models for seed in seeds),
        seconds=time.monotonic() - started,
        versions=versions(),
        command=command(task, first.name, seeds, data, quick),
        reference=reference,
        warnings=tuple(
            f"{model.name}, seed {seed}: {said}"
            for model in models
            for seed in seeds
            for said in answers[model.key, seed].warnings
        ),
        one_split=isinstance(task, Task),
    )


def usual(task: str) -> tuple[Model, ...]:
    """What is compared on a task of that name, if nothing else is asked for."""
    return tuple(IN_THE_PLACE.get(task, {}).get(model.key, model) for model in MODELS)


def command(task: str | Task | Callable[..., Task], name: str, seeds: Sequence[int], data: Any, quick: bool) -> str:
    """The command line that makes the same comparison again, or the call, for a task that has no name there; the number
    of workers changes nothing."""
    if not isinstance(task, str):
        return f"brainnet.comparison.run.compare(<the task {name!r}>, seeds={list(seeds)}, quick={quick})"
    parts = ["brainnet", "compare", task, "--seeds", str(len(seeds))]
    parts += ["--data", os.fspath(data)] if data is not None else []
    return shlex.join(parts + (["--quick"] if quick else []))


def _check(seeds: tuple[int, ...], models: Sequence[Model] | None, n_workers: int | None) -> None:
    if not seeds or len(set(seeds)) < len(seeds):
        raise BrainnetError(f"seeds must be one or more different whole numbers (got {seeds!r})")
    if models is not None and not models:
        raise BrainnetError("there is no model to compare (got none): give one or more of brainnet.comparison.models")
    if n_workers is not None:
        checks.count("workers", n_workers, at_least=1)


def _load(task: str | Task | Callable[..., Task], data: Any, quick: bool, seed: int) -> Task:
    if isinstance(task, str):
        loaded = tasks.load(task, seed=seed, data=data)
    elif data is not None:
        raise BrainnetError(f"a data file goes with a task by name alone (got {checks.shown(data)}): leave it out")
    else:
        loaded = task(seed=seed) if callable(task) else task
    if not isinstance(loaded, Task):
        raise BrainnetError(f"compare takes the name of a task, a Task, or what makes one (got {checks.shown(loaded)})")
    return reduced(loaded) if quick else loaded


def _planned(task: str, models: tuple[Model, ...], seeds: tuple[int, ...]) -> list[Trial]:
    """Every model with every seed; spiking networks are recorded with the first seed."""
    first = seeds[0]
    return in_order([Trial(task, m, seed, recorded=m.spiking and seed == first) for m in models for seed in seeds])


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
    return trial.model, blind(load(trial.seed)), trial.seed, quick, trial.recorded


def _marked(
    models: tuple[Model, ...], seeds: tuple[int, ...], answers: Answered, load: Load
) -> tuple[tuple[Row, ...], dict[str, dict[str, tuple[Any, ...]]]]:
    """Rows in the order of models, then seeds; and each model's arrays by name, seed by seed."""
    rows: dict[tuple[str, int], Row] = {}
    scored: dict[tuple[str, int], dict[str, Any]] = {}
    for seed in seeds:
        task = load(seed)
        for key in (model.key for model in models):
            given = answers[key, seed]
            rows[key, seed] = mark(key, task, seed, given)
            scored[key, seed] = dict(given.arrays) | {n: score(given.predictions, task) for n, score in SCORED.items()}
    arrays = {
        model.key: {name: tuple(scored[model.key, seed][name] for seed in seeds) for name in (*ARRAYS, *SCORED)}
        for model in models
    }
    return tuple(rows[model.key, seed] for model in models for seed in seeds), arrays
