"""A comparison made of invented numbers: what a report is made from, without any training."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from brainnet.comparison import scores
from brainnet.comparison.model import Model, Outline
from brainnet.comparison.models import MODELS, REFERENCE
from brainnet.comparison.results import Comparison, Responses, Row, Shown, Timing
from brainnet.spiking.network import Recording

LEVELS = {"chance": 0.10, "softmax": 0.95, "sigmoid-backprop": 0.97, "lif-stdp": 0.85, "lif-fields": 0.945}
HOSTILE = '_<script>alert("&|")</script>\n\n<b>$\\frac$ $x$ \\ `*[a](b)\0\x1b\ud800'
MATHS = "_$\\frac$ $x$\0\n\ud800"  # what figures cannot hold, or would take for mathematics
CLASSES, SHAPE, TESTED = tuple("0123456789"), (8, 8), 360


def invented(n_seeds: int = 5, levels: Mapping[str, float] = LEVELS) -> Comparison:
    """Accuracies near the levels, and random arrays of the right shapes."""
    rng = np.random.default_rng(0)
    seeds = tuple(range(n_seeds))
    rows = tuple(_row(model, seed, levels[model.key], rng) for model in MODELS for seed in seeds)
    return Comparison(
        task=Outline("digits", SHAPE, CLASSES, 1257, 180, TESTED),
        models=MODELS,
        seeds=seeds,
        quick=False,
        rows=rows,
        scores=scores.scores(rows),
        differences=scores.differences(rows, REFERENCE),
        arrays={model.key: _arrays(model, n_seeds, rng) for model in MODELS},
        first_label=3,
        responses=_responses(),
        settings={model.key: {"epochs": "40", "hidden": "(100,)"} for model in MODELS},
        timings=tuple(Timing(row.model, row.seed, 11.0, 1.5, 0.25) for row in rows),
        seconds=12.0,
        versions={"brainnet": "0.1.0", "python": "3.11.9"},
        command=f"brainnet compare digits --seeds {n_seeds}",
        reference=REFERENCE,
    )


def _row(model: Model, seed: int, level: float, rng: np.random.Generator) -> Row:
    right = round(TESTED * level + (0 if model.key == "chance" else rng.normal(0, 3)))
    sizes = {"n_units": 110, "n_trained_parameters": 7510, "n_frozen_parameters": 0}
    return Row("digits", model.key, seed, {"accuracy": right / TESTED, "validation_accuracy": 0.9, **sizes})


def _arrays(model: Model, n_seeds: int, rng: np.random.Generator) -> dict[str, tuple]:
    level, neurons = LEVELS[model.key], {"chance": 0, "softmax": 10, "lif-fields": 500}.get(model.key, 100)
    seen = np.geomspace(100, 50000, 12) if neurons else np.array([1257.0])
    rises = (0.1 + (level - 0.1) * (1 - np.exp(-seen / 3000)) for _ in range(n_seeds))
    curves = tuple(np.stack([seen, rise + rng.normal(0, 0.01, len(seen))], axis=1) for rise in rises)
    counts = rng.multinomial(36 * n_seeds, np.full(10, 0.1), size=10) // 20
    np.fill_diagonal(counts, 36 * n_seeds - counts.sum(axis=1))
    fields = rng.normal(0, 1, (neurons, 64))
    fields = np.abs(fields) if model.key == "lif-stdp" else fields
    before = rng.normal(0, 0.1, neurons * 64)
    shown = _shown(rng) if model.spiking else None
    return {
        "curve": curves,
        "confusion": (counts,),
        "receptive_fields": (fields,),
        "weights": ((before, before + fields.ravel() / 5),),
        "shown": (shown,),
    }


def _shown(rng: np.random.Generator) -> Shown:
    times = np.arange(0, 200, 0.5)
    inputs, hidden = rng.integers(0, 64, 900), np.sort(rng.integers(0, 100, 60))
    pattern = rng.random(64)
    recording = Recording(
        duration_ms=200.0,
        spike_times_ms={"inputs": rng.uniform(0, 200, 900), "hidden": times[:180:3], "inhibitory": times[:0]},
        spike_neurons={"inputs": inputs, "hidden": hidden, "inhibitory": hidden[:0]},
        trace_times_ms=times,
        potential=-65 + times % 25 * 0.5,
        threshold=np.full(len(times), -52.0),
        unit="mV",
        population="hidden",
        neuron=int(np.bincount(hidden).argmax()),
        sizes={"inputs": 64, "hidden": 100, "inhibitory": 100},
    )
    return Shown(pattern, 5, recording)


def _responses() -> Responses:
    z, current = np.linspace(-6, 6, 101), np.linspace(0, 4, 101)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(current > 1, 1000 / (2 + 20 * np.log(current / (current - 1))), 0)
    return Responses(z, 1 / (1 + np.exp(-z)), current, rate, tau_ms=20.0, refractory_ms=2.0)


@pytest.fixture(scope="session")
def comparison() -> Comparison:
    return invented()


@pytest.fixture(scope="session")
def invent() -> Callable[..., Comparison]:
    """A function of the number of seeds and of the level of each model."""
    return invented


@pytest.fixture(scope="session")
def hostile(comparison: Comparison) -> Comparison:
    """The same with names that HTML, Markdown, Matplotlib and files would take for their own, or cannot hold."""
    models = tuple(replace(model, name=f"{MATHS} {HOSTILE} {model.name}") for model in comparison.models)
    classes = tuple(f"{MATHS}{name}" for name in comparison.task.classes)
    arrays = {
        key: {
            **found,
            "shown": tuple(one and replace(one, recording=_renamed(one.recording)) for one in found["shown"]),
        }
        for key, found in comparison.arrays.items()
    }
    task = replace(comparison.task, name=HOSTILE, classes=classes)
    return replace(comparison, task=task, models=models, arrays=arrays, command=f"brainnet compare {HOSTILE}")


def _renamed(recording: Recording) -> Recording:
    names = ("spike_times_ms", "spike_neurons", "sizes")
    renamed = {name: {f"{MATHS}{key}": value for key, value in getattr(recording, name).items()} for name in names}
    return replace(recording, **renamed, unit=MATHS, population=f"{MATHS}{recording.population}")
