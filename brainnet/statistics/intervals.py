"""Intervals and verdicts. The unit of replication is the seed, never the test pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

import numpy as np
from scipy.special import ndtr, stdtrit

LEVEL = 0.95
MARGIN = 0.005  # accuracies closer than half a point count as equivalent
RESAMPLES = 10_000
# An interval of resampled means lies between the smallest and the largest value, so it misses the true mean whenever
# all n values fall on one side of it: with n = 4 seeds that happens one time in eight.
FEWEST_SEEDS = 5
DIFFERS, EQUIVALENT, INCONCLUSIVE, TOO_FEW = "differs", "equivalent", "inconclusive", "too few seeds"


@dataclass(frozen=True)
class Estimate:
    """Mean over seeds and the ends of its 95 % interval; None where there are too few seeds for one."""

    mean: float
    low: float | None
    high: float | None


def estimate(values: Sequence[float] | np.ndarray) -> Estimate:
    """Mean of one value per seed with its expanded percentile bootstrap interval.

        ends: quantiles a and 1 - a of resampled means,  a = Phi(-t sqrt(n / (n - 1)))

    with t the (1 + LEVEL) / 2 quantile of Student's distribution with n - 1 degrees of freedom. The plain percentiles
    are too narrow for few values, by sqrt((n - 1) / n) and by the normal in the place of Student's distribution.
    How often it covers the mean depends on the values and their number: `coverage.coverage` simulates it. With fewer
    than FEWEST_SEEDS values none comes near its level, and there is none.

    Source: Hesterberg (2015), What teachers should know about the bootstrap, The American Statistician 69:371.
    """
    values = np.asarray(values, dtype=np.float64)
    n = len(values)
    if n < FEWEST_SEEDS:
        return Estimate(float(values.mean()), None, None)
    indices, tail = resampling(n)
    low, high = np.quantile(values[indices].mean(axis=1), [tail, 1 - tail])
    # Rounding removes the last bits of a mean of equal values, which would make an interval [0, 0] exclude zero.
    return Estimate(*(round(float(value), 12) for value in (values.mean(), low, high)))


@cache
def resampling(n: int) -> tuple[np.ndarray, float]:
    """Indices of n values, (resample, n), the same each time, and the probability beyond either end of the interval."""
    t = student_quantile((1 + LEVEL) / 2, n - 1)
    indices = np.random.default_rng(0).integers(n, size=(RESAMPLES, n))
    return indices, float(ndtr(-t * sqrt(n / (n - 1))))


def paired(model: np.ndarray, reference: np.ndarray) -> tuple[Estimate, str]:
    """Mean of model - reference over seeds, both (seed,) in the same order of seeds, and the verdict."""
    if len(model) != len(reference):
        raise ValueError(f"paired values must come from the same seeds (got {len(model)} and {len(reference)})")
    found = estimate(np.asarray(model) - np.asarray(reference))
    return found, verdict(found)


def verdict(difference: Estimate) -> str:
    """One of four words: the interval excludes 0, or lies within +-MARGIN, or neither; or there is no interval."""
    if difference.low is None or difference.high is None:
        return TOO_FEW
    if difference.low > 0 or difference.high < 0:
        return DIFFERS
    return EQUIVALENT if difference.low > -MARGIN and difference.high < MARGIN else INCONCLUSIVE


def student_quantile(probability: float, freedom: int) -> float:
    """Quantile of Student's t distribution."""
    return float(stdtrit(freedom, probability))
