"""Warnings: what to know of an answer that is given all the same, one line each."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from math import sqrt

import numpy as np


class BrainnetWarning(UserWarning):
    """An answer that may not be the one that was meant: the message is one line that says why, and what to do."""


def warn(message: str) -> None:
    """Warn at the line outside brainnet that led here."""
    frame, level = sys._getframe(), 1
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == "brainnet":
        frame, level = frame.f_back, level + 1
    warnings.warn(message, BrainnetWarning, stacklevel=level)


@contextmanager
def heard() -> Iterator[list[str]]:
    """While it lasts, our warnings are not shown; once it is over, the list holds them, each once."""
    said: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", BrainnetWarning)
        yield said
    for one in caught:
        if not issubclass(one.category, BrainnetWarning):
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
        elif str(one.message) not in said:
            said.append(str(one.message))


def unless_learned(model: object, right: float, labels: np.ndarray) -> None:
    """Warn if a trained model is right for a share of training patterns that is no clear gain over their largest class.

        right < min(1, p + 2 sqrt(p (1 - p) / n))

    p is the share of the most frequent class among the n labels, (pattern,), indices of classes; a model that guesses
    stays below this bound about 97 times in 100, or more often.
    """
    n, p = len(labels), float(np.bincount(labels).max() / len(labels))
    if right < min(1.0, p + 2 * sqrt(p * (1 - p) / n)):
        warn(
            f"{type(model).__name__} has not learned: it is right for {right:.1%} of {n} training patterns, no clear "
            f"gain over the most frequent class alone ({p:.1%}): raise epochs, scale a table by column, "
            "or take another hidden layer"
        )
