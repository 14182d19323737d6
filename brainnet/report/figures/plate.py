"""What a figure of the report is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Model, Trace


def always(comparison: Comparison) -> bool:
    """For figures that every comparison has data for."""
    return True


@dataclass(frozen=True)
class Plate:
    """A figure with its words.

    Args:
        key: file name without its ending.
        title: heading on the page.
        alt: what the picture is, for those who do not see it.
        draw: the figure of a comparison.
        caption: one sentence that says what to see; its numbers come from the comparison.
        applies: whether a comparison has the data.
    """

    key: str
    title: str
    alt: str
    draw: Callable[[Comparison], Figure]
    caption: Callable[[Comparison], str]
    applies: Callable[[Comparison], bool] = always


def traces(comparison: Comparison) -> list[tuple[Model, Trace]]:
    """The models that spike, with what was recorded of them."""
    found = [(model, comparison.exhibits[model.key].trace) for model in comparison.models]
    return [(model, trace) for model, trace in found if trace is not None]


def any_traces(comparison: Comparison) -> bool:
    """For figures of spiking models."""
    return bool(traces(comparison))
