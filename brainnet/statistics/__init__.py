"""Statistics of results over seeds: intervals, verdicts, and what these are worth, simulated."""

from brainnet.statistics.coverage import POPULATIONS, Population, coverage, false_verdicts
from brainnet.statistics.intervals import (
    DIFFERS,
    EQUIVALENT,
    FEWEST_SEEDS,
    INCONCLUSIVE,
    TOO_FEW,
    Estimate,
    estimate,
    paired,
    verdict,
)

__all__ = [
    "DIFFERS",
    "EQUIVALENT",
    "FEWEST_SEEDS",
    "INCONCLUSIVE",
    "POPULATIONS",
    "TOO_FEW",
    "Estimate",
    "Population",
    "coverage",
    "estimate",
    "false_verdicts",
    "paired",
    "verdict",
]
