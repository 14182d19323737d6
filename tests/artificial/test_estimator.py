"""The artificial twin keeps scikit-learn's contract."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_digits
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from brainnet.artificial import Backpropagation, SigmoidClassifier


@parametrize_with_checks([SigmoidClassifier()])
def test_keeps_scikit_learns_contract(estimator, check):
    check(estimator)
    assert type(estimator) is SigmoidClassifier


@pytest.fixture(scope="module")
def digits() -> tuple[np.ndarray, np.ndarray]:
    patterns, labels = load_digits(return_X_y=True)
    return patterns[:300], labels[:300]


def test_works_at_the_end_of_a_pipeline(digits):
    pipeline = make_pipeline(MinMaxScaler(), SigmoidClassifier(hidden=(20,), epochs=10, random_state=0))
    assert pipeline.fit(*digits).score(*digits) > 0.8


def test_grid_search_compares_rules(digits):
    patterns, labels = digits
    rules = [Backpropagation(rate=1e-6), Backpropagation(rate=0.2)]
    model = SigmoidClassifier(hidden=(20,), epochs=10, random_state=0)
    search = GridSearchCV(model, {"rule": rules}, cv=3).fit(patterns / 16, labels)
    assert search.best_params_["rule"] == rules[1]


def test_a_pickled_classifier_predicts_the_same(digits):
    patterns, labels = digits
    model = SigmoidClassifier(hidden=(20,), epochs=3, random_state=0).fit(patterns, labels)
    copy = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(copy.predict_proba(patterns), model.predict_proba(patterns))
    assert np.shares_memory(copy.network_.connections[0].weight, copy.network_.parameters)


def test_a_clone_is_unfitted_and_learns_the_same(digits):
    patterns, labels = digits
    model = SigmoidClassifier(hidden=(20,), rule=Backpropagation(rate=0.1), epochs=3, random_state=0)
    fitted = model.fit(patterns, labels)
    copy: Any = clone(fitted)
    assert not hasattr(copy, "network_")
    np.testing.assert_array_equal(copy.fit(patterns, labels).predict_proba(patterns), fitted.predict_proba(patterns))
