"""What a single setting may be: `count` and its like check an argument, `require_count` and its like a field.

A refusal is one line: "Owner.field must RULE (got VALUE)". A number is any real one, NumPy's too, but no bool; NaN and
infinity keep no rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from math import inf, isfinite, nan
from numbers import Integral, Real
from typing import NoReturn, TypeGuard

from brainnet.errors import BrainnetError

OWN_NAMES = ("control", "tally", "noise_keys", "period")  # of things that the simulator adds to every network


def shown(value: object) -> str:
    """The value as one short line of an error message."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 80 else f"{text[:77]}..."


def in_full(value: float) -> str:
    """The number with all the digits that it takes, so that one just above 1 is not shown as 1."""
    return repr(float(value)).removesuffix(".0")


def is_count(value: object, at_least: int) -> TypeGuard[Integral]:
    """Whether the value is a whole number of `at_least` or more."""
    return isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= at_least


def count(name: str, value: object, at_least: int) -> int:
    """The value as an int, if it is a whole number of `at_least` or more."""
    if is_count(value, at_least):
        return int(value)
    _refuse(name, f"be a whole number, {at_least} or more", value)


def number(name: str, value: object, low: float, high: float) -> float:
    """The value as a float, if it is a number in [low, high]."""
    return _number(name, value, f"be a number from {low:g} to {high:g}", lambda x: low <= x <= high)


def fraction(name: str, value: object) -> float:
    """The value as a float, if it is a number in [0, 1]."""
    return number(name, value, 0, 1)


def positive(name: str, value: object) -> float:
    """The value as a float, if it is a positive, finite number."""
    return _number(name, value, "be positive and finite", lambda x: x > 0)


def one_of(what: str, name: object, names: Iterable[str]) -> str:
    """The name, if it is one of the names; else the error proposes the nearest and lists them all."""
    known = tuple(names)
    if isinstance(name, str) and name in known:
        return name
    near = get_close_matches(str(name).lower(), known, n=2)
    hint = f"did you mean {' or '.join(map(repr, near))}? " if near else ""
    raise BrainnetError(f"unknown {what} {shown(name)}: {hint}there are: {', '.join(known) or 'none'}")


def require_name(owner: object) -> None:
    """Raise BrainnetError unless the field `name` can stand in equations and is none of the simulator's own."""
    name = getattr(owner, "name")  # noqa: B009 - a field of some dataclass
    sound = isinstance(name, str) and name.isidentifier() and not name.startswith("_") and name not in OWN_NAMES
    require_that(owner, "name", sound, "be a word of letters, digits and _, such as 'cells', that is not taken")


def require_that(owner: object, name: str, holds: bool, rule: str) -> None:
    """Raise BrainnetError with the field, the rule that it must follow and its value, unless it holds."""
    if not holds:
        _refuse(_field(owner, name), rule, getattr(owner, name))


def require_count(owner: object, name: str, at_least: int) -> None:
    """Raise BrainnetError unless the field is a whole number of `at_least` or more."""
    count(_field(owner, name), getattr(owner, name), at_least)


def require_finite(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each field is a finite number."""
    _each(owner, names, "be finite", lambda x: True)


def require_positive(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each field is a positive, finite number."""
    for name in names:
        positive(_field(owner, name), getattr(owner, name))


def require_not_negative(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each field is zero or a positive, finite number."""
    _each(owner, names, "be at least 0 and finite", lambda x: x >= 0)


def require_at_least_one(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each field is a finite number of 1 or more."""
    _each(owner, names, "be at least 1 and finite", lambda x: x >= 1)


def require_fraction(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each field is a number in [0, 1]."""
    for name in names:
        fraction(_field(owner, name), getattr(owner, name))


def require_below_one(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each field is a number in [0, 1)."""
    _each(owner, names, "be at least 0 and less than 1", lambda x: 0 <= x < 1)


def require_inside_unit(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each field is a number in (0, 1)."""
    _each(owner, names, "be more than 0 and less than 1", lambda x: 0 < x < 1)


def require_below(owner: object, low: str, high: str) -> None:
    """Raise BrainnetError unless both fields are finite numbers and the first lies below the second."""
    require_finite(owner, low, high)
    limit = getattr(owner, high)
    require_that(owner, low, getattr(owner, low) < limit, f"lie below {high} = {limit!r}")


def _each(owner: object, names: Iterable[str], rule: str, holds: Callable[[float], bool]) -> None:
    for name in names:
        _number(_field(owner, name), getattr(owner, name), rule, holds)


def _number(name: str, value: object, rule: str, holds: Callable[[float], bool]) -> float:
    try:
        x = float(value) if isinstance(value, Real) and not isinstance(value, bool) else nan
    except OverflowError:  # a whole number beyond all floats
        x = inf
    if isfinite(x) and holds(x):
        return x
    _refuse(name, rule, value)


def _field(owner: object, name: str) -> str:
    return f"{type(owner).__name__}.{name}"


def _refuse(name: str, rule: str, value: object) -> NoReturn:
    raise BrainnetError(f"{name} must {rule} (got {shown(value)})")
