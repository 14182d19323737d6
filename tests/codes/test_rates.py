"""Codes of spikes: what rates they give, and what can be told apart by them."""

import numpy as np
import pytest

from brainnet.codes import PoissonRate, PopulationRate
from brainnet.errors import BrainnetError

RATES = pytest.mark.parametrize(
    "code", [PoissonRate(), PoissonRate(complement=True), PopulationRate()], ids=["plain", "complement", "population"]
)


def test_an_input_of_a_population_fires_by_its_distance_from_what_it_prefers():
    rates = PopulationRate(max_rate_hz=100.0, per_value=5).rates_hz(np.array([[0.5, 0.0]])).reshape(2, 5)
    centres, width = [-1 / 6, 1 / 6, 3 / 6, 5 / 6, 7 / 6], 2 / 9  # (i - 3/2) / 3, and 1 / (1.5 * 3): Bohte et al. 2002
    for rate, x in zip(rates, (0.5, 0.0), strict=True):
        np.testing.assert_allclose(rate, [100 * np.exp(-((x - c) ** 2) / (2 * width**2)) for c in centres])


def test_rows_are_alike_by_their_distance_in_a_population_code():
    apart, x = 1 / 8, np.linspace(0.2, 0.8, 61)
    width = apart * 2 / 3
    drive = PopulationRate(max_rate_hz=1.0, per_value=10).rates_hz(x[:, None])
    likeness = drive @ drive.T * apart / (width * np.sqrt(np.pi))  # the sum over centres as an integral
    ripple = 2 * np.exp(-((np.pi * width / apart) ** 2))  # what it misses, by Poisson's summation formula
    np.testing.assert_allclose(likeness, np.exp(-((x[:, None] - x) ** 2) / (4 * width**2)), atol=1.01 * ripple)


@RATES
def test_inputs_are_as_many_as_rates(code):
    assert code.rates_hz(np.zeros((2, 7))).shape == (2, code.inputs(7))


@RATES
@pytest.mark.parametrize("value", [-0.1, 1.1, np.nan])
def test_a_rate_code_refuses_what_lies_outside_0_and_1(code, value):
    with pytest.raises(BrainnetError, match=r"needs patterns in \[0, 1\]"):
        code.rates_hz(np.array([[0.5, value]]))


@RATES
def test_a_field_is_higher_where_the_pattern_was(code):
    weights = code.rates_hz(np.array([[0.2, 0.9, 0.5]]))
    low, high, middle = code.fields(weights, 3)[0]
    assert low < middle < high


@pytest.mark.parametrize("few", [2, 0, 2.5])
def test_a_population_has_three_inputs_or_more(few):
    with pytest.raises(BrainnetError, match=r"PopulationRate\.per_value must be a whole number, 3 or more"):
        PopulationRate(per_value=few)
