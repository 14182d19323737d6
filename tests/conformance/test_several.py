"""Rules side by side in one network do what each does alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from brainnet.conformance.spiking.several import WHICH, Several
from brainnet.conformance.spiking.slips import Wrong, slips
from brainnet.conformance.spiking.spike_by_spike import DT, network, random_trains, simulated
from brainnet.spiking.learning import InhibitorySTDP, PairSTDP
from brainnet.spiking.simulator import simulate
from brainnet.structure import one_to_one


@pytest.mark.parametrize("rule", [PairSTDP(rate=0.1), InhibitorySTDP(rate=0.05, target_rate_hz=12.0)])
def test_each_neuron_learns_by_the_rule_it_asks_for_as_if_that_were_alone(rule):
    rules, given = [rule, *(mutant for _, mutant in slips(rule))], random_trains(1)
    steps, pairs = given.pre.shape
    which = np.arange(pairs) % len(rules)
    signals = {"giver.spikes": np.zeros((1, steps, 1)), f"post_all.{WHICH}": which[None].astype(float)}
    signals |= {"pre_all.spikes": given.pre[None], "post_all.spikes": given.post[None]}
    shown = network({"all": Several(tuple(rules))}, pairs, steps, DT, one_to_one(pairs))
    answer = simulate(shown, signals, {"all.w": given.weights}, np.zeros(1), learn=True, backend="numpy")
    alone = simulated({f"rule_{number}": rule for number, rule in enumerate(rules)}, given)
    expected = np.array(list(alone.values()))[which, np.arange(pairs)]
    np.testing.assert_allclose(answer.state["all.w"], expected, rtol=0, atol=1e-12)


def test_a_rule_that_does_not_say_in_one_line_what_becomes_of_the_weight_is_refused():
    told = PairSTDP().plasticity()
    for code in ("w += x_pre", "w = 1\nw = 2"):
        with pytest.raises(ValueError, match="one line"):
            Several((Wrong(replace(told, on_post=code)),)).plasticity()
