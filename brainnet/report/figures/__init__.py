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
from brainnet.report.figures.plate import Plate

PLATES = (
    accuracy.PLATE,
    learning_curves.PLATE,
    confusion.PLATE,
    receptive_fields.PLATE,
    weights.PLATE,
    raster.PLATE,
    potential.PLATE,
    neurons.PLATE,
)


def plates(comparison: Comparison) -> tuple[Plate, ...]:
    """The figures that this comparison has data for, in the order of the report."""
    return tuple(plate for plate in PLATES if plate.applies(comparison))
