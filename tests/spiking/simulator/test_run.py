"""What simulations promise: one answer in every backend, in any order and number of chunks."""

from dataclasses import replace

import cells
import numpy as np
import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking import competitive, frozen_fields
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import TripletSTDP
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import (
    FAST_SPIKING,
    LIF,
    AdaptiveLIF,
    AdEx,
    ConductanceLIF,
    HodgkinHuxley,
    Poisson,
)
from brainnet.spiking.simulator import cache, simulate
from brainnet.spiking.simulator.run import Answer

compiled = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
SHORT = Presentation(input_ms=60.0, min_spikes=3, precision="double")
TOLERANCE = {"single": (1e-5, 1e-6), "double": (1e-9, 1e-12)}  # relative, absolute
CELLS = [
    frozen_fields(neurons=30, presentation=Presentation(100.0, precision="double")),
    competitive(neurons=12, presentation=SHORT),
]
BOTH = pytest.mark.parametrize("cell", CELLS, ids=["fields", "competitive"])


def shown(cell, patterns, backend, learn=True) -> Answer:
    return cells.shown(cell, patterns, np.arange(len(patterns)) % 10, 10, learn=learn, backend=backend)


@pytest.fixture
def patterns():
    return np.random.default_rng(1).random((12, 36)) * np.linspace(0.05, 1, 12)[:, None]


@compiled
@BOTH
@pytest.mark.parametrize("precision", TOLERANCE)
def test_backends_give_the_same_spikes_and_weights(cell, precision, patterns):
    cell = replace(cell, presentation=replace(cell.presentation, precision=precision))
    slow, fast = shown(cell, patterns, "numpy"), shown(cell, patterns, "standalone")
    assert slow.presentations == fast.presentations
    for name, counts in slow.counts.items():
        np.testing.assert_array_equal(fast.counts[name], counts)
    for name, values in slow.state.items():
        relative, absolute = TOLERANCE[precision]
        np.testing.assert_allclose(fast.state[name], values, rtol=relative, atol=absolute)


def test_weak_patterns_are_shown_again(patterns):
    weak = shown(CELLS[1], patterns * 0.05, "numpy", learn=False)
    assert weak.presentations > len(patterns)
    strong = shown(CELLS[1], np.ones_like(patterns), "numpy", learn=False)
    assert strong.presentations == len(patterns)


def test_a_black_pattern_ends():
    answer = shown(CELLS[1], np.zeros((1, 36)), "numpy", learn=False)
    assert answer.presentations == SHORT.max_attempts
    assert answer.counts["hidden"].sum() == 0


@BOTH
def test_without_learning_the_state_stays(cell, patterns):
    answer = shown(cell, patterns, "numpy", learn=False)
    for name, values in cells.built(cell, patterns, 10).first.items():
        np.testing.assert_array_equal(answer.state[name], values)


@BOTH
def test_learning_does_not_depend_on_the_chunks(cell, patterns, monkeypatch):
    whole = shown(cell, patterns, "numpy")
    monkeypatch.setattr("brainnet.spiking.simulator.run.CHUNK", 5)
    parts = shown(cell, patterns, "numpy")
    for name, values in whole.state.items():
        np.testing.assert_allclose(parts.state[name], values, rtol=1e-12)
    for name, counts in whole.counts.items():
        np.testing.assert_array_equal(parts.counts[name], counts)


def test_before_each_presentation_weights_are_scaled_to_the_total():
    inputs, cells = Population("inputs", 3, Poisson()), Population("cells", 2, ConductanceLIF())
    projection = Projection("learned", "inputs", "cells", "ge", rule=TripletSTDP(), total=1.5)
    network = Network((inputs, cells), (projection,), Presentation(10.0, precision="double"))
    weights = np.array([[1.0, 0.1], [2.0, 0.2], [5.0, 0.3]])
    answer = simulate(  # silent, so that nothing else moves them
        network, {"inputs.rate": np.zeros((2, 3))}, {"learned.w": weights}, np.zeros(2), learn=True, backend="numpy"
    )
    np.testing.assert_allclose(answer.state["learned.w"], 1.5 * weights / weights.sum(axis=0), rtol=1e-12)


