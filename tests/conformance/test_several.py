"""Rules side by side in one network do what each does alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from mutants import Told, of_rule
from together import learned

from brainnet.conformance.spiking.several import Several
from brainnet.conformance.spiking.spike_by_spike import random_trains, simulated
from brainnet.conformance.spiking.subjects import RULES
from brainnet.spiking.learning import PairSTDP, RewardSTDP


@pytest.mark.parametrize("name", ["additive", "inhibitory", "reward", "delta"])
def test_each_neuron_learns_by_the_rule_it_asks_for_as_if_that_were_alone(name):
    few = [mutant.make() for mutant in of_rule(RULES[name])[::8]]
    rules, given = [RULES[name], *few], random_trains(1)
    alone = simulated({f"rule_{number}": rule for number, rule in enumerate(rules)}, given)
    np.testing.assert_allclose(learned(rules, given), list(alone.values()), rtol=0, atol=1e-12)


def test_rules_of_several_kinds_are_side_by_side():
    rules, given = [RULES["additive"], RULES["triplet"], RULES["symmetric"]], random_trains(2)
    alone = simulated({f"rule_{number}": rule for number, rule in enumerate(rules)}, given)
    np.testing.assert_allclose(learned(rules, given), list(alone.values()), rtol=0, atol=1e-12)


def test_a_rule_that_does_not_say_what_becomes_of_variables_is_refused():
    told = replace(PairSTDP().plasticity(), on_post="clip(w, 0, 1)")
    with pytest.raises(ValueError, match="what becomes of variables"):
        Several((Told(told),)).plasticity()


def test_rules_whose_modulators_differ_are_refused():
    with pytest.raises(ValueError, match="the same modulators"):
        Several((RewardSTDP(), RewardSTDP(tau_d_ms=30.0))).plasticity()
