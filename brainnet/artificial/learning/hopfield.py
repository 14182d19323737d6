"""Hopfield's associative memory: patterns stored as the places where a network of threshold neurons comes to rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import require_count
from brainnet.errors import BrainnetError


@dataclass(frozen=True)
class Hopfield:
    """Patterns are stored as correlations and recalled by letting one neuron after the other follow its input.

        store:   T_ij = sum over patterns of s_i s_j,  T_ii = 0        s in {-1, 1}
        recall:  s_i <- sign(sum_j T_ij s_j), in random order; s_i stays where the sum is 0
        energy:  E = -1/2 sum_ij s_i T_ij s_j, which recall never raises

    N neurons keep up to 0.138 N random patterns (D. Amit, H. Gutfreund and H. Sompolinsky, Statistical mechanics of
    neural networks near saturation, Annals of Physics 1987). A sweep of recall visits the neurons that some state has
    against their input; recall gives up after `sweeps`.
    J. Hopfield, Neural networks and physical systems with emergent collective computational abilities, PNAS 1982,
    with states -1 and 1 for its 0 and 1.
    """

    sweeps: int = 1000

    def __post_init__(self) -> None:
        require_count(self, "sweeps", at_least=1)

    def store(self, patterns: np.ndarray) -> np.ndarray:
        """T, (neuron, neuron), of patterns, (pattern, neuron)."""
        patterns = _states("patterns", patterns)
        weight = patterns.T @ patterns
        np.fill_diagonal(weight, 0)
        return weight

    def energy(self, weight: np.ndarray, state: np.ndarray) -> np.ndarray:
        """E, (pattern,), of states, (pattern, neuron)."""
        return -0.5 * np.sum((state @ weight) * state, axis=1)

    def recall(self, weight: np.ndarray, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Where each state, (pattern, neuron), comes to rest. Raises BrainnetError if one does not."""
        state = _states("states", state)
        field = state @ weight
        for _ in range(self.sweeps):
            unstable = np.flatnonzero(np.any(field * state < 0, axis=0))
            if not len(unstable):
                return state
            for neuron in rng.permutation(unstable):
                flips = np.flatnonzero(field[:, neuron] * state[:, neuron] < 0)
                state[flips, neuron] *= -1
                field[flips] += np.multiply.outer(2 * state[flips, neuron], weight[neuron])
        raise BrainnetError(f"recall has not come to rest after Hopfield.sweeps = {self.sweeps!r}: allow it more")


def _states(what: str, states: np.ndarray) -> np.ndarray:
    """A copy in floating point, where sums of a million states are exact and those of bytes do not overflow."""
    strange = states[np.abs(states) != 1]
    if states.dtype.kind not in "if" or strange.size:
        example = strange[0] if strange.size else states.dtype
        raise BrainnetError(f"Hopfield's {what} must be numbers -1 and 1 (got {example}): map 0 to -1 first")
    return states.astype(np.result_type(states, np.float32))
