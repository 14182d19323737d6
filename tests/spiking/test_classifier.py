"""What the spiking classifiers promise."""

import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from brainnet import tasks
from brainnet.errors import BrainnetError
from brainnet.spiking import DeltaRule, Presentation, SpikingClassifier, competitive, frozen_fields

FIELDS = frozen_fields(neurons=100, epochs=3)
COMPETITIVE = competitive(neurons=20, epochs=1, presentation=Presentation(input_ms=100.0, min_spikes=5))
BOTH = pytest.mark.parametrize("cell", [FIELDS, COMPETITIVE], ids=["fields", "competitive"])


@pytest.fixture(scope="module")
def digits() -> tuple[np.ndarray, np.ndarray]:
    train = tasks.load("digits").train
    return train.patterns[:300], train.labels[:300]


@parametrize_with_checks([SpikingClassifier()])
def test_scikit_learn_contract(estimator, check):
    check(estimator)


@BOTH
def test_same_seed_same_bytes(cell, digits):
    X, y = digits
    first, second = (SpikingClassifier(cell, random_state=3).fit(X[:200], y[:200]) for _ in range(2))
    assert first.trained_weights_[1].tobytes() == second.trained_weights_[1].tobytes()
    assert first.predict_proba(X[200:]).tobytes() == second.predict_proba(X[200:]).tobytes()


@BOTH
def test_another_seed_gives_another_network(cell, digits):
    X, y = digits
    first, second = (SpikingClassifier(cell, random_state=seed).fit(X[:50], y[:50]) for seed in (0, 1))
    assert not np.array_equal(first.trained_weights_[1], second.trained_weights_[1])


@BOTH
def test_prediction_does_not_depend_on_the_batch(cell, digits):
    X, y = digits
    fitted = SpikingClassifier(cell, random_state=0).fit(X[:200], y[:200])
    together = fitted.predict_proba(X[200:260])
    order = np.random.default_rng(0).permutation(60)
    np.testing.assert_array_equal(fitted.predict_proba(X[200:260][order]), together[order])
    np.testing.assert_array_equal(fitted.predict_proba(X[205:206]), together[5:6])


@BOTH
def test_prediction_changes_nothing(cell, digits):
    X, y = digits
    fitted = SpikingClassifier(cell, random_state=0).fit(X[:100], y[:100])
    before = pickle.dumps(fitted)
    fitted.predict(X[100:])
    assert pickle.dumps(fitted) == before


@BOTH
def test_survives_pickle_and_clone(cell, digits):
    X, y = digits
    fitted = SpikingClassifier(cell, random_state=0).fit(X[:100], y[:100])
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(again.predict(X[100:]), fitted.predict(X[100:]))
    cloned: Any = clone(fitted)
    np.testing.assert_array_equal(cloned.fit(X[:100], y[:100]).predict(X[100:]), fitted.predict(X[100:]))


def test_works_in_pipeline_and_grid_search(digits):
    X, y = digits
    pipeline = make_pipeline(MinMaxScaler(), SpikingClassifier(FIELDS, random_state=0))
    search = GridSearchCV(pipeline, {"spikingclassifier__epochs": [1, 3]}, cv=2).fit(X * 16, y)
    assert search.best_score_ > 0.6


def test_grid_search_compares_cells(digits):
    X, y = digits
    few = frozen_fields(neurons=100, epochs=1, rule=DeltaRule(rate=1e-9))  # too slow to learn
    search = GridSearchCV(SpikingClassifier(random_state=0), {"cell": [few, FIELDS, COMPETITIVE]}, cv=2).fit(X, y)
    assert search.best_params_["cell"] != few
    assert search.best_score_ > 0.4


def test_frozen_fields_learn_digits(digits):
    X, y = digits
    cell = frozen_fields(neurons=100)
    assert SpikingClassifier(cell, random_state=0).fit(X[:200], y[:200]).score(X[200:], y[200:]) > 0.8


