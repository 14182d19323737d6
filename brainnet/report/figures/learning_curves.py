"""How accuracy grows with the number of training patterns seen."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Model
from brainnet.report import style
from brainnet.report.figures.plot import Plot
from brainnet.report.words import listed, percent


def draw(comparison: Comparison) -> Figure:
    """A line per model that learns, the mean over seeds, in a band from the lowest to the highest seed."""
    figure = style.figure(4.2)
    axes = figure.subplots()
    for model in learning(comparison):
        look = style.looks(comparison)[model.key]
        seen, accuracy = together(comparison.arrays[model.key]["curve"])
        axes.fill_between(seen, accuracy.min(axis=0), accuracy.max(axis=0), color=look.colour, alpha=0.15, linewidth=0)
        axes.plot(
            seen,
            accuracy.mean(axis=0),
            color=look.colour,
            linestyle=look.line,
            marker=look.marker,
            markevery=0.05,  # of the diagonal, so that they are as far apart on the whole logarithmic axis
            label=model.name,
        )
    axes.set(xscale="log", xlabel="Training patterns seen, repetitions included", ylabel="Validation accuracy (%)")
    figure.legend(loc="outside upper center", ncols=2)
    return figure


def learning(comparison: Comparison) -> list[Model]:
    """The models whose accuracy was measured more than once."""
    return [model for model in comparison.models if len(together(comparison.arrays[model.key]["curve"])[0]) > 1]


def together(curves: tuple[np.ndarray, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Patterns seen, (point,), above 0 for the logarithm; percent right, (seed, point), at the first seed's points."""
    seen = curves[0][:, 0]
    percents = np.array([100 * np.interp(seen, curve[:, 0], curve[:, 1]) for curve in curves])
    return seen[seen > 0], percents[:, seen > 0]


def caption(comparison: Comparison) -> str:
    """Where each network's curve begins and ends."""
    ways = []
    for model in learning(comparison):
        seen, accuracy = together(comparison.arrays[model.key]["curve"])
        first, last = (percent(share) for share in accuracy.mean(axis=0)[[0, -1]] / 100)
        ways.append(f"{model.name} has {first} after {int(seen[0]):,} patterns and {last} after {int(seen[-1]):,}")
    return f"Lines are means over the seeds, bands reach from the lowest to the highest seed: {listed(ways)}."


PLOT = Plot(
    "learning_curves",
    "Learning curves",
    "Line chart of validation accuracy against the number of training patterns seen, one line per model.",
    draw,
    caption,
    lambda comparison: bool(learning(comparison)),
)
