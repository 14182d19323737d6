"""How many of a few runs must succeed, where a share of many is published."""

from __future__ import annotations

import math

import numpy as np

TOLERANCE = "no fewer successes than chance leaves (1 in 100) if each run succeeds as often as published"


def fewest(runs: int, share: float) -> int:
    """The least number of successes that is not too few (by chance 1 in 100) if each run succeeds with that share."""
    chances = [math.comb(runs, k) * share**k * (1 - share) ** (runs - k) for k in range(runs + 1)]
    return int(np.searchsorted(np.cumsum(chances), 0.01))


def interval(successes: int, runs: int) -> tuple[float, float]:
    """Between which shares the true one lies, with 95 % confidence: Wilson 1927, J. Am. Stat. Assoc. 22:209."""
    z = 1.959964
    centre = (successes + z * z / 2) / (runs + z * z)
    reach = z / (runs + z * z) * math.sqrt(successes * (runs - successes) / runs + z * z / 4)
    return max(0.0, centre - reach), min(1.0, centre + reach)
