"""Local rules: they see one layer's activity, and for supervised ones its targets, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

import numpy as np

from brainnet.checks import count
from brainnet.errors import BrainnetError

State = TypeVar("State")


class LocalRule(Protocol):
    """A rule that changes one layer's state by what the layer has at hand."""

    @property
    def rate(self) -> float:
        """The learning rate."""
        ...

    @property
    def update(self) -> Callable[..., Any]:
        """update(state, x), or for supervised rules update(state, x, target): the state after a batch.

        Patterns x are (pattern, input), targets (pattern, neuron).
        """
        ...


def learn(
    rule: LocalRule,
    state: State,
    *data: np.ndarray,
    batch_size: int = 1,
    epochs: int = 1,
    rng: np.random.Generator | None = None,
    keep: Callable[[State], State] | None = None,
) -> State:
    """The state after the patterns have been shown `epochs` times, in their order or in a random one.

    `data` are patterns, (pattern, input), and for supervised rules targets, (pattern, neuron). Each batch moves the
    state by the mean of what its patterns would do; batches of one are the rules as published. `keep` puts a state back
    under a law that the rule does not know, after each batch. Raises BrainnetError for data of unequal length, for a
    `batch_size` or `epochs` that cannot be, and when the state stops being finite.
    """
    name = type(rule).__name__
    for what, value in (("batch_size", batch_size), ("epochs", epochs)):
        count(f"learn's {what}", value, at_least=1)
    if len({len(part) for part in data}) != 1:
        raise BrainnetError(f"{name} needs as many targets as patterns (got {[len(part) for part in data]})")
    with np.errstate(over="ignore", invalid="ignore"):
        for batch in _batches(len(data[0]), batch_size, epochs, rng):
            state = rule.update(state, *(part[batch] for part in data))
            state = state if keep is None else keep(state)
    if not all(np.isfinite(array).all() for array in _arrays(state)):
        raise BrainnetError(f"{name} diverged: choose a rate smaller than {rule.rate!r}, or scale the patterns")
    return state


def _batches(count: int, size: int, epochs: int, rng: np.random.Generator | None) -> Iterator[np.ndarray]:
    for _ in range(epochs):
        order = np.arange(count) if rng is None else rng.permutation(count)
        yield from (order[start : start + size] for start in range(0, count, size))


def _arrays(state: Any) -> list[np.ndarray]:
    return [state] if isinstance(state, np.ndarray) else list(vars(state).values())
