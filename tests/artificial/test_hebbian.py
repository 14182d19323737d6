"""Oja's and Sanger's rules: their formulas, and the principal components they find (V12)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import Slip, rejected

from brainnet.artificial import Oja, Sanger, learn


def oja(weight: np.ndarray, x: np.ndarray, rate: float) -> np.ndarray:
    """dw_i = rate y_i (x - y_i w_i), pattern by pattern and neuron by neuron."""
    weight = weight.copy()
    for pattern in x:
        for i in range(weight.shape[1]):
            y = pattern @ weight[:, i]
            weight[:, i] = weight[:, i] + rate * y * (pattern - y * weight[:, i])
    return weight


def sanger(weight: np.ndarray, x: np.ndarray, rate: float) -> np.ndarray:
    """dw_ij = rate (y_i x_j - y_i sum_{k <= i} w_kj y_k)."""
    for pattern in x:
        y, change = pattern @ weight, np.zeros_like(weight)
        for i in range(weight.shape[1]):
            for j in range(weight.shape[0]):
                change[j, i] = rate * (y[i] * pattern[j] - y[i] * sum(weight[j, k] * y[k] for k in range(i + 1)))
        weight = weight + change
    return weight


FORMULAS = {"Oja": oja, "Sanger": sanger}


def check_formula(rule: Any, seed: int = 0, inputs: int = 4, neurons: int = 4, rate: float = 0.05) -> None:
    rng = np.random.default_rng(seed)
    weight, x = rng.normal(size=(inputs, neurons)) / 2, rng.normal(size=(8, inputs))
    expected = FORMULAS[rule.__name__](weight, x, rate)
    np.testing.assert_allclose(learn(rule(rate), weight, x), expected, rtol=1e-10, atol=1e-12)


def gaussian(patterns: int, inputs: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Patterns of known principal components, and the components, (input, component), in order."""
    rng = np.random.default_rng(seed)
    components = np.linalg.qr(rng.normal(size=(inputs, inputs)))[0]
    spread = 2.0 ** -np.arange(inputs)
    return rng.normal(size=(patterns, inputs)) * spread @ components.T, components


def check_first_component(rule: Any, seed: int = 0) -> None:
    """V12: norm 1 and a cosine above .99 with the first principal component of the patterns."""
    x, _ = gaussian(5000, 8, seed)
    weight = learn(rule(0.01), np.random.default_rng(seed).normal(size=(8, 3)), x)
    norm = np.linalg.norm(weight, axis=0)
    first = np.linalg.svd(x, full_matrices=False)[2][0]
    np.testing.assert_allclose(norm, 1, atol=0.05)
    assert np.all(np.abs(first @ weight) / norm > 0.99)


def check_components_in_order(rule: Any, seed: int = 0) -> None:
    x, _ = gaussian(4000, 6, seed)
    weight = np.random.default_rng(seed).normal(size=(6, 3)) / 6**0.5
    for rate in (0.05, 0.05, 0.01):
        weight = learn(rule(rate), weight, x, batch_size=4)
    leading = np.linalg.svd(x, full_matrices=False)[2][:3].T
    np.testing.assert_allclose(np.abs(leading.T @ weight), np.eye(3), atol=0.05)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 6), st.integers(1, 5), st.floats(1e-3, 0.1))
@pytest.mark.parametrize("rule", [Oja, Sanger])
def test_rule_equals_its_formula(rule, seed, inputs, neurons, rate):
    check_formula(rule, seed, inputs, neurons, rate)


@pytest.mark.parametrize("seed", range(3))
def test_oja_finds_the_first_principal_component_and_norm_one(seed: int):
    check_first_component(Oja, seed)


@pytest.mark.parametrize("seed", range(2))
def test_sanger_finds_the_leading_components_in_order(seed: int):
    check_components_in_order(Sanger, seed)


def test_sangers_first_neuron_follows_oja():
    x, _ = gaussian(50, 6, 0)
    weight = np.random.default_rng(0).normal(size=(6, 3))
    together, alone = learn(Sanger(), weight, x), learn(Oja(), weight[:, :1], x)
    np.testing.assert_allclose(together[:, :1], alone, rtol=1e-10)


SLIPS = {
    "Oja: sign flipped": (Oja, Slip("return weight + ", "return weight - ")),
    "Oja: decay missing": (Oja, Slip(" - weight * np.sum(y * y, axis=0)", "")),
    "Oja: decay without its square": (Oja, Slip("np.sum(y * y, axis=0)", "np.sum(y, axis=0)")),
    "Oja: pre and post exchanged": (Oja, Slip("x.T @ y", "y.T @ x")),
    "Sanger: sign flipped": (Sanger, Slip("return weight + ", "return weight - ")),
    "Sanger: decay missing": (Sanger, Slip(" - weight @ np.triu(y.T @ y)", "")),
    "Sanger: order reversed": (Sanger, Slip("np.triu", "np.tril")),
    "Sanger: all neurons subtracted": (Sanger, Slip("np.triu(y.T @ y)", "(y.T @ y)")),
    "Sanger: pre and post exchanged": (Sanger, Slip("x.T @ y", "y.T @ x")),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_mutant_is_rejected(name: str):
    assert rejected(check_formula, *SLIPS[name])
