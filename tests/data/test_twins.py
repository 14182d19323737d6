"""What both twins promise of the data they are given, in the same words."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_digits, load_wine
from sklearn.exceptions import NotFittedError
from sklearn.preprocessing import MinMaxScaler

from brainnet import BrainnetError, SigmoidClassifier, SpikingClassifier, competitive, frozen_fields

Classifier = SigmoidClassifier | SpikingClassifier


def artificial(**settings) -> SigmoidClassifier:
    return SigmoidClassifier(**{"hidden": (12,), "epochs": 3, "random_state": 0, **settings})


def spiking(**settings) -> SpikingClassifier:
    return SpikingClassifier(**{"cell": frozen_fields(neurons=100, epochs=3), "random_state": 0, **settings})


TWINS = pytest.mark.parametrize("twin", [artificial, spiking])
X, Y = load_digits(return_X_y=True)
X, Y, LATER = X[:60] * 15 + 10, Y[:60], X[60:100] * 17 + 1  # whole numbers: 10 to 250, and 1 to 273
WINE, KIND = load_wine(return_X_y=True)
MIXED = [*Y[:59].tolist(), "3"]


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(BrainnetError) as caught:
        act()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def answers(model: Classifier, later: np.ndarray = LATER) -> bytes:
    return model.predict_proba(later).tobytes()


@TWINS
@pytest.mark.parametrize("settings", [{}, {"value_range": (10, 250)}, {"scaling": "columns"}], ids=str)
def test_equal_values_give_equal_answers_whatever_their_type(twin, settings):
    expected = twin(**settings).fit(X, Y, validation=(X, Y))
    for dtype, later in (("uint8", np.clip(LATER, 0, 255)), ("int64", LATER), ("float32", LATER)):
        found = twin(**settings).fit(X.astype(dtype), Y, validation=(X.astype(dtype), Y))
        assert answers(found, later.astype(dtype)) == answers(expected, later)
        assert found.trained_weights_[1].tobytes() == expected.trained_weights_[1].tobytes()
        np.testing.assert_array_equal(found.curve_, expected.curve_)


def test_a_recording_does_not_depend_on_the_type_of_the_values():
    model = spiking(value_range=(10, 250)).fit(X, Y)
    expected = model.record(np.full(64, 9.0)).potential
    for dtype in ("uint8", "int64", "float32"):
        np.testing.assert_array_equal(model.record(np.full(64, 9, dtype)).potential, expected)


@TWINS
def test_a_value_outside_the_range_of_training_acts_as_the_nearest_inside(twin):
    model = twin(value_range=(10, 250)).fit(X, Y)
    assert answers(model, LATER) == answers(model, np.clip(LATER, 10, 250))


@TWINS
def test_pixels_are_scaled_together_so_that_their_unit_makes_no_difference(twin):
    raw, pixels = np.rint(X), np.rint(X) - 10  # 0 to 240
    expected = twin().fit(pixels / 240, Y)
    assert twin().fit(raw, Y).scaling_.kind == expected.scaling_.kind == "global"
    for settings in ({}, {"scaling": "global"}, {"value_range": (0, 240)}):
        assert answers(twin(**settings).fit(pixels, Y), pixels) == answers(expected, pixels / 240)


@TWINS
def test_a_raw_table_is_learned_as_well_as_one_that_is_scaled_by_column(twin):
    order = np.random.default_rng(0).permutation(len(WINE))
    train, test = order[:130], order[130:]
    by_hand = MinMaxScaler(clip=True).fit(WINE[train])
    settings = {"epochs": 10 if twin is spiking else 40}
    raw = twin(**settings).fit(WINE[train], KIND[train])
    scaled = twin(**settings).fit(by_hand.transform(WINE[train]), KIND[train])
    assert raw.scaling_.kind == "columns"
    assert raw.score(WINE[test], KIND[test]) > 0.88
    assert scaled.score(by_hand.transform(WINE[test]), KIND[test]) > 0.88


@TWINS
def test_only_training_patterns_decide_the_scale(twin):
    alone = twin().fit(X, Y)
    beside = twin().fit(X, Y, validation=(X * 1000, Y))
    assert answers(beside) == answers(alone)
    assert answers(alone, np.vstack([LATER, LATER[:1] * 1000]))[: len(answers(alone))] == answers(alone)


SHAPE = "labels must have one axis, (pattern,)"
BAD_LABELS = [
    (Y[:40], "there must be one label per pattern (got 40 labels for 60 patterns)"),
    (np.eye(10)[Y], f"{SHAPE} (got shape (60, 10), which is one-hot): give labels.argmax(axis=1)"),
    (np.eye(10, dtype=bool)[Y].tolist(), f"{SHAPE} (got shape (60, 10), which is one-hot): give labels.argmax(axis=1)"),
    (np.ones((60, 2), int), f"{SHAPE} (got shape (60, 2)): give each pattern one class"),
    (np.ones((60, 1, 1), int), f"{SHAPE} (got shape (60, 1, 1)): flatten them"),
    (3, f"{SHAPE} (got shape ()): give a list or an array of them"),
    (MIXED, "labels must be all whole numbers or all words (got 0 (int) and '3' (str)): convert them to int or str"),
    ([*Y[:59].tolist(), None],
     "labels must be all whole numbers or all words (got 0 (int) and None (NoneType)): convert them to int or str"),
    (Y + 0.5, "Unknown label type: labels must be classes, whole numbers or words (got 0.5): round or bin them"),
    ([*Y[:59].tolist(), np.nan],
     "Unknown label type: labels must be classes, whole numbers or words (got nan): round or bin them"),
    (Y + 0j, "labels must be whole numbers or words (got complex128): convert them to int or str"),
    (Y.astype(bytes), "labels must be whole numbers or words (got |S21): convert them to int or str"),
]  # fmt: skip
BAD_VALIDATION = [
    ((X, Y + 1), "validation: label 10 is no class of training: leave its patterns out, or train on some of them"),
    ((X, Y.astype(str)), "validation: labels are words (got '0'), those of training numbers (0): convert one of them"),
    ((X[:, 1:], Y), "validation: X has 63 features"),
    ((X * np.nan, Y), "validation: Input X contains NaN"),
    ((X[:0], Y[:0]), "validation: Found array with 0 sample(s)"),
    ((X[:50], Y[:40]), "validation: there must be one label per pattern (got 40 labels for 50 patterns)"),
    (X, "validation must be (patterns, labels) (got ndarray): give both"),
    ((X,), "validation must be (patterns, labels) (got tuple): give both"),
]


@TWINS
@pytest.mark.parametrize(("labels", "says"), BAD_LABELS)
def test_labels_that_are_no_classes_are_refused_in_one_line_with_its_own_cure(twin, labels, says):
    assert refusal(lambda: twin().fit(X, labels)) == says
    assert refusal(lambda: twin().fit(X, Y, validation=(X, labels))) == f"validation: {says}"


@TWINS
def test_one_class_is_refused(twin):
    says = "labels must name two classes or more (got one class, '3'): add another"
    assert refusal(lambda: twin().fit(X, np.full(60, 3))) == says
    assert "requires y to be passed, but the target y is None" in refusal(lambda: twin().fit(X, None))


@TWINS
@pytest.mark.parametrize(("validation", "says"), BAD_VALIDATION)
def test_validation_that_does_not_fit_the_training_data_is_refused_in_one_line(twin, validation, says):
    assert refusal(lambda: twin().fit(X, Y, validation=validation)).startswith(says)


@TWINS
def test_whole_numbers_of_another_type_are_the_same_labels(twin):
    expected = twin().fit(X, Y, validation=(X, Y)).curve_
    for labels in (Y.astype(float), Y.astype(object), Y.astype("uint8"), Y.tolist()):
        np.testing.assert_array_equal(twin().fit(X, Y, validation=(X, labels)).curve_, expected)
        np.testing.assert_array_equal(twin().fit(X, labels, validation=(X, Y)).curve_, expected)


class StoppedError(Exception):
    """Raised in the middle of a training."""


def stopped(model: Classifier, error: type[BaseException], patterns: np.ndarray, labels: Any) -> None:
    def progress(fraction: float, note: str) -> None:
        raise error

    with pytest.raises(error):
        model.fit(patterns, labels, progress=progress)


STOPS = pytest.mark.parametrize("error", [StoppedError, KeyboardInterrupt])


@TWINS
@STOPS
def test_an_estimator_whose_only_fit_was_stopped_is_not_fitted(twin, error):
    model = twin()
    before = pickle.dumps(model)
    stopped(model, error, X, Y)
    with pytest.raises(NotFittedError):
        model.predict(X)
    with pytest.raises(NotFittedError):
        model.predict_proba(X)
    assert pickle.dumps(model) == before


@TWINS
@STOPS
def test_an_estimator_whose_later_fit_was_stopped_answers_as_before(twin, error):
    model = twin().fit(X, Y)
    before, answered = pickle.dumps(model), answers(model)
    stopped(model, error, WINE, KIND)
    assert pickle.dumps(model) == before
    refusal(lambda: model.fit(X, MIXED))
    refusal(lambda: model.fit(X, Y, validation=(X, Y + 1)))
    assert pickle.dumps(model) == before
    assert answers(model) == answered


@TWINS
def test_settings_changed_after_a_fit_wait_for_the_next(twin):
    model = twin().fit(X, Y)
    answered = answers(model)
    model.set_params(hidden=(7,), value_range=(0, 1e6))
    assert answers(model) == answered


@TWINS
def test_both_settings_survive_clone_and_pickle(twin):
    model: Any = twin(scaling="columns").fit(X, Y)
    cloned: Any = clone(model)
    assert cloned.get_params()["scaling"] == "columns"
    again = pickle.loads(pickle.dumps(model))
    assert again.scaling_.kind == "columns"
    assert answers(again) == answers(model)


@TWINS
@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"value_range": (250, 10)}, "value_range must be (low, high), finite, with low < high (got (250, 10))"),
        ({"value_range": (10, 200)}, "value_range (10, 200) (got 205 at pattern"),
        ({"scaling": "rows"}, "scaling 'rows': there are: auto, global, columns"),
    ],
)
def test_a_scale_that_cannot_be_is_refused_in_one_line(twin, settings, says):
    assert says in refusal(lambda: twin(**settings).fit(X, Y))


@pytest.mark.parametrize("neurons", [10**13, 10**30])
@pytest.mark.parametrize(
    "sized",
    [
        lambda neurons: artificial(hidden=(neurons,)),
        lambda neurons: spiking(cell=frozen_fields(neurons=neurons)),
        lambda neurons: spiking(cell=competitive(neurons=neurons)),
    ],
    ids=["artificial", "fields", "competitive"],
)
def test_what_cannot_fit_into_memory_is_one_line(sized, neurons):
    with pytest.raises(BrainnetError, match=r"does not fit into memory \(.*\): take fewer neurons or patterns$"):
        sized(neurons).fit(np.eye(6), np.arange(6) % 2)
