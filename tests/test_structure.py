from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet import structure
from brainnet.errors import BrainnetError

COUNTS = st.integers(1, 30)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(sources=COUNTS, targets=COUNTS)
def test_dense_connects_every_pair(sources, targets):
    mask = structure.dense(sources, targets)
    assert mask.shape == (sources, targets)
    assert mask.dtype == bool
    assert mask.all()


@given(count=COUNTS)
def test_one_to_one_is_the_diagonal_and_all_but_one_the_rest(count):
    mask = structure.one_to_one(count)
    assert np.array_equal(np.argwhere(mask), np.column_stack([np.arange(count)] * 2))
    assert np.array_equal(structure.all_but_one(count), ~mask)
    assert (structure.all_but_one(count).sum(axis=0) == count - 1).all()


@pytest.mark.parametrize("probability", [0.02, 0.1, 0.5, 0.9])
def test_degrees_of_a_sparse_mask_have_the_binomial_mean_and_variance(probability):
    mask = structure.sparse(400, 400, probability, rng())
    for degree in (mask.sum(axis=0), mask.sum(axis=1)):
        assert degree.mean() == pytest.approx(400 * probability, rel=0.05)
        assert degree.var() == pytest.approx(400 * probability * (1 - probability), rel=0.3)


@given(sources=COUNTS, targets=COUNTS)
def test_sparse_reaches_from_nothing_to_dense(sources, targets):
    assert not structure.sparse(sources, targets, 0, rng()).any()
    assert np.array_equal(structure.sparse(sources, targets, 1, rng()), structure.dense(sources, targets))


@given(data=st.data(), height=st.integers(1, 12), width=st.integers(1, 12), count=COUNTS, seed=st.integers(0, 99))
@settings(deadline=None)
def test_a_local_field_is_one_whole_square(data, height, width, count, seed):
    size = data.draw(st.integers(1, min(height, width)))
    mask = structure.local_fields((height, width), size, count, rng(seed))
    assert mask.shape == (height * width, count)
    for image in mask.T.reshape(count, height, width):
        rows, columns = np.nonzero(image.any(axis=1))[0], np.nonzero(image.any(axis=0))[0]
        assert len(rows) == len(columns) == size
        assert np.ptp(rows) == np.ptp(columns) == size - 1
        assert image.sum() == size * size


def test_local_fields_lie_everywhere_with_equal_chance():
    mask = structure.local_fields((5, 6), 3, 12_000, rng())
    first = mask.argmax(axis=0)
    places, counts = np.unique(first, return_counts=True)
    assert places.tolist() == [row * 6 + column for row in range(3) for column in range(4)]
    assert np.abs(counts - 1000).max() < 5 * np.sqrt(1000)


def test_one_seed_gives_one_mask_and_another_seed_another():
    for make in (
        lambda seed: structure.sparse(20, 20, 0.5, rng(seed)),
        lambda seed: structure.local_fields((8, 8), 3, 20, rng(seed)),
    ):
        assert np.array_equal(make(1), make(1))
        assert not np.array_equal(make(1), make(2))


@given(count=st.integers(1, 200), fraction=st.floats(0, 1))
def test_dale_signs_are_excitatory_first_in_the_fraction_asked_for(count, fraction):
    signs = structure.dale_signs(count, fraction)
    assert signs.shape == (count,)
    assert set(signs) <= {-1, 1}
    assert (np.diff(signs) <= 0).all()
    assert abs((signs == 1).sum() - fraction * count) <= 0.5


def test_dale_signs_keep_the_precision_of_float32_weights():
    assert (np.ones(5, np.float32) * structure.dale_signs(5)).dtype == np.float32
    assert structure.dale_signs(5).tolist() == [1, 1, 1, 1, -1]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: structure.dense(0, 3), "sources must be a whole number, 1 or more (got 0)"),
        (lambda: structure.dense(3, 2.0), "targets must be a whole number, 1 or more (got 2.0)"),  # type: ignore[arg-type]
        (lambda: structure.all_but_one(-1), "count must be a whole number, 1 or more (got -1)"),
        (lambda: structure.sparse(3, 3, 1.5, rng()), "probability must be a number from 0 to 1 (got 1.5)"),
        (lambda: structure.sparse(3, 3, np.nan, rng()), "probability must be a number from 0 to 1 (got nan)"),
        (lambda: structure.dale_signs(3, -0.1), "excitatory_fraction must be a number from 0 to 1 (got -0.1)"),
        (lambda: structure.local_fields((8, 6), 7, 3, rng()), "got size 7 for an image of 8 x 6"),
        (lambda: structure.local_fields((8, 0), 1, 3, rng()), "each side of shape must be a whole number"),
        (lambda: structure.local_fields((8, 8), 0, 3, rng()), "size must be a whole number"),
    ],
)
def test_settings_out_of_range_are_named_with_their_value(make, says):
    with pytest.raises(BrainnetError) as caught:
        make()
    assert says in str(caught.value)
