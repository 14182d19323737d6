"""What the artificial classifier learns, keeps and refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from brainnet.artificial import (
    Backpropagation,
    CrossEntropy,
    FeedbackAlignment,
    Linear,
    ReLU,
    Sigmoid,
    SigmoidClassifier,
    SquaredError,
)
from brainnet.errors import BrainnetError

CORNERS = np.array([(0, 0), (0, 1), (1, 0), (1, 1)], float)
XOR = np.array([0, 1, 1, 0])


@pytest.fixture(scope="module")
def digits() -> Any:
    """Training patterns, held-out patterns, training labels, held-out labels."""
    patterns, labels = load_digits(return_X_y=True)
    return train_test_split(patterns / 16, labels, test_size=360, stratify=labels, random_state=0)


@pytest.fixture(scope="module")
def small(digits) -> tuple[np.ndarray, np.ndarray]:
    return digits[0][:200], digits[2][:200]


def quick(**settings) -> SigmoidClassifier:
    return SigmoidClassifier(**{"hidden": (12,), "epochs": 3, "random_state": 0, **settings})


def test_learns_digits_with_its_default_settings(digits):
    train, test, labels, test_labels = digits
    assert SigmoidClassifier(random_state=0).fit(train, labels).score(test, test_labels) > 0.96


def test_softmax_regression_is_the_network_without_hidden_layers(digits):
    train, test, labels, test_labels = digits
    model = SigmoidClassifier(hidden=(), random_state=0).fit(train, labels)
    assert model.score(test, test_labels) > 0.93
    z = test.astype(np.float32) @ model.network_.connections[0].weight + model.network_.connections[0].bias
    by_hand = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict_proba(test), by_hand, rtol=1e-4, atol=1e-7)


def test_hidden_neurons_learn_xor_from_most_seeds():
    solved = [
        quick(hidden=(4,), epochs=500, random_state=seed).fit(CORNERS, XOR).score(CORNERS, XOR) for seed in range(20)
    ]
    assert np.sum(np.array(solved) == 1) >= 19


@pytest.mark.parametrize("loss", [CrossEntropy(), SquaredError()], ids=repr)
def test_no_seed_learns_xor_without_hidden_neurons(loss):
    for seed in range(5):
        model = quick(hidden=(), loss=loss, epochs=300, random_state=seed)
        assert model.fit(CORNERS, XOR).score(CORNERS, XOR) <= 0.75


@pytest.mark.parametrize("loss", [SquaredError(), SquaredError(Linear())], ids=repr)
def test_squared_error_learns_digits_too(digits, small, loss):
    train, test, labels, test_labels = digits
    model = quick(hidden=(50,), loss=loss, rule=Backpropagation(rate=0.05), epochs=40).fit(train, labels)
    assert model.score(test, test_labels) > 0.9
    np.testing.assert_array_equal(model.classes_[model.predict_proba(small[0]).argmax(axis=1)], model.predict(small[0]))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_one_random_state_gives_the_same_bytes(small, dtype: str):
    first, again = (quick(dtype=dtype).fit(*small).trained_weights_ for _ in range(2))
    assert [weights.tobytes() for weights in first] == [weights.tobytes() for weights in again]
    assert first[0].dtype == first[1].dtype == dtype


def test_random_states_differ_and_may_be_generators_or_none(small):
    def after(state: object) -> np.ndarray:
        return quick(random_state=state).fit(*small).trained_weights_[1]

    np.testing.assert_array_equal(after(np.random.RandomState(5)), after(np.random.RandomState(5)))
    assert np.any(after(1) != after(2))
    assert np.any(after(None) != after(None))


@pytest.mark.parametrize(("hidden", "fields"), [((), (10, 64)), ((12,), (12, 64)), ((7, 5), (7, 64))])
def test_fitted_attributes_describe_the_network(small, hidden: tuple[int, ...], fields: tuple[int, int]):
    model = quick(hidden=hidden).fit(*small)
    before, after = model.trained_weights_
    assert model.receptive_fields_.shape == fields
    np.testing.assert_array_equal(model.receptive_fields_, model.network_.connections[0].weight.T)
    assert model.n_units_ == sum(hidden) + 10
    assert before.shape == after.shape == (model.n_trained_parameters_,)
    assert np.any(before != after)
    assert model.n_frozen_parameters_ == 0
    assert model.n_features_in_ == 64


def test_random_feedback_counts_as_frozen_parameters(small):
    assert quick(hidden=(7, 5), rule=FeedbackAlignment()).fit(*small).n_frozen_parameters_ == 5 * 7 + 10 * 5


def test_curve_has_a_point_before_training_and_one_for_each_epoch(small):
    model = quick(epochs=4).fit(*small)
    np.testing.assert_array_equal(model.curve_[:, 0], [0, 200, 400, 600, 800])
    assert np.all((model.curve_[:, 1] >= 0) & (model.curve_[:, 1] <= 1))
    assert model.curve_[-1, 1] > model.curve_[0, 1]


def test_validation_is_measured_and_changes_nothing(small, digits):
    held_out = digits[1], digits[3]
    model = quick().fit(*small, validation=held_out)
    assert model.curve_[-1, 1] == model.score(*held_out)
    np.testing.assert_array_equal(model.trained_weights_[1], quick().fit(*small).trained_weights_[1])


def test_progress_rises_to_one(small):
    calls: list[tuple[float, str]] = []
    quick(epochs=4).fit(*small, progress=lambda fraction, note: calls.append((fraction, note)))
    assert [fraction for fraction, _ in calls] == [0.25, 0.5, 0.75, 1.0]
    assert "epoch 4 of 4" in calls[-1][1]


def test_labels_may_be_words(small):
    words = np.array(["nought", "some"])[(small[1] > 0).astype(int)]
    model = quick(epochs=20).fit(small[0], words)
    assert set(model.predict(small[0])) <= {"nought", "some"}
    assert model.score(small[0], words) > 0.9


BAD_SETTINGS = [
    ({"hidden": 100}, r"SigmoidClassifier\.hidden .*got 100"),
    ({"hidden": (10, 0)}, r"SigmoidClassifier\.hidden .*got \(10, 0\)"),
    ({"hidden": (10.5,)}, r"SigmoidClassifier\.hidden .*got \(10\.5,\)"),
    ({"hidden": (True,)}, r"SigmoidClassifier\.hidden .*got \(True,\)"),
    ({"epochs": 0}, r"SigmoidClassifier\.epochs .*got 0"),
    ({"epochs": float("nan")}, r"SigmoidClassifier\.epochs .*got nan"),
    ({"batch_size": -1}, r"SigmoidClassifier\.batch_size .*got -1"),
    ({"dtype": "float16"}, r"SigmoidClassifier\.dtype must be one of float32, float64 .*got 'float16'"),
    ({"neuron": "relu"}, r"SigmoidClassifier\.neuron .*Sigmoid\(\).*got 'relu'"),
    ({"neuron": ReLU}, r"SigmoidClassifier\.neuron .*got <class"),
    ({"loss": Linear()}, r"SigmoidClassifier\.loss .*CrossEntropy.*got Linear\(\)"),
    ({"rule": 0.1}, r"SigmoidClassifier\.rule .*Backpropagation.*got 0\.1"),
]


@pytest.mark.parametrize(("settings", "message"), BAD_SETTINGS, ids=[str(settings) for settings, _ in BAD_SETTINGS])
def test_a_setting_that_cannot_be_is_refused_in_one_line(small, settings: dict, message: str):
    with pytest.raises(BrainnetError, match=message) as caught:
        quick(**settings).fit(*small)
    assert "\n" not in str(caught.value)


ONES = np.ones((4, 2))
BAD_DATA = [
    (np.empty((0, 2)), [], "0 sample"),
    (np.empty((4, 0)), XOR, "0 feature"),
    (np.array([[0, np.nan]] * 4), XOR, "NaN"),
    (np.array([[0, np.inf]] * 4), XOR, "infinity"),
    (np.ones(4), XOR, "Expected 2D array"),
]


@pytest.mark.parametrize(("patterns", "labels", "message"), BAD_DATA, ids=[message for *_, message in BAD_DATA])
def test_data_that_cannot_be_learned_are_refused_in_one_line(patterns, labels, message: str):
    with pytest.raises(BrainnetError, match=message) as caught:
        quick().fit(patterns, labels)
    assert "\n" not in str(caught.value)


def test_patterns_with_another_number_of_inputs_are_refused_by_predict(small):
    with pytest.raises(ValueError, match="X has 3 features, but SigmoidClassifier is expecting 64"):
        quick().fit(*small).predict(np.ones((1, 3)))


def test_divergence_is_an_error_and_leaves_no_fitted_network(small):
    model = quick(loss=SquaredError(Linear()), neuron=Linear(), rule=Backpropagation(rate=1e3))
    with pytest.raises(BrainnetError, match="diverged"):
        model.fit(*small)
    assert not hasattr(model, "network_")


def test_a_saturating_rate_gives_no_nan(small):
    model = quick(neuron=Sigmoid(), rule=Backpropagation(rate=1e4)).fit(*small)
    assert np.all(np.isfinite(model.predict_proba(small[0])))
