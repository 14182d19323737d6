"""How published networks are run: all of them in one way."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from brainnet.counter import keys_by_position
from brainnet.errors import BrainnetError
from brainnet.spiking.network import Monitor, Network
from brainnet.spiking.simulator import Answer, Backend, simulate

Arrays = dict[str, np.ndarray]


class Published(Protocol):
    """A published network: a frozen dataclass of its settings, with the publication's as defaults."""

    def network(self) -> Network:
        """Its description. Times are made of presentations, of which a run has a whole number."""
        ...

    def signals(self, presentations: int, rng: np.random.Generator) -> Arrays:
        """What it is shown, by "population.signal", (presentation, neuron)."""
        ...

    def begin(self, rng: np.random.Generator) -> Arrays:
        """The weights it begins with, by "projection.w"."""
        ...


def ready(kind: Published, ms: float, seed: int = 0) -> tuple[Network, Arrays, Arrays, np.ndarray]:
    """The network, its signals, first state and noise keys for so many milliseconds: the arguments of `simulate`.

    Raises:
        BrainnetError: the time is no whole number of the network's presentations.
    """
    network, rng = kind.network(), np.random.default_rng(seed)
    period = network.presentation.period_ms
    parts = ms / period
    if not (1 <= parts < np.inf and abs(parts - round(parts)) < 1e-6):
        raise BrainnetError(
            f"{type(kind).__name__} is run in parts of {period:g} ms: ms must be a whole number of them (got {ms!r})"
        )
    signals = kind.signals(round(parts), rng)
    return network, signals, kind.begin(rng), keys_by_position(seed, 0, round(parts))


def run(
    kind: Published,
    ms: float,
    seed: int = 0,
    *,
    learn: bool = True,
    monitor: Monitor | None = None,
    backend: Backend = "auto",
) -> Answer:
    """Simulate a published network for so many milliseconds: `counts` of spikes, (presentation, neuron), and `state`.

    Raises:
        BrainnetError: the time is no whole number of the network's presentations, or something does not fit.
    """
    return simulate(*ready(kind, ms, seed), learn=learn, monitor=monitor, backend=backend)
