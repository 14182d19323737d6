"""Run a described network over any number of patterns, chunk after chunk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from brainnet.checks import count, shown
from brainnet.errors import BrainnetError
from brainnet.spiking.network.description import Activity, Monitor, Network
from brainnet.spiking.simulator import activity, cache, room, runtime, standalone
from brainnet.spiking.simulator.given import checked
from brainnet.spiking.simulator.memory import after, begin, described, kept
from brainnet.spiking.simulator.program import Program, compose
from brainnet.spiking.simulator.values import all_values
from brainnet.structure import Graph

Backend = Literal["auto", "standalone", "numpy"]
CHUNK = 256  # patterns per run of the binary: its signals have room for these


@dataclass(frozen=True)
class Answer:
    """Spike counts of each counted population, (pattern, neuron); the state after the last pattern; and how many
    presentations and spikes that took, repeats included; and what was watched."""

    counts: dict[str, np.ndarray]
    state: dict[str, np.ndarray]
    presentations: int
    spikes: int
    activity: Activity | None = None


@room.enough()
def simulate(
    network: Network,
    signals: Mapping[str, ArrayLike],
    state: Mapping[str, ArrayLike],
    keys: ArrayLike,
    *,
    learn: bool,
    backend: Backend = "auto",
    monitor: Monitor | None = None,
    chunk: int | None = None,
) -> Answer:
    """Present patterns one after the other and count spikes.

    `signals` holds, per "population.signal", (pattern, neuron), or (pattern, step, neuron) where a neuron's signals are
    scheduled; `state`, per "object.variable", the weights, (source, target) or (synapse,), and what else is known of
    thresholds, (neuron,), in the units of the description; `keys` a noise key per pattern. With `learn` on, the answer
    holds all that the network learned, given or not, and where the presentation carries state over also what passes
    (`simulator.memory`): given to the next call, it goes on as if there had been one. With `learn` off the state stays
    as it was. What is to be watched is compiled in. `chunk` patterns are simulated at a time (None: 256; one, where
    signals are scheduled): the answer does not depend on it. Raises `BrainnetError` for what does not fit the network
    or is not finite, rates above half a spike per step, and simulators that fail.
    """
    if not isinstance(learn, bool | np.bool_):
        raise BrainnetError(f"learn must be True or False (got {shown(learn)})")
    network, driven, given, noise_keys = checked(network, signals, state, keys)
    if monitor is not None:
        activity.check(network, monitor)
    engine = {"standalone": standalone, "numpy": runtime}[resolved(backend)]
    collected = _Collected(network, begin(network, given), monitor)
    graphs = {p.name: p.pattern for p in network.projections if isinstance(p.pattern, Graph)}
    scheduled = _scheduled(network)
    most = 1 if scheduled else count("chunk", CHUNK if chunk is None else chunk, at_least=1)
    at_once = (1 if scheduled else max(CHUNK, most)) if engine is standalone else min(most, len(noise_keys))
    program = compose(network, at_once, monitor)
    room.check(program, engine is standalone)
    wanted = tuple(kept(network)) if learn else ()
    for first in range(0, len(noise_keys), most):
        part = {name: values[first : first + most] for name, values in driven.items()}
        part |= {name: driven[name][first] for name in scheduled}
        keys_shown = noise_keys[first : first + most]
        values = all_values(network, collected.state, len(keys_shown), learn)
        found = engine.run(program, values, part, keys_shown, wanted, graphs)
        collected.add(program, found, len(keys_shown), learn)
    return collected.answer(given, learn)


def _scheduled(network: Network) -> set[str]:
    """Names of the signals that have a value for every step."""
    return {f"{p.name}.{signal}" for p in network.populations for signal in p.dynamics().scheduled}


class _Collected:
    """The answers of chunks, put together; `state` is as the simulator has it."""

    def __init__(self, network: Network, state: dict[str, np.ndarray], monitor: Monitor | None) -> None:
        self.network, self.state, self.monitor = network, state, monitor
        self.counts: dict[str, list[np.ndarray]] = {p.name: [] for p in network.populations if p.counted}
        self.presentations, self.spikes = 0, 0
        self.seen: list[Activity] = []

    def add(self, program: Program, answer: Mapping[str, np.ndarray], patterns: int, learn: bool) -> None:
        """Take in what a chunk of so many patterns gave."""
        accepted = _accepted(answer, patterns)
        if self.monitor is not None:
            after_ms = self.presentations * self.network.presentation.period_ms
            self.seen.append(activity.activity(self.network, self.monitor, program, answer, after_ms))
        self.presentations += len(answer["control.idx"])
        for name, rows in self.counts.items():
            rows.append(answer[f"{name}.count"][accepted])
            self.spikes += int(answer[f"{name}.count"].sum(dtype=float))
        if learn:
            self.state = after(self.network, answer, len(answer["control.idx"]) * program.steps)

    def answer(self, given: dict[str, np.ndarray], learn: bool) -> Answer:
        """All of it."""
        none = {name: np.zeros((0, self.network.population(name).size)) for name in self.counts}
        counts = {name: np.concatenate(rows or [none[name]]) for name, rows in self.counts.items()}
        seen = activity.joined(self.seen) if self.seen else None
        state = described(self.network, self.state) if learn else given
        return Answer(counts, state, self.presentations, self.spikes, seen)


def resolved(backend: Backend) -> Literal["standalone", "numpy"]:
    """The backend that runs: "auto" is the compiled one where there is a compiler. Raises `BrainnetError`."""
    if backend not in ("auto", "standalone", "numpy"):
        raise BrainnetError(f"backend must be 'auto', 'standalone' or 'numpy' (got {backend!r})")
    if cache.compiler() is not None:
        return "numpy" if backend == "numpy" else "standalone"
    if backend == "standalone":
        raise BrainnetError(f"backend 'standalone' needs a C++ compiler: {cache.INSTALL}, or use backend 'numpy'")
    return "numpy"


def _accepted(answer: Mapping[str, np.ndarray], patterns: int) -> np.ndarray:
    """Index of the last presentation of each pattern: the one that was accepted."""
    shown = answer["control.idx"]
    last = np.flatnonzero(np.diff(np.append(shown, patterns)))
    if len(last) != patterns or not np.array_equal(shown[last], np.arange(patterns)):
        raise BrainnetError(f"the simulator stopped early: {len(last)} of {patterns} patterns were shown")
    return last
