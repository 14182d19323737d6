"""Codes do not depend on the type of equal values, and show in full what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.codes import PoissonRate, RealValues
from brainnet.errors import BrainnetError
from brainnet.spiking.coding import Currents
from brainnet.structure import Wiring

CORNERS = np.array([[0, 1, 1], [1, 0, 1]])
TYPES = pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "float32"])


@TYPES
def test_rates_do_not_depend_on_the_type_of_equal_values(dtype):
    code = PoissonRate(50.0, complement=True)
    np.testing.assert_array_equal(code.rates_hz(CORNERS.astype(dtype)), 50.0 * np.hstack([CORNERS, 1 - CORNERS]))


@TYPES
def test_currents_do_not_depend_on_the_type_of_equal_values(dtype):
    code = RealValues(gain=2.0, centred=True).fitted((1, 3), CORNERS[1].astype(dtype))
    encoded, frozen = code.encode(CORNERS.astype(dtype), np.zeros(2)), {"fields": np.eye(3), "bias": np.full(3, 0.5)}
    found = Currents(Wiring(3, 3)).signals(encoded, frozen)
    np.testing.assert_array_equal(found["hidden.current"], [[0.5 - 2, 0.5 + 2, 0.5], [0.5, 0.5, 0.5]])


def test_a_rate_code_clips_a_rounding_error_and_shows_in_full_what_it_refuses():
    np.testing.assert_array_equal(PoissonRate(50.0).rates_hz(np.array([[1 + 2**-52, -(2.0**-52)]])), [[50.0, 0.0]])
    assert PoissonRate().rates_hz(np.zeros((0, 3))).shape == (0, 3)
    for value, shown in ((1.00002, r"1\.00002"), (-0.1, r"-0\.1"), (np.nan, "nan")):
        with pytest.raises(BrainnetError, match=rf"needs patterns in \[0, 1\] \(got {shown}\): scale them first"):
            PoissonRate().rates_hz(np.array([[0.5, value]]))
