"""Optimizers: gradient descent with momentum and Adam, held against the published algorithms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from brainnet.artificial import Adam, Backpropagation, Following, GradientDescent, SigmoidClassifier
from brainnet.conformance.artificial.optimizers import (
    check_adam,
    check_momentum,
    descended,
    random_course,
)
from brainnet.errors import BrainnetError


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16), st.floats(1e-4, 1), st.floats(0, 0.99))
def test_gradient_descent_equals_its_formula(seed, rate, alpha):
    check_momentum(GradientDescent, seed, rate, alpha)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16), st.floats(1e-4, 1), st.floats(0, 0.99), st.floats(0, 0.999))
def test_adam_equals_its_algorithm(seed, rate, beta1, beta2):
    check_adam(Adam, seed, rate, beta1, beta2)


def test_adams_first_step_is_the_rate_against_the_gradients_sign():
    theta, gradients = random_course(1)
    np.testing.assert_allclose(descended(Adam(0.01), theta, gradients[:1]), theta - 0.01 * np.sign(gradients[0]), 1e-3)


def test_adams_course_does_not_depend_on_the_scale_of_the_gradient():
    theta, gradients = random_course(1)
    one, other = (descended(Adam(epsilon=1e-30), theta, scale * gradients) for scale in (1, 1e5))
    np.testing.assert_allclose(one, other, rtol=1e-10)


@pytest.mark.parametrize("kind", [GradientDescent, Adam])
def test_rate_falls_in_a_straight_line_to_its_final_share(kind: Any):
    theta, gradients = random_course(1)
    steps = [descended(kind(0.2, final=0.5), theta, gradients[:1], s) - theta for s in (0.0, 0.5, 1.0)]
    np.testing.assert_allclose(steps[1], 0.75 * steps[0])
    np.testing.assert_allclose(steps[2], 0.5 * steps[0])


@pytest.mark.parametrize("optimizer", [GradientDescent(np.float64(0.1), np.float64(0.5)), Adam(np.float64(0.1))])
def test_optimizers_keep_single_precision_and_agree_with_double(optimizer: Any):
    theta, gradients = random_course(1)
    single = descended(optimizer, theta.astype(np.float32), gradients.astype(np.float32))
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, descended(optimizer, theta, gradients), rtol=1e-4, atol=1e-4)


def test_a_rule_may_be_followed_by_another_optimizer():
    patterns, labels = load_digits(return_X_y=True)
    x, test, y, test_y = train_test_split(patterns / 16, labels, test_size=360, stratify=labels, random_state=0)
    model = SigmoidClassifier(rule=Following(Backpropagation(), Adam()), epochs=20, random_state=0).fit(x, y)
    assert model.score(test, test_y) > 0.95


def test_following_the_rules_own_descent_changes_no_byte():
    patterns, labels = load_digits(return_X_y=True)
    own = Backpropagation(0.1, 0.5, 0.2)
    rules = own, Following(Backpropagation(), own.optimizer)
    models = [SigmoidClassifier((9,), rule=rule, epochs=2, random_state=0).fit(patterns, labels) for rule in rules]
    assert models[0].trained_weights_[1].tobytes() == models[1].trained_weights_[1].tobytes()


@pytest.mark.parametrize(
    ("rule", "optimizer", "message"),
    [
        (Backpropagation, Adam(), r"^Following\.rule must be an object such as Backpropagation\(\) \(got <class"),
        (Backpropagation(), Adam, r"^Following\.optimizer must be an object such as Adam\(\) \(got <class"),
        (Backpropagation(), 0.1, r"^Following\.optimizer must be an object such as Adam\(\) \(got 0\.1\)$"),
        (Adam(), Adam(), r"^Following\.rule must be an object such as Backpropagation\(\) \(got Adam\("),
    ],
)
def test_following_refuses_what_is_no_rule_or_optimizer(rule: Any, optimizer: Any, message: str):
    with pytest.raises(BrainnetError, match=message):
        Following(rule, optimizer)
