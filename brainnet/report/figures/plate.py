"""What a figure of the report is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Model, Trace
from brainnet.report.words import literal


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
        exhibits={
            key: replace(exhibit, trace=exhibit.trace and _harmless_trace(exhibit.trace))
            for key, exhibit in comparison.exhibits.items()
        },
    )


def _harmless_trace(trace: Trace) -> Trace:
    return replace(
        trace,
        spike_times_ms={literal(name): times for name, times in trace.spike_times_ms.items()},
        spike_neurons={literal(name): neurons for name, neurons in trace.spike_neurons.items()},
        unit=literal(trace.unit),
    )


def traces(comparison: Comparison) -> list[tuple[Model, Trace]]:
    """The models that spike, with what was recorded of them."""
    found = [(model, comparison.exhibits[model.key].trace) for model in comparison.models]
    return [(model, trace) for model, trace in found if trace is not None]


def any_traces(comparison: Comparison) -> bool:
    """For figures of spiking models."""
    return bool(traces(comparison))
