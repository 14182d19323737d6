"""Laws of the scale on which networks see values."""

from __future__ import annotations

import tracemalloc
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from brainnet.data.scaling import ROUNDING, ROWS, Scaling, first_outside, fitted
from brainnet.errors import BrainnetError


@dataclass
class Settings:
    """The two settings of an estimator."""

    scaling: Any = "auto"
    value_range: Any = None


TABLE = np.array([[0, 100, 7], [1, 300, 7], [4, 200, 7]])


def test_global_scaling_takes_the_least_and_greatest_of_all_values():
    scaled = fitted(Settings("global"), TABLE)(TABLE)
    np.testing.assert_array_equal(scaled, TABLE / 300)


def test_by_column_each_column_has_its_own_range_and_a_constant_one_says_nothing():
    scaling = fitted(Settings("columns"), TABLE)
    np.testing.assert_array_equal(scaling(TABLE), [[0, 0, 0], [1 / 4, 1, 0], [1, 1 / 2, 0]])
    np.testing.assert_array_equal(scaling(np.array([[2, 150, 6], [2, 150, 1000]])), [[1 / 2, 1 / 4, 0]] * 2)


@pytest.mark.parametrize("scaling", ["auto", "global", "columns"])
def test_equal_values_everywhere_become_nothing(scaling):
    np.testing.assert_array_equal(fitted(Settings(scaling), np.full((3, 2), 5))(np.array([[4, 6]])), [[0, 0]])


@given(st.lists(st.floats(-1e300, 1e300), min_size=2, max_size=20, unique=True))
def test_order_is_kept_and_the_ends_are_exactly_0_and_1(values):
    column = np.sort(values)[:, None]
    scaled = fitted(Settings(), column)(column)[:, 0]
    assert scaled[0] == 0
    assert scaled[-1] == 1
    assert (np.diff(scaled) >= 0).all()


def test_later_values_are_clipped_to_the_range_of_training():
    scaling = fitted(Settings(), np.array([[10], [20]]))
    np.testing.assert_array_equal(scaling(np.array([[9], [-1000], [21], [1e308]])), [[0], [0], [1], [1]])


@pytest.mark.parametrize("scaling", ["global", "columns"])
@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint64", "float32"])
def test_whole_numbers_do_not_wrap_and_every_type_gives_the_same_bytes(dtype, scaling):
    values = np.random.default_rng(0).integers(0, 256, (50, 4))
    scaled = [fitted(Settings(scaling), values.astype(kind))(values.astype(kind)) for kind in (dtype, "float64")]
    narrow = [fitted(Settings(value_range=(100, 355)), values[:0].astype(kind)) for kind in (dtype, "float64")]
    scaled += [scaling(values.astype(kind)) for scaling, kind in zip(narrow, (dtype, "float64"), strict=True)]
    assert scaled[0].tobytes() == scaled[1].tobytes()
    assert scaled[2].tobytes() == scaled[3].tobytes()
    np.testing.assert_array_equal(scaled[2], np.maximum(values - 100.0, 0) / 255)


def test_nothing_and_minus_nothing_have_the_same_bytes():
    scaling = Scaling(np.array(0.0), np.array(1.0))
    assert scaling(np.array([[-0.0]])).tobytes() == scaling(np.array([[0.0]])).tobytes()


IMAGES = load_digits(return_X_y=True)[0]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (IMAGES, "global"),
        (IMAGES[:10], "global"),
        (IMAGES * 1000 - 5, "global"),
        (np.eye(4), "global"),
        (np.ones((4, 2)), "global"),
        (MinMaxScaler().fit_transform(load_wine(return_X_y=True)[0]), "global"),
        (load_wine(return_X_y=True)[0], "columns"),
        (load_breast_cancer(return_X_y=True)[0], "columns"),
        (load_iris(return_X_y=True)[0], "columns"),
        (StandardScaler().fit_transform(load_breast_cancer(return_X_y=True)[0]), "columns"),
        ((IMAGES - IMAGES.mean()) / IMAGES.std(), "global"),
    ],
)
def test_by_itself_it_is_global_where_columns_share_a_scale_and_by_column_where_not(values, kind):
    found = fitted(Settings(), values)
    assert found.kind == kind
    np.testing.assert_array_equal(found(values), fitted(Settings(kind), values)(values))


@given(st.floats(0.01, 100), st.floats(-1000, 1000))
def test_the_unit_of_the_values_does_not_choose_the_scaling(unit, zero):
    for values in (IMAGES[:20], TABLE):
        assert fitted(Settings(), values * unit + zero).kind == fitted(Settings(), values).kind


def test_no_float_copy_of_all_patterns_is_held():
    values = np.random.default_rng(0).integers(0, 256, (20 * ROWS, 50), dtype=np.uint8)
    scaling = fitted(Settings("global"), values)
    tracemalloc.start()
    mean = scaling.mean(values)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * values.size / 5
    np.testing.assert_allclose(mean, values.mean(axis=0) / 255, rtol=1e-12)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"value_range": (1, 0)}, "Settings.value_range must be (low, high), finite, with low < high (got (1, 0))"),
        ({"value_range": (0.0, np.inf)}, "must be (low, high), finite"),
        ({"value_range": (np.nan, 1.0)}, "must be (low, high), finite"),
        ({"value_range": (-1e308, 1e308)}, "must be (low, high), finite"),
        ({"value_range": (0, 1, 2)}, "must be (low, high), finite"),
        ({"value_range": 5}, "must be (low, high), finite"),
        ({"value_range": ("a", "b")}, "must be (low, high), finite"),
        ({"value_range": (0, 299)}, "outside Settings.value_range (0, 299) (got 300 at pattern 1, input 1): widen it"),
        ({"value_range": (0, 300 / 1.0001)}, "(got 300 at pattern 1, input 1)"),
        ({"value_range": (0, 300), "scaling": "columns"}, "is one for all columns: leave it out, or scaling='columns'"),
        ({"scaling": "column"}, "unknown Settings.scaling 'column': did you mean 'columns'?"),
        ({"scaling": None}, "unknown Settings.scaling None: there are: auto, global, columns"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused_in_one_line(settings, says):
    with pytest.raises(BrainnetError) as refusal:
        fitted(Settings(**settings), TABLE)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("scaling", ["auto", "global", "columns"])
def test_a_span_beyond_all_floats_is_refused(scaling):
    with pytest.raises(BrainnetError, match=r"span more than a float can hold \(got -1e\+308 to 1e\+308\)"):
        fitted(Settings(scaling), np.array([[-1e308], [1e308]]))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-3.0, 255.0)])
def test_a_rounding_error_is_no_value_outside_whatever_its_type(low, high, dtype):
    slack = ROUNDING * max(-low, high)
    for value in (low, high, high + slack / 2, low - slack / 2):
        assert first_outside(np.array([[low, value]], dtype), low, high) is None
    for value in (high + 2 * slack, low - 2 * slack, np.nan, np.inf):
        assert first_outside(np.array([[low, value]], dtype), low, high) == (0, 1)
