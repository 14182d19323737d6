"""Földiák's network: its formulas, and the bars (V16)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import Slip, rejected

from brainnet.artificial import Foldiak, learn
from brainnet.artificial.learning import LateralLayer
from brainnet.errors import BrainnetError


def settled(x: np.ndarray, q: np.ndarray, w: np.ndarray, t: np.ndarray, slope: float) -> np.ndarray:
    """y* of one pattern: dy*/dt = f(sum_j q_ij x_j + sum_j w_ij y*_j - t_i) - y*, in small steps from 0."""
    y, change = np.zeros(len(t)), np.ones(len(t))
    while np.abs(change).max() > 1e-9:
        change = 1 / (1 + np.exp(-slope * (x @ q + w @ y - t))) - y
        y = y + 0.02 * change
    return y


def formula(layer: LateralLayer, patterns: np.ndarray, rule: Foldiak) -> LateralLayer:
    q, w, t = layer.weight.copy(), layer.lateral.copy(), layer.threshold.copy()
    for x in patterns:
        y = np.where(settled(x, q, w, t, rule.slope) > 0.5, 1.0, 0.0)
        for i in range(len(t)):
            q[:, i] += rule.rate * y[i] * (x - q[:, i])
            t[i] += rule.rate_threshold * (y[i] - rule.probability)
            for j in range(len(t)):
                w[i, j] -= rule.rate_lateral * (y[i] * y[j] - rule.probability**2)
                w[i, j] = 0 if i == j or w[i, j] > 0 else w[i, j]
    return LateralLayer(q, w, t)


def some_layer(rng: np.random.Generator, inputs: int, neurons: int) -> LateralLayer:
    half = np.triu(-0.5 * rng.random((neurons, neurons)) ** 3, 1)
    return LateralLayer(rng.random((inputs, neurons)), half + half.T, rng.uniform(0.2, 1, neurons))


def check_formula(rule: Any, seed: int = 0, inputs: int = 4, neurons: int = 4) -> None:
    rng = np.random.default_rng(seed)
    layer, x = some_layer(rng, inputs, neurons), rng.integers(2, size=(5, inputs)).astype(float)
    rates: dict[str, Any] = {"rate": 0.1, "rate_lateral": 0.2, "rate_threshold": 0.05, "probability": 0.3}
    expected = formula(layer, x, Foldiak(**rates))
    after = learn(rule(**rates), layer, x)
    for name in ("weight", "lateral", "threshold"):
        np.testing.assert_allclose(getattr(after, name), getattr(expected, name), rtol=1e-9, atol=1e-12)


def check_settling(rule: Any, seed: int = 0) -> None:
    rng = np.random.default_rng(seed)
    layer, x = some_layer(rng, 5, 4), rng.random((6, 5))
    expected = [settled(pattern, layer.weight, layer.lateral, layer.threshold, 10.0) for pattern in x]
    np.testing.assert_allclose(rule().settle(layer, x), expected, atol=1e-6)


def grids(on: np.ndarray) -> np.ndarray:
    """8 x 8 images, (pattern, pixel), of the 8 rows and 8 columns that are `on`, (pattern, bar)."""
    return (on[:, :8, None] | on[:, None, 8:]).reshape(len(on), 64).astype(float)


def answers_to_bars(rule: Any, seed: int, patterns: int) -> np.ndarray:
    """Which of 16 neurons answer to each bar alone, (bar, neuron), after so many patterns."""
    rng = np.random.default_rng(seed)
    foldiak, layer = rule(), LateralLayer.random(64, 16, rng)
    # First the thresholds alone, until the neurons are about as active as they should be.
    thresholds_alone = replace(foldiak, rate=0.0, rate_lateral=0.0, rate_threshold=0.1)
    layer = learn(thresholds_alone, layer, grids(rng.random((100, 16)) < 1 / 8))
    layer = learn(foldiak, layer, grids(rng.random((patterns, 16)) < 1 / 8))
    return foldiak.respond(layer, grids(np.eye(16, dtype=bool)))


def check_bars(rule: Any, seed: int = 0, patterns: int = 1600) -> None:
    """V16: every bar gets a unit of its own."""
    answers = answers_to_bars(rule, seed, patterns)
    np.testing.assert_array_equal(answers.sum(axis=0), 1)
    np.testing.assert_array_equal(answers.sum(axis=1), 1)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(0, 2**16), st.integers(1, 5), st.integers(1, 4))
def test_foldiak_equals_its_formula(seed, inputs, neurons):
    check_formula(Foldiak, seed, inputs, neurons)


@pytest.mark.parametrize("seed", range(3))
def test_neurons_settle_where_the_differential_equation_does(seed: int):
    check_settling(Foldiak, seed)


@pytest.mark.parametrize("seed", range(2))
def test_every_bar_gets_a_unit_of_its_own(seed: int):
    check_bars(Foldiak, seed)


def test_without_lateral_learning_bars_share_units():
    with pytest.raises(AssertionError):
        check_bars(lambda: Foldiak(rate_lateral=0.0), patterns=400)


def test_neurons_that_never_settle_are_an_error():
    layer = LateralLayer(np.ones((1, 2)), np.array([[0, -1e3], [-1e3, 0]]), np.zeros(2))
    with pytest.raises(BrainnetError, match=r"do not settle: choose a Foldiak\.slope smaller than 10\.0"):
        Foldiak().settle(layer, np.array([[5.0]]))


SLIPS = {
    "Hebbian sign flipped": Slip("layer.weight + self.rate", "layer.weight - self.rate"),
    "pre and post exchanged": Slip("x.T @ y /", "y.T @ x /"),
    "decay missing": Slip(" - mean * layer.weight", ""),
    "decay at all times": Slip(" - mean * layer.weight", " - layer.weight"),
    "lateral sign flipped": Slip("layer.lateral - self.rate_lateral", "layer.lateral + self.rate_lateral"),
    "probability not squared": Slip("self.probability**2", "self.probability"),
    "lateral weights may excite": Slip("np.minimum(lateral, 0)", "lateral"),
    "self-inhibition": Slip("        np.fill_diagonal(lateral, 0)\n", ""),
    "threshold's sign flipped": Slip("layer.threshold + self", "layer.threshold - self"),
    "threshold ignores the probability": Slip("(mean - self.probability)", "mean"),
    "settling ignores the others": Slip(" + y @ layer.lateral", ""),
    "settling excites the others": Slip("+ y @ layer.lateral", "- y @ layer.lateral"),
    "threshold left out": Slip(" - layer.threshold\n", "\n"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_mutant_is_rejected(name: str):
    assert rejected(check_formula, Foldiak, SLIPS[name])


def test_a_wrong_slope_is_rejected_by_the_settling():
    assert rejected(check_settling, Foldiak, Slip("self.slope / 2", "self.slope"))
