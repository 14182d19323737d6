"""Scores and differences of models, from the rows of their trials."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np

from brainnet.comparison.results import Difference, Row, Score
from brainnet.statistics import estimate, paired


def scores(rows: Iterable[Row]) -> tuple[Score, ...]:
    """Test accuracy of every model with its interval, in the order of the rows."""
    return tuple(Score(model, estimate(values)) for model, values in _by_model(rows).items())


def differences(rows: Iterable[Row], reference: str) -> tuple[Difference, ...]:
    """Paired differences of all pairs of models: first every model against the reference, then the other pairs."""
    values = _by_model(rows)
    others = [model for model in values if model != reference]
    pairs = [(model, reference) for model in others if reference in values]
    pairs += [(later, earlier) for earlier, later in combinations(others, 2)]
    return tuple(Difference(a, b, *paired(values[a], values[b])) for a, b in pairs)


def _by_model(rows: Iterable[Row]) -> dict[str, np.ndarray]:
    """Test accuracies of each model, in the order of the seeds."""
    found: dict[str, dict[int, float]] = {}
    for row in rows:
        found.setdefault(row.model, {})[row.seed] = row.accuracy
    return {model: np.array([by_seed[seed] for seed in sorted(by_seed)]) for model, by_seed in found.items()}
