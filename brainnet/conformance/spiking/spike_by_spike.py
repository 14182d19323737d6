"""A learning rule in the simulator against its formula, spike by spike, on given spike trains.

A pair of neurons gets a train up to its first spike, the next pair the same train up to its second, and so on: the
weights at the end are then those after every spike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from brainnet.conformance.agreement import require
from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import SpikeTrains
from brainnet.spiking.simulator import Backend, simulate
from brainnet.structure import one_to_one

DT, STEPS, PAIRS = 0.5, 160, 64  # steps of so many ms
REWARDED = (30, 60, 61, 110)  # steps at which dopamine is given, where a rule asks for it
REWARD = 0.5
TARGET = 0.7  # of all postsynaptic neurons, where a rule asks for it
CLOSE = 1e-9  # weights are of the order of one: far above rounding in double precision, far below any slip
Formula = Callable[[Any, float, np.ndarray, np.ndarray], float]


@dataclass(frozen=True)
class Subject:
    """A rule, with constants that tell its parts from one another, and its formula."""

    rule: Any
    formula: Formula


@dataclass(frozen=True)
class Trains:
    """Spikes, (step, pair), of both neurons of each pair, and the weights, (pair,), they begin with."""

    pre: np.ndarray
    post: np.ndarray
    weights: np.ndarray

    @property
    def spikes(self) -> np.ndarray:
        """How many each pair has, (pair,)."""
        return (self.pre + self.post).sum(axis=0)


def trains(drawn: list[tuple[set[int], set[int]]], seed: int = 0) -> Trains:
    """Every prefix of each drawn pair of trains, given as steps; the pairs that are left over stay silent."""
    pre, post, weights = np.zeros((STEPS, PAIRS)), np.zeros((STEPS, PAIRS)), np.zeros(PAIRS)
    rng, pair = np.random.default_rng(seed), 0
    for before, after in drawn:
        weight = rng.random()
        for last in sorted(before | after):
            pre[[step for step in before if step <= last], pair] = 1
            post[[step for step in after if step <= last], pair] = 1
            weights[pair], pair = weight, pair + 1
    return Trains(pre, post, weights)


def random_trains(seed: int) -> Trains:
    """Four trains of eight spikes a side at most."""
    rng = np.random.default_rng(seed)
    sides = [set(rng.integers(0, STEPS - 1, 8).tolist()) for _ in range(8)]
    return trains(list(zip(sides[::2], sides[1::2], strict=True)), seed)


def network(
    rules: Mapping[str, Any], pairs: int, steps: int, dt_ms: float, pattern: Any, delay_ms: float = 0.0
) -> Network:
    """Each rule at synapses of its own neurons, which fire as they are told, and dopamine if it asks for it.

    Neurons shared by many rules hold many traces, and what integrates them exactly takes long to derive.
    """
    populations, projections = [Population("giver", 1, SpikeTrains())], []
    for name, rule in rules.items():
        populations += [Population(f"{side}_{name}", pairs, SpikeTrains()) for side in ("pre", "post")]
        projections.append(Projection(name, f"pre_{name}", f"post_{name}", "", pattern, rule=rule, delay_ms=delay_ms))
        if "dopamine" in rule.plasticity().post_traces:
            projections.append(Projection(f"give_{name}", "giver", f"post_{name}", "dopamine", weight=REWARD))
    return Network(tuple(populations), tuple(projections), Presentation(steps * dt_ms, dt_ms=dt_ms, precision="double"))


def simulated(
    rules: Mapping[str, Any], given: Trains, backend: Backend = "numpy", dt_ms: float = DT, delay_ms: float = 0.0
) -> dict[str, np.ndarray]:
    """The weights of every rule after the trains, (pair,), at synapses that presynaptic spikes reach after a delay.

    When compiled, all neurons are connected, for which the simulator has code of its own.
    """
    steps, pairs = given.pre.shape
    signals = {"giver.spikes": np.isin(np.arange(steps), REWARDED).astype(float)[None, :, None]}
    for name, rule in rules.items():
        signals |= {f"pre_{name}.spikes": given.pre[None], f"post_{name}.spikes": given.post[None]}
        if rule.plasticity().post_signals:
            signals[f"post_{name}.target"] = np.full((1, pairs), TARGET)
    dense = backend == "standalone"
    shown = network(rules, pairs, steps, dt_ms, "all" if dense else one_to_one(pairs), delay_ms)
    weights = np.tile(given.weights, (pairs, 1)) if dense else given.weights
    state = {f"{name}.w": weights for name in rules}
    answer = simulate(shown, signals, state, np.zeros(1), learn=True, backend=backend).state
    return {name: np.diag(answer[f"{name}.w"]) if dense else answer[f"{name}.w"] for name in rules}


def expected(subject: Subject, given: Trains, dt_ms: float = DT, delay_ms: float = 0.0) -> np.ndarray:
    """The weights by the formula, (pair,); it gets spike times in ms, one synapse at a time.

    The times of presynaptic spikes are those at which they arrive, if they do before the end.
    """
    late = round(delay_ms / dt_ms)
    arrived = np.roll(given.pre, late, axis=0) * (np.arange(len(given.pre)) >= late)[:, None]
    times = (
        (np.flatnonzero(before) * dt_ms, np.flatnonzero(after) * dt_ms)
        for before, after in zip(arrived.T, given.post.T, strict=True)
    )
    starts = zip(given.weights, times, strict=True)
    return np.array([subject.formula(subject.rule, float(weight), *pair) for weight, pair in starts])


def check_weights(weights: np.ndarray, subject: Subject, given: Trains, delay_ms: float = 0.0) -> None:
    """Raise AssertionError unless the weights after every spike are those of the formula."""
    off = float(np.abs(weights - expected(subject, given, delay_ms=delay_ms)).max())
    require(off <= CLOSE, f"weights are the formula's to {CLOSE:.0e} after every spike (worst {off:.1e})")
