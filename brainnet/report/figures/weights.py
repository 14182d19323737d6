"""How learning changes the distribution of the weights."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Model
from brainnet.report import style
from brainnet.report.figures.plot import Plot
from brainnet.report.words import listed

BINS = 50


def draw(comparison: Comparison) -> Figure:
    """A histogram of all weights that learning may change, before and after, per model."""
    models = shown(comparison)
    rows = -(-len(models) // 2)
    figure = style.figure(2.8 * rows + 0.4)
    panels = figure.subplots(rows, 2, squeeze=False).ravel()
    for axes, model in zip(panels, models, strict=False):
        before, after = comparison.first(model.key, "weights")
        _histograms(axes, before, after, style.looks(comparison)[model.key].colour)
        axes.set_title(f"{model.name}\n({len(after):,} {_learned(model)})")
    for axes in panels[len(models) :]:
        axes.set_visible(False)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure


def _histograms(axes: Axes, before: np.ndarray, after: np.ndarray, colour: str) -> None:
    """Shares in percent on a logarithmic axis, since few weights in the tails carry much of what was learned."""
    ends = float(min(before.min(), after.min())), float(max(before.max(), after.max()))
    edges = np.linspace(*ends, BINS + 1) if ends[0] < ends[1] else np.linspace(ends[0] - 0.5, ends[0] + 0.5, BINS + 1)
    for values, look in (
        (after, {"color": colour, "alpha": 0.6, "label": "after learning", "fill": True}),
        (before, {"color": "black", "linestyle": "--", "linewidth": 1.2, "label": "before learning"}),
    ):
        shares = 100 * np.histogram(values, edges)[0] / len(values)
        axes.stairs(shares, edges, baseline=None if "fill" not in look else 1e-9, **look)
    axes.set(yscale="log", ylim=(50 / max(len(after), 1), 150), xlabel="Value", ylabel="Share (%)")


def _learned(model: Model) -> str:
    return "weights" if model.spiking else "weights and biases"


def shown(comparison: Comparison) -> list[Model]:
    """The models that learn weights."""
    return [model for model in comparison.models if comparison.first(model.key, "weights")[0].size]


def caption(comparison: Comparison) -> str:
    """By what factor the spread of the weights changes."""
    changes = []
    for model in shown(comparison):
        before, after = comparison.first(model.key, "weights")
        changes.append(f"{model.name} ({_learned(model)}) from {before.std():.2g} to {after.std():.2g}")
    return f"Learning changes the standard deviation of what is learned: {listed(changes)} (first seed)."


PLOT = Plot(
    "weights",
    "Weights and biases before and after learning",
    "Histograms of weights and biases before and after learning, one panel per model.",
    draw,
    caption,
    lambda comparison: bool(shown(comparison)),
)
