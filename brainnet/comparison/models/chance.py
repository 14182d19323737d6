"""The floor of every comparison: always the most frequent class."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from brainnet.comparison.model import Classifier, Model, Outline


class MostFrequent(ClassifierMixin, BaseEstimator):
    """Answers with the most frequent class of the training labels, whatever the pattern; it has nothing to learn."""

    def fit(self, X: Any, y: Any, validation: Any = None, progress: Any = None) -> MostFrequent:
        """Count the labels y, (pattern,); `validation` measures the one point of the curve."""
        self.classes_, counts = np.unique(y, return_counts=True)
        self.answer_ = self.classes_[np.argmax(counts)]
        _, measured = validation or (X, y)
        self.curve_ = np.array([[len(y), np.mean(measured == self.answer_)]])
        self.receptive_fields_ = np.empty((0, np.shape(X)[1]))
        self.trained_weights_ = (np.empty(0), np.empty(0))
        self.n_units_ = self.n_trained_parameters_ = self.n_frozen_parameters_ = 0
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The same class, (pattern,), for all patterns X, (pattern, input)."""
        return np.full(len(X), self.answer_)


def build(outline: Outline, seed: int, quick: bool) -> Classifier:
    """The most frequent class."""
    return MostFrequent()


CHANCE = Model("chance", "Chance", "none", "none", "none", "most frequent class", 0.1, build, baseline=True)
