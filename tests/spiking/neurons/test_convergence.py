"""Potentials converge with the step at the order of the method, and rates are as exact as the docstrings say."""

import numpy as np
import pytest

from brainnet.spiking.neurons import (
    FAST_SPIKING,
    NAUD_2008,
    REGULAR_SPIKING,
    AdaptiveLIF,
    AdEx,
    ExponentialIF,
    HodgkinHuxley,
)

TONIC = NAUD_2008["tonic"][0]


@pytest.mark.parametrize(
    ("neuron", "current", "at_ms", "dt_ms", "order"),
    [
        (TONIC, 500.0, 10.0, 0.1, 1),
        (ExponentialIF(), 5.0, 10.0, 0.1, 1),
        (REGULAR_SPIKING, 10.0, 2.0, 0.02, 1),
        (HodgkinHuxley(), 10.0, 8.0, 0.01, 1),
        (HodgkinHuxley(method="rk2"), 10.0, 8.0, 0.02, 2),
        (HodgkinHuxley(method="rk4"), 10.0, 8.0, 0.02, 4),
    ],
)
def test_a_potential_converges_at_the_order_of_its_method(observed, neuron, current, at_ms, dt_ms, order):
    def end(dt: float) -> float:
        return observed(neuron, [current], at_ms, dt, traces=("v",)).activity.traces["hidden.v"][-1, 0]

    coarse, half, quarter = (end(dt_ms / 2**k) for k in range(3))
    assert np.log2((coarse - half) / (half - quarter)) == pytest.approx(order, abs=0.15)


def test_the_adaptive_lif_converges_at_order_1_after_a_spike(observed):
    neuron, currents, at_ms = AdaptiveLIF(refractory_ms=0.0), np.linspace(2.0, 2.4, 200), 24.0
    since = at_ms + neuron.tau_ms * np.log1p(-1 / currents)  # one spike, and none before the end
    decay, slow = np.exp(-since / neuron.tau_ms), np.exp(-since / neuron.tau_w_ms)
    exact = currents * (1 - decay) - neuron.b * (slow - decay) / (1 - neuron.tau_ms / neuron.tau_w_ms)

    def error(dt: float) -> float:
        last = observed(neuron, currents, at_ms, dt, traces=("v",)).activity.traces["hidden.v"][-1]
        return float(np.abs(last - exact).mean())

    assert np.log2(error(0.2) / error(0.05)) / 2 == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize(
    ("neuron", "current", "ms", "dt_ms", "exact_hz"),
    [
        (TONIC, 500.0, 300.0, 0.02, 104.38),
        (AdEx(), 1000.0, 1500.0, 0.2, 27.701),
        (REGULAR_SPIKING, 10.0, 450.0, 0.15, 22.321),
        (FAST_SPIKING, 10.0, 300.0, 0.02, 136.06),
        (HodgkinHuxley(), 10.0, 150.0, 0.02, 68.325),
    ],
)
def test_a_rate_is_wrong_by_1_percent_at_the_step_of_the_docstring(trains, neuron, current, ms, dt_ms, exact_hz):
    def error(dt: float) -> float:
        spikes = trains(neuron, [current], ms, dt)[0]
        first = len(spikes) // 2
        return abs(1000 * (len(spikes) - 1 - first) / (spikes[-1] - spikes[first]) / exact_hz - 1)

    assert error(dt_ms) < 0.013 < error(4 * dt_ms)


@pytest.mark.parametrize(
    ("neuron", "low", "high", "dt_ms"), [(AdaptiveLIF(), 1.2, 3.0, 0.5), (ExponentialIF(), 3.0, 20.0, 0.04)]
)
def test_rates_are_wrong_by_1_percent_at_the_step_of_the_docstring(trains, neuron, low, high, dt_ms):
    currents = np.linspace(low, high, 31)

    def error(dt: float) -> float:
        late = [times[len(times) // 2 :] for times in trains(neuron, currents, 600.0, dt)]
        rates = np.array([1000 * (len(times) - 1) / (times[-1] - times[0]) for times in late])
        return float(np.abs(rates / neuron.rate_hz(currents) - 1).max())

    assert error(dt_ms) < 0.013 < error(4 * dt_ms)
