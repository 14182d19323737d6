"""Which classes are taken for which."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Model
from brainnet.report import style
from brainnet.report.figures.plot import Plot, always
from brainnet.report.words import count, listed

MOST_CLASSES = 12  # with a number in every cell


def draw(comparison: Comparison) -> Figure:
    """A matrix per model but the chance level: rows true classes, columns answers, in percent of the row."""
    models = shown(comparison)
    rows = -(-len(models) // 2)
    figure = style.figure(4.1 * rows)
    panels = figure.subplots(rows, 2, squeeze=False).ravel()
    for axes, model in zip(panels, models, strict=False):
        _matrix(axes, np.sum(comparison.arrays[model.key]["confusion"], axis=0), comparison.task.classes)
        axes.set_title(model.name)
    for axes in panels[len(models) :]:
        axes.set_visible(False)
    return figure


def shown(comparison: Comparison) -> list[Model]:
    """The models that learn anything."""
    return [m for m in comparison.models if comparison.first(m.key, "weights")[0].size]


def _matrix(axes: Axes, counts: np.ndarray, classes: tuple[str, ...]) -> None:
    shares = 100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axes.imshow(np.sqrt(shares), cmap="Greys", vmin=0, vmax=10)  # the root makes the rare errors visible
    few = len(classes) <= MOST_CLASSES
    ticks = np.arange(len(classes)) if few else np.arange(0, len(classes), len(classes) // 8)
    axes.set_xticks(ticks, [classes[i] for i in ticks])
    axes.set_yticks(ticks, [classes[i] for i in ticks])
    axes.spines[:].set_visible(True)
    axes.set(xlabel="Answer", ylabel="True class")
    for row, column in np.argwhere(shares >= 0.5) if few else ():
        share = shares[row, column]
        colour = "white" if share > 30 else "black"
        axes.text(column, row, f"{share:.0f}", ha="center", va="center", fontsize=9, color=colour)


def caption(comparison: Comparison) -> str:
    """The most frequent confusion of each model."""
    worst = []
    for model in shown(comparison):
        wrong = np.sum(comparison.arrays[model.key]["confusion"], axis=0)
        np.fill_diagonal(wrong, 0)
        if wrong.any():
            true, said = np.unravel_index(np.argmax(wrong), wrong.shape)
            classes = comparison.task.classes
            times = count(int(wrong[true, said]), "time")
            worst.append(f"{model.name} takes “{classes[true]}” for “{classes[said]}” ({times})")
    errors = f"the most frequent errors: {listed(worst)}" if worst else "no model makes an error"
    return f"Percent of each true class over all seeds, with {errors}."


PLOT = Plot(
    "confusion",
    "Confusions",
    "Matrices of true class against answered class, one per model.",
    draw,
    caption,
    lambda comparison: always(comparison) and bool(shown(comparison)),
)
