"""The membrane potential of one neuron while one pattern is shown."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Trace
from brainnet.report import style
from brainnet.report.figures.plate import Plate, any_traces, traces
from brainnet.report.words import count, listed

HIDDEN = ("excitatory", "hidden")  # names of the populations that the recorded neuron is taken from


def draw(comparison: Comparison) -> Figure:
    """Potential, threshold and spikes of the most active hidden neuron of each spiking network."""
    recorded = traces(comparison)
    figure = style.figure(2.5 * len(recorded) + 0.4)
    panels = figure.subplots(len(recorded), 1, squeeze=False).ravel()
    for axes, (model, trace) in zip(panels, recorded, strict=True):
        _potential(axes, trace, style.looks(comparison)[model.key].colour)
        axes.set_title(model.name)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure


def _potential(axes: Axes, trace: Trace, colour: str) -> None:
    spikes = spike_times(trace)
    axes.plot(trace.trace_times_ms, trace.potential, color=colour, linewidth=1.2, label="membrane potential")
    axes.plot(trace.trace_times_ms, trace.threshold, "--", color="black", linewidth=1.2, label="threshold")
    low, high = np.min(trace.potential), max(np.max(trace.threshold), np.max(trace.potential))
    place = np.full(len(spikes), high + 0.12 * (high - low))
    axes.plot(spikes, place, "|", color="black", markersize=12, markeredgewidth=1.5, label="spike")
    unit = "dimensionless" if trace.unit == "1" else trace.unit
    axes.set(xlim=(0, trace.duration_ms), xlabel="Time (ms)", ylabel=f"Potential ({unit})")


def spike_times(trace: Trace) -> np.ndarray:
    """Spike times of the most active hidden neuron, (spike,), in ms."""
    hidden = next((name for name in HIDDEN if name in trace.spike_times_ms), None)
    if hidden is None or not len(trace.spike_neurons[hidden]):
        return np.empty(0)
    neurons = trace.spike_neurons[hidden]
    return trace.spike_times_ms[hidden][neurons == np.argmax(np.bincount(neurons))]


def caption(comparison: Comparison) -> str:
    """How often the neuron spikes."""
    parts = [f"{count(len(spike_times(trace)), 'time')} in {model.name}" for model, trace in traces(comparison)]
    return (
        "The most active hidden neuron gathers its input until the potential meets the threshold, spikes, and starts "
        f"again from its reset: {listed(parts)}."
    )


PLATE = Plate(
    "potential",
    "Membrane potential of one neuron",
    "Line charts of membrane potential and threshold over time, spikes marked, one chart per spiking model.",
    draw,
    caption,
    any_traces,
)
