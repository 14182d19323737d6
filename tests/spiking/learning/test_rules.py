"""Every rule equals its formula after every spike, in both backends, and a law says so if one does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from brainnet.conformance.spiking import rules
from brainnet.conformance.spiking.formulas import pair
from brainnet.conformance.spiking.spike_by_spike import (
    CLOSE,
    DT,
    STEPS,
    Subject,
    check_weights,
    random_trains,
    simulated,
    trains,
)
from brainnet.conformance.spiking.subjects import DELAY_MS, RULES, SUBJECTS
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import PairSTDP
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import SpikeTrains
from brainnet.spiking.simulator import cache, simulate
from brainnet.structure import one_to_one

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


def test_a_law_whose_rule_is_not_its_formula_does_not_hold(monkeypatch):
    right = SUBJECTS["symmetric"]

    def slower(rule, *spikes):
        return right.formula(replace(rule, tau_ms=1.05 * rule.tau_ms), *spikes)

    monkeypatch.setitem(SUBJECTS, "symmetric", replace(right, formula=slower))
    assert not rules.SYMMETRIC.find(False).holds


@pytest.mark.parametrize("delay_ms", [0.0, DELAY_MS])
def test_two_rules_of_one_kind_meet_on_one_population_and_do_not_mix(delay_ms):
    shown = random_trains(3)
    steps, pairs = shown.pre.shape
    slow = {"one": PairSTDP(rate=0.1), "other": PairSTDP(rate=0.3, tau_plus_ms=40.0, tau_minus_ms=9.0)}
    projections = [
        Projection(name, "pre", "post", "", one_to_one(pairs), rule=rule, delay_ms=delay_ms)
        for name, rule in slow.items()
    ]
    projections.append(Projection("back", "post", "pre", "", one_to_one(pairs), rule=PairSTDP(rate=0.2)))
    populations = tuple(Population(name, pairs, SpikeTrains()) for name in ("pre", "post"))
    network = Network(populations, tuple(projections), Presentation(steps * DT, dt_ms=DT, precision="double"))
    state = {f"{projection.name}.w": shown.weights for projection in projections}
    signals = {"pre.spikes": shown.pre[None], "post.spikes": shown.post[None]}
    learned = simulate(network, signals, state, np.zeros(1), learn=True, backend="numpy").state
    for name, rule in slow.items():
        check_weights(learned[f"{name}.w"], Subject(rule, pair), shown, delay_ms)
    turned = replace(shown, pre=shown.post, post=shown.pre)
    check_weights(learned["back.w"], Subject(PairSTDP(rate=0.2), pair), turned)
