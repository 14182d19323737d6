"""Numbers as readers see them."""

import pytest

from brainnet.report.words import count, interval, listed, percent, points
from brainnet.statistics import Estimate


@pytest.mark.parametrize(("share", "text"), [(0.9714, "97.1 %"), (1.0, "100.0 %"), (0.0, "0.0 %")])
def test_accuracies_are_percent(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(
    ("share", "text"), [(-0.0231, "−2.3"), (0.01, "+1.0"), (0.0, "0.0"), (-0.0001, "0.0"), (0.0001, "0.0")]
)
def test_differences_are_points_with_a_sign_unless_they_round_to_zero(share, text):
    assert points(share) == text


def test_intervals_of_differences_carry_signs():
    found = Estimate(0.0, -0.012, 0.01)
    assert interval(found, "points") == "−1.2 to +1.0"
    assert interval(Estimate(0.9, 0.89, 0.91)) == "89.0 to 91.0"


def test_no_interval_is_a_dash():
    assert interval(Estimate(0.9, None, None)) == "–"


def test_things_are_counted_and_listed_as_in_a_sentence():
    assert (count(1, "seed"), count(1257, "pattern"), count(0, "spike")) == ("1 seed", "1,257 patterns", "0 spikes")
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("a", "a and b", "a, b and c")
