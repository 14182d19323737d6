from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits

from brainnet import tasks


def rows(patterns: np.ndarray) -> list[bytes]:
    return sorted(row.tobytes() for row in patterns)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_splits_are_all_of_the_digits_each_once(seed):
    task = tasks.load("digits", seed=seed)
    parts = (task.train, task.validation, task.test)
    assert [len(part.labels) for part in parts] == [1257, 180, 360]
    everything = np.concatenate([part.patterns for part in parts])
    assert rows(everything) == rows(load_digits(return_X_y=True)[0] / 16)


def test_labels_stay_with_their_images():
    images, digits = load_digits(return_X_y=True)
    truth = {image.tobytes(): digit for image, digit in zip(images / 16, digits, strict=True)}
    task = tasks.load("digits", seed=4)
    for part in (task.train, task.validation, task.test):
        assert [truth[pattern.tobytes()] for pattern in part.patterns] == part.labels.tolist()
    assert task.classes == tuple("0123456789")


@pytest.mark.parametrize("seed", range(5))
def test_every_split_holds_the_digits_in_proportion(seed):
    task = tasks.load("digits", seed=seed)
    share = np.bincount(load_digits(return_X_y=True)[1]) / 1797
    for part in (task.train, task.validation, task.test):
        assert np.abs(np.bincount(part.labels) - share * len(part.labels)).max() < 2


def test_the_split_of_seed_0_is_the_same_on_every_machine_and_version():
    assert tasks.load("digits").test.labels[:20].tolist() == [
        5,
        6,
        3,
        1,
        3,
        7,
        5,
        9,
        7,
        8,
        2,
        2,
        6,
        5,
        1,
        6,
        7,
        2,
        3,
        4,
    ]
