"""What cannot fit is refused before anything is allocated, and a lack of memory that was not foreseen is one line."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking import LIF, Network, Poisson, Population, Presentation, Projection, simulate
from brainnet.spiking.network import Monitor
from brainnet.spiking.simulator import CHUNK, cache, exclusive, room, runtime, standalone
from brainnet.spiking.simulator.memory import begin
from brainnet.spiking.simulator.program import compose
from brainnet.spiking.simulator.values import all_values
from brainnet.structure import Graph

compiled = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
BACKENDS = pytest.mark.parametrize("backend", ["numpy", pytest.param("standalone", marks=compiled)])


def network(inputs: int, cells: int, **projection) -> Network:
    populations = (Population("inputs", inputs, Poisson()), Population("cells", cells, LIF(), current=0.0))
    return Network(populations, (Projection("synapses", "inputs", "cells", "v", **projection),), Presentation(10.0))


def shown(described: Network, backend, state=None):
    rates = {"inputs.rate": np.ones((1, described.populations[0].size))}
    return simulate(described, rates, state or {}, np.zeros(1), learn=False, backend=backend)


@pytest.fixture
def nothing_runs(monkeypatch):
    for engine in (runtime, standalone):
        monkeypatch.setattr(engine, "run", lambda *_: pytest.fail("it was tried"))


@pytest.mark.usefixtures("nothing_runs")
@BACKENDS
def test_neurons_that_cannot_fit_are_refused_with_the_memory_they_would_take(backend, monkeypatch):
    monkeypatch.setattr(room, "available", lambda: 3e9)
    cells = network(1, 2 * 10**9, weight=1.0)
    with pytest.raises(
        BrainnetError, match=r"at least \d[\d.]* GB .* for cells, 2,000,000,000 neurons, .* 3\.0 GB: take"
    ):
        shown(cells, backend)


@pytest.mark.usefixtures("nothing_runs")
@BACKENDS
def test_neurons_beyond_all_numbers_are_refused_however_much_memory_there_is(backend, monkeypatch):
    monkeypatch.setattr(room, "available", lambda: np.inf)
    with pytest.raises(BrainnetError, match=r"cells must have at most 2,147,483,647 neurons \(got 100,000,000,000\)"):
        shown(network(1, 10**11, weight=1.0), backend)


@pytest.mark.usefixtures("nothing_runs")
def test_synapses_that_cannot_fit_are_refused_where_each_takes_memory(monkeypatch):
    monkeypatch.setattr(room, "available", lambda: 15e9)
    many = network(40_000, 50_000, weight=1.0)  # 2e9, a source and a target each
    with pytest.raises(
        BrainnetError, match=r"at least 16\.\d GB .* 16\.0 GB of it for synapses, 2,000,000,000 synapses"
    ):
        shown(many, "numpy")
    room.check(compose(many, CHUNK), compiled=True)  # which knows without memory who is connected


def test_the_least_that_is_needed_is_what_the_formula_says():
    pairs = Graph.of_pairs(3, 4, np.array([0, 1, 2]), np.array([1, 2, 3]))
    for pattern, compiled_too, synapses in (("all", False, 12), (pairs, True, 3)):
        plain = compose(network(3, 4, weight=1.0, pattern=pattern), 5)
        plastic = compose(network(3, 4, pattern=pattern), 5)
        for in_binary in (False, True):
            held = synapses if compiled_too or not in_binary else 0
            assert room.needed(plain, in_binary)["synapses"] == (8 * held + 4 if held else 0)  # one weight for all
            assert room.needed(plastic, in_binary)["synapses"] == 12 * synapses
    seen = compose(network(3, 4, weight=1.0), 5, Monitor(traces={"cells.v": (0, 1)}))
    more = room.needed(seen, True)["cells"] - room.needed(replace(seen, traces=()), True)["cells"]
    assert more == 4 * 2 * 5 * seen.steps


def test_what_is_refused_is_less_than_what_is_taken():
    """The arrays that Brian2 holds of a network, counted one by one, are no less than the estimate."""
    described = network(500, 800)
    program = compose(described, 1)
    values = all_values(described, begin(described, {"synapses.w": np.zeros((500, 800))}), 1, learn=True)
    signals = {
        f"{group.name}.{name}": np.zeros((1, group.size)) for group in program.groups for name, _ in group.signals
    }
    with exclusive.alone():
        _, owners = runtime.prepare(program, values, signals, np.zeros(1), {}, lambda: None)
        held = sum(
            np.asarray(variable.get_value()).nbytes
            for owner in owners.values()
            for variable in owner.variables.values()
            if getattr(variable, "owner", None) is not None and variable.owner.name == owner.name
        )
    assert held / 4 < room.needed(program, compiled=False).total() <= held  # as its docstring says


@BACKENDS
@pytest.mark.parametrize("wrapped", [False, True], ids=["bare", "wrapped by Brian2"])
def test_a_lack_of_memory_that_was_not_foreseen_is_one_line(backend, wrapped, monkeypatch):
    def lacks(*_):
        lack = MemoryError("Unable to allocate 373. GiB for an array\nof doubles")
        if not wrapped:
            raise lack
        raise RuntimeError("Error encountered with object\nmore") from lack

    monkeypatch.setattr({"numpy": runtime, "standalone": standalone}[backend], "run", lacks)
    said = r"needs more memory than there is \(Unable to allocate 373\. GiB for an array of doubles\): take"
    with pytest.raises(BrainnetError, match=said) as caught:
        shown(network(2, 2, weight=1.0), backend)
    assert "\n" not in str(caught.value)


@BACKENDS
def test_other_errors_stay_what_they_are(backend, monkeypatch):
    monkeypatch.setattr({"numpy": runtime, "standalone": standalone}[backend], "run", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        shown(network(2, 2, weight=1.0), backend)


@pytest.mark.skipif(sys.platform != "linux", reason="as Linux does it")
def test_a_limit_of_the_process_counts(monkeypatch):
    import resource

    before = room.available()
    assert 10e6 < before < 1e14
    monkeypatch.setattr(resource, "getrlimit", lambda _: (12345, 12345))
    assert room.available() == 12345
