"""Neurons against their closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brainnet import counter
from brainnet.errors import BrainnetError
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import INHIBITORY, LIF, ConductanceLIF, Poisson, SynapticLIF
from brainnet.spiking.simulator import simulate


def counts(neuron, signal, values, ms, dt_ms=0.5):
    """Spike counts of one population of independent neurons under one presentation."""
    network = Network((Population("hidden", values.shape[1], neuron, counted=True),), (), Presentation(ms, dt_ms=dt_ms))
    keys = counter.keys_by_position(0, 0, len(values))
    return simulate(network, {f"hidden.{signal}": values}, {}, keys, learn=False, backend="numpy").counts["hidden"]


def test_lif_rate_is_the_closed_form_within_one_spike():
    currents = np.linspace(0.5, 5, 40)
    neuron = LIF(tau_ms=20.0, refractory_ms=2.0)
    spikes = counts(neuron, "current", currents[None], ms=1000.0, dt_ms=0.05)[0]
    np.testing.assert_allclose(spikes, neuron.rate_hz(currents), atol=1.0)


@given(st.floats(-1e6, 1.0), st.floats(1.0, 200.0))
def test_no_rate_below_threshold(current, tau_ms):
    assert LIF(tau_ms=tau_ms).rate_hz(np.array(current)) == 0


@given(st.floats(0.1, 10.0))
def test_rate_saturates_at_the_refractory_period(refractory_ms):
    rate = LIF(refractory_ms=refractory_ms).rate_hz(np.array(1e9))
    assert rate == pytest.approx(1000 / refractory_ms, rel=1e-4)


def test_poisson_counts_have_the_rate_as_mean_and_variance():
    rates = np.full((20, 200), 50.0)
    spikes = counts(Poisson(), "rate", rates, ms=1000.0)
    assert spikes.mean() == pytest.approx(50, abs=4 * np.sqrt(50 / 4000))
    assert spikes.var() == pytest.approx(50, rel=4 * np.sqrt(2 / 4000))


def test_neighbouring_poisson_inputs_are_uncorrelated():
    spikes = counts(Poisson(), "rate", np.full((500, 40), 100.0), ms=100.0)
    correlations = np.corrcoef(spikes.T)[np.triu_indices(40, 1)]
    assert abs(correlations.mean()) < 4 / np.sqrt(500 * len(correlations))
    assert correlations.std() == pytest.approx(1 / np.sqrt(500), rel=0.15)


def test_no_rate_no_spike():
    assert counts(Poisson(), "rate", np.zeros((3, 5)), ms=100.0).sum() == 0


@pytest.mark.parametrize("neuron", [LIF, SynapticLIF, ConductanceLIF])
@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_time_constants_must_be_positive(neuron, value):
    with pytest.raises(BrainnetError, match=f"{neuron.__name__}.tau_ms must be positive and finite"):
        neuron(tau_ms=value)


def test_reset_above_threshold_is_an_error():
    with pytest.raises(BrainnetError, match="v_reset_mV must lie below the threshold"):
        ConductanceLIF(v_reset_mV=-40.0)


def test_inhibitory_neuron_has_no_adaptation():
    assert INHIBITORY.theta_plus_mV == 0
