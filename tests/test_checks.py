"""What a setting may be, and how a refusal reads."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf, isfinite, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brainnet import checks
from brainnet.errors import BrainnetError


@dataclass
class Owner:
    field: Any
    other: Any = 0.0


# Each rule of a field: its words, the question as a formula, and the check.
RULES = {
    "be finite": (lambda x: True, checks.require_finite),
    "be positive and finite": (lambda x: x > 0, checks.require_positive),
    "be at least 0 and finite": (lambda x: x >= 0, checks.require_not_negative),
    "be at least 1 and finite": (lambda x: x >= 1, checks.require_at_least_one),
    "be at least 0 and less than 1": (lambda x: 0 <= x < 1, checks.require_below_one),
    "be more than 0 and less than 1": (lambda x: 0 < x < 1, checks.require_inside_unit),
    "be a number from 0 to 1": (lambda x: 0 <= x <= 1, checks.require_fraction),
}
COUNT = "be a whole number, 1 or more"
ALL = {words: check for words, (_, check) in RULES.items()} | {
    COUNT: lambda owner, name: checks.require_count(owner, name, 1)
}
NOT_FINITE = (nan, inf, -inf, np.float32(nan), np.float64(inf))
NO_NUMBERS = (True, False, np.True_, "1", b"1", None, 1j, [1], np.ones(1), np.array(1.0), float)
TOO_LARGE = (10**400, -(10**400))  # beyond all floats
NO_COUNTS = (0, -1, 1.0, 1.5, np.float64(2), Fraction(2))
INTS = [np.int8, np.uint8, np.int64, np.uint64]
# whole numbers and the ends of the rules come up often
NUMBERS = st.floats() | st.integers(-2, 2) | st.sampled_from([-0.0, 0.0, 1.0, np.nextafter(1, 0), np.nextafter(1, 2)])


def refusal(check, *arguments) -> str | None:
    """What is said against it, if anything is."""
    try:
        check(*arguments)
    except BrainnetError as error:
        return str(error)
    return None


@given(value=NUMBERS)
@pytest.mark.parametrize("words", RULES)
def test_a_number_is_refused_in_the_rules_words_where_the_rule_does_not_hold(words, value):
    holds, check = RULES[words]
    expected = None if isfinite(value) and holds(value) else f"Owner.field must {words} (got {value!r})"
    assert refusal(check, Owner(value), "field") == expected


@pytest.mark.parametrize("value", NOT_FINITE + NO_NUMBERS + TOO_LARGE, ids=checks.shown)
@pytest.mark.parametrize("words", [words for words in ALL if words != COUNT])
def test_no_rule_takes_what_is_no_finite_number(words, value):
    assert refusal(ALL[words], Owner(value), "field") == f"Owner.field must {words} (got {checks.shown(value)})"


@pytest.mark.parametrize("value", NO_COUNTS + NOT_FINITE + NO_NUMBERS, ids=repr)
def test_a_count_is_a_whole_number_and_no_bool(value):
    assert refusal(ALL[COUNT], Owner(value), "field") == f"Owner.field must {COUNT} (got {value!r})"
    assert not checks.is_count(value, 1)


@given(value=st.integers(), least=st.integers(-3, 3))
def test_a_count_begins_at_its_least(value, least):
    assert (refusal(checks.count, "n", value, least) is None) == (value >= least) == checks.is_count(value, least)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.longdouble, *INTS])
def test_numpys_numbers_are_numbers(kind):
    for check in (checks.require_positive, checks.require_finite, checks.require_fraction):
        check(Owner(kind(1)), "field")
    assert type(checks.positive("x", kind(1))) is float


@pytest.mark.parametrize("kind", INTS)
def test_numpys_whole_numbers_are_counts(kind):
    assert type(checks.count("n", kind(100), 100)) is int
    assert refusal(checks.count, "n", kind(100), 101) == f"n must be a whole number, 101 or more (got {kind(100)!r})"


@given(value=NUMBERS)
def test_an_argument_and_a_field_are_refused_alike(value):
    owner = Owner(value)
    for argument, field in (
        (checks.positive, checks.require_positive),
        (checks.fraction, checks.require_fraction),
        (lambda name, x: checks.count(name, x, 1), ALL[COUNT]),
    ):
        assert refusal(argument, "Owner.field", value) == refusal(field, owner, "field")


@given(value=NUMBERS, low=st.floats(-2, 0), high=st.floats(0, 2))
def test_a_number_lies_between_its_ends(value, low, high):
    said = refusal(checks.number, "noise", value, low, high)
    assert said == (
        None if low <= value <= high else f"noise must be a number from {low:g} to {high:g} (got {value!r})"
    )


@given(low=NUMBERS, high=NUMBERS)
def test_below_is_below(low, high):
    said = refusal(checks.require_below, Owner(low, high), "field", "other")
    if not isfinite(low):
        assert said == f"Owner.field must be finite (got {low!r})"
    elif not isfinite(high):
        assert said == f"Owner.other must be finite (got {high!r})"
    else:
        assert said == (None if low < high else f"Owner.field must lie below other = {high!r} (got {low!r})")


@pytest.mark.parametrize(("words", "holds", "check"), [(words, *rule) for words, rule in RULES.items()])
def test_every_named_field_is_checked(words, holds, check):
    good = next(x for x in (0.5, 1.0) if holds(x))
    assert refusal(check, Owner(good, "much"), "field", "other") == f"Owner.other must {words} (got 'much')"


@pytest.mark.parametrize("value", ["a\nb", np.zeros((3, 3)), "x" * 500, [1] * 500])
@pytest.mark.parametrize("words", ALL)
def test_a_refusal_is_one_short_line(words, value):
    said = refusal(ALL[words], Owner(value), "field")
    assert said is not None
    assert "\n" not in said
    assert len(said) < 160


def test_a_rule_of_ones_own_is_said_with_field_and_value():
    checks.require_that(Owner(2), "field", True, "be odd")
    assert refusal(checks.require_that, Owner(2), "field", False, "be odd") == "Owner.field must be odd (got 2)"


def test_an_unknown_name_is_answered_with_the_nearest_and_all():
    assert checks.one_of("task", "xor", ("and", "xor")) == "xor"
    said = refusal(checks.one_of, "task", "XO", ("and", "xor"))
    assert said == "unknown task 'XO': did you mean 'xor'? there are: and, xor"
    assert refusal(checks.one_of, "task", 7, ()) == "unknown task 7: there are: none"
