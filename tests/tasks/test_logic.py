from __future__ import annotations

import operator

import numpy as np
import pytest

from brainnet import tasks
from brainnet.errors import BrainnetError
from brainnet.tasks import logic


@pytest.mark.parametrize(("gate", "truth"), [("and", operator.and_), ("or", operator.or_), ("xor", operator.xor)])
def test_corners_are_the_truth_table(gate, truth):
    corners = tasks.corners(gate)
    assert {tuple(corner) for corner in corners.patterns} == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert [truth(int(a), int(b)) for a, b in corners.patterns] == corners.labels.tolist()


@pytest.mark.parametrize("gate", logic.TRUTH)
def test_without_noise_every_split_is_copies_of_the_corners(gate):
    task, corners = tasks.load(gate, copies=3, noise=0), tasks.corners(gate)
    table = {tuple(corner): label for corner, label in zip(corners.patterns, corners.labels, strict=True)}
    for part in (task.train, task.validation, task.test):
        distinct, counts = np.unique(part.patterns, axis=0, return_counts=True)
        assert len(distinct) == 4
        assert (counts == 3).all()
        assert [table[tuple(pattern)] for pattern in part.patterns] == part.labels.tolist()


def test_noise_has_the_size_asked_for():
    task = tasks.load("xor", copies=4000, noise=0.1)
    nearest = np.round(task.train.patterns)
    assert np.sqrt(np.mean((task.train.patterns - nearest) ** 2)) == pytest.approx(0.1, rel=0.03)


def test_even_the_largest_noise_stays_in_the_unit_interval():
    patterns = tasks.load("and", copies=500, noise=1).train.patterns
    assert patterns.min() >= 0
    assert patterns.max() <= 1


@pytest.mark.parametrize(
    "settings", [{"copies": 0}, {"copies": 2.5}, {"noise": -0.1}, {"noise": np.nan}, {"noise": "a"}]
)
def test_settings_out_of_range_are_named_with_their_value(settings):
    ((key, value),) = settings.items()
    with pytest.raises(BrainnetError, match=f"^{key} must be .*") as caught:
        tasks.load("or", **settings)
    assert repr(value) in str(caught.value)


def test_an_unknown_gate_is_answered_with_the_gates():
    with pytest.raises(BrainnetError, match=r"unknown gate 'nor': .* there are: and, or, xor"):
        tasks.corners("nor")
