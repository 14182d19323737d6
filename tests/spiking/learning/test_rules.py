"""Every rule equals its formula after every spike, in both backends, and a law says so if one does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from brainnet.conformance.spiking import rules, subjects
from brainnet.conformance.spiking.slips import slips
from brainnet.conformance.spiking.spike_by_spike import CLOSE, STEPS, check_weights, random_trains, simulated, trains
from brainnet.conformance.spiking.subjects import RULES, SUBJECTS
from brainnet.spiking.simulator import cache

SPIKES = st.sets(st.integers(0, STEPS - 2), max_size=8)


@settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.tuples(SPIKES, SPIKES), min_size=4, max_size=4), st.integers(0, 1000))
def test_every_rule_is_its_formula_after_every_spike(drawn, seed):
    shown = trains(drawn, seed)
    weights = simulated(RULES, shown)
    for name, subject in SUBJECTS.items():
        check_weights(weights[name], subject, shown)


@pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
@pytest.mark.parametrize("seed", [100, 101])
def test_both_backends_agree(seed):
    shown = random_trains(seed)
    compiled, slow = simulated(RULES, shown, "standalone"), simulated(RULES, shown)
    for name, subject in SUBJECTS.items():
        check_weights(compiled[name], subject, shown)
        np.testing.assert_allclose(compiled[name], slow[name], rtol=0, atol=CLOSE)


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
