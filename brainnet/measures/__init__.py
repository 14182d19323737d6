"""Measures: functions of predictions; arrays in, a number or an array out."""

from __future__ import annotations

import numpy as np

__all__ = ["accuracy", "confusion"]


def accuracy(predictions: np.ndarray, labels: np.ndarray) -> float:
    """Share of patterns whose prediction, (pattern,), equals its label, (pattern,), in [0, 1].

    Raises:
        ValueError: no patterns, or predictions and labels of different shapes.
    """
    _comparable(predictions, labels)
    return float(np.mean(predictions == labels))


def confusion(predictions: np.ndarray, labels: np.ndarray, classes: int) -> np.ndarray:
    """Counts of patterns, (true class, predicted class), from predictions and labels, (pattern,), indices of classes.

    Raises:
        ValueError: no patterns, different shapes, or an index outside 0 to classes - 1.
    """
    _comparable(predictions, labels)
    # Bytes would wrap round: 19 * 20 is more than 255.
    pairs = np.stack([labels, predictions]).astype(np.int64)
    if pairs.min() < 0 or pairs.max() >= classes:
        raise ValueError(f"class indices must lie in 0 to {classes - 1} (got {pairs.min()} to {pairs.max()})")
    return np.bincount(pairs[0] * classes + pairs[1], minlength=classes * classes).reshape(classes, classes)


def _comparable(predictions: np.ndarray, labels: np.ndarray) -> None:
    if predictions.shape != labels.shape or predictions.size == 0:
        raise ValueError(f"one prediction per label is needed (got shapes {predictions.shape} and {labels.shape})")
