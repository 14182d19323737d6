"""What the fields of a rule may hold. Each complaint names the rule, the field, what it must be, and what it was."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from numbers import Integral, Real
from typing import Any

from brainnet.errors import BrainnetError


def require_positive(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each named field is a positive, finite number."""
    _require(owner, names, "be positive and finite", lambda value: 0 < value < inf)


def require_not_negative(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each named field is zero or a positive, finite number."""
    _require(owner, names, "be at least 0 and finite", lambda value: 0 <= value < inf)


def require_at_least_one(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each named field is a finite number of 1 or more."""
    _require(owner, names, "be at least 1 and finite", lambda value: 1 <= value < inf)


def require_below_one(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each named field lies in [0, 1)."""
    _require(owner, names, "be at least 0 and less than 1", lambda value: 0 <= value < 1)


def require_inside_unit(owner: object, *names: str) -> None:
    """Raise BrainnetError unless each named field lies in (0, 1)."""
    _require(owner, names, "be more than 0 and less than 1", lambda value: 0 < value < 1)


def require_share_of_rate(owner: object, name: str) -> None:
    """Raise BrainnetError unless the named field lies in [0, 1]."""
    _require(owner, (name,), "lie in [0, 1], as a share of the rate", lambda value: 0 <= value <= 1)


def require_whole(owner: object, name: str, at_least: int) -> None:
    """Raise BrainnetError unless the named field is a whole number of `at_least` or more."""
    wanted = f"be a whole number, {at_least} or more"
    _require(owner, (name,), wanted, lambda value: isinstance(value, Integral) and int(value) >= at_least)


def _require(owner: object, names: tuple[str, ...], wanted: str, holds: Callable[[Any], bool]) -> None:
    # Each condition is phrased so that nan fails it.
    for name in names:
        value = getattr(owner, name)
        if isinstance(value, bool) or not (isinstance(value, Real) and holds(value)):
            raise BrainnetError(f"{type(owner).__name__}.{name} must {wanted} (got {value!r})")
