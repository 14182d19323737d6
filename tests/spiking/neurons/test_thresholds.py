"""The current at which neurons begin to fire, and how fast, against closed forms and publications."""

from dataclasses import replace

import numpy as np
import pytest

from brainnet.spiking.neurons import (
    LOW_THRESHOLD_SPIKING,
    NAUD_2008,
    REGULAR_SPIKING,
    AdaptiveLIF,
    AdEx,
    ExponentialIF,
    HodgkinHuxley,
)

STAIRS = np.array([0.6, 0.8, 0.9, 0.95, 0.98, 1.05])
NEURONS = {
    "AdEx, swinging": AdEx(),
    "AdEx, tonic": NAUD_2008["tonic"][0],
    "AdEx, accelerating": replace(NAUD_2008["delayed accelerating"][0], a_nS=-6.0, tau_w_ms=5.0),
    "RS": REGULAR_SPIKING,
    "LTS": LOW_THRESHOLD_SPIKING,
    "ExponentialIF": ExponentialIF(),
}


def lasting(spikes_ms: np.ndarray, stair_ms: float, stairs: int) -> np.ndarray:
    """How many spikes fall into the second half of each stair: what a step calls forth is over by then."""
    late = spikes_ms[spikes_ms % stair_ms >= stair_ms / 2]
    return np.bincount((late // stair_ms).astype(int), minlength=stairs)


@pytest.mark.parametrize("name", NEURONS)
def test_the_rheobase_parts_rest_from_firing(trains, name):
    neuron = NEURONS[name]
    rheobase = getattr(neuron, "rheobase_pA", None) or neuron.rheobase_mV
    spikes = trains(neuron, rheobase * STAIRS[:, None], 1000.0, 0.2, staircase=True)[0]
    counts = lasting(spikes, 1000.0, len(STAIRS))
    assert counts[:-1].sum() == 0, f"it fires below {rheobase}: {counts}"
    assert counts[-1] > 0, f"it rests above {rheobase}: {counts}"


def test_the_rheobase_without_lag_is_the_published_one():
    n = NAUD_2008["tonic"][0]
    bend = n.delta_T_mV * np.log(1 + n.a_nS / n.g_nS)
    published = (n.g_nS + n.a_nS) * (n.v_T_mV - n.e_L_mV - n.delta_T_mV + bend)
    assert n.rheobase_pA == pytest.approx(published, rel=1e-12)


def test_no_current_gives_rest_where_adaptation_outdoes_the_leak():
    assert NAUD_2008["delayed regular bursting"][0].rheobase_pA == -np.inf


@pytest.mark.parametrize("neuron", [AdEx(), NAUD_2008["tonic"][0], NAUD_2008["irregular"][0]])
def test_at_the_rheobase_rest_loses_its_stability(neuron):
    def growth(v: float) -> float:
        upswing = np.exp((v - neuron.v_T_mV) / neuron.delta_T_mV)
        rates = [
            [neuron.g_nS * (upswing - 1) / neuron.c_pF, -1 / neuron.c_pF],
            [neuron.a_nS / neuron.tau_w_ms, -1 / neuron.tau_w_ms],
        ]
        return np.linalg.eigvals(np.array(rates)).real.max()

    def current(v: float) -> float:
        upswing = np.exp((v - neuron.v_T_mV) / neuron.delta_T_mV)
        return (neuron.g_nS + neuron.a_nS) * (v - neuron.e_L_mV) - neuron.g_nS * neuron.delta_T_mV * upswing

    potentials = np.linspace(-75, -45, 30001)
    stable = [v for v in potentials if growth(v) < 0]
    assert max(map(current, stable)) == pytest.approx(neuron.rheobase_pA, rel=1e-4)


def test_adaptive_lif_rate_is_its_closed_form_within_one_spike(trains):
    neuron, currents = AdaptiveLIF(), np.linspace(0.5, 4, 30)
    late = [np.sum(times >= 1000) for times in trains(neuron, currents, 2000.0, 0.1)]
    np.testing.assert_allclose(late, neuron.rate_hz(currents), atol=1.0)


@pytest.mark.parametrize("tau_w_ms", [5.0, 25.0, 300.0])
def test_without_jump_the_adaptive_lif_is_the_lif(tau_w_ms):
    currents = np.array([0.5, 1.0, 1.1, 2.0, 5.0])
    expected = [0, 0, *(1000 / (2 - 25 * np.log1p(-1 / currents[2:])))]
    np.testing.assert_allclose(AdaptiveLIF(tau_w_ms=tau_w_ms, b=0.0).rate_hz(currents), expected, rtol=1e-9)


def test_exponential_if_rate_is_its_integral_within_one_spike(observed):
    neuron, currents = ExponentialIF(), np.linspace(0.5, 12, 30)
    counts = observed(neuron, currents, 500.0, 0.025).counts["hidden"][0]
    np.testing.assert_allclose(counts, neuron.rate_hz(currents) / 2, atol=1.0)


def test_hodgkin_huxley_answers_a_step_with_one_spike_from_2_24(observed):
    counts = observed(HodgkinHuxley(method="rk4"), [0.0, 2.20, 2.24, 2.5], 60.0, 0.05).counts["hidden"][0]
    np.testing.assert_array_equal(counts, [0, 0, 1, 1])


def test_hodgkin_huxley_fires_on_from_6_30_near_50_hz_and_at_10_near_70(trains):
    below, above, strong = trains(HodgkinHuxley(method="rk4"), [6.25, 6.30, 10.0], 300.0, 0.05)
    assert len(below) > 0
    assert below[-1] < 200 < 280 < above[-1], f"it stops at {below[-1]} ms below, and {above[-1]} ms above"
    assert 1000 / np.diff(above)[-1] == pytest.approx(50, abs=3)
    assert 1000 / np.diff(strong)[-1] == pytest.approx(70, abs=3)


def test_hodgkin_huxley_rests_where_it_says(observed):
    seen = observed(HodgkinHuxley(), [0.0], 50.0, 0.05, traces=("v", "m", "h", "n")).activity.traces
    for name, (value, _) in HodgkinHuxley().dynamics().rest.items():
        if name != "above":
            np.testing.assert_allclose(seen[f"hidden.{name}"][-1], value, rtol=5e-4)
