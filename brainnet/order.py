"""The order of presentation: one per seed and epoch, the same for every network that learns from it."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.utils import check_random_state

from brainnet.errors import BrainnetError


def seed_of(random_state: Any) -> int:
    """A seed drawn from scikit-learn's `random_state` (None, a number or a generator): equal numbers, equal seeds."""
    try:
        return int(check_random_state(random_state).randint(2**31 - 1))
    except (TypeError, ValueError) as error:
        raise BrainnetError(
            f"random_state must be None, a whole number from 0 to 2**32 - 1 or a RandomState (got {random_state!r})"
        ) from error


def presentation_order(seed: int, epoch: int, count: int) -> np.ndarray:
    """In which order the patterns come, (pattern,): a permutation that depends on the seed and the epoch alone."""
    return np.random.default_rng([seed, epoch]).permutation(count)
