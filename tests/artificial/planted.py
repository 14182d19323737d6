"""Mutants: a copy of a rule with one slip planted in its source. The check that accepts the rule must reject them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from inspect import getsource
from typing import Any


@dataclass(frozen=True)
class Slip:
    """What stands once in the source of the rule, or of the function or class `where`, and what to put there."""

    right: str
    wrong: str
    where: Any = None


def planted(rule: Any, slip: Slip) -> Any:
    """The rule from a copy of its module, with the slip in it."""
    where = slip.where or rule
    source, module = getsource(where), sys.modules[where.__module__]
    assert source.count(slip.right) == 1, f"{where.__name__} does not hold {slip.right!r} once"
    names = _run(getsource(module).replace(source, source.replace(slip.right, slip.wrong)), module.__name__)
    if where.__module__ == rule.__module__:
        return names[rule.__name__]
    importing = _run(getsource(sys.modules[rule.__module__]), rule.__module__)
    importing |= {k: v for k, v in names.items() if k in importing and getattr(v, "__module__", "") == module.__name__}
    return importing[rule.__name__]


def rejected(check: Callable[[Any], None], rule: Any, slip: Slip) -> bool:
    """Whether the check, which accepts a faithful copy of the rule, raises AssertionError for the mutant."""
    check(planted(rule, replace(slip, wrong=slip.right)))
    mutant = planted(rule, slip)
    try:
        check(mutant)
    except AssertionError:
        return True
    return False


def _run(source: str, module: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": module}
    exec(compile(source, f"<copy of {module}>", "exec"), names)
    return names
