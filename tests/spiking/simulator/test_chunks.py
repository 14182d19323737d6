"""How patterns are divided into chunks, or into calls, never shows: all that lives crosses."""

from __future__ import annotations

import numpy as np
import pytest
import zoo

from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import PairSTDP
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import LIF, ConductanceLIF, Poisson, SpikeTrains, steps_of
from brainnet.spiking.simulator import cache, simulate

has_compiler = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
BOTH = pytest.mark.parametrize("backend", ["numpy", pytest.param("standalone", marks=has_compiler)])


def bytes_of(answer):
    named = sorted({**answer.counts, **answer.state}.items())
    return {name: (values.dtype.str, values.shape, values.tobytes()) for name, values in named}


def check_divisions(patterns, chunks, carry_over, backend):
    network = zoo.zoo(carry_over)
    signals, state, keys = zoo.given(network, patterns)
    answers = [simulate(network, signals, state, keys, learn=True, backend=backend, chunk=n) for n in chunks]
    silent = [name for name, counts in answers[0].counts.items() if not counts.any()]
    assert silent == [] or (not carry_over and len(silent) < 5), "10 ms from rest are too short for some"
    assert all((answers[0].state[name] != values).any() for name, values in state.items()), "every rule learns"
    for answer in answers[1:]:
        assert bytes_of(answer) == bytes_of(answers[0])
    return answers[0]


@pytest.mark.parametrize("carry_over", [True, False])
def test_any_division_of_patterns_gives_the_same_bytes(carry_over):
    answer = check_divisions(5, (3, 5), carry_over, "numpy")
    assert ("lif.v" in answer.state) == ("axons_of_power.line_0" in answer.state) == carry_over


@has_compiler
def test_any_division_of_patterns_gives_the_same_bytes_compiled():
    check_divisions(300, (1, 7, 256), True, "standalone")


@BOTH
def test_going_on_from_the_state_is_the_same_as_not_stopping(backend):
    network = Network(
        (Population("inputs", 20, Poisson()), Population("cells", 3, ConductanceLIF(tau_ms=20.0), counted=True)),
        (Projection("learned", "inputs", "cells", "ge", rule=PairSTDP(rate=0.1), total=8.0, delay_ms=7.0),),
        Presentation(9.0, 1.0, carry_over=True),
    )
    rates, keys = np.random.default_rng(0).uniform(20, 150, (9, 20)), np.arange(9.0)

    def shown(first, end, state):
        part = {"inputs.rate": rates[first:end]}
        return simulate(network, part, state, keys[first:end], learn=True, backend=backend)

    state = {"learned.w": np.random.default_rng(1).random((20, 3))}
    whole, half = shown(0, 9, state), shown(0, 4, state)
    rest = shown(4, 9, half.state)
    assert whole.counts["cells"].sum() > 0
    np.testing.assert_array_equal(np.vstack([half.counts["cells"], rest.counts["cells"]]), whole.counts["cells"])
    for name, (_, _, values) in bytes_of(whole).items():
        assert name == "cells" or values == rest.state[name].tobytes()


@BOTH
@pytest.mark.parametrize(("patterns", "pattern_ms"), [(1000, 10.0), (100, 100.0)])
def test_a_slow_neuron_reaches_its_threshold_after_as_long_in_short_patterns(backend, patterns, pattern_ms):
    """v = 1.05 (1 - exp(-t / 2 s)) is 1 at t = 6.09 s, and only once within 10 s."""
    slow = Population("slow", 1, LIF(tau_ms=2000), counted=True, current=1.05)
    network = Network((slow,), (), Presentation(pattern_ms, carry_over=True))
    counts = simulate(network, {}, {}, np.zeros(patterns), learn=True, backend=backend).counts["slow"][:, 0]
    assert np.flatnonzero(counts).tolist() == [int(2000 * np.log(21) / pattern_ms)]
    assert counts.sum() == 1


@BOTH
def test_a_pair_across_two_patterns_is_a_pair(backend):
    rule = PairSTDP(rate=1, a_plus=0.1, a_minus=0.1, tau_plus_ms=20, tau_minus_ms=20, w_max=1)
    network = Network(
        (Population("pre", 1, SpikeTrains()), Population("post", 1, SpikeTrains())),
        (Projection("learned", "pre", "post", "", rule=rule),),
        Presentation(100.0, carry_over=True, precision="double"),
    )
    early, late = (steps_of(np.array([ms]), np.array([0]), (200, 1), 0.5) for ms in (95.0, 5.0))
    silent = np.zeros((1, 200, 1))
    signals = {"pre.spikes": np.concatenate([early, silent]), "post.spikes": np.concatenate([silent, late])}
    answer = simulate(network, signals, {"learned.w": np.full((1, 1), 0.5)}, np.zeros(2), learn=True, backend=backend)
    assert answer.state["learned.w"][0, 0] - 0.5 == pytest.approx(0.1 * np.exp(-10 / 20), abs=1e-12)


@BOTH
def test_thresholds_rise_with_every_spike_whether_they_were_given_or_not(backend):
    """theta is 20 mV (1 - c)^n and, of each spike, 1 mV (1 - c)^(patterns since): c = 20 ms / tau_theta."""
    network = Network(
        (Population("inputs", 5, Poisson()), Population("cells", 1, ConductanceLIF(theta_plus_mV=1.0), counted=True)),
        (Projection("drive", "inputs", "cells", "ge", weight=5.0),),
        Presentation(20.0, precision="double"),
    )
    rates, keys, left = {"inputs.rate": np.full((600, 5), 300.0)}, np.arange(600.0), (1 - 20 / 1e7) ** np.arange(601)
    for given in ({}, {"cells.theta": np.full(1, 20.0)}):
        answer = simulate(network, rates, given, keys, learn=True, backend=backend)
        counts = answer.counts["cells"][:, 0]
        expected = 20.0 * left[600] + (counts * left[599::-1]).sum()
        assert counts.sum() > 10
        assert answer.state["cells.theta"][0] == pytest.approx(expected, rel=1e-9)


@BOTH
def test_a_spike_on_its_way_reaches_the_next_pattern_only_if_state_is_carried_over(backend):
    def arrived(carry_over):
        network = Network(
            (Population("pre", 1, SpikeTrains()), Population("post", 1, LIF(), counted=True, current=0.0)),
            (Projection("late", "pre", "post", "v", weight=2.0, delay_ms=10.0),),
            Presentation(20.0, carry_over=carry_over),
        )
        spikes = np.zeros((2, 40, 1))
        spikes[0, 30] = 1  # at 15 ms; arrives at 25
        return simulate(network, {"pre.spikes": spikes}, {}, np.zeros(2), learn=True, backend=backend).counts["post"]

    assert arrived(True).ravel().tolist() == [0, 1]
    assert arrived(False).ravel().tolist() == [0, 0]
