"""Run a described network over any number of patterns, chunk after chunk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.network.description import Activity, Network, Watch
from brainnet.spiking.neurons import SI
from brainnet.spiking.simulator import activity, cache, memory, runtime, standalone
from brainnet.spiking.simulator.finite import check_finite
from brainnet.spiking.simulator.program import Program, compose, synapses
from brainnet.spiking.simulator.values import all_values, constants, units_of_memory
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


@memory.enough()
def simulate(
    network: Network,
    signals: Mapping[str, np.ndarray],
    state: Mapping[str, np.ndarray],
    keys: np.ndarray,
    *,
    learn: bool,
    backend: Backend = "auto",
    watch: Watch | None = None,
) -> Answer:
    """Present patterns one after the other and count spikes.

    `signals` holds, per "population.signal", (pattern, neuron), or (pattern, step, neuron) where a neuron's signals are
    scheduled; `state`, per "object.variable", the weights, (source, target) or (synapse,), and thresholds, (neuron,),
    in the units of the description; `keys` a noise key per pattern. With `learn` off nothing in the state changes. What
    is to be watched is compiled in. Raises `BrainnetError` for signals or states that are not finite, rates above half
    a spike per step, and simulators that fail.
    """
    check_steps(network)
    check_signals(network, signals)
    check_weights(network, state)
    if watch is not None:
        activity.check(network, watch)
    engine = {"standalone": standalone, "numpy": runtime}[resolved(backend)]
    collected = _Collected(network, dict(state), watch)
    graphs = {p.name: p.pattern for p in network.projections if isinstance(p.pattern, Graph)}
    scheduled = _scheduled(network)
    chunk = 1 if scheduled else CHUNK
    memory.check(
        compose(network, chunk if engine is standalone else min(chunk, len(keys)), watch), engine is standalone
    )
    for begin in range(0, len(keys), chunk):
        part = {name: values[begin : begin + chunk] for name, values in signals.items()}
        part |= {name: signals[name][begin] for name in scheduled}
        shown = keys[begin : begin + chunk]
        program = compose(network, chunk if engine is standalone else len(shown), watch)
        values = all_values(network, collected.state, len(shown), learn)
        collected.add(program, engine.run(program, values, part, shown, tuple(state), graphs), len(shown), learn)
    return collected.answer()


def _scheduled(network: Network) -> set[str]:
    """Names of the signals that have a value for every step."""
    return {f"{p.name}.{signal}" for p in network.populations for signal in p.dynamics().scheduled}


class _Collected:
    """The answers of chunks, put together."""

    def __init__(self, network: Network, state: dict[str, np.ndarray], watch: Watch | None) -> None:
        self.network, self.state, self.watch = network, state, watch
        self.counts: dict[str, list[np.ndarray]] = {p.name: [] for p in network.populations if p.counted}
        self.presentations, self.spikes = 0, 0
        self.seen: list[Activity] = []

    def add(self, program: Program, answer: Mapping[str, np.ndarray], patterns: int, learn: bool) -> None:
        """Take in what a chunk of so many patterns gave."""
        accepted = _accepted(answer, patterns)
        if self.watch is not None:
            after_ms = self.presentations * self.network.presentation.period_ms
            self.seen.append(activity.activity(self.network, self.watch, program, answer, after_ms))
        self.presentations += len(answer["control.idx"])
        for name, rows in self.counts.items():
            rows.append(answer[f"{name}.count"][accepted])
            self.spikes += int(answer[f"{name}.count"].sum(dtype=float))
        if learn:
            self.state = _new_state(self.network, self.state, answer)

    def answer(self) -> Answer:
        """All of it."""
        counts = {name: np.concatenate(rows) for name, rows in self.counts.items()}
        seen = activity.joined(self.seen) if self.seen else None
        return Answer(counts, self.state, self.presentations, self.spikes, seen)


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


def _new_state(network: Network, state: Mapping[str, np.ndarray], answer: Mapping[str, np.ndarray]) -> dict:
    units = units_of_memory(network)
    new = {}
    for name, before in state.items():
        after = answer[name].reshape(before.shape)
        new[name] = after / np.float64(SI[units[name]]) if name in units else after
        check_finite(name, new[name])
    return new


def check_steps(network: Network) -> None:
    """Raise `BrainnetError` for a time constant shorter than a step, which would be simulated without a word."""
    dt_ms = network.presentation.dt_ms
    for name, (value, unit) in constants(network).items():
        if unit == "ms" and name.partition(".")[2].startswith("tau") and value < dt_ms:
            raise BrainnetError(f"{name} must be at least one step, {dt_ms:g} ms (got {value:g} ms): lower dt_ms")
    for projection in network.projections:
        if 0 < projection.delay_ms < dt_ms:
            raise BrainnetError(
                f"projection {projection.name!r}: delay_ms must be 0 or at least one step, {dt_ms:g} ms "
                f"(got {projection.delay_ms:g} ms): lower dt_ms"
            )


def check_weights(network: Network, state: Mapping[str, np.ndarray]) -> None:
    """Raise `BrainnetError` for a projection whose weights the state does not hold, or not one for each synapse."""
    for projection in (p for p in network.projections if p.weight is None):
        name, expected = f"{projection.name}.w", synapses(projection, network)
        if name not in state or state[name].size != expected:
            given = f"{state[name].size:,}" if name in state else "none"
            raise BrainnetError(f"the state must hold {name}, {expected:,} weights, one for each synapse (got {given})")


def check_signals(network: Network, signals: Mapping[str, np.ndarray]) -> None:
    """Raise `BrainnetError` for what Brian2 would silently simulate: NaN, negative rates, rates too high for dt."""
    for name, values in signals.items():
        if not np.isfinite(values).all():
            raise BrainnetError(f"{name} must be finite (got {values[~np.isfinite(values)][0]!r})")
        owner, signal = name.split(".")
        if network.population(owner).dynamics().signals.get(signal) != "Hz" or not values.size:
            continue
        if values.min() < 0:
            raise BrainnetError(f"{name} must not be negative (got {values.min()!r} Hz)")
        limit = 500.0 / network.presentation.dt_ms
        if values.max() > limit:
            raise BrainnetError(
                f"{name} must be at most half a spike per step, {limit:g} Hz at dt {network.presentation.dt_ms:g} ms "
                f"(got {values.max():g} Hz): lower the rate or dt_ms"
            )
