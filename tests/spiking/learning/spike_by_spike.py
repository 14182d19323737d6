"""A rule in the simulator against its formula, spike by spike, on given spike trains.

A pair of neurons gets a train up to its first spike, the next pair the same train up to its second, and so on: the
weights at the end are then those after every spike. Many rules share one network, and populations where
their traces have different names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from brainnet.spiking import Presentation
from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Network, Population
from brainnet.spiking.neurons import SpikeTrains
from brainnet.spiking.simulator import simulate
from brainnet.structure import one_to_one

DT, STEPS, PAIRS = 0.5, 160, 64
REWARDED = (30, 60, 61, 110)  # steps at which dopamine is given, where a rule asks for it
REWARD = 0.5
TARGET = 0.7
Formula = Callable[[Any, float, np.ndarray, np.ndarray], float]


@dataclass(frozen=True)
class Trains:
    """Spikes, (step, pair), of both neurons of each pair, and the weights, (pair,), they begin with."""

    pre: np.ndarray
    post: np.ndarray
    weights: np.ndarray


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


def shared_homes(rules: Mapping[str, Any]) -> dict[str, int]:
    """Which populations each rule gets: the first whose traces and constants have other names than its own."""
    taken: list[set[str]] = []
    homes = {}
    for name, rule in rules.items():
        told = rule.plasticity()
        names = {*told.pre_traces, *told.post_traces, *told.trace_parameters, *told.post_signals}
        home = next((i for i, others in enumerate(taken) if not names & others), len(taken))
        taken[home:] = [taken[home] | names if home < len(taken) else names, *taken[home + 1 :]]
        homes[name] = home
    return homes


def network(rules: Mapping[str, Any], pairs: int, steps: int, dt_ms: float, pattern: Any) -> Network:
    """Each rule at the synapses of neurons that fire as they are told, and dopamine if it asks for it."""
    homes = shared_homes(rules)
    populations, projections = [Population("giver", 1, SpikeTrains())], []
    for home in sorted(set(homes.values())):
        populations += [Population(f"{side}_{home}", pairs, SpikeTrains()) for side in ("pre", "post")]
    for name, rule in rules.items():
        home = homes[name]
        projections.append(Projection(name, f"pre_{home}", f"post_{home}", "", pattern, rule=rule))
        if "dopamine" in rule.plasticity().post_traces:
            projections.append(Projection(f"give_{name}", "giver", f"post_{home}", "dopamine", weight=REWARD))
    return Network(tuple(populations), tuple(projections), Presentation(steps * dt_ms, dt_ms=dt_ms, precision="double"))


def simulated(rules: Mapping[str, Any], given: Trains, backend: Any = "numpy", dt_ms: float = DT) -> dict:
    """The weights of every rule after the trains, (pair,).

    When compiled, all neurons are connected, for which the simulator has code of its own.
    """
    steps, pairs = given.pre.shape
    rewarded = np.isin(np.arange(steps), REWARDED).astype(float)[None, :, None]
    signals = {"giver.spikes": rewarded}
    for name, home in shared_homes(rules).items():
        signals |= {f"pre_{home}.spikes": given.pre[None], f"post_{home}.spikes": given.post[None]}
        if rules[name].plasticity().post_signals:
            signals[f"post_{home}.target"] = np.full((1, pairs), TARGET)
    dense = backend == "standalone"
    shown = network(rules, pairs, steps, dt_ms, "all" if dense else one_to_one(pairs))
    weights = np.tile(given.weights, (pairs, 1)) if dense else given.weights
    state = {f"{name}.w": weights for name in rules}
    answer = simulate(shown, signals, state, np.zeros(1), learn=True, backend=backend).state
    return {name: np.diag(answer[f"{name}.w"]) if dense else answer[f"{name}.w"] for name in rules}


def expected(rule: Any, formula: Formula, given: Trains, dt_ms: float = DT) -> np.ndarray:
    """The weights by the formula, which gets spike times in ms, one synapse at a time."""
    times = (
        (np.flatnonzero(before) * dt_ms, np.flatnonzero(after) * dt_ms)
        for before, after in zip(given.pre.T, given.post.T, strict=True)
    )
    return np.array([formula(rule, weight, *pair) for weight, pair in zip(given.weights, times, strict=True)])


def check_weights(weights: np.ndarray, rule: Any, formula: Formula, given: Trains) -> None:
    """Raise AssertionError unless the weights after every spike are those of the formula."""
    np.testing.assert_allclose(weights, expected(rule, formula, given), rtol=0, atol=1e-9)


def check_rule(implementation: Any, rule: Any, formula: Formula, given: Trains, backend: Any = "numpy") -> None:
    """Raise AssertionError unless the implementation gives the weights that the formula gives with rule's constants."""
    check_weights(simulated({"learned": implementation}, given, backend)["learned"], rule, formula, given)
