"""What a code is, and what it makes of patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol, runtime_checkable

import numpy as np

from brainnet.checks import in_full
from brainnet.counter import counter_uniform
from brainnet.data.scaling import first_outside
from brainnet.data.shapes import Shape
from brainnet.errors import BrainnetError

Kind = Literal["value", "rate_hz"]


@dataclass(frozen=True, eq=False)
class Encoded:
    """Patterns as a code has them: a number for each input, (pattern, input), and what these numbers are.

    kind "value": real values, which drive neurons as they are; "rate_hz": rates of Poisson processes, of which
    `largest` stands for the value 1. `keys` are the noise keys of the patterns, (pattern,).
    """

    kind: Kind
    values: np.ndarray
    keys: np.ndarray
    largest: float = 1.0

    def drive(self, window_ms: float) -> np.ndarray:
        """What a neuron without spikes is driven with, (pattern, input): the values, or counts of spikes.

            x = n / (largest T)        n spikes in the window T

        The spikes are those of `spiking.neurons.Poisson` with the same keys, before steps make some of them wait: both
        twins see the same.
        """
        if self.kind == "value":
            return self.values
        return _counts(self.values, self.keys, window_ms / 1000) / (self.largest * window_ms / 1000)


def _counts(rates_hz: np.ndarray, keys: np.ndarray, window: float) -> np.ndarray:
    """Spikes of each input, (pattern, input), in a window of so many seconds: sums of exponential intervals."""
    place: np.ndarray = np.flatnonzero(rates_hz > 0)
    rate, key = rates_hz.ravel()[place], np.repeat(keys, rates_hz.shape[1])[place]
    index = place % rates_hz.shape[1]
    counts, time, draw = np.zeros(rates_hz.size), np.zeros(len(place)), 0
    while len(place):
        time = time - np.log(counter_uniform(key, np.int64(draw), index)) / rate
        within = time < window
        place, rate, key, index, time = (a[within] for a in (place, rate, key, index, time))
        counts[place] += 1
        draw += 1
    return counts.reshape(rates_hz.shape)


@runtime_checkable
class Code(Protocol):
    """How patterns in [0, 1], (pattern, value), become what drives a network."""

    kind: ClassVar[Kind]  # what the numbers are that it gives (see `Encoded`)

    def fitted(self, shape: Shape, mean: np.ndarray) -> Code:
        """The code once (rows, columns) of a pattern and the average training pattern, (value,), are known."""
        ...

    def inputs(self, n_values: int) -> int:
        """Inputs that a pattern of `n_values` values takes."""
        ...

    def encode(self, patterns: np.ndarray, keys: np.ndarray) -> Encoded:
        """Patterns, (pattern, value), with their noise keys, (pattern,), encoded."""
        ...

    def fields(self, weights: np.ndarray, n_values: int) -> np.ndarray:
        """What neurons with these weights, (neuron, input), look for, (neuron, value)."""
        ...


def in_unit(patterns: np.ndarray) -> np.ndarray:
    """Patterns in [0, 1]. Any other value raises `BrainnetError`; one outside by a rounding error is clipped."""
    patterns = np.asarray(patterns, dtype=float)
    place = first_outside(patterns)
    if place is not None:
        raise BrainnetError(
            f"a rate code needs patterns in [0, 1] (got {in_full(patterns[place])}): scale them first, "
            "for instance with scikit-learn's MinMaxScaler"
        )
    return np.clip(patterns, 0, 1)
