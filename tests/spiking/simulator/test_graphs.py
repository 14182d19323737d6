"""Graphs, delays and given spike trains: the same in both backends, and new ones without a new build."""

import numpy as np
import pytest

from brainnet import structure
from brainnet.errors import BrainnetError
from brainnet.spiking import ConductanceLIF, Presentation, TripletSTDP
from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Monitor, Network, Population
from brainnet.spiking.neurons import Dynamics, SpikeTrains, steps_of
from brainnet.spiking.simulator import cache, simulate
from brainnet.spiking.simulator.program import compose

STEPS, DT = 200, 0.5
compiled = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")


class Leaky:
    """A potential that moves towards a target given in mV."""

    def dynamics(self) -> Dynamics:
        return Dynamics(
            equations="dv/dt = (target - v) / tau : volt",
            threshold="v > 1*volt",
            reset="",
            method="exponential_euler",
            parameters={"tau": (10.0, "ms")},
            rest={"v": (0.0, "mV")},
            signals={"target": "mV"},
        )


def network(graph: structure.Graph, delay_ms: float = 2.0) -> Network:
    neuron = ConductanceLIF(theta_start_mV=10.0)
    return Network(
        (Population("pre", 6, SpikeTrains(), counted=True), Population("post", 4, neuron, counted=True)),
        (
            Projection("learned", "pre", "post", "ge", graph, rule=TripletSTDP(), delay_ms=delay_ms),
            Projection("kick", "pre", "post", "v", graph, weight=4.0, delay_ms=1.5),
        ),
        Presentation(STEPS * DT, dt_ms=DT, precision="double"),
    )


def shown(seed: int, backend, learn: bool = True):
    rng = np.random.default_rng(seed)
    graph = structure.fixed_in_degree(6, 4, 3, rng)
    spikes = (rng.random((2, STEPS, 6)) < 0.1).astype(float)
    state = {"learned.w": rng.random(graph.n_synapses), "post.theta": np.full(4, 10.0)}
    answer = simulate(network(graph), {"pre.spikes": spikes}, state, np.zeros(2), learn=learn, backend=backend)
    return spikes, state, answer


@compiled
@pytest.mark.parametrize("seed", [0, 1])
def test_both_backends_agree_on_graphs_and_delays(seed):
    (spikes, before, slow), (_, _, fast) = shown(seed, "numpy"), shown(seed, "standalone")
    np.testing.assert_array_equal(slow.counts["pre"], spikes.sum(axis=1))
    for name in ("pre", "post"):
        np.testing.assert_array_equal(fast.counts[name], slow.counts[name])
    np.testing.assert_allclose(fast.state["learned.w"], slow.state["learned.w"], rtol=1e-9)
    assert not np.array_equal(slow.state["learned.w"], before["learned.w"])
    assert slow.counts["post"].sum() > 0


def test_another_graph_of_that_size_is_the_same_program():
    one, other = (structure.fixed_in_degree(6, 4, 3, np.random.default_rng(seed)) for seed in (0, 1))
    assert one != other
    assert cache.key(compose(network(one), 1)) == cache.key(compose(network(other), 1))


@pytest.mark.parametrize("delay_ms", [0.5, 2.0, 7.5])
def test_a_spike_arrives_after_its_delay(delay_ms):
    graph = structure.one_to_one(3)
    graph = graph if isinstance(graph, structure.Graph) else structure.Graph.of_mask(graph)
    follows = Network(
        (Population("pre", 3, SpikeTrains()), Population("post", 3, ConductanceLIF(theta_start_mV=10.0))),
        (Projection("kick", "pre", "post", "v", graph, weight=50.0, delay_ms=delay_ms),),
        Presentation(STEPS * DT, dt_ms=DT),
    )
    sent = np.array([10.0, 20.0, 30.0])
    signal = steps_of(sent, np.arange(3), (STEPS, 3), DT)
    state = {"post.theta": np.full(3, 10.0)}
    monitor = Monitor(spikes={"post": None})
    seen = simulate(
        follows, {"pre.spikes": signal}, state, np.zeros(1), learn=False, backend="numpy", monitor=monitor
    ).activity
    assert seen is not None
    order = np.argsort(seen.spike_neurons["post"])
    # One step more: a spike of this step moves the potential after the threshold has been looked at.
    np.testing.assert_allclose(seen.spike_times_ms["post"][order], sent + delay_ms + DT)


def test_a_delay_below_a_step_is_an_error():
    graph = structure.fixed_in_degree(6, 4, 3, np.random.default_rng(0))
    with pytest.raises(BrainnetError, match=r"'learned': delay_ms must be 0 or at least one step, 0\.5 ms"):
        simulate(network(graph, 0.1), {}, {}, np.zeros(1), learn=False, backend="numpy")


@pytest.mark.parametrize(
    ("times", "neurons", "said"),
    [
        ([-1.0], [0], "must lie in"),
        ([100.0], [0], "must lie in"),
        ([1.0], [3], "must lie in"),
        ([1.0, 1.1], [0, 0], "at most once"),
    ],
)
def test_trains_that_do_not_fit_are_errors(times, neurons, said):
    with pytest.raises(BrainnetError, match=said):
        steps_of(np.array(times), np.array(neurons), (STEPS, 3), DT)


@compiled
@pytest.mark.parametrize("backend", ["numpy", "standalone"])
def test_a_signal_with_a_unit_means_the_same_in_both_backends(backend):
    """Leaking towards a potential given in mV, for one time constant."""
    monitor = Monitor(traces={"leaky.v": [0, 1]})
    one = Network((Population("leaky", 2, Leaky()),), (), Presentation(10.0, dt_ms=0.1, precision="double"))
    signals = {"leaky.target": np.array([[5.0, -3.0]])}
    answer = simulate(one, signals, {}, np.zeros(1), learn=False, backend=backend, monitor=monitor)
    assert answer.activity is not None
    expected = np.array([5.0, -3.0]) * (1 - np.exp(-1))
    np.testing.assert_allclose(answer.activity.traces["leaky.v"][-1], expected, rtol=1e-9)


def learned(backend) -> dict[str, np.ndarray]:
    """Weights that two plastic projections, neither of them dense, have learned from the same spikes."""
    neuron = ConductanceLIF(theta_start_mV=10.0)
    names = ("one_to_one", "all_but_one")
    populations = [Population(f"pre_{name}", 4, SpikeTrains()) for name in names]
    populations += [Population(f"post_{name}", 4, neuron) for name in names]
    projections = [Projection(name, f"pre_{name}", f"post_{name}", "ge", name, rule=TripletSTDP()) for name in names]
    both = Network(tuple(populations), tuple(projections), Presentation(STEPS * DT, dt_ms=DT, precision="double"))
    rng = np.random.default_rng(0)
    signals = {f"pre_{name}.spikes": (rng.random((1, STEPS, 4)) < 0.2).astype(float) for name in names}
    state = {f"{name}.w": rng.random(size) for name, size in zip(names, (4, 12), strict=True)}
    state |= {f"post_{name}.theta": np.full(4, 10.0) for name in names}
    return simulate(both, signals, state, np.zeros(1), learn=True, backend=backend).state


@compiled
def test_both_backends_agree_where_not_all_are_connected():
    slow, fast = learned("numpy"), learned("standalone")
    for name, values in slow.items():
        np.testing.assert_allclose(fast[name], values, rtol=1e-9)
