"""Measures of a population's spikes tell what the spikes were made of."""

import numpy as np
import pytest

from brainnet.conformance.spiking.population import Raster, spectrum, variation


def test_no_spike_is_lost_between_bins():
    times = np.arange(1000) * 0.1  # every one on a step, and every fifth where two bins meet
    rate = Raster(10, times, np.zeros(1000, int)).rate_hz(0.0, 100.0, 0.5)
    np.testing.assert_allclose(rate, 5 / 10 / 0.5e-3)


def test_the_spectrum_is_highest_at_the_frequency_of_a_sine():
    ms = np.arange(2000.0)
    rate = 5 + np.sin(2 * np.pi * 37e-3 * ms) + np.random.default_rng(0).normal(size=ms.size)
    frequencies, power = spectrum(rate, 1.0, 500.0)
    assert frequencies[power.argmax()] == pytest.approx(37, abs=1.0)


@pytest.mark.parametrize(("shape", "cv"), [(1, 1.0), (4, 0.5), (1e9, 0.0)])
def test_the_variation_of_gamma_intervals_is_one_by_the_root_of_their_shape(shape, cv):
    waits = np.random.default_rng(0).gamma(shape, 10 / shape, (20, 2000))
    times, neurons = np.cumsum(waits, axis=1).ravel(), np.repeat(np.arange(20), 2000)
    mixed = np.random.default_rng(1).permutation(times.size)
    assert variation(*Raster(20, times[mixed], neurons[mixed]).intervals_ms()) == pytest.approx(cv, abs=0.02)


def test_neurons_with_few_intervals_do_not_count():
    waits, neurons = np.array([1.0, 1.0, 9.0, 1.0, 1.0]), np.array([0, 0, 1, 0, 0])
    assert variation(waits, neurons, at_least=4) == 0
    assert np.isnan(variation(waits, neurons, at_least=5))
