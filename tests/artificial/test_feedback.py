"""Feedback alignment and its direct form: their formulas, frozen matrices, and what they learn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from brainnet.artificial import (
    Adam,
    Backpropagation,
    CrossEntropy,
    DirectFeedbackAlignment,
    FeedbackAlignment,
    Following,
    Network,
    Sigmoid,
    SigmoidClassifier,
)
from brainnet.conformance.artificial.feedback import (
    RULES,
    check_alignment,
    check_formula,
    check_matrices,
    digits,
    worked,
)


def check_digits(rule: Any, hidden: tuple[int, ...] = (100,)) -> None:
    """Digits above .95: no worse than a network of random hidden neurons could not do."""
    x, test, y, test_y = digits()
    assert SigmoidClassifier(hidden, rule=rule(), epochs=20, random_state=0).fit(x, y).score(test, test_y) > 0.95


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16), st.lists(st.integers(1, 6), min_size=2, max_size=5), st.integers(2, 4))
@pytest.mark.parametrize("rule", RULES)
def test_rule_equals_its_formula(rule, seed, sizes, classes):
    check_formula(rule, seed, (*sizes, classes))


@pytest.mark.parametrize("rule", RULES)
def test_matrices_come_from_the_seed_and_have_the_stated_spread(rule):
    check_matrices(rule)


@pytest.mark.parametrize("rule", RULES)
def test_matrices_differ_with_the_seed_and_cannot_be_written_to(rule):
    network = Network.random((5, 4, 3), Sigmoid(), CrossEntropy().output, np.random.default_rng(0))
    (one,), (other,) = (rule(seed=seed).matrices(network) for seed in (0, 1))
    assert np.all(one != other)
    with pytest.raises(ValueError, match="read-only"):
        one += 1


@pytest.mark.parametrize("hidden", [(100,), (100, 50)], ids=len)
@pytest.mark.parametrize("rule", RULES)
def test_digits_are_learned(rule, hidden: tuple[int, ...]):
    check_digits(rule, hidden)


@pytest.mark.parametrize("seed", range(3))
def test_angle_to_the_gradient_falls_below_90_degrees(seed: int):
    check_alignment(FeedbackAlignment, seed)


@pytest.mark.parametrize("rule", RULES)
def test_angle_falls_below_90_degrees_two_layers_down_too(rule):
    check_alignment(rule, hidden=(60, 40), batches=200)


def test_with_one_hidden_layer_both_are_the_same():
    network = Network.random((6, 5, 3), Sigmoid(), CrossEntropy().output, np.random.default_rng(0))
    x, t = np.random.default_rng(1).normal(size=(4, 6)), np.eye(3)[[0, 1, 2, 0]]
    one, other = (worked(rule(seed=7), network, x, t) for rule in RULES)
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("rule", RULES)
def test_without_hidden_layers_it_is_backpropagation(rule):
    network = Network.random((6, 3), Sigmoid(), CrossEntropy().output, np.random.default_rng(0))
    x, t = np.random.default_rng(1).normal(size=(4, 6)), np.eye(3)[[0, 1, 2, 0]]
    np.testing.assert_array_equal(worked(rule(), network, x, t), worked(Backpropagation(), network, x, t))


@pytest.mark.parametrize("rule", [FeedbackAlignment(seed=1), Following(DirectFeedbackAlignment(), Adam())], ids=repr)
def test_a_clone_of_a_classifier_learns_the_same_bytes(rule):
    x, _, y, _ = digits()
    model = SigmoidClassifier((12,), rule=rule, epochs=2, random_state=0).fit(x[:200], y[:200])
    copy: Any = clone(model)
    assert copy.fit(x[:200], y[:200]).trained_weights_[1].tobytes() == model.trained_weights_[1].tobytes()
