"""The figures: each is a function of the comparison, with a sentence that says what to see."""

from __future__ import annotations

from brainnet.comparison.results import Comparison
from brainnet.report.figures import (
    accuracy,
    confusion,
    learning_curves,
    neurons,
    potential,
    raster,
    receptive_fields,
    weights,
)
from brainnet.report.figures.plot import Plot

PLOTS = (
    accuracy.PLOT,
    learning_curves.PLOT,
    confusion.PLOT,
    receptive_fields.PLOT,
    weights.PLOT,
    raster.PLOT,
    potential.PLOT,
    neurons.PLOT,
)


def plots(comparison: Comparison) -> tuple[Plot, ...]:
    """The figures that this comparison has data for, in the order of the report."""
    return tuple(plot for plot in PLOTS if plot.applies(comparison))
