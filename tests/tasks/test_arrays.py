from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.preprocessing import MinMaxScaler

from brainnet import tasks
from brainnet.errors import BrainnetError

PATTERNS = np.linspace(0, 1, 240).reshape(40, 6)
LABELS = np.arange(40) % 2


def changed(value: float) -> np.ndarray:
    patterns = PATTERNS.copy()
    patterns[3, 2] = value
    return patterns


def refusal(patterns, labels, **settings) -> str:
    with pytest.raises(BrainnetError) as caught:
        tasks.from_arrays("mine", patterns, labels, **settings)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@given(seed=st.integers(0, 2**64), count=st.integers(10, 60), classes=st.integers(2, 3))
@settings(deadline=None)
def test_each_pattern_keeps_its_label_and_lands_in_one_split(seed, count, classes):
    patterns = np.arange(count)[:, None] / count
    labels = np.arange(count) % classes
    task = tasks.from_arrays("mine", patterns, labels, seed=seed)
    parts = (task.train, task.validation, task.test)
    found = np.concatenate([np.rint(part.patterns[:, 0] * count).astype(int) for part in parts])
    assert np.array_equal(np.sort(found), np.arange(count))
    assert np.array_equal(np.concatenate([part.labels for part in parts]), labels[found])


def test_digits_are_made_in_this_way():
    images, digits = load_digits(return_X_y=True)
    mine = tasks.from_arrays("digits", images / 16, digits, seed=7, test=360, validation=180)
    assert np.array_equal(mine.test.patterns, tasks.load("digits", seed=7).test.patterns)
    assert mine.shape == (8, 8)


@pytest.mark.parametrize(
    ("labels", "even", "odd"),
    [
        (["no", "yes"] * 20, "no", "yes"),
        ([False, True] * 20, "False", "True"),
        ([3.0, 10.0] * 20, "3", "10"),
        (np.array([10, 3] * 20, dtype=object), "10", "3"),
        (np.array(["b", "a"] * 20), "b", "a"),
    ],
)
def test_labels_may_be_words_or_whole_numbers(labels, even, odd):
    task = tasks.from_arrays("mine", PATTERNS, labels)
    assert set(task.classes) == {even, odd}
    where = [int(np.flatnonzero((row == PATTERNS).all(axis=1))[0]) for row in task.test.patterns]
    assert [task.classes[label] for label in task.test.labels] == [odd if place % 2 else even for place in where]


def test_the_callers_arrays_stay_writable_and_apart():
    patterns, labels = PATTERNS.copy(), LABELS.copy()
    task = tasks.from_arrays("mine", patterns, labels)
    before = task.train.patterns.copy()
    patterns[:] = 0
    labels[:] = 0
    assert np.array_equal(task.train.patterns, before)
    assert set(task.train.labels) == {0, 1}


def test_float32_stays_float32_and_all_else_becomes_float64():
    assert tasks.from_arrays("mine", PATTERNS.astype(np.float32), LABELS).train.patterns.dtype == np.float32
    assert tasks.from_arrays("mine", np.eye(40, dtype=bool), LABELS).train.patterns.dtype == np.float64


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "float32", "float64"])
def test_equal_values_of_another_type_make_the_same_task(dtype):
    corners = np.tile([(0, 0, 1), (0, 1, 0), (1, 0, 0), (1, 1, 1)], (10, 1))
    task = tasks.from_arrays("mine", corners.astype(dtype), LABELS.astype(dtype), seed=3)
    expected = tasks.from_arrays("mine", corners.astype(float), LABELS, seed=3)
    assert task.classes == (("False", "True") if dtype == "bool" else expected.classes)
    for name in ("train", "validation", "test"):
        found, wanted = getattr(task, name), getattr(expected, name)
        np.testing.assert_array_equal(found.patterns, wanted.patterns)
        np.testing.assert_array_equal(found.labels, wanted.labels)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_what_scikit_learn_scales_to_the_unit_interval_is_taken_and_lies_in_it(dtype):
    patterns, labels = load_breast_cancer(return_X_y=True)
    scaled = MinMaxScaler().fit_transform(patterns.astype(dtype))
    assert scaled.max() > 1  # by a rounding error
    task = tasks.from_arrays("mine", scaled, labels)
    for part in (task.train, task.validation, task.test):
        assert part.patterns.min() >= 0
        assert part.patterns.max() <= 1


def test_shape_is_square_where_it_can_be_else_one_row():
    assert tasks.from_arrays("mine", PATTERNS, LABELS).shape == (1, 6)
    assert tasks.from_arrays("mine", PATTERNS[:, :4], LABELS).shape == (2, 2)
    assert tasks.from_arrays("mine", PATTERNS, LABELS, shape=(2, 3)).shape == (2, 3)


