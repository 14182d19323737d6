"""The membrane potential of one neuron while one pattern is shown."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Recording
from brainnet.report import style
from brainnet.report.figures.plot import Plot, any_recorded, recorded
from brainnet.report.words import count, listed


def draw(comparison: Comparison) -> Figure:
    """Potential, threshold and spikes of the most active hidden neuron of each spiking network."""
    found = recorded(comparison)
    figure = style.figure(2.5 * len(found) + 0.4)
    panels = figure.subplots(len(found), 1, squeeze=False).ravel()
    for axes, (model, shown) in zip(panels, found, strict=True):
        _potential(axes, shown.recording, style.looks(comparison)[model.key].colour)
        axes.set_title(model.name)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure


def _potential(axes: Axes, recording: Recording, colour: str) -> None:
    spikes = recording.own_spike_times_ms()
    axes.plot(recording.trace_times_ms, recording.potential, color=colour, linewidth=1.2, label="membrane potential")
    axes.plot(recording.trace_times_ms, recording.threshold, "--", color="black", linewidth=1.2, label="threshold")
    low, high = np.min(recording.potential), max(np.max(recording.threshold), np.max(recording.potential))
    place = np.full(len(spikes), high + 0.12 * (high - low))
    axes.plot(spikes, place, "|", color="black", markersize=12, markeredgewidth=1.5, label="spike")
    unit = "dimensionless" if recording.unit == "1" else recording.unit
    axes.set(xlim=(0, recording.duration_ms), xlabel="Time (ms)", ylabel=f"Potential ({unit})")


def caption(comparison: Comparison) -> str:
    """How often the neuron spikes."""
    times = [(model, shown.recording.own_spike_times_ms()) for model, shown in recorded(comparison)]
    parts = [f"{count(len(spikes), 'time')} in {model.name}" for model, spikes in times]
    return (
        "The most active hidden neuron gathers its input until the potential meets the threshold, spikes, and starts "
        f"again from its reset: {listed(parts)}."
    )


PLOT = Plot(
    "potential",
    "Membrane potential of one neuron",
    "Line charts of membrane potential and threshold over time, spikes marked, one chart per spiking model.",
    draw,
    caption,
    any_recorded,
)
