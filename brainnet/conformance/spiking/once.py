"""Simulations of which each is done once, for what is measured of a neuron is also checked."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from brainnet.spiking.network import Activity, Monitor, Network
from brainnet.spiking.simulator import Backend, simulate
from brainnet.spiking.simulator.program import compose
from brainnet.spiking.simulator.run import Answer
from brainnet.spiking.simulator.values import constants
from brainnet.structure import Graph


@dataclass(frozen=True)
class _Asked:
    """A simulation, told from others by what it is a function of."""

    description: tuple
    network: Network = field(compare=False)
    signals: Mapping[str, np.ndarray] = field(compare=False)
    state: Mapping[str, np.ndarray] = field(compare=False)
    monitor: Monitor = field(compare=False)
    patterns: int
    learn: bool
    backend: Backend


def once(
    network: Network, signals: Mapping[str, Any], state: Mapping[str, Any], monitor: Monitor, *,
    patterns: int = 1, learn: bool = False, backend: Backend = "numpy",
) -> Answer:  # fmt: skip
    """What `simulate` answers, with the noise key 0 for every pattern."""
    numbers = tuple((name, values.tobytes()) for given in (signals, state) for name, values in sorted(given.items()))
    graphs = [p.pattern for p in network.projections if isinstance(p.pattern, Graph)]
    wired = tuple((graph.offsets.tobytes(), graph.targets.tobytes()) for graph in graphs)
    described = (compose(network, 1, monitor), repr(constants(network)), numbers, wired)
    return _simulated(_Asked(described, network, signals, state, monitor, patterns, learn, backend))


def activity(
    network: Network, signals: Mapping[str, Any], state: Mapping[str, Any], monitor: Monitor, backend: Backend = "numpy"
) -> Activity:
    """What is watched while one pattern is shown and nothing is learned."""
    return watched(once(network, signals, state, monitor, backend=backend))


def watched(answer: Answer) -> Activity:
    """What was watched."""
    assert answer.activity is not None
    return answer.activity


@lru_cache(maxsize=128)
def _simulated(asked: _Asked) -> Answer:
    keys = np.zeros(asked.patterns)
    gc.freeze()  # Brian2 collects garbage before each run, which takes as long as many of these do
    try:
        return simulate(
            asked.network,
            asked.signals,
            asked.state,
            keys,
            learn=asked.learn,
            backend=asked.backend,
            monitor=asked.monitor,
        )
    finally:
        gc.unfreeze()
