"""What neurons are seen to do does not depend on whom they are watched with."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.conformance.spiking.observe import observe
from brainnet.spiking.neurons import LIF, AdEx, HodgkinHuxley


def test_neurons_together_fire_as_each_would_alone():
    neurons = [AdEx(), AdEx(a_nS=2.0, v_reset_mV=-58.0), AdEx(c_pF=200.0, tau_w_ms=30.0)]
    together = observe(neurons, {"current": [900.0, 800.0, 700.0]}, 100.0, 0.1).spikes_ms
    for neuron, current, spikes in zip(neurons, (900.0, 800.0, 700.0), together, strict=True):
        assert len(spikes) > 1
        np.testing.assert_array_equal(spikes, observe(neuron, {"current": [current]}, 100.0, 0.1).spikes_ms[0])


def test_neurons_of_different_equations_cannot_be_together():
    with pytest.raises(ValueError, match="HodgkinHuxley: neurons of one population must have the same equations"):
        observe([HodgkinHuxley(), HodgkinHuxley(method="rk4")], {"current": [1.0, 1.0]}, 1.0, 0.05)


def test_a_neuron_begins_where_it_is_told_to():
    seen = observe(LIF(tau_ms=10.0), {"current": np.zeros(2)}, 10.0, 0.1, begin={"v": [0.5, -0.5]}, traces=("v",))
    np.testing.assert_allclose(seen.traces["v"][-1], [0.5 / np.e, -0.5 / np.e], rtol=1e-9)


@pytest.mark.parametrize("staircase", [False, True])
def test_a_staircase_carries_the_state_from_stair_to_stair(staircase):
    currents = np.array([[0.8], [0.0]])
    seen = observe(LIF(tau_ms=10.0), {"current": currents}, 10.0, 0.1, staircase=staircase, traces=("v",))
    expected = 0.8 * (1 - 1 / np.e) / np.e if staircase else 0.0
    np.testing.assert_allclose(seen.traces["v"][-1, 0], expected, atol=1e-12)