def test_competition_learns_digits(digits):
    X, y = digits
    cell = replace(COMPETITIVE, rule=replace(COMPETITIVE.rule, epochs=3))
    assert SpikingClassifier(cell, random_state=0).fit(X[:200], y[:200]).score(X[200:], y[200:]) > 0.5


def test_competitive_weights_do_not_depend_on_labels(digits):
    X, y = digits
    told = SpikingClassifier(COMPETITIVE, random_state=0).fit(X[:100], y[:100])
    mistold = SpikingClassifier(COMPETITIVE, random_state=0).fit(X[:100], (y[:100] + 3) % 10)
    np.testing.assert_array_equal(told.trained_weights_[1], mistold.trained_weights_[1])


@BOTH
def test_validation_data_change_nothing_but_the_curve(cell, digits):
    X, y = digits
    alone = SpikingClassifier(cell, random_state=0).fit(X[:100], y[:100])
    watched = SpikingClassifier(cell, random_state=0).fit(X[:100], y[:100], validation=(X[200:250], y[200:250]))
    np.testing.assert_array_equal(alone.predict_proba(X[100:]), watched.predict_proba(X[100:]))
    assert watched.curve_.shape == (cell.rule.epochs, 2)


@BOTH
def test_progress_ends_at_one(cell, digits):
    seen = []
    X, y = digits
    SpikingClassifier(cell, random_state=0).fit(X[:60], y[:60], progress=lambda fraction, note: seen.append(fraction))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


@BOTH
def test_recording_has_the_networks_populations(cell, digits):
    X, y = digits
    fitted = SpikingClassifier(cell, random_state=0).fit(X[:60], y[:60])
    recording = fitted.record(X[70])
    names = {FIELDS: ["hidden", "readout"], COMPETITIVE: ["inputs", "hidden", "inhibitory"]}[cell]
    assert list(recording.spike_times_ms) == names == [each.name for each in fitted.model_.network.populations]
    assert recording.potential.shape == recording.threshold.shape == recording.trace_times_ms.shape
    assert all((times <= recording.duration_ms).all() for times in recording.spike_times_ms.values())
    assert sum(len(times) for times in recording.spike_times_ms.values()) > 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"epochs": 0}, "epochs must be a whole number, 1 or more"),
        ({"hidden": 500}, r"hidden must be a tuple of whole numbers.*\(got 500\)"),
        ({"hidden": (4, 4)}, "the spiking twin has one hidden layer"),
        ({"random_state": -1}, "random_state must be"),
        ({"backend": "gpu"}, "backend must be"),
    ],
)
def test_bad_settings_are_named(settings, said, digits):
    X, y = digits
    with pytest.raises(BrainnetError, match=said):
        SpikingClassifier(**({"cell": FIELDS} | settings)).fit(X[:20], y[:20])


@pytest.mark.parametrize("preset", [frozen_fields, competitive])
@pytest.mark.parametrize("neurons", [0, 1.5, "a", None, True])
def test_neurons_are_counted_in_whole_numbers(preset, neurons):
    with pytest.raises(
        BrainnetError, match=r"Cell\.hidden must be a tuple of whole numbers, 1 or more.*\(got \("
    ) as caught:
        preset(neurons=neurons)
    assert f"({neurons!r},)" in str(caught.value)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_data_that_cannot_be_learned_are_refused_in_one_line(digits, value):
    X, y = digits[0][:20].copy(), digits[1][:20]
    X[3, 2] = value
    with pytest.raises(BrainnetError) as refusal:
        SpikingClassifier(FIELDS).fit(X, y)
    assert "\n" not in str(refusal.value)


def test_a_recording_is_of_one_pattern(digits):
    X, y = digits
    fitted = SpikingClassifier(FIELDS, epochs=1, random_state=0).fit(X[:20], y[:20])
    with pytest.raises(BrainnetError, match=r"record shows one pattern \(got 2\)"):
        fitted.record(X[:2])
