"""Földiák's network: its formulas, and the bars (V16)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.artificial import Foldiak
from brainnet.artificial.learning import LateralLayer
from brainnet.conformance.artificial.foldiak import check_bars, check_formula, check_settling
from brainnet.errors import BrainnetError


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
    layer = LateralLayer(np.ones((1, 2)), np.array([[0, -1e6], [-1e6, 0]]), np.zeros(2))
    with pytest.raises(BrainnetError, match=r"do not settle: choose a Foldiak\.slope smaller than 10\.0"):
        Foldiak().settle(layer, np.array([[5.0]]))
