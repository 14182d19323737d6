"""The neurons that give rewards, and reward-modulated STDP with all pairs of spikes."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.conformance.spiking.distal_reward import Coincidence
from brainnet.conformance.spiking.florian import Gate
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
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import Izhikevich, SpikeTrains
from brainnet.spiking.simulator import simulate


def rewards(cause: list[int], reply: list[int]) -> np.ndarray:
    """Times in ms at which a reward comes, within 100 ms."""
    spikes = np.zeros((2, 100, 1))
    spikes[0, cause] = spikes[1, reply] = 1
    network = Network(
        (
            Population("first", 1, SpikeTrains()),
            Population("second", 1, SpikeTrains()),
            Population("judge", 1, Coincidence(within_ms=10, earliest_ms=20, latest_ms=40)),
        ),
        (
            Projection("hears", "first", "judge", "cause", weight=1.0),
            Projection("sees", "second", "judge", "reply", weight=1.0),
        ),
        Presentation(100.0, dt_ms=1.0),
    )
    signals = {"first.spikes": spikes[:1], "second.spikes": spikes[1:]}
    monitor = Monitor(spikes={"judge": None})
    seen = simulate(network, signals, {}, np.full(1, 7.0), learn=True, backend="numpy", monitor=monitor).activity
    assert seen is not None
    return seen.spike_times_ms["judge"]


@pytest.mark.parametrize("reply", [6, 10, 15])
def test_a_reply_in_time_is_rewarded_late(reply):
    (reward,) = rewards([5], [reply])
    assert reply + 20 <= reward <= reply + 42


@pytest.mark.parametrize("reply", [3, 5, 16, 60])
def test_no_reply_before_its_cause_or_with_it_or_too_late_is_rewarded(reply):
    assert rewards([5], [reply]).size == 0


def test_every_reply_is_rewarded_and_rewards_differ_in_their_delay():
    found = rewards([5, 20, 40], [8, 25, 30, 44])
    assert found.size == 4
    assert np.ptp(found - [8, 25, 30, 44]) > 2


def test_a_gate_passes_spikes_on_only_where_it_is_open():
    spikes = np.zeros((1, 20, 2))
    spikes[0, [3, 4, 9]] = 1
    network = Network(
        (Population("source", 2, SpikeTrains()), Population("gate", 2, Gate())),
        (Projection("tell", "source", "gate", "told", "one_to_one", weight=1.0),),
        Presentation(20.0, dt_ms=1.0),
    )
    signals = {"source.spikes": spikes, "gate.open": np.array([[1.0, 0.0]])}
    monitor = Monitor(spikes={"gate": None})
    seen = simulate(network, signals, {}, np.zeros(1), learn=True, backend="numpy", monitor=monitor).activity
    assert seen is not None
    assert seen.spike_neurons["gate"].tolist() == [0, 0, 0]
    np.testing.assert_allclose(seen.spike_times_ms["gate"], [4, 5, 10])


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
