"""Perceptron and delta rule: their formulas, and what theorems say they come to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import Slip, rejected

from brainnet.artificial import (
    Backpropagation,
    Connections,
    DeltaRule,
    GradientDescent,
    Linear,
    Network,
    Perceptron,
    SquaredError,
    learn,
)
from brainnet.artificial.learning import Workspace, supervised
from brainnet.errors import BrainnetError

ANSWERS = {"Perceptron": lambda z: float(z > 0), "DeltaRule": lambda z: z}


def formula(answer: Any, layer: Connections, x: np.ndarray, target: np.ndarray, rate: float) -> Connections:
    """dw_ij = rate (t_i - y_i) x_j, db_i = rate (t_i - y_i), pattern by pattern."""
    weight, bias = layer.weight.copy(), layer.bias.copy()
    for pattern, wanted in zip(x, target, strict=True):
        error = [t - answer(sum(weight[:, i] * pattern) + bias[i]) for i, t in enumerate(wanted)]
        for i, e in enumerate(error):
            weight[:, i] += rate * e * pattern
            bias[i] += rate * e
    return Connections(weight, bias)


def check_formula(rule: Any, seed: int = 0, inputs: int = 3, neurons: int = 3, rate: float = 0.1) -> None:
    rng = np.random.default_rng(seed)
    layer = Connections(rng.normal(size=(inputs, neurons)), rng.normal(size=neurons))
    x, target = rng.normal(size=(9, inputs)), rng.integers(2, size=(9, neurons)).astype(float)
    expected = formula(ANSWERS[rule.__name__], layer, x, target, rate)
    after = learn(rule(rate), layer, x, target)
    np.testing.assert_allclose(after.weight, expected.weight, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(after.bias, expected.bias, rtol=1e-10, atol=1e-12)


def separable(seed: int, margin: float = 0.2) -> tuple[np.ndarray, np.ndarray]:
    """Patterns in a square at least `margin` from a line, and on which side of it they are, (pattern, 1)."""
    rng = np.random.default_rng(seed)
    x, normal, offset = rng.uniform(-1, 1, size=(400, 2)), rng.normal(size=2), rng.uniform(-0.3, 0.3)
    distance = (x @ normal) / np.linalg.norm(normal) - offset
    kept = np.abs(distance) > margin
    return x[kept], (distance[kept, None] > 0).astype(float)


def mistakes_until_perfect(rule: Any, x: np.ndarray, target: np.ndarray, passes: int) -> int:
    """Mistakes before a pass without any, from weights 0."""
    layer, mistakes = Connections(np.zeros((x.shape[1], 1)), np.zeros(1)), [0]
    while mistakes[-1] > 0 or len(mistakes) == 1:
        assert len(mistakes) <= passes, f"still {mistakes[-1]} mistakes in pass {passes}"
        mistakes.append(0)
        for i in range(len(x)):
            mistakes[-1] += int(rule.respond(layer, x[i : i + 1])[0, 0] != target[i, 0])
            layer = rule.update(layer, x[i : i + 1], target[i : i + 1])
    return sum(mistakes)


def check_convergence(rule: Any, seed: int = 0) -> None:
    """Novikoff's theorem: at most (R / g)^2 mistakes, where the bias counts as an input of 1."""
    margin = 0.2
    x, target = separable(seed, margin)
    radius, extended_margin = 3**0.5, margin / (1 + 0.3**2) ** 0.5
    assert mistakes_until_perfect(rule(), x, target, passes=500) <= (radius / extended_margin) ** 2


def check_least_squares(rule: Any, seed: int = 0) -> None:
    """Small steps on all patterns at once come to the least-squares solution."""
    rng = np.random.default_rng(seed)
    x, target = rng.normal(size=(50, 3)), rng.normal(size=(50, 2))
    layer = Connections(np.zeros((3, 2)), np.zeros(2))
    layer = learn(rule(0.3), layer, x, target, batch_size=50, epochs=300)
    solution = np.linalg.lstsq(np.column_stack([x, np.ones(50)]), target, rcond=None)[0]
    np.testing.assert_allclose(np.vstack([layer.weight, layer.bias]), solution, atol=1e-8)


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


SHARED = {
    "sign flipped": Slip("layer.weight + step", "layer.weight - step", supervised._corrected),
    "sign of the bias flipped": Slip("layer.bias + step", "layer.bias - step", supervised._corrected),
    "pre and post exchanged": Slip("x.T @ error", "error.T @ x", supervised._corrected),
    "Hebb without the answer": Slip("target - self.respond(layer, x)", "target"),
}
SLIPS = {f"{rule.__name__}: {name}": (rule, slip) for rule in (Perceptron, DeltaRule) for name, slip in SHARED.items()}
SLIPS["Perceptron: linear answer"] = Perceptron, Slip("(layer.propagate(x) > 0)", "layer.propagate(x)")
SLIPS["DeltaRule: threshold answer"] = DeltaRule, Slip("return layer.propagate(x)", "return layer.propagate(x) > 0")


@pytest.mark.parametrize("name", SLIPS)
def test_a_mutant_is_rejected(name: str):
    assert rejected(check_formula, *SLIPS[name])
