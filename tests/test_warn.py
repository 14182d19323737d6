"""Warnings are one line, and said where an answer is no better than none."""

import warnings

import numpy as np
import pytest

from brainnet import BrainnetWarning, SigmoidClassifier, SpikingClassifier
from brainnet.spiking import frozen_fields
from brainnet.warn import heard, unless_learned, warn

MODELS = [
    SigmoidClassifier(hidden=(20,), epochs=40, random_state=0),
    SpikingClassifier(frozen_fields(neurons=100, epochs=4), random_state=0),
]
BOTH = pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)


def quadrants(count: int = 120) -> tuple[np.ndarray, np.ndarray]:
    """Images of 4 x 4 with one bright quadrant, and which it is."""
    labels = np.arange(count) % 4
    bright = np.kron(np.eye(4).reshape(4, 2, 2), np.ones((2, 2))).reshape(4, 16)
    return np.clip(bright[labels] * 0.8 + np.random.default_rng(0).normal(0.1, 0.05, (count, 16)), 0, 1), labels


def said_by(model, patterns, labels, **given) -> list[str]:
    with heard() as said:
        model.fit(patterns, labels, **given)
    return said


@BOTH
def test_a_model_that_answers_no_better_than_one_class_says_so_in_one_line(model):
    patterns, labels = quadrants()
    skewed = np.where(labels == 0, 1, 0)  # three quarters are of one class, and the patterns all alike
    said = said_by(model, np.full_like(patterns, 0.5), skewed)
    assert said == [
        f"{type(model).__name__} has not learned: it is right for 75.0% of 120 training patterns, no clear gain over "
        "the most frequent class alone (75.0%): raise epochs, scale a table by column, or take another hidden "
        "layer"
    ]


@BOTH
def test_it_is_the_training_patterns_that_count_whatever_is_held_out(model):
    patterns, labels = quadrants()
    assert said_by(model, np.full_like(patterns, 0.5), labels, validation=(patterns, labels))
    assert not said_by(model, patterns, labels, validation=(np.full_like(patterns, 0.5), labels))


@BOTH
def test_a_model_that_has_learned_is_quiet(model):
    assert not said_by(model, *quadrants())


@pytest.mark.parametrize(
    ("right", "quiet"),
    [(49, False), (50, False), (59, False), (60, True), (100, True)],  # 2 sqrt(.5 * .5 / 100) = .1
)
def test_a_clear_gain_is_two_standard_errors_above_the_most_frequent_class(right, quiet):
    with heard() as said:
        unless_learned(MODELS[0], right / 100, np.arange(100) % 2)
    assert (not said) == quiet


def test_all_right_is_learned_however_few_the_patterns():
    with heard() as said:
        unless_learned(MODELS[0], 1.0, np.array([0, 1]))
    assert not said


def test_a_warning_points_to_the_line_of_the_user():
    with pytest.warns(BrainnetWarning, match="mind") as caught:
        warn("mind")
    assert caught[0].filename == __file__


def test_only_our_own_warnings_are_held_back():
    def both() -> list[str]:
        with heard() as said:
            warnings.warn("of another", UserWarning, stacklevel=1)
            warn("ours")
            warn("ours")
        return said

    with pytest.warns(UserWarning, match="of another") as caught:
        assert both() == ["ours"]
    assert len(caught) == 1