@pytest.mark.parametrize(
    ("patterns", "says"),
    [
        ([], "there are no patterns (got an array of shape (0,))"),
        (np.zeros((0, 6)), "there are no patterns (got an array of shape (0, 6))"),
        (np.zeros((40, 0)), "there are no patterns (got an array of shape (40, 0))"),
        (PATTERNS[:, 0], "must have two axes, (pattern, input) (got shape (40,)): reshape to (1, -1) if"),
        (PATTERNS.reshape(40, 2, 3), "(got shape (40, 2, 3)): reshape to (len(patterns), -1)"),
        (0.5, "(got shape ())"),
        (None, "must have two axes"),
        ([[0.5, None]] * 40, "must be finite (got nan at pattern 0, input 1)"),
        ([[0.1, 0.2], [0.3]], "some row is longer than another"),
        ([["a", "b"]] * 40, "must be real numbers (got dtype <U1)"),
        ([[1, object()]] * 40, "some entry is no number"),
        (PATTERNS + 0j, "must be real numbers (got dtype complex128)"),
        (changed(np.nan), "must be finite (got nan at pattern 3, input 2): remove"),
        (changed(np.inf), "must be finite (got inf at pattern 3, input 2): remove"),
        (changed(1 + 2e-4), "must lie in [0, 1] (got 1.0002 at pattern 3, input 2): rescale"),
        (changed(1 + 2e-5), "must lie in [0, 1] (got 1.00002 at pattern 3, input 2): rescale"),
        (changed(-0.25), "must lie in [0, 1] (got -0.25 at pattern 3, input 2): rescale"),
        (np.arange(240).reshape(40, 6), "must lie in [0, 1] (got 2 at pattern 0, input 2): rescale"),
    ],
)
def test_bad_patterns_are_refused_with_the_value_and_the_cure(patterns, says):
    assert says in refusal(patterns, LABELS)


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        (LABELS[:39], "one label per pattern (got 39 labels for 40 patterns)"),
        ([], "one label per pattern (got 0 labels for 40 patterns)"),
        (LABELS[:, None], "must have one axis, (pattern,) (got shape (40, 1)): flatten"),
        (np.eye(40), "(got shape (40, 40), which is one-hot): give labels.argmax(axis=1)"),
        (np.eye(40).tolist(), "(got shape (40, 40), which is one-hot): give labels.argmax(axis=1)"),
        (np.ones((40, 2), int), "(got shape (40, 2)): give each pattern one class"),
        ([0, 1 + 1e-9] * 20, "must be classes, whole numbers or words (got 1.000000001): round"),
        (None, "must have one axis, (pattern,) (got shape ())"),
        (np.zeros(40, int), "two classes or more (got one class, '0'): add"),
        (["cat"] * 40, "two classes or more (got one class, 'cat'): add"),
        ([0, 1.5] * 20, "must be classes, whole numbers or words (got 1.5): round"),
        ([0, np.nan] * 20, "must be classes, whole numbers or words (got nan)"),
        ([0, np.inf] * 20, "must be classes, whole numbers or words (got inf)"),
        ([0, "a"] * 20, "all whole numbers or all words (got 0 (int) and 'a' (str)): convert"),
        ([0, None] * 20, "(got 0 (int) and None (NoneType))"),
        ([[0], [1, 2]] * 20, "must be all whole numbers or all words (got [0] (list))"),
        ([0, 10**30] * 20, f"must be below 2**63 (got {10**30}): convert them to str"),
        (LABELS + 0j, "whole numbers or words (got complex128)"),
    ],
)
def test_bad_labels_are_refused_with_the_value_and_the_cure(labels, says):
    assert says in refusal(PATTERNS, labels)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"test": 30, "validation": 10}, "must leave patterns to train on (got (30, 10) of 40)"),
        ({"test": 0}, "test must be a whole number, 1 or more (got 0)"),
        ({"validation": 0.01}, "validation must hold a pattern or more (got 0.01 of 40): raise it"),
        ({"test": 1.5}, "test must be a number from 0 to 1 (got 1.5)"),
        ({"test": np.nan}, "test must be a number from 0 to 1 (got nan)"),
        ({"shape": (2, 2)}, "shape must multiply to the number of inputs (got (2, 2) for 6 inputs)"),
        ({"shape": (6,)}, "shape must be (height, width) (got (6,))"),
        ({"shape": (-2, -3)}, "each side of shape must be a whole number, 1 or more (got -2)"),
        ({"seed": -3}, "seed must be a whole number, 0 or more (got -3)"),
    ],
)
def test_bad_settings_are_refused_with_the_value(settings, says):
    assert says in refusal(PATTERNS, LABELS, **settings)


def test_a_class_without_training_patterns_is_named():
    labels = np.array(["common"] * 39 + ["rare"])
    message = refusal(PATTERNS, labels, test=36, validation=2)
    assert message.startswith("class 'rare' has no training pattern: give more patterns of it")


@pytest.mark.parametrize("low", [0.0, 290.0, 950.0])
def test_what_min_max_scaler_makes_of_single_precision_is_taken(low):
    for seed in range(60):
        values = np.random.default_rng(seed).uniform(low, low + 10, (60, 5)).astype(np.float32)
        task = tasks.from_arrays("table", MinMaxScaler().fit_transform(values), np.arange(60) % 2)
        assert 0 <= task.train.patterns.min() <= task.train.patterns.max() <= 1
