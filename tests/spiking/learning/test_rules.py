"""Every rule equals its formula after every spike, in both backends, and the same check rejects every mutant."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from formulas import delta, diehl_cook, pair, pfister_gerstner, postsynaptic, reward, symmetric, vogels
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from mutants import mutants
from spike_by_spike import (
    DT,
    REWARD,
    REWARDED,
    STEPS,
    Formula,
    check_rule,
    check_weights,
    random_trains,
    simulated,
    trains,
)

from brainnet.spiking.learning import (
    DeltaRule,
    InhibitorySTDP,
    Multiplicative,
    PairSTDP,
    PfisterGerstnerSTDP,
    PostsynapticSTDP,
    PowerLaw,
    RewardSTDP,
    SymmetricSTDP,
    TripletSTDP,
)
from brainnet.spiking.simulator import cache

GIVEN = (tuple(step * DT for step in REWARDED), REWARD, (STEPS - 1) * DT)
RULES: dict[str, tuple[Any, Formula]] = {
    "additive": (PairSTDP(rate=0.1), pair),
    "nearest": (PairSTDP(rate=0.3, pairs="nearest", dependence=Multiplicative()), pair),
    "power": (PairSTDP(rate=0.3, dependence=PowerLaw(0.4), w_max=1.2), pair),
    "triplet": (PfisterGerstnerSTDP(a2_plus=2e-3), pfister_gerstner),
    "symmetric": (SymmetricSTDP(rate=0.02), symmetric),
    "inhibitory": (InhibitorySTDP(rate=0.05, target_rate_hz=12.0), vogels),
    "reward": (RewardSTDP(rate=20.0, tau_c_ms=100.0, tau_d_ms=30.0, w_max=1.2), partial(reward, given=GIVEN)),
    "postsynaptic": (PostsynapticSTDP(rate=0.1, w_max=0.8, tau_x_ms=15.0), postsynaptic),
    "diehl_cook": (TripletSTDP(rate_pre=0.02, rate_post=0.1, tau_y1_ms=25.0), diehl_cook),
    "delta": (DeltaRule(rate=0.05, max_rate_hz=100.0, settle_ms=30.0), delta),
}
ALL = {name: rule for name, (rule, _) in RULES.items()}
COMPILED = {name: rule for name, rule in ALL.items() if name not in ("additive", "nearest")}
SPIKES = st.sets(st.integers(0, STEPS - 2), max_size=8)


@settings(max_examples=5, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.tuples(SPIKES, SPIKES), min_size=4, max_size=4), st.integers(0, 1000))
def test_every_rule_is_its_formula_after_every_spike(drawn, seed):
    shown = trains(drawn, seed)
    weights = simulated(ALL, shown)
    for name, (rule, formula) in RULES.items():
        check_weights(weights[name], rule, formula, shown)


@pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
def test_every_rule_is_its_formula_when_compiled():
    for seed in range(2):
        shown = random_trains(seed)
        weights = simulated(COMPILED, shown, "standalone")
        for name, rule in COMPILED.items():
            check_weights(weights[name], rule, RULES[name][1], shown)


@pytest.mark.parametrize("name", RULES)
def test_every_mutant_is_rejected(name):
    rule, formula = RULES[name]
    shown, planted = random_trains(1), dict(mutants(rule))
    weights = simulated({"faithful": rule} | {f"m{i}": mutant for i, mutant in enumerate(planted.values())}, shown)
    check_weights(weights["faithful"], rule, formula, shown)

    def accepted(mutant: str) -> bool:
        try:
            check_weights(weights[mutant], rule, formula, shown)
        except AssertionError:
            return False
        return True

    assert [slip for i, slip in enumerate(planted) if accepted(f"m{i}")] == []


def test_a_check_of_one_rule_alone_holds():
    rule, formula = RULES["additive"]
    check_rule(rule, rule, formula, random_trains(0))
    with pytest.raises(AssertionError):
        check_rule(RULES["nearest"][0], rule, formula, random_trains(0))


def test_mutants_are_counted():
    counted = {name: len(dict(mutants(rule))) for name, rule in ALL.items()}
    assert counted == {
        "additive": 7,
        "nearest": 7,
        "power": 7,
        "triplet": 11,
        "symmetric": 5,
        "inhibitory": 6,
        "reward": 11,
        "postsynaptic": 4,
        "diehl_cook": 9,
        "delta": 4,
    }
