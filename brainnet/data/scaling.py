"""The scale on which a network sees values of any range: chosen by the training patterns, kept for all others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from brainnet.checks import in_full, one_of, require_that, shown
from brainnet.errors import BrainnetError

Choice = Literal["auto", "global", "columns"]
CHOICES = ("auto", "global", "columns")
ROWS = 1024  # patterns that are floats at a time
# Of the greatest number of a range: single precision rounds so where values are far from 0 beside their span.
ROUNDING = 2.0**-16


@dataclass(frozen=True, eq=False)
class Scaling:
    """How a value x becomes a number in [0, 1].

        x' = (min(max(x, low), high) - low) / (high - low)        0 where high = low

    `low` and `high`, float64, are (), the same for all inputs, or (input,). A type of whole numbers or of floats makes
    no difference: whatever is equal is equal afterwards.
    """

    low: np.ndarray
    high: np.ndarray

    @property
    def kind(self) -> Literal["global", "columns"]:
        """Whether all inputs share one range or each has its own."""
        return "columns" if self.low.ndim else "global"

    def __call__(self, values: np.ndarray) -> np.ndarray:
        """Values, (pattern, input), in [0, 1], float64."""
        scaled = np.clip(values, self.low, self.high, dtype=np.float64, order="C")
        scaled -= self.low
        scaled /= np.where(self.high > self.low, self.high - self.low, 1.0)
        scaled += 0.0  # no -0: noise is drawn from a pattern's bytes
        return scaled

    def parts(self, values: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
        """Some rows after the others, and what they become, so that no float copy of all is held."""
        for begin in range(0, len(values), ROWS):
            rows = slice(begin, begin + ROWS)
            yield rows, self(values[rows])

    def mean(self, values: np.ndarray) -> np.ndarray:
        """Mean, (input,), of what patterns become."""
        total = np.zeros(values.shape[1])
        for _, part in self.parts(values):
            total += part.sum(axis=0)
        return total / len(values)


UNIT = Scaling(np.array(0.0), np.array(1.0))  # of values that lie in [0, 1] already


def fitted(estimator: Any, values: np.ndarray) -> Scaling:
    """The scaling that an estimator's `scaling` and `value_range` ask for, from its training values, (pattern, input).

    A given range holds for all inputs. Without one, "global" takes the least and the greatest of all values, and
    "columns" those of each column. "auto" is global where the columns share a scale, as pixels do, and by column where
    they do not, as in most tables, standardised ones too: they share one if the columns that are not constant, at the
    median, span at least half of what all values span, and begin within a twentieth of that from the least value.

    Raises BrainnetError for settings that cannot be, and for training values outside a given range.
    """
    choice = one_of(f"{type(estimator).__name__}.scaling", estimator.scaling, CHOICES)
    if estimator.value_range is not None:
        return _given(estimator, choice, values)
    low, high = (extreme(axis=0).astype(np.float64) for extreme in (values.min, values.max))
    if choice == "global" or (choice == "auto" and _one_scale(low, high)):
        low, high = low.min(), high.max()
    low, high = np.asarray(low), np.asarray(high)
    with np.errstate(over="ignore"):
        if not np.isfinite(high - low).all():
            raise BrainnetError(
                f"patterns span more than a float can hold (got {low.min()} to {high.max()}): scale them"
            )
    return Scaling(low, high)


def _one_scale(low: np.ndarray, high: np.ndarray) -> bool:
    """Whether columns with these extremes, (input,), share a scale."""
    # Halves, since the difference of two floats may be none.
    spans, span, floors = high / 2 - low / 2, high.max() / 2 - low.min() / 2, low / 2 - low.min() / 2
    varying = spans > 0
    if not varying.any():
        return True
    return bool(np.median(spans[varying]) >= span / 2 and np.median(floors[varying]) <= span / 20)


def _given(estimator: Any, choice: str, values: np.ndarray) -> Scaling:
    try:
        low, high = (float(limit) for limit in estimator.value_range)
    except (TypeError, ValueError):
        low = high = np.nan
    with np.errstate(over="ignore"):
        sound = low < high and np.isfinite(np.float64(high) - low)
    require_that(estimator, "value_range", bool(sound), "be (low, high), finite, with low < high")
    where = f"{type(estimator).__name__}.value_range"
    if choice == "columns":
        raise BrainnetError(f"{where} is one for all columns: leave it out, or scaling='columns'")
    place = first_outside(values, low, high)
    if place is not None:
        raise BrainnetError(
            f"a training value lies outside {where} {shown(estimator.value_range)} (got {in_full(values[place])} at "
            f"pattern {place[0]}, input {place[1]}): widen it, or leave it out"
        )
    return Scaling(np.asarray(low), np.asarray(high))


def first_outside(values: np.ndarray, low: float = 0.0, high: float = 1.0) -> tuple[int, ...] | None:
    """Index of the first value that is NaN or outside [low, high] by more than a rounding error; None if there is none.

    A rounding error is one of single precision, whatever the type of the values.
    """
    slack = np.float64(ROUNDING) * max(abs(low), abs(high))
    least, greatest = low - slack, high + slack
    # The extremes carry NaN along, so good values cost no temporary of their own size.
    if not values.size or (values.min() >= least and values.max() <= greatest):
        return None
    return tuple(int(i) for i in np.argwhere(~((values >= least) & (values <= greatest)))[0])
