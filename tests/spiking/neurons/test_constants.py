"""Constants that make no neuron are errors; and both backends fire alike."""

import numpy as np
import pytest

from brainnet.conformance.spiking.observe import observe
from brainnet.errors import BrainnetError
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import (
    AdaptiveLIF,
    AdEx,
    ExponentialIF,
    HodgkinHuxley,
    Izhikevich,
    IzhikevichMixture,
)
from brainnet.spiking.simulator import cache, simulate

POSITIVE = {
    AdEx: ("c_pF", "g_nS", "delta_T_mV", "tau_w_ms"),
    AdaptiveLIF: ("tau_ms", "tau_w_ms"),
    ExponentialIF: ("tau_ms", "delta_T_mV"),
    HodgkinHuxley: ("c_pF", "g_Na_nS", "g_K_nS", "g_L_nS"),
    Izhikevich: ("a",),
}


@pytest.mark.parametrize(("neuron", "field"), [(neuron, field) for neuron, all_ in POSITIVE.items() for field in all_])
@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf"), "1"])
def test_what_must_be_positive_is(neuron, field, value):
    said = rf"{neuron.__name__}\.{field} must be positive and finite \(got {value!r}\)"
    with pytest.raises(BrainnetError, match=said):
        neuron(**{field: value})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: AdEx(v_reset_mV=20.0), r"AdEx\.v_reset_mV must lie below v_peak_mV = 20.0 \(got 20.0\)"),
        (lambda: AdEx(v_T_mV=30.0), r"AdEx\.v_T_mV must lie below v_peak_mV = 20.0 \(got 30.0\)"),
        (lambda: AdEx(a_nS=float("nan")), r"AdEx\.a_nS must be finite \(got nan\)"),
        (lambda: ExponentialIF(v_reset_mV=-20.0), r"v_reset_mV must lie below v_peak_mV = -30.0 \(got -20.0\)"),
        (lambda: ExponentialIF(refractory_ms=-1.0), r"refractory_ms must be at least 0 and finite \(got -1.0\)"),
        (lambda: AdaptiveLIF(b=-0.1), r"AdaptiveLIF\.b must be at least 0 and finite \(got -0.1\)"),
        (lambda: Izhikevich(c_mV=30.0), r"c_mV must lie below the peak of a spike, 30 mV \(got 30.0\)"),
        (lambda: Izhikevich(b=float("inf")), r"Izhikevich\.b must be finite \(got inf\)"),
        (lambda: IzhikevichMixture(v_start_mV=31.0), r"v_start_mV must lie below the peak of a spike"),
        (lambda: HodgkinHuxley(v_th_mV=60.0), r"v_th_mV must lie below e_Na_mV = 50.0 \(got 60.0\)"),
        (lambda: HodgkinHuxley(method="heun"), r"method must be one of exponential_euler, .* \(got 'heun'\)"),
    ],
)
def test_an_error_names_field_rule_and_value(make, said):
    with pytest.raises(BrainnetError, match=said):
        make()


@pytest.mark.parametrize("neuron", [AdEx(delta_T_mV=0.01), ExponentialIF(delta_T_mV=0.01)])
def test_the_sharpest_upswing_stays_finite(neuron):
    seen = observe(neuron, {"current": [2000.0]}, 50.0, 0.1, traces=("v",))
    assert seen.counts.sum() > 0
    assert np.isfinite(seen.traces["v"]).all()


@pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
def test_both_backends_fire_at_the_same_times():
    currents = {
        "adex": (AdEx(), [600.0, 1000.0]),
        "adaptive": (AdaptiveLIF(), [1.5, 3.0]),
        "exponential": (ExponentialIF(), [3.0, 15.0]),
        "izhikevich": (Izhikevich(), [5.0, 10.0]),
        "mixture": (IzhikevichMixture(), [5.0, 10.0]),
        "axon": (HodgkinHuxley(), [7.0, 12.0]),
        "exact_axon": (HodgkinHuxley(method="rk4"), [7.0, 12.0]),
    }
    populations = tuple(Population(name, 2, neuron) for name, (neuron, _) in currents.items())
    network = Network(populations, (), Presentation(100.0, dt_ms=0.05, precision="double"))
    signals = {f"{name}.current": np.array([values]) for name, (_, values) in currents.items()}
    mixed = {"a": [0.02, 0.1], "b": [0.2, 0.25], "c": [-65.0, -50.0], "d": [8.0, 2.0]}
    signals |= {f"mixture.{name}": np.array([values]) for name, values in mixed.items()}
    monitor = Monitor(dict.fromkeys(currents))

    def seen(backend):
        found = simulate(network, signals, {}, np.zeros(1), learn=False, backend=backend, monitor=monitor).activity
        assert found is not None
        return {
            name: sorted(zip(found.spike_neurons[name], found.spike_times_ms[name], strict=True)) for name in currents
        }

    slow, fast = seen("numpy"), seen("standalone")
    for name in currents:
        assert {neuron for neuron, _ in slow[name]} == {0, 1}
        np.testing.assert_allclose(fast[name], slow[name], atol=1e-6)
