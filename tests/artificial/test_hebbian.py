"""Oja's and Sanger's rules: their formulas, and the principal components they find (V12)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.artificial import Oja, Sanger, learn
from brainnet.conformance.artificial.hebbian import (
    check_components_in_order,
    check_first_component,
    check_formula,
    gaussian,
)


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
