"""Hopfield's memory: its formulas, its energy, its first-step error and its capacity (V13)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.artificial import Hopfield
from brainnet.conformance.artificial.hopfield import (
    check_capacity,
    check_first_step,
    check_formulas,
    check_rest,
    random_states,
)
from brainnet.errors import BrainnetError


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 5), st.integers(1, 15))
def test_hopfield_equals_its_formulas(seed, patterns, neurons):
    check_formulas(Hopfield, seed, patterns, neurons)


def test_first_step_bit_error_is_the_published_one():
    check_first_step(Hopfield)


def test_capacity_is_the_published_one():
    check_capacity(Hopfield)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16))
def test_recall_comes_to_rest_and_never_climbs(seed):
    check_rest(Hopfield, seed)


def test_patterns_are_recalled_from_a_fifth_of_wrong_bits():
    rng = np.random.default_rng(0)
    x = random_states(rng, 10, 400)
    noisy = np.where(rng.random(x.shape) < 0.2, -x, x)
    np.testing.assert_array_equal(Hopfield().recall(Hopfield().store(x), noisy, rng), x)


def test_states_held_in_bytes_do_not_overflow():
    rng = np.random.default_rng(0)
    x = random_states(rng, 300, 40)
    weight = Hopfield().store(x.astype(np.int8))
    np.testing.assert_array_equal(weight, Hopfield().store(x))
    one, other = (Hopfield().recall(weight, states, np.random.default_rng(1)) for states in (x, x.astype(np.int8)))
    np.testing.assert_array_equal(one, other)


def test_recall_leaves_its_arguments_as_they_were():
    rng = np.random.default_rng(0)
    x, start = random_states(rng, 3, 20), random_states(rng, 2, 20)
    weight, before = Hopfield().store(x), start.copy()
    Hopfield().recall(weight, start, rng)
    np.testing.assert_array_equal(start, before)
    np.testing.assert_array_equal(weight, Hopfield().store(x))


@pytest.mark.parametrize("states", [np.array([[0.0, 1.0]]), np.array([[np.nan, 1.0]]), np.array([[True, True]])])
def test_states_other_than_minus_one_and_one_are_refused(states: np.ndarray):
    with pytest.raises(BrainnetError, match=r"^Hopfield's patterns must be numbers -1 and 1 \(got .*\): map 0 to -1"):
        Hopfield().store(states)


def test_recall_that_finds_no_rest_names_the_sweeps():
    rng = np.random.default_rng(0)
    with pytest.raises(BrainnetError, match=r"Hopfield\.sweeps = 1: allow it more"):
        Hopfield(sweeps=1).recall(Hopfield().store(random_states(rng, 30, 100)), random_states(rng, 10, 100), rng)
