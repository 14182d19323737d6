"""Reward-modulated STDP with all pairs of spikes, and with its author's neuron."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.conformance.spiking.formulas import events, fading
from brainnet.conformance.spiking.spike_by_spike import (
    DT,
    REWARD,
    REWARDED,
    STEPS,
    Subject,
    check_weights,
    random_trains,
    simulated,
)
from brainnet.errors import BrainnetError
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import RewardSTDP
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import Izhikevich, SpikeTrains
from brainnet.spiking.simulator import simulate


def all_pairs(rule: RewardSTDP, w: float, pre: np.ndarray, post: np.ndarray) -> float:
    """The sum over all pairs of spikes and rewards of what eligibility and dopamine have in common."""
    end, both = (STEPS - 1) * DT, 1 / (1 / rule.tau_c_ms + 1 / rule.tau_d_ms)
    gains = []
    for t, is_post, since_pre, since_post in events(pre, post):
        gains.append((t, rule.a_plus * fading(since_pre, rule.tau_plus_ms) if is_post else 0.0))
        gains.append((t, 0.0 if is_post else -rule.a_minus * fading(since_post, rule.tau_minus_ms)))
    for t, gain in gains:
        for rise in np.array(REWARDED) * DT:
            start = max(t, rise)
            left = np.exp((t - start) / rule.tau_c_ms) * np.exp((rise - start) / rule.tau_d_ms)
            w += rule.rate / 1000 * gain * REWARD * left * both * (1 - np.exp((start - end) / both))
    return w


@pytest.mark.parametrize("seed", [0, 1])
def test_all_pairs_of_spikes_leave_an_eligibility_if_the_rule_is_told_so(seed):
    rule = RewardSTDP(rate=0.02, tau_c_ms=100.0, tau_d_ms=30.0, w_max=1.2, pairs="all")
    given = random_trains(seed)
    found = simulated({"rule": rule}, given)["rule"]
    check_weights(found, Subject(rule, all_pairs), given)
    moved = found[given.spikes > 0]
    assert moved.min() > 0
    assert moved.max() < rule.w_max  # no bound has been met, so that the sum is all


def test_pairs_are_all_or_nearest():
    with pytest.raises(BrainnetError, match=r"RewardSTDP\.pairs"):
        RewardSTDP(pairs="some")  # pyright: ignore[reportArgumentType]


def test_the_rule_goes_with_its_author_s_neuron_whose_constants_have_short_names():
    network = Network(
        (Population("pre", 1, SpikeTrains()), Population("post", 1, Izhikevich(), current=0.0)),
        (Projection("synapse", "pre", "post", "", rule=RewardSTDP()),),
        Presentation(2.0, dt_ms=1.0),
    )
    state = {"synapse.w": np.ones((1, 1))}
    answer = simulate(network, {"pre.spikes": np.zeros((1, 2, 1))}, state, np.zeros(1), learn=True, backend="numpy")
    assert answer.state["synapse.w"] == 1
