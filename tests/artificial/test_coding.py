"""Laws of the artificial coding."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.artificial import Backpropagation, Sigmoid
from brainnet.artificial.coding import answering, drive, learning, one_hot
from brainnet.cell import Cell
from brainnet.codes import PoissonRate, RealValues
from brainnet.counter import keys_by_position
from brainnet.data.scaling import UNIT, Scaling
from brainnet.order import presentation_order
from brainnet.structure import Dense


def coded(code) -> Cell:
    return Cell(Sigmoid(), code, Dense(), Backpropagation())


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_drive_has_the_networks_dtype_and_the_scaled_patterns(dtype: str):
    patterns, cell = np.arange(10, 16, dtype=np.uint8).reshape(2, 3)[:, ::-1], coded(RealValues())
    found = drive(cell, patterns, Scaling(np.array(8.0), np.array(16.0)), answering(cell, 0), dtype)
    assert found.dtype == dtype
    assert found.flags.c_contiguous
    np.testing.assert_array_equal(found, [[4 / 8, 3 / 8, 2 / 8], [7 / 8, 6 / 8, 5 / 8]])


def test_counts_of_a_pattern_that_is_answered_do_not_depend_on_its_place():
    patterns, cell = np.random.default_rng(0).random((20, 6)), coded(PoissonRate())
    found, turned = (drive(cell, x, UNIT, answering(cell, 3), "float64") for x in (patterns, patterns[::-1]))
    np.testing.assert_array_equal(found, turned[::-1])
    assert np.any(found != drive(cell, patterns, UNIT, answering(cell, 4), "float64"))


def test_noise_of_learning_is_that_of_the_spiking_twins_presentation_and_new_in_each_epoch():
    everything = slice(0, 7), np.zeros((7, 1))
    for epoch in (0, 1):
        found = learning(3, epoch, 7)(*everything)[presentation_order(3, epoch, 7)]
        np.testing.assert_array_equal(found, keys_by_position(3, 7 * epoch, 7))


def test_target_is_one_at_the_label_and_zero_elsewhere():
    labels = np.array([2, 0, 1, 2])
    target = one_hot(labels, 3, "float32")
    assert target.dtype == np.float32
    np.testing.assert_array_equal(target, np.eye(3)[labels])
