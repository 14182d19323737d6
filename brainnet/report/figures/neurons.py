"""The sigmoid beside the firing rate of a leaky integrate-and-fire neuron."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison
from brainnet.report import style
from brainnet.report.figures.plot import Plot


def draw(comparison: Comparison) -> Figure:
    """Output against input of both neurons."""
    curves = comparison.responses
    figure = style.figure(3.2)
    left, right = figure.subplots(1, 2)
    left.plot(curves.net_input, curves.activation, color=style.COLOURS[0], linewidth=2)
    left.set(title="Sigmoid neuron", xlabel="Weighted sum of inputs (dimensionless)", ylabel="Activation (0 to 1)")
    right.plot(curves.current, curves.rate_hz, color=style.COLOURS[1], linewidth=2)
    right.axvline(1, color="0.5", linestyle=":")
    right.annotate("rheobase", (1, 0), (4, 8), textcoords="offset points", fontsize=9)
    right.set(
        title="LIF neuron driven by a current (frozen fields)",
        xlabel="Input current (rheobases)",
        ylabel="Firing rate (Hz)",
    )
    return figure


def caption(comparison: Comparison) -> str:
    """What sets the two apart: the silence below the rheobase, and the ceiling."""
    curves = comparison.responses
    at_two = float(np.interp(2, curves.current, curves.rate_hz))
    ceiling = ""
    if curves.refractory_ms > 0:
        ceiling = f", towards a ceiling of {1000 / curves.refractory_ms:.0f} Hz that its refractory period sets"
    return (
        "The sigmoid answers every input and saturates at 0 and 1; the current-driven integrate-and-fire neuron of the "
        f"frozen fields (time constant {curves.tau_ms:g} ms) is silent below its rheobase, then rises steeply, to "
        f"{at_two:.0f} Hz at twice the rheobase{ceiling}."
    )


PLOT = Plot(
    "neurons",
    "Two neurons, two response curves",
    "Two line charts side by side: the sigmoid function, and firing rate against current.",
    draw,
    caption,
)