def test_thresholds_rise_by_theta_plus_per_spike(patterns):
    neuron = CELLS[1].neuron.neuron
    answer = shown(CELLS[1], patterns[-1:], "numpy")
    rise = answer.state["hidden.theta"] - neuron.theta_start_mV
    decay = 1 - SHORT.period_ms / neuron.tau_theta_ms
    start = neuron.theta_start_mV * (decay - 1)
    np.testing.assert_allclose(rise - start, neuron.theta_plus_mV * answer.counts["hidden"][0], atol=1e-9)


@pytest.mark.parametrize(
    ("value", "said"),
    [(np.nan, "must be finite"), (np.inf, "must be finite"), (-1.0, "must not be negative"), (1001.0, "half a spike")],
)
def test_rates_that_cannot_be_simulated_are_errors(value, said):
    made = cells.built(CELLS[1], np.ones((1, 16)), 10)
    with pytest.raises(BrainnetError, match=said):
        simulate(made.network(), {"inputs.rate": np.full((1, 16), value)}, made.first, np.zeros(1), learn=False)


def test_a_step_longer_than_a_time_constant_is_an_error(patterns):
    neuron = CELLS[1].neuron
    quick = replace(neuron, neuron=replace(neuron.neuron, tau_e_ms=0.4))
    with pytest.raises(BrainnetError, match=r"hidden\.tau_e must be at least one step, 0\.5 ms \(got 0\.4 ms\): lower"):
        shown(replace(CELLS[1], neuron=quick), patterns, "numpy")


def test_no_compiler_is_said_once_and_helps(monkeypatch):
    monkeypatch.setattr(cache, "compiler", lambda: None)
    note = cache.compiler_note()
    assert note is not None
    assert "install" in note
    assert "\n" not in note
    with pytest.raises(BrainnetError, match="needs a C\\+\\+ compiler"):
        shown(CELLS[0], np.ones((1, 36)), "standalone")


@pytest.mark.parametrize("backend", ["numpy", pytest.param("standalone", marks=compiled)])
def test_a_state_that_diverges_within_a_presentation_is_an_error(backend):
    network = Network((Population("b", 2, HodgkinHuxley(method="euler")),), (), Presentation(50.0, dt_ms=0.2))
    currents = {"b.current": np.array([[40.0, 40.0], [0.0, 0.0]])}
    with pytest.raises(BrainnetError, match="the state of b is no longer finite"):
        simulate(network, currents, {}, np.zeros(2), learn=False, backend=backend)


@compiled
@pytest.mark.parametrize(("precision", "same"), [("single", 14), ("double", 30)])
def test_both_backends_give_the_same_spikes_until_rounding_decides_one(precision, same):
    """What the README promises of neurons whose trajectories diverge; of `LIF` all spikes are the same."""
    kinds = {"lif": (LIF(), 1.7), "tiring": (AdaptiveLIF(), 2.0), "fast": (FAST_SPIKING, 10.0), "adex": (AdEx(), 900.0)}
    populations = tuple(Population(name, 5, neuron) for name, (neuron, _) in kinds.items())
    network = Network(populations, (), Presentation(1000.0, dt_ms=0.1, precision=precision))
    signals = {f"{name}.current": current * np.linspace(1, 1.3, 5)[None] for name, (_, current) in kinds.items()}
    monitor, seen = Monitor(dict.fromkeys(kinds)), []
    for backend in ("numpy", "standalone"):
        answer = simulate(network, signals, {}, np.zeros(1), learn=False, backend=backend, monitor=monitor)
        assert answer.activity is not None
        seen.append(answer.activity)
    for name in kinds:
        for neuron in range(5):
            times = [one.spike_times_ms[name][one.spike_neurons[name] == neuron] for one in seen]
            first = None if name == "lif" else same
            assert len(times[0]) > 20
            np.testing.assert_allclose(times[0][:first], times[1][:first], atol=1e-6)
