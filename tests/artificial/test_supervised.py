"""Perceptron and delta rule: their formulas, and what theorems say they come to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.artificial import (
    Backpropagation,
    Connections,
    DeltaRule,
    GradientDescent,
    Linear,
    Network,
    Perceptron,
    SquaredError,
)
from brainnet.artificial.learning import Workspace
from brainnet.conformance.artificial.supervised import (
    check_convergence,
    check_formula,
    check_least_squares,
    mistakes_until_perfect,
)
from brainnet.errors import BrainnetError


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 5), st.integers(1, 4), st.floats(1e-3, 0.2))
@pytest.mark.parametrize("rule", [Perceptron, DeltaRule])
def test_rule_equals_its_formula(rule, seed, inputs, neurons, rate):
    check_formula(rule, seed, inputs, neurons, rate)


@pytest.mark.parametrize("seed", range(5))
def test_perceptron_converges_on_separable_patterns_within_novikoffs_bound(seed: int):
    check_convergence(Perceptron, seed)


def test_no_perceptron_converges_on_xor():
    corners, target = np.array([(0, 0), (0, 1), (1, 0), (1, 1)], float), np.array([[0.0], [1], [1], [0]])
    with pytest.raises(AssertionError, match="still"):
        mistakes_until_perfect(Perceptron(), corners, target, passes=200)


def test_a_perceptron_refuses_targets_other_than_0_and_1():
    layer = Connections(np.zeros((2, 1)), np.zeros(1))
    with pytest.raises(BrainnetError, match=r"^Perceptron's targets must be 0 or 1 \(got -1\.0\): map -1 to 0 first$"):
        Perceptron().update(layer, np.ones((2, 2)), np.array([[1.0], [-1.0]]))


def test_delta_rule_finds_the_least_squares_solution():
    check_least_squares(DeltaRule)


def test_delta_rule_is_gradient_descent_on_the_squared_error_of_linear_neurons():
    rng = np.random.default_rng(0)
    network = Network.random((4, 3), Linear(), Linear(), rng, "float64")
    x, target = rng.normal(size=(6, 4)), rng.normal(size=(6, 3))
    after = DeltaRule(0.1).update(network.connections[0], x, target)
    work = Workspace.of(network, 6)
    work.drive[...], work.target[...] = x, target
    gradient = Backpropagation().gradient(network, SquaredError(Linear()), work)
    GradientDescent(0.1).step(network.parameters, gradient, np.zeros_like(gradient))
    np.testing.assert_allclose(after.weight, network.connections[0].weight, rtol=1e-12)
    np.testing.assert_allclose(after.bias, network.connections[0].bias, rtol=1e-12)
