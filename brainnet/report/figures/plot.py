"""What a figure of the report is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Model, Shown
from brainnet.report.words import literal


def always(comparison: Comparison) -> bool:
    """For figures that every comparison has data for."""
    return True


@dataclass(frozen=True)
class Plot:
    """A figure with its words.

    Args:
        key: file name without its ending.
        title: heading on the page.
        alt: what the picture is, for those who do not see it.
        drawing: the figure of a comparison whose names are harmless.
        caption: one sentence that says what to see; its numbers come from the comparison.
        applies: whether a comparison has the data.
    """

    key: str
    title: str
    alt: str
    drawing: Callable[[Comparison], Figure]
    caption: Callable[[Comparison], str]
    applies: Callable[[Comparison], bool] = always

    def draw(self, comparison: Comparison) -> Figure:
        """The figure of a comparison, whatever its names hold."""
        return self.drawing(_harmless(comparison))


def _harmless(comparison: Comparison) -> Comparison:
    """The comparison with all names that figures show written so that they are text and no mathematics."""
    return replace(
        comparison,
        task=replace(
            comparison.task, name=literal(comparison.task.name), classes=tuple(map(literal, comparison.task.classes))
        ),
        models=tuple(replace(model, name=literal(model.name)) for model in comparison.models),
        arrays={
            key: {**of, "shown": tuple(map(_harmless_shown, of["shown"]))} for key, of in comparison.arrays.items()
        },
    )


def _harmless_shown(shown: Shown | None) -> Shown | None:
    if shown is None:
        return None
    recording = shown.recording
    named = ("spike_times_ms", "spike_neurons", "sizes")
    renamed = {name: {literal(k): value for k, value in getattr(recording, name).items()} for name in named}
    words = {name: literal(getattr(recording, name)) for name in ("unit", "population")}
    return replace(shown, recording=replace(recording, **renamed, **words))


def recorded(comparison: Comparison) -> list[tuple[Model, Shown]]:
    """The models that spike, with what they did while they saw a pattern."""
    found = [(model, comparison.first(model.key, "shown")) for model in comparison.models]
    return [(model, shown) for model, shown in found if shown is not None]


def any_recorded(comparison: Comparison) -> bool:
    """For figures of spiking models."""
    return bool(recorded(comparison))
