"""Laws of the artificial code."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.artificial.coding import one_hot, real_values
from brainnet.data.scaling import Scaling


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_drive_has_the_networks_dtype_and_the_scaled_patterns(dtype: str):
    patterns = np.arange(10, 16, dtype=np.uint8).reshape(2, 3)[:, ::-1]
    drive = real_values(patterns, Scaling(np.array(8.0), np.array(16.0)), dtype)
    assert drive.dtype == dtype
    assert drive.flags.c_contiguous
    np.testing.assert_array_equal(drive, [[4 / 8, 3 / 8, 2 / 8], [7 / 8, 6 / 8, 5 / 8]])


def test_target_is_one_at_the_label_and_zero_elsewhere():
    labels = np.array([2, 0, 1, 2])
    target = one_hot(labels, 3, "float32")
    assert target.dtype == np.float32
    np.testing.assert_array_equal(target, np.eye(3)[labels])
