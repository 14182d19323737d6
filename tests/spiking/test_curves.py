"""f-I curves: those of the closed forms to a step of the simulation, for every neuron that takes a current."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking import FICurve, fi_curve
from brainnet.spiking.neurons import (
    CHATTERING,
    FAST_SPIKING,
    LIF,
    REGULAR_SPIKING,
    AdaptiveLIF,
    AdEx,
    ConductanceLIF,
    ExponentialIF,
    HodgkinHuxley,
    IzhikevichMixture,
    Poisson,
    SpikeTrains,
)
from brainnet.spiking.simulator import cache

QUICK = {"duration_ms": 60.0, "settle_ms": 60.0, "dt_ms": 0.1, "backend": "numpy"}


@pytest.mark.parametrize("refractory_ms", [0.0, 2.0])
def test_the_interval_of_a_lif_is_the_closed_form_s_to_a_step(refractory_ms):
    neuron, currents = LIF(refractory_ms=refractory_ms), np.linspace(0.5, 5, 46)
    rates, exact = fi_curve(neuron, currents, **QUICK).rates_hz, neuron.rate_hz(currents)
    np.testing.assert_array_equal(rates[exact == 0], 0)
    fires = exact > 1000 / QUICK["duration_ms"]
    off = 1000 / rates[fires] - 1000 / exact[fires]  # from counts of spikes it would be up to 30 ms
    assert np.abs(off).max() < QUICK["dt_ms"] + 1e-9


def test_a_rate_is_that_of_the_settled_neuron():
    neuron, currents = AdaptiveLIF(), np.array([2.0, 3.0])
    settled = fi_curve(neuron, currents, duration_ms=60, settle_ms=400, dt_ms=0.1, backend="numpy").rates_hz
    np.testing.assert_allclose(settled, neuron.rate_hz(currents), rtol=0.005)
    assert (fi_curve(neuron, currents, **{**QUICK, "settle_ms": 0}).rates_hz > 1.05 * settled).all()


@pytest.mark.parametrize(
    ("neuron", "currents"),
    [
        (ExponentialIF(), [0.0, 10.0, 20.0]),
        (AdEx(), [0.0, 1000.0, 2000.0]),
        (REGULAR_SPIKING, [0.0, 10.0, 20.0]),
        (FAST_SPIKING, [0.0, 10.0, 20.0]),
        (CHATTERING, [0.0, 10.0, 20.0]),
        (HodgkinHuxley(), [0.0, 20.0, 60.0]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_neuron_that_takes_a_current_has_a_curve_that_begins_at_0_and_rises(neuron, currents):
    rates = fi_curve(neuron, currents, **{**QUICK, "dt_ms": 0.05}).rates_hz
    assert rates[0] == 0 < rates[1] < rates[2]


def test_noise_lets_a_neuron_fire_below_its_threshold_and_is_a_function_of_the_seed():
    currents = np.full(20, 0.8) + 0.001 * np.arange(20)
    settings = {**QUICK, "duration_ms": 300.0}

    def rates(sd: float, seed: int) -> np.ndarray:
        return fi_curve(LIF(), currents, noise_sd=sd, seed=seed, **settings).rates_hz

    noisy = rates(2.0, 0)
    assert np.count_nonzero(noisy) > 15
    np.testing.assert_array_equal(noisy, rates(2.0, 0))
    assert (noisy != rates(2.0, 1)).any()
    assert np.unique(noisy).size > 10  # each neuron has noise of its own


@pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
def test_both_backends_give_the_same_curve():
    slow, fast = (
        fi_curve(LIF(), [0.5, 1.2, 2.0], noise_sd=1.0, **{**QUICK, "backend": backend})
        for backend in ("numpy", "standalone")
    )
    np.testing.assert_allclose(fast.rates_hz, slow.rates_hz, rtol=1e-9)
    assert (slow.rates_hz[1:] > 0).all()


@pytest.mark.parametrize(
    ("neuron", "said"),
    [
        (Poisson(), r"Poisson takes no current, and so has no f-I curve: take a neuron that does, such as LIF"),
        (ConductanceLIF(), r"ConductanceLIF takes no current"),
        (SpikeTrains(), r"SpikeTrains takes no current"),
        (IzhikevichMixture(), r"IzhikevichMixture takes a, b, c, d beside the current: take a neuron of which they"),
        (LIF, r"neuron must be an object such as LIF\(\) \(got <class"),
    ],
)
def test_a_neuron_without_a_curve_is_named_with_the_cure(neuron, said):
    with pytest.raises(BrainnetError, match=said):
        fi_curve(neuron, [0, 1])


@pytest.mark.parametrize(
    ("currents", "said"),
    [
        ([1.0], r"currents must be two or more numbers in a row \(got the shape \(1,\)\)"),
        ("many", r"currents must be two or more numbers in a row \(got 'many'\)"),
        ([0.0, np.nan], r"currents must be finite \(got nan\)"),
        ([2.0000001, 2.0], r"currents must increase \(got 2\.0000001 and then 2\)"),
        ([0.0, 2.0, 2.0], r"currents must increase \(got 2 and then 2\): sort them, and leave out repeats"),
    ],
)
def test_currents_are_increasing_finite_numbers(currents, said):
    with pytest.raises(BrainnetError, match=said):
        fi_curve(LIF(), currents)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"duration_ms": 0}, r"duration_ms must be positive and finite \(got 0\)"),
        ({"settle_ms": -1}, r"settle_ms must be a number from 0 to 1e\+09 \(got -1\)"),
        ({"dt_ms": float("nan")}, r"Presentation\.dt_ms must be positive"),
        ({"noise_sd": float("nan")}, r"GaussianNoise\.sd must be at least 0 and finite \(got nan\)"),
        ({"seed": -1}, r"seed must be a whole number, 0 or more \(got -1\)"),
    ],
)
def test_settings_that_make_no_simulation_are_named(settings, said):
    with pytest.raises(BrainnetError, match=said):
        fi_curve(LIF(), [0, 1], **settings)


def test_a_curve_holds_copies_that_cannot_be_written_to():
    currents = np.array([0.0, 1.0])
    curve = FICurve(currents, np.array([0.0, 5.0]))
    currents[0] = 9
    assert curve.currents.tolist() == [0.0, 1.0]
    with pytest.raises(ValueError, match="read-only"):
        curve.rates_hz[0] = 1


@pytest.mark.parametrize("rates", [[0.0], [0.0, -1.0], [0.0, np.nan]])
def test_a_curve_has_a_rate_for_each_current(rates):
    with pytest.raises(BrainnetError, match=r"FICurve\.rates_hz must hold a finite rate .* for each of the 2 currents"):
        FICurve(np.array([0.0, 1.0]), np.array(rates))
