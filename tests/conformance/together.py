"""Rules and all their mutants in one network, which is simulated once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from mutants import Mutant
from trials import Trial

from brainnet.conformance.spiking.several import WHICH, Several, modulators
from brainnet.conformance.spiking.spike_by_spike import DT, REWARDED, TARGET, Trains, network
from brainnet.spiking.simulator import simulate
from brainnet.structure import one_to_one


def learned(rules: Sequence[Any], given: Trains, dt_ms: float = DT) -> np.ndarray:
    """The weights that each rule comes to after the trains, (rule, pair); with other modulators, in another network."""
    shared: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        shared.setdefault(str(modulators(rule.plasticity())), []).append(number)
    found = np.zeros((len(rules), given.pre.shape[1]))
    for numbers in shared.values():
        found[numbers] = _learned(tuple(rules[number] for number in numbers), given, dt_ms)
    return found


def _learned(rules: tuple[Any, ...], given: Trains, dt_ms: float) -> np.ndarray:
    (steps, pairs), many = given.pre.shape, Several(rules)
    synapses = pairs * len(rules)
    signals = {
        "giver.spikes": np.isin(np.arange(steps), REWARDED).astype(float)[None, :, None],
        "pre_all.spikes": np.tile(given.pre, len(rules))[None],
        "post_all.spikes": np.tile(given.post, len(rules))[None],
    }
    own = {WHICH: np.repeat(np.arange(len(rules)), pairs), "target": np.full(synapses, TARGET)}
    for name in many.plasticity().post_signals:
        signals[f"post_all.{name}"] = own[name].astype(float)[None]
    shown = network({"all": many}, synapses, steps, dt_ms, one_to_one(synapses))
    weights = {"all.w": np.tile(given.weights, len(rules))}
    answer = simulate(shown, signals, weights, np.zeros(1), learn=True, backend="numpy")
    return answer.state["all.w"].reshape(len(rules), pairs)


def on_trial(
    law: str, rule: Any, mutants: Sequence[Mutant], given: Trains, check: Callable[[np.ndarray], object],
    dt_ms: float = DT, **more: Any,
) -> Trial:  # fmt: skip
    """A rule's check of the weights, tried with those that the rule and its mutants come to."""

    @cache
    def weights() -> np.ndarray:
        return learned([rule, *(mutant.make() for mutant in mutants)], given, dt_ms)

    each = [replace(mutant, make=lambda place=place: weights()[place]) for place, mutant in enumerate(mutants, 1)]
    return Trial(law, check, lambda: weights()[0], each, **more)
