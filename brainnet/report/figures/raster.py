"""Every spike while one pattern is shown."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Trace
from brainnet.report import style
from brainnet.report.figures.plate import Plate, any_traces, traces
from brainnet.report.words import count, listed

BAND = 0.86  # height of a population, of 1


def draw(comparison: Comparison) -> Figure:
    """The pattern, and beside it the spikes of each spiking network, population over population."""
    recorded = traces(comparison)
    figure = style.figure(2.9 * len(recorded))
    panels = figure.subplots(len(recorded), 2, width_ratios=[1, 5], squeeze=False)
    for (model, trace), (image, axes) in zip(recorded, panels, strict=True):
        style.bare(image).imshow(trace.pattern.reshape(comparison.task.shape), cmap="gray", vmin=0, vmax=1)
        true = comparison.task.classes[comparison.exhibits[model.key].trace_label]
        image.set_title(f"shown: {true}\nanswer: {comparison.task.classes[trace.answer]}")
        _spikes(axes, trace, _sizes(comparison, model.key, trace))
        axes.set_title(model.name)
    return figure


def _sizes(comparison: Comparison, key: str, trace: Trace) -> dict[str, int]:
    """Neurons of each population; hidden ones have a receptive field each."""
    hidden = len(comparison.exhibits[key].receptive_fields)
    known = {"inputs": len(trace.pattern), "readout": len(comparison.task.classes)}
    return {name: known.get(name, hidden) for name in trace.spike_times_ms}


def _spikes(axes: Axes, trace: Trace, sizes: dict[str, int]) -> None:
    for place, (name, size) in enumerate(sizes.items()):
        heights = place + BAND * (trace.spike_neurons[name] + 0.5) / size
        axes.axhspan(place, place + BAND, color="0.95", linewidth=0)
        axes.plot(
            trace.spike_times_ms[name],
            heights,
            "|",
            color=style.COLOURS[place % len(style.COLOURS)],
            markersize=max(3.0, min(9.0, 90 / size)),
            markeredgewidth=1.1,
            rasterized=True,
        )
    axes.set_yticks(np.arange(len(sizes)) + BAND / 2, [f"{name}\n({size})" for name, size in sizes.items()])
    axes.set(xlim=(0, trace.duration_ms), ylim=(-0.06, len(sizes)), xlabel="Time (ms)")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def caption(comparison: Comparison) -> str:
    """How many spikes each population gives to the pattern."""
    parts = []
    for model, trace in traces(comparison):
        spikes = [f"{count(len(times), 'spike')} of {_called(name)}" for name, times in trace.spike_times_ms.items()]
        parts.append(f"{model.name} answers within {trace.duration_ms:g} ms with {listed(spikes)}")
    return f"Each stroke is one spike, its height within a band the number of the neuron: {'; '.join(parts)}."


def _called(population: str) -> str:
    return population if population == "inputs" else f"{population} neurons"


PLATE = Plate(
    "raster",
    "Spikes for one pattern",
    "Raster plots: time across, neurons upwards, a stroke per spike, one plot per spiking model.",
    draw,
    caption,
    any_traces,
)
