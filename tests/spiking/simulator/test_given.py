"""What does not fit the network is refused at the door, in one line, before anything is built."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking import LIF, DeltaRule, PairSTDP, SynapticLIF, simulate
from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import ConductanceLIF, Poisson, SpikeTrains
from brainnet.structure import Graph

NETWORK = Network(
    (
        Population("inputs", 50, Poisson()),
        Population("cells", 10, ConductanceLIF(), counted=True),
        Population("readout", 4, SynapticLIF()),
        Population("told", 3, SpikeTrains()),
    ),
    (
        Projection("learned", "inputs", "cells", "ge", rule=PairSTDP()),
        Projection("sparse", "cells", "cells", "gi", Graph.of_pairs(10, 10, np.arange(5), np.arange(5, 10))),
        Projection("read", "cells", "readout", "s", rule=DeltaRule()),
    ),
    Presentation(10.0),
)
SIGNALS = {"inputs.rate": np.ones((2, 50)), "readout.target": np.ones((2, 4)), "told.spikes": np.zeros((2, 20, 3))}
STATE = {"learned.w": np.ones((50, 10)), "sparse.w": np.ones(5), "read.w": np.ones((10, 4))}


@pytest.mark.parametrize("backend", ["numpy", "standalone"])
@pytest.mark.parametrize(
    ("where", "changed", "said"),
    [
        ("state", {"learned.w": np.ones((10, 50))}, r"learned\.w must be of shape \(50, 10\), .*shape \(10, 50\)\)"),
        ("state", {"learned.w": np.ones(500)}, r"learned\.w must be of shape \(50, 10\)"),
        ("state", {"sparse.w": np.ones((10, 10))}, r"sparse\.w must be of shape \(5,\)"),
        ("state", {"learned.w": None}, r"the state must hold 'learned\.w' \(got 'sparse\.w', 'read\.w'\)"),
        ("state", {"cells.theta": np.ones(9)}, r"cells\.theta must be of shape \(10,\)"),
        ("state", {"celsl.theta": np.ones(10)}, r"the state cannot hold 'celsl\.theta': one of .*cells\.theta"),
        ("state", {"learned.w": np.full((50, 10), np.nan)}, r"learned\.w must be finite \(got .*nan"),
        ("state", {"learned.w": "heavy"}, r"learned\.w must be an array of numbers \(got 'heavy'\)"),
        ("signals", {"inputs.rate": np.ones((2, 49))}, r"inputs\.rate must be \(pattern, neuron\), of shape \(2, 50\)"),
        ("signals", {"inputs.rate": np.ones((2, 60))}, r"inputs\.rate must be \(pattern, neuron\), of shape \(2, 50\)"),
        ("signals", {"inputs.rate": np.ones((3, 50))}, r"inputs\.rate must be .* \(got shape \(3, 50\)\)"),
        ("signals", {"told.spikes": np.zeros((2, 3))}, r"told\.spikes must be \(pattern, step, neuron\), .*2, 20, 3\)"),
        ("signals", {"inputs.rate": None}, r"the signals must hold 'inputs\.rate'"),
        ("signals", {"input.rate": np.ones((2, 50))}, r"the signals cannot hold 'input\.rate': one of inputs\.rate"),
        ("signals", {"inputs.rate": [[1.0] * 50, [1.0] * 49]}, r"inputs\.rate must be an array of numbers"),
        ("signals", [1, 2], r"the signals must be a dict of arrays by name, such as 'inputs\.rate' \(got \[1, 2\]\)"),
        ("keys", np.zeros((2, 1)), r"keys must be \(pattern,\), .* \(got shape \(2, 1\)\)"),
        ("keys", np.zeros(3), r"inputs\.rate must be .* \(3, 50\) \(got shape \(2, 50\)\)"),
        ("network", "LIF", r"simulate takes a Network \(got 'LIF'\)"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(backend, where, changed, said):
    given = {"network": NETWORK, "signals": SIGNALS, "state": STATE, "keys": np.zeros(2)}
    if isinstance(changed, dict):
        changed = {name: values for name, values in {**given[where], **changed}.items() if values is not None}
    given[where] = changed
    with pytest.raises(BrainnetError, match=said) as refused:
        simulate(*given.values(), learn=True, backend=backend)
    assert "\n" not in str(refused.value)


def test_lists_and_whole_numbers_will_do():
    network = Network((Population("cells", 2, LIF(), counted=True),), (), Presentation(20.0))
    currents = ([[3, 5], [0, 9]], np.array([[3, 5], [0, 9]], np.uint8), np.array([[3, 5], [0, 9.0]]))
    given = [
        simulate(network, {"cells.current": x}, {}, [0, 1], learn=False, backend="numpy").counts["cells"]
        for x in currents
    ]
    assert given[0].sum() > 0
    np.testing.assert_array_equal(given[0], given[1])
    np.testing.assert_array_equal(given[0], given[2])


def test_a_time_constant_below_a_step_is_refused_in_neurons_and_traces():
    ends = Population("few", 1, Poisson()), Population("many", 1, LIF(tau_ms=0.3), current=0.0)
    traced = Projection("p", "few", "few", "", rule=PairSTDP(tau_plus_ms=0.2))
    for projections, said in (((), r"many\.tau must be"), ((traced,), r"few\.p_tau_x must be")):
        network = Network(ends[: 1 if projections else 2], projections, Presentation(10.0))
        with pytest.raises(BrainnetError, match=rf"{said} at least one step, 0\.5 ms"):
            simulate(network, {}, {}, np.zeros(1), learn=True, backend="numpy")


def test_learn_is_true_or_false():
    with pytest.raises(BrainnetError, match=r"learn must be True or False \(got 2\)"):
        simulate(NETWORK, SIGNALS, STATE, np.zeros(2), learn=2, backend="numpy")  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (Graph.of_pairs(10, 60, np.arange(10), np.arange(10)), r"from 10 neurons to 50, its graph from 10 to 60"),
        (Graph.of_pairs(5, 20, np.arange(5), np.arange(5)), r"from 10 neurons to 50, its graph from 5 to 20"),
        (Graph.of_pairs(10, 50, np.arange(0), np.arange(0)), r"has a graph without synapses"),
        ("one_to_one", r"is 'one_to_one', which takes as many sources as targets \(got 10 and 50\)"),
        ("all_but_one", r"is 'all_but_one', which takes as many sources"),
        ("one-to-one", r"unknown pattern 'one-to-one': did you mean 'one_to_one'\?"),
    ],
)
def test_who_is_connected_is_held_against_the_populations(pattern, said):
    ends = Population("few", 10, Poisson()), Population("many", 50, LIF(), current=0.0)
    with pytest.raises(BrainnetError, match=said):
        Network(ends, (Projection("p", "few", "many", "v", pattern, weight=1.0),), Presentation(10.0))


@pytest.mark.parametrize("name", ["in.puts", "my cells", "control", "", "_x", 3])
def test_names_can_stand_in_equations(name):
    with pytest.raises(BrainnetError, match=r"Population\.name must be a word"):
        Population(name, 1, Poisson())


def test_given_spikes_cannot_be_shown_again():
    cells = Population("cells", 1, SpikeTrains(), counted=True)
    with pytest.raises(BrainnetError, match="patterns of given spikes cannot be shown again"):
        Network((cells,), (), Presentation(10.0, watched="cells", min_spikes=1))


def test_a_watched_population_that_is_not_there_is_named():
    with pytest.raises(BrainnetError, match=r"Presentation\.watched knows no population 'cell': one of cells"):
        Network((Population("cells", 1, Poisson()),), (), Presentation(10.0, watched="cell", min_spikes=1))


@pytest.mark.parametrize(
    ("monitor", "said"),
    [
        (lambda: ["cells"], "monitor must be a Monitor"),
        (lambda: Monitor(cast(Any, ["cells"])), "Monitor.spikes must be a dict by name"),
        (lambda: Monitor(cast(Any, {"cells": "all"})), "cells has the neurons 0 to 9 to record from"),
        (lambda: Monitor(traces={"cells.nonsense": [0]}), "no variable 'cells.nonsense' to record: one of .*theta"),
        (lambda: Monitor(traces={"cells": [0]}), "no variable 'cells' to record"),
    ],
)
def test_what_cannot_be_watched_is_named(monitor, said):
    with pytest.raises(BrainnetError, match=said):
        simulate(NETWORK, SIGNALS, STATE, np.zeros(2), learn=False, backend="numpy", monitor=monitor())


def test_a_population_that_is_not_there_is_named():
    with pytest.raises(BrainnetError, match=r"unknown population 'cell': did you mean 'cells'\?"):
        NETWORK.population("cell")
