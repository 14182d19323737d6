"""What acts on a population and lies between two: receptors, noise, short-term plasticity, weights of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.conformance.spiking.receptors import KINDS, check_closed_forms
from brainnet.conformance.spiking.short_term import TOLD, Counter, compared
from brainnet.counter import keys_by_position
from brainnet.errors import BrainnetError
from brainnet.spiking import (
    LIF,
    ConductanceLIF,
    GaussianNoise,
    Monitor,
    Network,
    PoissonBackground,
    Population,
    Presentation,
    Projection,
    Receptor,
    SpikeTrains,
    TsodyksMarkram,
    simulate,
)
from brainnet.spiking.network import Activity
from brainnet.spiking.simulator import Backend, cache
from brainnet.structure import Graph

MANY = 4000


def recorded(
    populations,
    monitor=(),
    projections=(),
    ms=60.0,
    dt_ms=0.5,
    patterns=1,
    key=0,
    backend: Backend = "numpy",
    **given: Any,
) -> Activity:
    """Spikes of all neurons, and the variables in `monitor`."""
    network = Network(tuple(populations), tuple(projections), Presentation(ms, dt_ms=dt_ms, precision="double"))
    sizes = {population.name: population.size for population in populations}
    traces = {name: range(sizes[name.partition(".")[0]]) for name in monitor}
    answer = simulate(
        network,
        given.get("signals", {}),
        given.get("state", {}),
        keys_by_position(key, 0, patterns),
        learn=False,
        backend=backend,
        monitor=Monitor(dict.fromkeys(sizes), traces),
    )
    assert answer.activity is not None
    return answer.activity


def ends(populations, name: str, **more: Any) -> np.ndarray:
    """A variable of all neurons at the end, (neuron,)."""
    return recorded(populations, [name], **more).traces[name][-1]


@pytest.mark.parametrize("dt_ms", [0.05, 0.25, 1.0, 2.0])
def test_receptors_are_their_closed_forms_at_any_step(dt_ms):
    check_closed_forms(Receptor, tuple(KINDS), dt_ms)


def test_a_conductance_pulls_the_potential_of_a_leaky_integrator_towards_its_reversal():
    receptor = Receptor("g", 8.0, reversal=0.9)
    neuron = Population("hidden", 1, LIF(tau_ms=5.0), current=0.05, receptors=(receptor,))
    to = Projection("to", "source", "hidden", "g", weight=3.0)
    signals = {"source.spikes": (np.arange(300) == 10).astype(float).reshape(1, 300, 1)}
    sources = Population("source", 1, SpikeTrains())
    v = recorded([sources, neuron], ["hidden.v"], projections=[to], signals=signals, ms=30.0, dt_ms=0.1)
    exact, fine = [0.0], 0.01
    # From the end of step 10; with the conductance of each fine step's midpoint, in which it is solved exactly.
    for t in fine * (np.arange(3000) + 0.5) - 1.1:
        s = 3.0 * np.exp(-t / 8.0) * (t > 0)
        rest = (0.05 + s * 0.9) / (1 + s)
        exact.append(rest + (exact[-1] - rest) * np.exp(-fine * (1 + s) / 5.0))
    np.testing.assert_allclose(v.traces["hidden.v"][:, 0], exact[10::10], rtol=0, atol=1e-4)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sets(st.integers(0, 149), max_size=20), min_size=4, max_size=4), st.integers(0, 40))
def test_short_term_plasticity_releases_what_the_recursion_says_after_any_delay(drawn, late):
    trains = np.array([[step in train for train in drawn] for step in range(150)], float)
    trains[0] = 1  # one arrives
    found, expected = compared(TsodyksMarkram, trains, TOLD, delay_steps=late)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)


def noisy(name: str, *noise: Any, size: int = MANY) -> Population:
    """Leaky integrators too far from threshold to fire."""
    return Population(name, size, LIF(tau_ms=10.0), current=0.0, noise=noise)


def near(value: float, expected: float, samples: int = MANY) -> bool:
    """Whether a standard deviation of so many normal numbers may be that of the expected one."""
    return abs(value / expected - 1) < 4 / np.sqrt(2 * samples)


@pytest.mark.parametrize("dt_ms", [0.1, 0.5])
def test_gaussian_noise_gives_the_free_potential_its_standard_deviation_at_any_step(dt_ms):
    v = ends([noisy("a", GaussianNoise(0.6))], "a.v", dt_ms=dt_ms)
    assert near(v.std(), 0.6 * np.sqrt(1 / (2 * 10)))
    assert abs(v.mean()) < 4 * v.std() / np.sqrt(MANY)


def test_noise_is_independent_between_neurons_populations_patterns_and_keys():
    pair = [noisy("a", GaussianNoise(0.6)), noisy("b", GaussianNoise(0.6))]
    traces = recorded(pair, ["a.v", "b.v"], patterns=2).traces
    first, second = (traces["a.v"][i] for i in (119, 239))
    other_key = ends([noisy("a", GaussianNoise(0.6))], "a.v", key=1)
    for one, other in (
        (first[1:], first[:-1]),
        (first, traces["b.v"][119]),
        (first, second),
        (first, other_key),
    ):
        assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(MANY)
    np.testing.assert_array_equal(first, ends([noisy("a", GaussianNoise(0.6))], "a.v"))


def test_two_sources_of_noise_add_as_independent_ones_do():
    assert near(ends([noisy("a", GaussianNoise(0.3), GaussianNoise(0.4))], "a.v").std(), 0.5 / np.sqrt(20))


def test_a_poisson_background_has_the_mean_and_the_variance_of_its_counts():
    v = ends([Population("a", MANY, Counter(), noise=(PoissonBackground(400.0, 0.25),))], "a.v", ms=20.0)
    assert v.mean() == pytest.approx(0.25 * 8, abs=4 * 0.25 * np.sqrt(8 / MANY))
    assert v.var() == pytest.approx(0.25**2 * 8, rel=4 * np.sqrt((2 + 1 / 8) / MANY))
    np.testing.assert_allclose(v / 0.25, np.rint(v / 0.25), atol=1e-9)


@pytest.mark.parametrize(("kernel", "area"), [("exponential", 4.0), ("alpha", 4.0 * np.e)])
def test_a_poisson_background_reaches_a_receptor_with_its_charge(kernel, area):
    background = PoissonBackground(500.0, 0.002, "s")
    target = Population("a", MANY, LIF(), current=0.0, receptors=(Receptor("s", 4.0, kernel),), noise=(background,))
    s = ends([target], "a.s", dt_ms=0.1)
    assert s.mean() == pytest.approx(0.5 * 0.002 * area, rel=4 * s.std() / s.mean() / np.sqrt(MANY) + 0.015)


def everything(backend: Backend) -> Activity:
    """All parts at once: spikes and potentials."""
    trains = (np.random.default_rng(0).random((1, 120, 3)) < 0.1).astype(float)
    receptors = (Receptor("fast", 3.0), Receptor("slow", 6.0, "alpha", reversal=2.5))
    noise = (GaussianNoise(0.5), PoissonBackground(300.0, 0.03), PoissonBackground(200.0, 0.02, "slow"))
    hidden = Population("hidden", 4, LIF(tau_ms=10.0), current=0.7, receptors=receptors, noise=noise)
    pairs = Graph.of_pairs(3, 4, np.array([0, 1, 2, 2]), np.array([1, 0, 2, 3]))
    projections = [
        Projection("tired", "source", "hidden", "fast", short_term=TsodyksMarkram(**TOLD)),
        Projection("late", "source", "hidden", "slow", weight=0.05, delay_ms=2.0),
        Projection("delta", "source", "hidden", "v", pairs),
    ]
    weights = {"tired.w": np.linspace(0.2, 1, 12).reshape(3, 4), "delta.w": np.array([0.1, -0.2, 0.3, 0.4])}
    monitor = ["hidden.v", "hidden.fast", "hidden.slow"]
    both = [Population("source", 3, SpikeTrains()), hidden]
    return recorded(both, monitor, projections, signals={"source.spikes": trains}, state=weights, backend=backend)


@pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
def test_both_backends_give_the_same_spikes_and_traces():
    slow, fast = everything("numpy"), everything("standalone")
    assert np.unique(slow.spike_neurons["hidden"]).size == 4
    np.testing.assert_array_equal(
        sorted(zip(fast.spike_times_ms["hidden"], fast.spike_neurons["hidden"], strict=True)),
        sorted(zip(slow.spike_times_ms["hidden"], slow.spike_neurons["hidden"], strict=True)),
    )
    for name, trace in slow.traces.items():
        np.testing.assert_allclose(fast.traces[name], trace, rtol=0, atol=1e-9)


GRAPH = Graph.of_pairs(2, 3, np.array([0, 0, 1]), np.array([0, 2, 1]))


@pytest.mark.parametrize(
    ("pattern", "weights", "dense"),
    [
        ("all", [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]),
        (GRAPH, [0.1, 0.2, 0.3], [[0.1, 0, 0.2], [0, 0.3, 0]]),
    ],
    ids=["all", "graph"],
)
def test_without_a_rule_every_synapse_has_the_weight_it_is_given_and_keeps_it(pattern, weights, dense):
    network = Network(
        (Population("source", 2, SpikeTrains()), Population("target", 3, Counter())),
        (Projection("to", "source", "target", "v", pattern),),
        Presentation(6.0, precision="double"),
    )
    counts = np.array([6, 10])
    signals = {"source.spikes": (np.arange(12)[None, :, None] < counts).astype(float)}
    monitor, given_ = Monitor(traces={"target.v": range(3)}), {"to.w": np.array(weights)}
    answer = simulate(network, signals, given_, np.zeros(1), learn=True, backend="numpy", monitor=monitor)
    assert answer.activity is not None
    np.testing.assert_allclose(answer.activity.traces["target.v"][-1], counts @ np.array(dense), rtol=1e-12)
    np.testing.assert_array_equal(answer.state["to.w"], weights)


A, ALPHA = Receptor("a", 5.0), Receptor("x", 5.0, "alpha")
NAN = float("nan")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Population("p", 2, ConductanceLIF(), receptors=(A,)), r"'p': ConductanceLIF takes no current"),
        (lambda: Population("p", 2, ConductanceLIF(), noise=(GaussianNoise(1.0),)), r"'p': ConductanceLIF takes no"),
        (lambda: Population("p", 2, ConductanceLIF(), current=1.0), r"'p': ConductanceLIF takes no current"),
        (lambda: Population("p", 2, LIF(), receptors=(Receptor("v", 5.0),)), r"'p' already has a 'v': name the"),
        (lambda: Population("p", 2, LIF(), receptors=(A, A)), r"'p' already has a 'a': name the receptor otherwise"),
        (lambda: Population("p", 2, LIF(), receptors=(ALPHA, Receptor("x_rise", 5.0))), r"already has a 'x_rise'"),
        (lambda: Population("p", 2, LIF(), noise=(PoissonBackground(1.0, 1.0, "b"),)), r"effect 'b'.* does not know"),
        (lambda: Projection("p", "a", "b", "v", delay_ms=NAN), r"Projection\.delay_ms must be at least 0 and finite"),
        (lambda: Receptor("a", NAN), r"Receptor\.tau_ms must be positive and finite \(got nan\)"),
        (lambda: Receptor("a", 5.0, reversal=NAN), r"Receptor\.reversal must be finite \(got nan\)"),
        (lambda: Receptor("a", 5.0, "beta"), r"Receptor\.kernel must be 'exponential' or 'alpha' \(got 'beta'\)"),  # type: ignore[arg-type]
        (lambda: Receptor("a b", 5.0), r"Receptor\.name must be a name such as 'excitation'.*\(got 'a b'\)"),
        (lambda: Receptor("learn", 5.0), r"Receptor\.name must be .* none that equations know \(got 'learn'\)"),
        (lambda: GaussianNoise(NAN), r"GaussianNoise\.sd must be at least 0 and finite \(got nan\)"),
        (lambda: PoissonBackground(-1.0, 1.0), r"PoissonBackground\.rate_hz must be at least 0"),
        (lambda: PoissonBackground(1.0, NAN), r"PoissonBackground\.weight must be finite \(got nan\)"),
        (lambda: TsodyksMarkram(use=0.0), r"TsodyksMarkram\.use must be positive and finite \(got 0\.0\)"),
        (lambda: TsodyksMarkram(use=1.5), r"TsodyksMarkram\.use must be at most 1 \(got 1\.5\)"),
        (lambda: TsodyksMarkram(tau_d_ms=NAN), r"TsodyksMarkram\.tau_d_ms must be positive and finite \(got nan\)"),
    ],
)  # fmt: skip
def test_parts_that_do_not_fit_are_named_with_the_rule(make, said):
    with pytest.raises(BrainnetError, match=said):
        make()


def test_a_receptor_faster_than_a_step_is_an_error():
    with pytest.raises(
        BrainnetError, match=r"a\.tau_a must be at least one step, 0\.5 ms \(got 0\.2 ms\): lower dt_ms"
    ):
        recorded([Population("a", 1, LIF(), current=0.0, receptors=(Receptor("a", 0.2),))])
