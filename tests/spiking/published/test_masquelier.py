"""The parts of the network that finds a returning pattern: its input, its neuron and its rule."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.conformance.spiking.spike_by_spike import Subject, check_weights, random_trains, simulated
from brainnet.counter import keys_by_position
from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import SpikeTrains
from brainnet.spiking.published import Masquelier
from brainnet.spiking.published.inputs import Afferent
from brainnet.spiking.published.masquelier import AdjacentSTDP
from brainnet.spiking.published.spike_response import SpikeResponse
from brainnet.spiking.simulator import simulate

SLOT_MS = Masquelier.part_ms


def fired(neuron, signal, slots, dt_ms=0.5):
    """Steps after the slot's beginning and neurons of all spikes, for each slot."""
    shown = Presentation(SLOT_MS, dt_ms=dt_ms, carry_over=True)
    network = Network((Population("a", signal.shape[1], neuron),), (), shown)
    keys, monitor = keys_by_position(3, 0, slots), Monitor(spikes={"a": None})
    seen = simulate(network, {"a.repeats": signal}, {}, keys, learn=True, backend="numpy", monitor=monitor).activity
    assert seen is not None
    steps = np.rint(seen.spike_times_ms["a"] / dt_ms).astype(int)
    slot, step = np.divmod(steps, round(SLOT_MS / dt_ms))
    events = np.column_stack([step, seen.spike_neurons["a"]])
    return [set(map(tuple, events[slot == k].tolist())) for k in range(slots)]


def test_without_jitter_and_noise_a_pattern_returns_spike_by_spike():
    signal = np.zeros((4, 300))
    signal[[0, 2], :150] = 1
    first, other, again, last = fired(Afferent(jitter_ms=0, noise_hz=1e-6), signal, 4)
    part = [{(step, i) for step, i in slot if i < 150} for slot in (first, other, again, last)]
    assert part[0] == part[2] != part[1]
    assert len(part[0] & part[1]) < 0.2 * len(part[0])
    assert len(first & again - part[0]) < 0.2 * len(first - part[0])  # the other half goes on by chance
    assert {i for _, i in first} == set(range(300))  # each has a spike at least


def test_jitter_moves_the_spikes_of_a_pattern_by_its_standard_deviation():
    signal = np.ones((2, 400))
    exact, moved = (fired(Afferent(30, 30, 1e-6, jitter), signal, 2, dt_ms=0.05) for jitter in (0.0, 1.0))
    single = [{i: step for step, i in slot if sum(other == i for _, other in slot) == 1} for slot in (*exact, *moved)]
    middle = [i for i in single[0] if 200 < single[0][i] < 800 and all(i in slot for slot in single)]
    assert [single[0][i] for i in middle] == [single[1][i] for i in middle]
    shifts = np.array([(slot[i] - single[0][i]) * 0.05 for slot in single[2:] for i in middle])
    assert shifts.std() == pytest.approx(1.0, rel=0.2)
    assert abs(shifts.mean()) < 4 * 1.0 / len(shifts) ** 0.5
    assert any(single[2][i] != single[3][i] for i in middle)


def test_afferents_fire_as_often_as_published_within_patterns_and_outside():
    signal = np.zeros((4, 4000))
    signal[1:3] = 1
    counts = np.array([len(slot) for slot in fired(Afferent(), signal, 4, dt_ms=0.1)])
    np.testing.assert_allclose(counts / 4000 / (SLOT_MS / 1000), 64, rtol=0.03)


def test_a_pattern_is_shown_a_quarter_of_the_time_and_never_twice_in_a_row_to_half_of_the_afferents():
    kind = Masquelier(runs=2)
    shown = kind.occurrences(20000, np.random.default_rng(0))
    np.testing.assert_allclose(shown.mean(axis=0), 0.25, atol=0.01)
    assert not (shown[1:] & shown[:-1]).any()
    signal = kind.shown(shown[:7])["afferents.repeats"].reshape(7, 2, kind.afferents)
    np.testing.assert_array_equal(signal.mean(axis=2), shown[:7] / 2)


def test_the_neuron_follows_the_published_kernels():
    tau, tau_s, threshold, weight, dt = 10.0, 2.5, 500.0, 100.0, 0.1
    steps = np.array([20, 120, 125, 130, 135, 140, 145, 250])
    spikes = np.zeros((1, 400, 1))
    spikes[0, steps] = 1
    network = Network(
        (Population("pre", 1, SpikeTrains()), Population("post", 1, SpikeResponse())),
        (Projection("synapse", "pre", "post", "s", weight=weight),),
        Presentation(40.0, dt_ms=dt, precision="double"),
    )
    monitor = Monitor(spikes={"post": None}, traces={"post.v": [0]})
    seen = simulate(
        network, {"pre.spikes": spikes}, {}, np.zeros(1), learn=False, backend="numpy", monitor=monitor
    ).activity
    assert seen is not None
    (own,) = np.rint(seen.spike_times_ms["post"] / dt).astype(int)
    t = np.arange(400) * dt
    since = np.where(t >= own * dt, t - own * dt, np.inf)
    falls, rises = np.exp(-since / tau), np.exp(-since / tau_s)
    u = threshold * (2 * falls - 4 * (falls - rises))
    scale = np.abs(np.exp(-t / tau) - np.exp(-t / tau_s)).max()
    for step in steps:
        s = np.maximum((np.arange(400) - step) * dt, 0)
        kernel = weight / 0.47247 * (np.exp(-s / tau) - np.exp(-s / tau_s))  # the peak: 4^(-1/3) - 4^(-4/3)
        u += np.where((np.arange(400) >= own) == (step >= own), kernel, 0.0)
    assert scale == pytest.approx(0.47247, rel=1e-3)
    np.testing.assert_allclose(seen.traces["post.v"][:, 0] * threshold, u, atol=0.01)


def adjacent(rule, w, pre, post):
    """Pairs between which no spike comes; of two in a step the presynaptic one is forgotten."""
    last = (False, -np.inf)
    for t, is_pre in sorted([(t, False) for t in post] + [(t, True) for t in pre]):
        if is_pre and last == (False, t):
            continue
        if is_pre and not last[0]:
            w -= rule.rate * rule.a_minus * np.exp((last[1] - t) / rule.tau_minus_ms)
        if not is_pre and last[0]:
            w += rule.rate * rule.a_plus * np.exp((last[1] - t) / rule.tau_plus_ms)
        w, last = min(max(w, 0.0), 1.0), (is_pre, t)
    return w


@pytest.mark.parametrize("seed", [0, 1])
def test_the_rule_pairs_spikes_between_which_there_are_none(seed):
    rule = AdjacentSTDP(rate=0.1)
    given = random_trains(seed)
    check_weights(simulated({"rule": rule}, given)["rule"], Subject(rule, adjacent), given)
