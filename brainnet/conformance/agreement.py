"""How near a rule comes to its published formula, and how that is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes

CLOSE = 1e-9  # relative: far above rounding in double precision, far below any slip
CLOSE_REASON = "only rounding in double precision lies between rule and formula"
MEASURED, PUBLISHED = "#0072B2", "#D55E00"
Pair = tuple[np.ndarray, np.ndarray]


def require(holds: object, law: str) -> None:
    """Raise AssertionError, which names the law, unless it holds: `assert`, but not left out by python -O."""
    if not holds:
        raise AssertionError(law)


def accepts(check: Callable[[Any], object], found: Any) -> bool:
    """Whether the check does not raise AssertionError for what was found."""
    try:
        check(found)
    except AssertionError:
        return False
    return True


def over_seeds(compared: Callable[..., Pair], rule: Any, seeds: int = 20) -> Pair:
    """All numbers that rule and formula come to from random starts and patterns, each (number,)."""
    pairs = [compared(rule, seed) for seed in range(seeds)]
    return tuple(np.concatenate([np.ravel(pair[side]) for pair in pairs]) for side in (0, 1))  # type: ignore[return-value]


def error(pair: Pair) -> float:
    """The largest difference of both sides, relative to the largest number of the second."""
    found, expected = pair
    return float(np.abs(found - expected).max() / np.abs(expected).max())


def words(pair: Pair) -> str:
    """The error in a few words."""
    off = error(pair)
    return f"formula met to {off:.0e}" if off > 0 else "formula met exactly"


def draw(axes: Axes, pair: Pair, quantity: str) -> None:
    """The rule's numbers over the formula's; where both agree, points lie on the line."""
    found, expected = pair
    ends = [expected.min(), expected.max()]
    axes.plot(ends, ends, color=PUBLISHED, label="published formula")
    axes.plot(expected, found, ".", color=MEASURED, label="rule", markersize=4)
    axes.set(xlabel=f"{quantity}, by the formula", ylabel=f"{quantity}, by the rule")
    axes.legend()
