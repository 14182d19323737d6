"""Mutants: a copy of a rule with one slip planted in its source. The check that accepts the rule must reject them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from inspect import getsource
from typing import Any

from brainnet.conformance.row import Mutant


@dataclass(frozen=True)
class Slip:
    """What stands once in the source of the rule, or of the function or class `where`, and what to put there."""

    right: str
    wrong: str
    where: Any = None


def require(holds: object, law: str) -> None:
    """Raise AssertionError, which names the law, unless it holds: `assert`, but not left out by python -O."""
    if not holds:
        raise AssertionError(law)


def planted(rule: Any, slip: Slip) -> Any:
    """The rule from a copy of its module, with the slip in it. Raises LookupError if its place is not found once."""
    where = slip.where or rule
    source, module = getsource(where), sys.modules[where.__module__]
    if source.count(slip.right) != 1:
        raise LookupError(f"{where.__name__} does not hold {slip.right!r} once")
    names = _run(getsource(module).replace(source, source.replace(slip.right, slip.wrong)), module.__name__)
    if where.__module__ == rule.__module__:
        return names[rule.__name__]
    importing = _run(getsource(sys.modules[rule.__module__]), rule.__module__)
    importing |= {k: v for k, v in names.items() if k in importing and getattr(v, "__module__", "") == module.__name__}
    return importing[rule.__name__]


def rejected(check: Callable[[Any], None], rule: Any, slip: Slip) -> bool:
    """Whether the check, which accepts a faithful copy of the rule, raises AssertionError for the mutant."""
    check(planted(rule, replace(slip, wrong=slip.right)))
    return refused(check, planted(rule, slip))


def refused(check: Callable[[Any], None], mutant: Any) -> bool:
    """Whether the check raises AssertionError for it."""
    try:
        check(mutant)
    except AssertionError:
        return True
    return False


def mutants(check: Callable[[Any], None], rule: Any, slips: Mapping[str, Slip]) -> tuple[Mutant, ...]:
    """A mutant for each slip in the rule, by its name, for one check to reject."""
    return tuple(Mutant(name, lambda slip=slip: rejected(check, rule, slip)) for name, slip in slips.items())


def _run(source: str, module: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": module}
    exec(compile(source, f"<copy of {module}>", "exec"), names)
    return names
