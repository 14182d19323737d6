"""Laws of the artificial code."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.artificial.coding import one_hot, real_values


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_drive_has_the_networks_dtype_and_the_patterns_values(dtype: str):
    patterns = np.array([[0, 1, 2], [3, 4, 5]], dtype=np.uint8)[:, ::-1]
    drive = real_values(patterns, dtype)
    assert drive.dtype == dtype
    assert drive.flags.c_contiguous
    np.testing.assert_array_equal(drive, patterns)


def test_a_drive_in_the_right_form_is_not_copied():
    patterns = np.zeros((4, 3), np.float32)
    assert real_values(patterns, "float32") is patterns


def test_target_is_one_at_the_label_and_zero_elsewhere():
    labels = np.array([2, 0, 1, 2])
    target = one_hot(labels, 3, "float32")
    assert target.dtype == np.float32
    np.testing.assert_array_equal(target, np.eye(3)[labels])
