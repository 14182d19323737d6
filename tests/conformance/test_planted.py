"""A slip is planted where it is meant to be, and nowhere else."""

from __future__ import annotations

import pytest

from brainnet.artificial import Oja
from brainnet.conformance.planted import Slip, mutants, planted, refused, rejected, require


def test_the_copy_has_the_slip_and_the_rule_has_not():
    mutant = planted(Oja, Slip("rate: float = 0.01", "rate: float = 0.5"))
    assert (mutant().rate, Oja().rate) == (0.5, 0.01)


@pytest.mark.parametrize("right", ["not in the source", "weight"])
def test_a_slip_without_one_place_of_its_own_is_an_error(right):
    with pytest.raises(LookupError, match="does not hold"):
        planted(Oja, Slip(right, "x"))


def test_a_check_that_refuses_the_faithful_copy_catches_nothing():
    with pytest.raises(AssertionError, match="always"):
        rejected(lambda rule: require(False, "always"), Oja, Slip("rate: float = 0.01", "rate: float = 0.5"))


def test_a_check_that_asks_nothing_accepts_every_mutant():
    (mutant,) = mutants(lambda rule: None, Oja, {"fast": Slip("rate: float = 0.01", "rate: float = 0.5")})
    assert (mutant.name, mutant.caught()) == ("fast", False)


def test_other_errors_than_those_of_checks_are_not_taken_for_a_rejection():
    with pytest.raises(ZeroDivisionError):
        refused(lambda rule: require(1 / 0, "no number"), Oja)
