"""Laws of the activation functions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from brainnet.artificial import Linear, ReLU, Sigmoid, Softmax, Tanh
from brainnet.artificial.neurons import Neuron

NEURONS = [Sigmoid(), Tanh(), Linear(), ReLU()]
moderate = arrays(np.float64, 20, elements=st.floats(-30, 30))
any_size = arrays(np.float64, (3, 5), elements=st.floats(-1e300, 1e300))


@settings(deadline=None)
@given(moderate)
def test_sigmoid_lies_between_zero_and_one(z):
    a = Sigmoid().activation(z)
    assert np.all((a > 0) & (a < 1))


@settings(deadline=None)
@given(moderate)
def test_sigmoid_is_odd_about_one_half(z):
    np.testing.assert_allclose(Sigmoid().activation(-z), 1 - Sigmoid().activation(z), rtol=0, atol=1e-15)


@settings(deadline=None)
@given(moderate)
def test_sigmoid_equals_its_definition(z):
    np.testing.assert_allclose(Sigmoid().activation(z), 1 / (1 + np.exp(-z)), rtol=0, atol=1e-15)


@pytest.mark.parametrize("neuron", NEURONS, ids=repr)
def test_slope_is_the_derivative_of_activation(neuron: Neuron):
    z = np.concatenate([np.linspace(-6, -0.1, 40), np.linspace(0.1, 6, 40)])  # away from the kink of ReLU
    h = 1e-3
    f = neuron.activation
    difference = (8 * (f(z + h) - f(z - h)) - (f(z + 2 * h) - f(z - 2 * h))) / (12 * h)
    np.testing.assert_allclose(neuron.slope(f(z)), difference, rtol=0, atol=1e-11)


@pytest.mark.parametrize("neuron", [*NEURONS, Softmax()], ids=repr)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_activation_keeps_the_dtype_and_works_in_place(neuron: Neuron | Softmax, dtype: str):
    z = np.linspace(-3, 3, 12, dtype=dtype).reshape(3, 4)
    fresh = neuron.activation(z)
    assert fresh.dtype == dtype
    assert not np.shares_memory(fresh, z)
    assert neuron.activation(z, out=z) is z
    np.testing.assert_array_equal(z, fresh)


@pytest.mark.parametrize("neuron", NEURONS, ids=repr)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_slope_keeps_the_dtype_and_fills_out(neuron: Neuron, dtype: str):
    activation = neuron.activation(np.linspace(-3, 3, 12, dtype=dtype))
    out = np.full_like(activation, np.nan)
    assert neuron.slope(activation).dtype == dtype
    np.testing.assert_array_equal(neuron.slope(activation, out=out), neuron.slope(activation))
    np.testing.assert_array_equal(out, neuron.slope(activation))


@settings(deadline=None)
@given(any_size)
def test_bounded_activations_are_finite_for_every_finite_input(z):
    for neuron in (Sigmoid(), Tanh(), Softmax()):
        with np.errstate(over="ignore"):  # the difference of two huge inputs
            assert np.all(np.isfinite(neuron.activation(z)))


@settings(deadline=None)
@given(arrays(np.float64, (3, 5), elements=st.floats(-100, 100)), st.floats(-100, 100))
def test_softmax_sums_to_one_and_ignores_a_common_input(z, common):
    a = Softmax().activation(z)
    np.testing.assert_allclose(a.sum(axis=1), 1)
    np.testing.assert_allclose(Softmax().activation(z + common), a, rtol=1e-9, atol=1e-12)
