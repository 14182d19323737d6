"""Nothing learns while the network does not, whatever a rule or a neuron says; and a slip in either is named."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking import LIF, ConductanceLIF, simulate
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import Plasticity
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import Dynamics, Poisson
from brainnet.spiking.simulator import cache
from brainnet.spiking.simulator.unlearned import held_still, held_still_between

has_compiler = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
BOTH = pytest.mark.parametrize("backend", ["numpy", pytest.param("standalone", marks=has_compiler)])


@dataclass(frozen=True)
class Growing:
    """A rule that asks nobody whether it may learn: w grows at every spike, and between them."""

    on_pre: str = "w += eta"
    on_post: str = "w = w + eta"
    synaptic: str = "dw/dt = 5 * eta / ms : 1"

    def plasticity(self) -> Plasticity:
        """The codes above."""
        return Plasticity(self.on_pre, self.on_post, {"eta": (0.1, "1")}, synaptic=self.synaptic)

    def slowed(self, factor: float) -> Growing:
        """Itself."""
        return self


@dataclass(frozen=True)
class Tiring:
    """A neuron that asks nobody either: its threshold rises at spikes, at onsets and at every step."""

    def dynamics(self) -> Dynamics:
        """Those of a neuron with an adaptive threshold."""
        told = ConductanceLIF(tau_ms=20.0, theta_plus_mV=1.0).dynamics()
        return replace(
            told, onset=f"{told.onset}\ntheta += theta_plus", held=f"{told.held}\ntheta = theta + 0.01 * theta_plus"
        )


RULES = {
    "plain": Growing(),
    "in_one_line": Growing(on_pre="x = eta; w += x", synaptic="w : 1"),
    "written_otherwise": Growing(on_post="y = 1\nw += .1 * y", synaptic="  dw/dt=5*eta/ms  : 1 # grows"),
    "flagged": Growing(synaptic="dw/dt = 5 * eta / ms : 1 (clock-driven)"),
}


def network() -> Network:
    """Cells of its own for each rule, all driven by the same inputs."""
    cells = (Population(f"cells_{name}", 2, Tiring(), counted=True) for name in RULES)
    learned = (Projection(name, "inputs", f"cells_{name}", "ge", rule=rule) for name, rule in RULES.items())
    return Network((Population("inputs", 3, Poisson()), *cells), tuple(learned), Presentation(50.0))


@BOTH
def test_while_nothing_is_learned_every_presentation_finds_the_same_network(backend):
    rates, weights = {"inputs.rate": np.full((6, 3), 300.0)}, np.full((3, 2), 8.0)
    state, shown = {f"{name}.w": weights for name in RULES}, {"keys": np.full(6, 7.0), "backend": backend}
    still = simulate(network(), rates, state, learn=False, **shown)
    moved = simulate(network(), rates, state, learn=True, **shown)
    for name in RULES:
        counts = still.counts[f"cells_{name}"]
        assert (counts > 0).all()
        assert (counts == counts[0]).all(), "the same noise in all, and no change"
        np.testing.assert_array_equal(still.state[f"{name}.w"], weights)
        changed = moved.counts[f"cells_{name}"]
        assert (changed != changed[0]).any()
        assert (moved.state[f"{name}.w"] > weights).all()
        assert (moved.state[f"cells_{name}.theta"] > 20.0).all()


@pytest.mark.parametrize("code", ["w += 0.3", "w = clip(w, 0, 1) * 0.7", "x = 2\nw -= x", "w *= 0.1"])
def test_held_still_is_exact_for_either_switch(code):
    for switch in (0, 1):
        free, still = {"w": 1 / 3, "clip": np.clip}, {"w": 1 / 3, "clip": np.clip, "learn": switch}
        exec(code, free)
        exec(held_still(code, ["w"], "learn"), still)
        assert still["w"] == (free["w"] if switch else 1 / 3)


def test_code_that_moves_no_name_stays_as_it_is():
    assert held_still("v += 1\nx = w_max", ["w"], "learn") == "v += 1\nx = w_max"
    assert held_still_between("w : 1\ndx/dt = -x / tau : 1", ["w"], "learn") == "w : 1\ndx/dt = -x / tau : 1"


@BOTH
@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"on_pre": "w += eta * nonsense_post"}, r"at a presynaptic spike, in 'w \+= eta \* nonsense_post': "),
        ({"on_pre": "w += eta *"}, r"at a presynaptic spike, in 'w \+= eta \*': invalid syntax"),
        ({"on_post": "w == 3"}, "at a postsynaptic spike, in 'w == 3': "),
        ({"synaptic": "w : 1\nfoo volts"}, "equations, in 'foo volts': "),
    ],
)  # fmt: skip
def test_a_slip_in_a_rule_is_named_with_its_line(backend, slip, said):
    cells = Population("cells", 2, LIF(), current=0.0)
    projection = Projection("learned", "inputs", "cells", "v", rule=replace(Growing(), **slip))
    wrong = Network((Population("inputs", 3, Poisson()), cells), (projection,), Presentation(50.0))
    given = {"inputs.rate": np.ones((1, 3))}, {"learned.w": np.ones((3, 2))}, np.zeros(1)
    with pytest.raises(BrainnetError, match=f"^projection 'learned', {said}") as e:
        simulate(wrong, *given, learn=False, backend=backend)
    assert "\n" not in str(e.value)
