"""Every spike while one pattern is shown."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Recording
from brainnet.report import style
from brainnet.report.figures.plot import Plot, any_recorded, recorded
from brainnet.report.words import count, listed

BAND = 0.86  # height of a population, of 1


def draw(comparison: Comparison) -> Figure:
    """The pattern, and beside it the spikes of each spiking network, population over population."""
    found = recorded(comparison)
    figure = style.figure(2.9 * len(found))
    panels = figure.subplots(len(found), 2, width_ratios=[1, 5], squeeze=False)
    classes = comparison.task.classes
    for (model, shown), (image, axes) in zip(found, panels, strict=True):
        style.bare(image).imshow(shown.pattern.reshape(comparison.task.shape), cmap="gray", vmin=0, vmax=1)
        image.set_title(f"shown: {classes[comparison.first_label]}\nanswer: {classes[shown.answer]}")
        _spikes(axes, shown.recording)
        axes.set_title(model.name)
    return figure


def _spikes(axes: Axes, recording: Recording) -> None:
    sizes = recording.sizes
    for place, (name, size) in enumerate(sizes.items()):
        heights = place + BAND * (recording.spike_neurons[name] + 0.5) / size
        axes.axhspan(place, place + BAND, color="0.95", linewidth=0)
        axes.plot(
            recording.spike_times_ms[name],
            heights,
            "|",
            color=style.COLOURS[place % len(style.COLOURS)],
            markersize=max(3.0, min(9.0, 90 / size)),
            markeredgewidth=1.1,
            rasterized=True,
        )
    axes.set_yticks(np.arange(len(sizes)) + BAND / 2, [f"{name}\n({size})" for name, size in sizes.items()])
    axes.set(xlim=(0, recording.duration_ms), ylim=(-0.06, len(sizes)), xlabel="Time (ms)")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def caption(comparison: Comparison) -> str:
    """How many spikes each population gives to the pattern."""
    parts = []
    for model, shown in recorded(comparison):
        times_ms = shown.recording.spike_times_ms
        spikes = [f"{count(len(times), 'spike')} of {_called(name)}" for name, times in times_ms.items()]
        parts.append(f"{model.name} answers within {shown.recording.duration_ms:g} ms with {listed(spikes)}")
    return f"Each stroke is one spike, its height within a band the number of the neuron: {'; '.join(parts)}."


def _called(population: str) -> str:
    return population if population == "inputs" else f"{population} neurons"


PLOT = Plot(
    "raster",
    "Spikes for one pattern",
    "Raster plots: time across, neurons upwards, a stroke per spike, one plot per spiking model.",
    draw,
    caption,
    any_recorded,
)
