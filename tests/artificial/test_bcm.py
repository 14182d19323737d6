"""BCM: its formula, and the selectivity it comes to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import Slip, rejected

from brainnet.artificial import BCM, learn
from brainnet.artificial.learning import SlidingLayer


def formula(weight: np.ndarray, x: np.ndarray, rule: BCM) -> tuple[np.ndarray, np.ndarray]:
    """dw = rate (y (y - theta) x - decay w), theta = (c / c_0)^p c, c the running mean of y."""
    weight, average = weight.copy(), np.zeros(weight.shape[1])
    for pattern in x:
        for i in range(weight.shape[1]):
            y = max(0.0, float(np.dot(weight[:, i], pattern)))
            theta = (average[i] / rule.target) ** rule.power * average[i]
            weight[:, i] += rule.rate * (y * (y - theta) * pattern - rule.decay * weight[:, i])
            average[i] = (1 - 1 / rule.tau) * average[i] + y / rule.tau
    return weight, average


def check_formula(rule: Any, seed: int = 0, inputs: int = 4, neurons: int = 4, power: float = 2.0) -> None:
    rng = np.random.default_rng(seed)
    weight, x = rng.normal(size=(inputs, neurons)), rng.normal(size=(12, inputs))
    settings = {"rate": 0.005, "target": 0.7, "power": power, "tau": 5.0, "decay": 0.1}
    expected, average = formula(weight, x, BCM(**settings))
    after = learn(rule(**settings), SlidingLayer.of(weight), x)
    np.testing.assert_allclose(after.weight, expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(after.average, average, rtol=1e-9, atol=1e-12)


def orientations(count: int, inputs: int = 12) -> np.ndarray:
    """Bumps of activity, (pattern, input), evenly spread on a ring of inputs."""
    angle = 2 * np.pi * (np.arange(inputs) / inputs - np.arange(count)[:, None] / count)
    bumps = np.exp((np.cos(angle) - 1) / 0.36)
    return bumps / np.linalg.norm(bumps, axis=1, keepdims=True)


def check_selectivity(rule: Any, seed: int = 0, count: int = 6, power: float = 2.0) -> None:
    """One pattern of K is answered, with c_0 K^(1 + 1/p), and the others are not: the most selective fixed point."""
    x, weight = orientations(count), 0.1 * np.random.default_rng(seed).random((12, 8))
    target = count ** -(1 + 1 / power)
    bcm = rule(rate=0.1, target=target, power=power, tau=20)
    layer = learn(bcm, SlidingLayer.of(weight), x, batch_size=count, epochs=20_000)
    answers = np.sort(bcm.respond(layer, x), axis=0)
    np.testing.assert_allclose(answers[-1], 1, atol=0.01)
    assert np.all(answers[:-1] < 0.01)
    selectivity = 1 - answers.mean(axis=0) / answers.max(axis=0)
    np.testing.assert_allclose(selectivity, 1 - 1 / count, atol=0.01)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 5), st.integers(1, 4), st.floats(0.5, 2.5))
def test_bcm_equals_its_formula(seed, inputs, neurons, power):
    check_formula(BCM, seed, inputs, neurons, power)


@pytest.mark.parametrize(("seed", "power"), [(0, 2.0), (1, 1.0)])
def test_bcm_becomes_selective(seed: int, power: float):
    check_selectivity(BCM, seed, power=power)


def test_shown_one_by_one_in_random_order_each_neuron_keeps_one_pattern():
    x, rng = orientations(6), np.random.default_rng(0)
    rule = BCM(rate=0.02, target=6**-1.5)
    layer = learn(rule, SlidingLayer.of(0.1 * rng.random((12, 8))), x, epochs=4000, rng=rng)
    np.testing.assert_array_equal(np.count_nonzero(rule.respond(layer, x) > 1e-3, axis=0), 1)


def test_a_silent_neuron_learns_nothing_but_its_decay():
    rule, layer = BCM(decay=0.5, rate=0.1), SlidingLayer.of(-np.ones((3, 2)))
    after = rule.update(layer, np.ones((1, 3)))
    np.testing.assert_allclose(after.weight, -0.95)
    np.testing.assert_array_equal(after.average, 0)


SLIPS = {
    "sign flipped": Slip("y * (y - self.threshold", "-y * (y - self.threshold"),
    "threshold left out": Slip("(y - self.threshold(layer))", "y"),
    "y missing from the product": Slip("y * (y - self.threshold(layer))", "y - self.threshold(layer)"),
    "pre and post exchanged": Slip(
        "x.T @ (y * (y - self.threshold(layer)))", "(y * (y - self.threshold(layer))).T @ x"
    ),
    "power one too small": Slip("layer.average * (layer.average", "(layer.average"),
    "power one too large": Slip("layer.average * (layer.average", "layer.average * layer.average * (layer.average"),
    "target multiplies": Slip("layer.average / self.target", "layer.average * self.target"),
    "decay missing": Slip(" - self.decay * layer.weight", ""),
    "decay's sign flipped": Slip("- self.decay * layer.weight", "+ self.decay * layer.weight"),
    "average that adds up": Slip("(y.mean(axis=0) - layer.average)", "y.mean(axis=0)"),
    "wrong time constant": Slip("/ self.tau", "/ (self.tau + 1)"),
    "not rectified": Slip("np.maximum(x @ layer.weight, 0)", "x @ layer.weight"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_mutant_is_rejected(name: str):
    assert rejected(check_formula, BCM, SLIPS[name])
