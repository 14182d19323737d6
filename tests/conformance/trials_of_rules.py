"""The laws of spiking learning rules accept the rules, and reject what has a slip in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

import numpy as np
from mutants import Mutant, of_rule
from together import on_trial
from trials import Trial

from brainnet.conformance.spiking import stdp_window, subjects, triplet
from brainnet.conformance.spiking.spike_by_spike import Subject, check_weights, random_trains
from brainnet.spiking.learning import PairSTDP, PowerLaw

GIVEN = random_trains(1)
ALIKE = {
    "nearest": {
        "on_pre, bound removed: ...": "what is lost is a share of the weight, below all of it: none comes to 0"
    },
    "symmetric": {"pre and post exchanged": "both neurons are alike to the rule"},
    "delta": {
        "on_pre, ...began_post -> t_in_timesteps...": "given spikes are shown one presentation at a time, from step 0",
        "on_pre, factor left out: 0.5 * dt -> dt": "the step that follows a time between two steps is the same",
        "on_pre, constant: 0.5 -> 1.0": "the same",
    },
}
# Constants with which every slip shows: bounds that are reached, no 1 that is a factor, no whole number of steps.
OTHERS = {
    "additive": {"w_max": 1.1}, "nearest": {"w_max": 1.1}, "symmetric": {"w_max": 1.1},
    "triplet": {"rate": 30.0, "w_max": 1.1, "a2_plus": 2e-4},
    "reward": {"w_max": 0.9}, "diehl_cook": {"rate_pre": 0.3, "w_max": 0.9}, "delta": {"settle_ms": 30.3},
}  # fmt: skip
LAWS = {"additive": "V5", "nearest": "V5", "power": "V5", "triplet": "V7", "symmetric": "R1", "diehl_cook": "R2",
        "postsynaptic": "R3", "inhibitory": "R4", "reward": "R5", "delta": "R6"}  # fmt: skip
OF_ORDER = ("sign", "pre and post exchanged", "time constant", "time constants exchanged")


def some(mutants: Sequence[Mutant], *kinds: str) -> list[Mutant]:
    """Those of some kinds."""
    return [mutant for mutant in mutants if mutant.kind in kinds]


def by_formula(name: str) -> Trial:
    """A rule's weights after every spike of random trains, by its formula."""
    subject = subjects.SUBJECTS[name]
    rule = replace(subject.rule, **OTHERS.get(name, {}))
    mutants = of_rule(rule)
    if name == "power":  # a weight beyond its bounds has no power: slips that lead there are tried with the other two
        mutants = some(mutants, *OF_ORDER, "exponent left out", "set for add")

    @cache
    def weight(first: float, pre: tuple[float, ...], post: tuple[float, ...]) -> float:
        return subject.formula(rule, first, np.array(pre), np.array(post))

    def formula(_: object, first: float, pre: np.ndarray, post: np.ndarray) -> float:
        return weight(first, tuple(pre), tuple(post))

    check = partial(check_weights, subject=Subject(rule, formula), given=GIVEN)
    return on_trial(LAWS[name], rule, mutants, GIVEN, check, alike=ALIKE.get(name, {}))


def by_window(variant: str, mutants: Sequence[Mutant]) -> Trial:
    """What one pair of spikes at each lag does, by the published window."""
    shown = stdp_window.SHOWN.trains

    def check(weights: np.ndarray) -> None:
        stdp_window.check_window((weights - stdp_window.SHARE) / stdp_window.RATE, variant)

    return on_trial("V5", stdp_window.VARIANTS[variant], mutants, shown, check)


class Exchanged(PowerLaw):
    """f+ and f- exchanged."""

    up, down = PowerLaw.down, PowerLaw.up


def by_table() -> Trial:
    """What sixty pairings do at five frequencies, by the published table."""
    given, part = triplet.pairings(1)

    def check(weights: np.ndarray) -> None:
        triplet.check_table((weights - triplet.START) / triplet.RATE / part)

    mutants = some(of_rule(triplet.RULE), *OF_ORDER, "set for add")
    return on_trial("V7", triplet.RULE, mutants, given, check, dt_ms=triplet.DT)


WINDOW = some(of_rule(stdp_window.VARIANTS["all additive"]), *OF_ORDER, "operand", "parameters exchanged")
OTHER_DEPENDENCE = PairSTDP(rate=stdp_window.RATE, dependence=Exchanged(stdp_window.MU))
TRIALS = [
    *map(by_formula, subjects.SUBJECTS),
    by_window("all additive", WINDOW),
    by_window("all power law", [Mutant("operand", "f+ and f- exchanged", lambda: OTHER_DEPENDENCE)]),
    by_table(),
]
