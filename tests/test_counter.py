"""Random numbers by counting, and the keys that they are functions of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brainnet import counter


def test_uniform_numbers_are_uniform():
    u = np.sort(counter.counter_uniform(np.array(12345), np.arange(1000)[:, None], np.arange(100)).ravel())
    distance = np.abs(u - (np.arange(u.size) + 0.5) / u.size).max()
    assert distance < 1.95 / np.sqrt(u.size)  # Kolmogorov-Smirnov at one in a thousand
    assert u[0] > 0
    assert u[-1] < 1


@pytest.mark.parametrize("axis", ["key", "draw", "index"])
def test_neighbours_are_uncorrelated(axis):
    n = 20000
    here = {"key": np.full(n, 7), "draw": np.zeros(n, int), "index": np.zeros(n, int)}
    here[axis] = np.arange(n)
    u = counter.counter_uniform(**here)
    assert abs(np.corrcoef(u[:-1], u[1:])[0, 1]) < 4 / np.sqrt(n)


@given(st.integers(0, 2**31 - 1), st.integers(0, 10**6), st.integers(1, 50))
def test_keys_do_not_depend_on_how_they_are_asked_for(seed, first, count):
    together = counter.keys_by_position(seed, first, count)
    alone = [counter.keys_by_position(seed, first + k, 1)[0] for k in range(count)]
    np.testing.assert_array_equal(together, alone)
    assert (together == np.floor(together)).all()
    assert together.max() < 2**counter.KEY_BITS


def test_seeds_give_different_keys():
    keys = np.concatenate([counter.keys_by_position(seed, 0, 1000) for seed in range(20)])
    assert len(np.unique(keys)) == keys.size


def test_content_keys_follow_the_pattern():
    patterns = np.random.default_rng(0).random((10, 4))
    order = np.random.default_rng(1).permutation(10)
    keys = counter.keys_by_content(3, patterns)
    np.testing.assert_array_equal(counter.keys_by_content(3, patterns[order]), keys[order])
    assert len(np.unique(keys)) == 10
