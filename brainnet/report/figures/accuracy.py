"""Test accuracy of every model, each seed shown."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison
from brainnet.report import style
from brainnet.report.figures.plot import Plot
from brainnet.report.words import listed, percent


def draw(comparison: Comparison) -> Figure:
    """One line per model: a point per seed, the mean, its interval; the whole scale, and a part of it enlarged."""
    figure = style.figure(0.9 + 0.55 * len(comparison.models))
    figure.set_layout_engine("constrained", wspace=0.08)  # or the last number of one scale meets the first of the next
    whole, part = figure.subplots(1, 2, sharey=True, width_ratios=[2, 3])
    for axes in (whole, part):
        _models(axes, comparison)
        axes.set_xlabel("Test accuracy (%)")
    whole.set(xlim=(-3, 103), xticks=[0, 25, 50, 75, 100], title="Whole scale")
    part.set(xlim=_enlarged(comparison), title="Enlarged")
    whole.set_yticks(range(len(comparison.models)), [model.name for model in comparison.models])
    whole.set_ylim(len(comparison.models) - 0.4, -0.5)
    return figure


def _models(axes: Axes, comparison: Comparison) -> None:
    for place, model in enumerate(comparison.models):
        look, score = style.looks(comparison)[model.key], comparison.score(model.key)
        values = 100 * comparison.accuracies(model.key)
        # Spread over the height, since several seeds often have the very same count of right answers.
        heights = place + np.linspace(0.26, 0.42, len(values))
        axes.plot(values, heights, look.marker, color=look.colour, markersize=5, markerfacecolor="none")
        if score.low is not None and score.high is not None:
            axes.plot([100 * score.low, 100 * score.high], [place, place], "-", color=look.colour, linewidth=2.5)
        axes.plot(100 * score.mean, place, "|", color=look.colour, markersize=12, markeredgewidth=2.5)
        if model.baseline:
            axes.axvline(100 * score.mean, color=look.colour, linestyle=look.line, linewidth=1, zorder=0)
    axes.tick_params(axis="y", length=0)


def _enlarged(comparison: Comparison) -> tuple[float, float]:
    """From a little below the worst network's worst seed to a little above the best."""
    values = [100 * comparison.accuracies(m.key) for m in comparison.models if not m.baseline] or [np.array([0, 100])]
    low, high = min(v.min() for v in values), max(v.max() for v in values)
    room = max(0.08 * (high - low), 0.5)
    return low - room, min(high + room, 100.5)


def caption(comparison: Comparison) -> str:
    """Ranking of the networks and where the baselines lie."""
    ranked = sorted(comparison.models, key=lambda model: -comparison.score(model.key).mean)
    best = ranked[0]
    baselines = [f"{m.name.lower()} at {percent(comparison.score(m.key).mean)}" for m in ranked if m.baseline]
    lines = f"; the vertical lines are the baselines, {listed(baselines)}" if baselines else ""
    score = comparison.score(best.key)
    bars = "the upright stroke the mean" + (" and the bar its 95 % interval" if score.low is not None else "")
    return f"{best.name} is highest with {percent(score.mean)}: each mark is one seed, {bars}{lines}."


PLOT = Plot("accuracy", "Accuracy", "Dot plot of test accuracy, one row per model.", draw, caption)
