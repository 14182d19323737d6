"""How a network answers patterns while it does not learn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from brainnet import counter
from brainnet.spiking.build import Built
from brainnet.spiking.simulator import Backend, simulate


def respond(
    built: Built, state: Mapping[str, np.ndarray], patterns: np.ndarray, seed: int, backend: Backend
) -> dict[str, np.ndarray]:
    """Spike counts of each counted population, (pattern, neuron), for patterns in [0, 1].

    All that passes with a presentation is left out of the `state`, which stays as it is: answers begin at rest.
    """
    keys = counter.keys_by_content(seed, patterns)
    learned = {name: state[name] for name in built.first}
    signals = built.signals(patterns, None, keys)
    return simulate(built.network(), signals, learned, keys, learn=False, backend=backend).counts
