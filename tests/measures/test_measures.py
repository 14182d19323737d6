"""Laws of the measures."""

import numpy as np
import pytest

from brainnet.measures import accuracy, confusion

LABELS = np.array([0, 0, 1, 2])
ANSWERS = np.array([0, 1, 1, 0])


def test_accuracy_is_the_share_of_right_answers():
    assert accuracy(ANSWERS, LABELS) == 0.5
    assert accuracy(LABELS, LABELS) == 1.0


def test_confusion_counts_true_classes_in_rows_and_answers_in_columns():
    np.testing.assert_array_equal(confusion(ANSWERS, LABELS, 3), [[1, 1, 0], [0, 1, 0], [1, 0, 0]])


def test_confusion_holds_the_accuracy_on_its_diagonal():
    counts = confusion(ANSWERS, LABELS, 3)
    assert np.trace(counts) / counts.sum() == accuracy(ANSWERS, LABELS)


@pytest.mark.parametrize("dtype", ["int8", "uint8"])
def test_indices_in_bytes_are_counted_like_any_others(dtype):
    labels = np.arange(100, dtype=dtype)
    np.testing.assert_array_equal(confusion(labels[::-1], labels, 100), np.eye(100)[::-1])


@pytest.mark.parametrize("answers", [np.array([0]), np.empty(0, int)])
def test_answers_that_do_not_fit_the_labels_are_refused(answers):
    with pytest.raises(ValueError, match="one prediction per label"):
        accuracy(answers, answers if answers.size == 0 else LABELS)


@pytest.mark.parametrize("wrong", [-1, 3])
def test_an_index_that_is_no_class_is_refused(wrong):
    with pytest.raises(ValueError, match="0 to 2"):
        confusion(np.array([wrong, 0, 1, 2]), LABELS, 3)
