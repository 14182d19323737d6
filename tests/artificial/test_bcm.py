"""BCM: its formula, and the selectivity it comes to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.artificial import BCM, learn
from brainnet.artificial.learning import SlidingLayer
from brainnet.conformance.artificial.bcm import check_formula, check_selectivity, orientations


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
