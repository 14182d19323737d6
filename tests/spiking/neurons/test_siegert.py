"""Siegert's rate, its limits, and the rate of a neuron that is not reset to rest."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brainnet.conformance.spiking.observe import observe
from brainnet.conformance.spiking.siegert import check_formula
from brainnet.errors import BrainnetError
from brainnet.spiking.neurons import LIF, siegert_hz


def trapezoid(mean: float, sd: float, tau_ms: float, t_ref_ms: float, reset: float) -> float:
    """The published integral of exp(u^2) (1 + erf u), on a fine grid."""
    u = np.linspace((reset - mean) / (2**0.5 * sd), (1 - mean) / (2**0.5 * sd), 200_001)
    return 1000 / (t_ref_ms + tau_ms * math.pi**0.5 * np.trapezoid([math.exp(x * x) * math.erfc(-x) for x in u], u))


def test_it_is_brunel_and_hakims_form_of_the_integral():
    check_formula(siegert_hz)


@pytest.mark.parametrize(
    ("mean", "sd", "reset"), [(0.8, 0.2, 0.0), (0.3, 0.1, 0.5), (1.5, 0.3, -1.0), (1.2, 0.04, 0.0)]
)
def test_it_is_the_published_integral(mean, sd, reset):
    expected = trapezoid(mean, sd, 15.0, 3.0, reset)
    assert siegert_hz(np.array(mean), np.array(sd), 15.0, 3.0, reset) == pytest.approx(expected, rel=1e-8)


@given(st.floats(1.01, 10.0), st.floats(-2.0, 0.9), st.floats(1e-12, 1e-5))
def test_with_little_noise_it_is_the_rate_under_a_constant_current(mean, reset, sd):
    expected = LIF(20.0, 2.0, reset).rate_hz(np.array(mean))
    assert siegert_hz(np.array(mean), np.array(0.0), 20.0, 2.0, reset) == expected
    assert siegert_hz(np.array(mean), np.array(sd), 20.0, 2.0, reset) == pytest.approx(expected, rel=1e-5)


@given(st.floats(-10.0, 0.999), st.floats(0.0, 1e-5))
def test_without_noise_there_is_no_rate_up_to_the_threshold(mean, sd):
    assert siegert_hz(np.array(mean), np.array(sd), 20.0, 2.0) == 0
    assert siegert_hz(np.array(1.0), np.array(0.0), 20.0, 2.0) == 0


@given(st.floats(-1e3, 1e3), st.floats(0.0, 1e9), st.floats(-10.0, 0.99))
def test_it_lies_between_0_and_the_refractory_limit_whatever_the_input(mean, sd, reset):
    assert 0 <= siegert_hz(np.array(mean), np.array(sd), 20.0, 2.0, reset) <= 500


def test_far_below_threshold_it_falls_as_kramers_formula_and_then_is_0():
    """f = a exp(-a^2) / (tau sqrt(pi)), a = (1 - mean) / (sqrt(2) sd), for a far above 1."""
    a = np.array([10.0, 20.0, 24.9])
    expected = np.log(1000 / 20 / np.sqrt(np.pi) * a) - a**2
    rate = siegert_hz(np.array(0.5), 0.5 / (2**0.5 * a), 20.0, 2.0)
    np.testing.assert_allclose(np.log(rate), expected, atol=1 / a[0] ** 2)
    assert siegert_hz(np.array(0.5), np.array(0.01), 20.0, 2.0) == 0


def test_it_has_no_seam_where_its_parts_meet():
    rate = siegert_hz(np.linspace(0.3, 2.0, 2001), np.array(0.02), 20.0, 2.0)
    assert (np.diff(rate) > 0).all()
    assert np.abs(np.diff(np.log(rate), 3)).max() < 1e-4


@pytest.mark.parametrize(("g", "ratio", "rate"), [(6.0, 4.0, 55.8), (5.0, 2.0, 38.0), (4.5, 0.9, 6.5)])
def test_brunels_network_has_the_rates_of_his_theory(g, ratio, rate):
    """Brunel 2000, table 1: the rate that brings forth itself, with 1,000 and 250 synapses of 0.1 mV and -g 0.1 mV."""
    rates = np.linspace(rate - 2, rate + 2, 401)
    mean = 20e-3 * 0.1 * 1000 * (10 * ratio + rates * (1 - g / 4)) / 20
    sd = 0.1 * np.sqrt(20e-3 * 1000 * (10 * ratio + rates * (1 + g**2 / 4)) / 2) / 20
    found = rates[np.argmin(np.abs(siegert_hz(mean, sd, 20.0, 2.0, v_reset=0.5) / rates - 1))]
    assert found == pytest.approx(rate, abs=0.06)


def test_it_broadcasts():
    mean, sd = np.linspace(0, 2, 5)[:, None], np.array([0.0, 0.1, 1.0])
    rates = siegert_hz(mean, sd, 20.0, 2.0)
    assert rates.shape == (5, 3)
    assert rates[2, 1] == siegert_hz(np.array(1.0), np.array(0.1), 20.0, 2.0)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((1.0, -0.1, 20.0, 2.0), r"siegert_hz: sd must be at least 0 and finite \(got -0.1\)"),
        ((float("nan"), 0.1, 20.0, 2.0), r"siegert_hz: mean must be finite \(got nan\)"),
        ((1.0, 0.1, 0.0, 2.0), r"LIF\.tau_ms must be positive and finite \(got 0.0\)"),
        ((1.0, 0.1, 20.0, 2.0, 1.0), r"LIF\.v_reset must lie below the threshold, 1 \(got 1.0\)"),
    ],
)
def test_an_error_names_the_argument_the_rule_and_the_value(given, said):
    mean, sd, *more = given
    with pytest.raises(BrainnetError, match=said):
        siegert_hz(np.array(mean), np.array(sd), *more)


def test_a_neuron_that_is_not_reset_to_rest_fires_at_its_closed_form():
    currents = np.linspace(0.5, 3, 40)
    for reset in (-0.5, 0.5):
        neuron = LIF(tau_ms=20.0, refractory_ms=2.0, v_reset=reset)
        begin = {"v": np.full(40, reset)}
        counts = observe(neuron, {"current": currents}, 500.0, 0.05, begin=begin).counts[0]
        np.testing.assert_allclose(counts, neuron.rate_hz(currents) / 2, atol=1.0)


@pytest.mark.parametrize("value", [1.0, 2.0, float("nan"), float("inf")])
def test_a_reset_must_be_finite_and_below_the_threshold(value):
    with pytest.raises(BrainnetError, match=r"LIF\.v_reset must"):
        LIF(v_reset=value)
