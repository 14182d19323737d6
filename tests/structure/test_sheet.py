from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brainnet.errors import BrainnetError
from brainnet.structure import Exponential, Gaussian, dense, distance_dependent, distances, grid

PLACES = st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=1, max_size=6).map(np.array)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(sources=PLACES, targets=PLACES)
def test_distances_are_euclidean(sources, targets):
    expected = [[np.hypot(*(a - b)) for b in targets] for a in sources]
    np.testing.assert_allclose(distances(sources, targets), expected, atol=1e-9)


@given(sources=PLACES, targets=PLACES, height=st.floats(0.5, 15), width=st.floats(0.5, 15))
def test_on_a_torus_the_nearest_of_all_images_counts(sources, targets, height, width):
    found = distances(sources, targets, (height, width))
    apart = sources[:, None] - targets + np.arange(-90, 91)[:, None, None, None] * [height, width]
    np.testing.assert_allclose(found, np.hypot(*np.abs(apart).min(axis=0).transpose(2, 0, 1)), atol=1e-6)


def test_a_torus_looks_the_same_from_everywhere():
    found = np.sort(distances(grid(4, 6), grid(4, 6), (4, 6)), axis=1)
    np.testing.assert_allclose(found, np.broadcast_to(found[0], found.shape))


def test_a_grid_goes_row_by_row():
    assert grid(2, 3).tolist() == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]


def test_kernels_equal_their_equations_by_hand():
    far = np.array([0.0, 1.0, 2.0])
    np.testing.assert_allclose(Gaussian(2, 0.5)(far), [0.5, 0.5 * np.exp(-1 / 8), 0.5 * np.exp(-0.5)])
    np.testing.assert_allclose(Exponential(2, 0.5)(far), [0.5, 0.5 * np.exp(-0.5), 0.5 * np.exp(-1)])


@pytest.mark.parametrize("kernel", [Gaussian(2, 0.7), Exponential(2)], ids=repr)
def test_each_pair_has_its_own_probability(kernel):
    sources, targets = grid(2, 3), grid(3, 3) + 0.5
    chance = kernel(distances(sources, targets, (3, 3)))
    draws = (distance_dependent(sources, targets, kernel, rng(seed), period=(3, 3)) for seed in range(2000))
    counts = np.sum([graph.mask() for graph in draws], axis=0)
    assert (np.abs(counts - 2000 * chance) < 5 * np.sqrt(2000 * chance * (1 - chance))).all()


def test_a_kernel_may_be_any_function_of_the_distance():
    near = distance_dependent(grid(5, 5), grid(5, 5), lambda d: (d <= 1) * 1.0, rng(), self_connections=False)
    assert near.out_degrees().reshape(5, 5).tolist()[:2] == [[2, 3, 3, 3, 2], [3, 4, 4, 4, 3]]
    everywhere = distance_dependent(grid(2, 2), grid(3, 3), np.ones_like, rng())
    assert everywhere == dense(4, 9)


def test_a_kernel_may_miss_0_and_1_by_a_rounding_error():
    above, below = 1 + 2**-52, -(2.0**-52)
    assert distance_dependent(grid(2, 2), grid(3, 3), lambda d: np.full_like(d, above), rng()) == dense(4, 9)
    assert distance_dependent(grid(2, 2), grid(3, 3), lambda d: np.full_like(d, below), rng()).n_synapses == 0


SHEET = grid(3, 3)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Gaussian(0), "Gaussian.width must be positive and finite (got 0)"),
        (lambda: Gaussian(1, 1.2), "Gaussian.peak must be a number from 0 to 1 (got 1.2)"),
        (lambda: Exponential(np.nan), "Exponential.length must be positive and finite (got nan)"),
        (lambda: grid(0, 3), "height must be a whole number, 1 or more (got 0)"),
        (lambda: distance_dependent(SHEET, SHEET, lambda d: d, rng()), "from 0 to 1 (got 2 at distance 2)"),
        (lambda: distance_dependent(SHEET, SHEET, lambda d: 1 + d / 1e4, rng()), "(got 1.0001 at distance 1)"),
        (lambda: distance_dependent(SHEET, SHEET, lambda d: d * np.nan, rng()), "from 0 to 1 (got nan at distance 0)"),
        (lambda: distance_dependent(SHEET, SHEET, np.sum, rng()), "one probability for each distance"),  # type: ignore[arg-type]
        (lambda: distance_dependent(SHEET[:, :1], SHEET, Gaussian(1), rng()), "sources must be positions on the sheet"),
        (
            lambda: distance_dependent(SHEET, SHEET / 0.0, Gaussian(1), rng()),
            "targets must be finite positions (got [nan",
        ),
        (lambda: distance_dependent(SHEET, SHEET, Gaussian(1), rng(), period=(3, 0)), "period[1] must be positive"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_is_no_sheet_or_kernel_is_refused(make, says):
    with pytest.raises(BrainnetError) as caught:
        make()
    assert says in str(caught.value)
