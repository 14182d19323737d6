"""One look for all figures: legible, and distinct in greyscale and for the colour-blind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison

DPI = 150
WIDTH = 8.0  # inches; the page shows it at about this size, so 10 pt in the figure is 10 pt on the page
# Okabe and Ito's colours in an order of falling contrast; no two models share a marker or a line either.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
GREYS = ("#8C8C8C", "#000000")
MARKERS, LINES = ("o", "s", "^", "D", "v", "P"), ("-", "--", "-.", (0, (3, 1, 1, 1, 1, 1)), (0, (5, 3)), ":")
BASELINE_MARKERS, BASELINE_LINES = ("x", "+"), (":", (0, (1, 1)))
SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same letters on every machine
    "font.size": 10,
    "axes.titlesize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "svg.hashsalt": "brainnet",  # without it the identifiers inside an SVG differ from run to run
    "svg.fonttype": "path",
}


@dataclass(frozen=True)
class Look:
    """How a model is drawn in every figure."""

    colour: str
    marker: str
    line: Any


def looks(comparison: Comparison) -> dict[str, Look]:
    """A look for every model by its key: greys for baselines, colours for the others."""
    found, baselines, others = {}, 0, 0
    for model in comparison.models:
        if model.baseline:
            i, baselines = baselines % len(GREYS), baselines + 1
            found[model.key] = Look(GREYS[i], BASELINE_MARKERS[i], BASELINE_LINES[i])
        else:
            i, others = others % len(COLOURS), others + 1
            found[model.key] = Look(COLOURS[i], MARKERS[i], LINES[i])
    return found


@contextmanager
def applied() -> Iterator[None]:
    """While it lasts, figures are made in this look, whatever the user's own settings are."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)
        yield


def figure(height: float) -> Figure:
    """An empty figure of the page's width, height in inches."""
    return Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")


def bare(axes: Axes) -> Axes:
    """Axes for an image: no ticks, no frame."""
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    return axes


def save(drawn: Figure, stem: Path) -> str:
    """Write stem.svg and stem.png, the same bytes for the same figure, and return the SVG's text."""
    drawn.savefig(stem.with_suffix(".png"), metadata={"Software": None})
    drawn.set_layout_engine("none")  # the places found for the first file serve the second
    text = io.StringIO()
    drawn.savefig(text, format="svg", metadata={"Date": None})
    stem.with_suffix(".svg").write_text(text.getvalue(), encoding="utf-8", newline="")
    return text.getvalue()
