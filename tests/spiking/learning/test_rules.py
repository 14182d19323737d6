"""Every rule equals its formula after every spike, in both backends, and a law says so if one does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from brainnet.conformance.spiking import rules, subjects
from brainnet.conformance.spiking.slips import slips
from brainnet.conformance.spiking.spike_by_spike import (
    CLOSE,
    DT,
    STEPS,
    check_weights,
    random_trains,
    simulated,
    trains,
)
from brainnet.conformance.spiking.subjects import DELAY_MS, RULES, SUBJECTS
from brainnet.spiking.learning import PairSTDP
from brainnet.spiking.simulator import cache

SPIKES = st.sets(st.integers(0, STEPS - 2), max_size=8)


@settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.tuples(SPIKES, SPIKES), min_size=4, max_size=4), st.integers(0, 1000), st.integers(0, STEPS))
def test_every_rule_is_its_formula_after_every_spike_with_any_delay(drawn, seed, late):
    shown = trains(drawn, seed)
    weights = simulated(RULES, shown, delay_ms=late * DT)
    for name, subject in SUBJECTS.items():
        check_weights(weights[name], subject, shown, late * DT)


@pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
@pytest.mark.parametrize(("seed", "delay_ms"), [(100, 0.0), (101, DELAY_MS)])
def test_both_backends_agree(seed, delay_ms):
    shown = random_trains(seed)
    compiled, slow = (simulated(RULES, shown, backend, delay_ms=delay_ms) for backend in ("standalone", "numpy"))
    for name, subject in SUBJECTS.items():
        check_weights(compiled[name], subject, shown, delay_ms)
        np.testing.assert_allclose(compiled[name], slow[name], rtol=0, atol=CLOSE)


def test_a_pair_counts_once_by_the_time_of_arrival():
    rule = PairSTDP(rate=1, a_plus=0.1, a_minus=0.1, tau_plus_ms=20, tau_minus_ms=20, w_max=1)
    shown = trains([({40}, {46})])  # 20 and 23 ms: the last of its prefixes has both spikes
    change = simulated({"rule": rule}, shown, delay_ms=10)["rule"] - shown.weights
    assert change[1] == pytest.approx(-0.1 * np.exp(-7 / 20), abs=1e-12)


def test_a_law_whose_rule_is_not_its_formula_does_not_hold_and_catches_nothing(monkeypatch):
    right = SUBJECTS["symmetric"]

    def slower(rule, *spikes):
        return right.formula(replace(rule, tau_ms=1.05 * rule.tau_ms), *spikes)

    monkeypatch.setitem(SUBJECTS, "symmetric", replace(right, formula=slower))
    assert not rules.SYMMETRIC.find(False).holds
    with pytest.raises(AssertionError, match="weights are the formula's"):
        rules.SYMMETRIC.mutants[0].caught()


def test_the_rule_itself_is_no_slip(monkeypatch):
    unchanged = subjects.with_slips("symmetric")[""]
    monkeypatch.setitem(subjects.with_slips("symmetric"), "sign of on_pre", unchanged)
    assert not subjects.caught("symmetric", "sign of on_pre")


def test_slips_are_counted():
    assert {name: len(dict(slips(rule))) for name, rule in RULES.items()} == {
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
