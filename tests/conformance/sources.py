"""Mutants of what is written in Python: classes and functions from a copy of their module with a slip in its tree."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from inspect import getsource, unwrap
from typing import Any

from mutants import Mutant
from mutation import Slip, slips


def of_source(subject: Any, *where: Any, groups: Sequence[Sequence[str]] = ()) -> list[Mutant]:
    """A class's or function's slips, in its own source or in that of the functions, methods or properties `where`.

    A mutant is the subject from a copy of its module. Where the slip is in another module, the subject's copy uses
    that one's copy in its place. `groups` are names of one kind, beside the class's own numbers "self.rate", ...
    """
    found = []
    for place in map(_function, where or (subject,)):
        for slip in slips(_tree(place), [*groups, _numbers(subject)]):
            name = f"{place.__qualname__.rpartition('.')[2]}, {slip.name}"
            found.append(Mutant(slip.kind, name, lambda slip=slip, place=place: _copy(subject, place, slip)))
    return found


def faithful(subject: Any, *where: Any) -> Any:
    """The subject made as its mutants are, but without a slip."""
    return _copy(subject, _function(where[0] if where else subject), Slip("", "", {}))


def _function(place: Any) -> Any:
    """The function of a property or of a cached one."""
    return unwrap(getattr(place, "fget", None) or getattr(place, "func", None) or place)


def _numbers(subject: Any) -> tuple[str, ...]:
    """The fields of a dataclass that hold numbers, as its methods see them."""
    described = getattr(subject, "__dataclass_fields__", {})
    return tuple(f"self.{name}" for name, each in described.items() if str(each.type) in ("float", "int"))


@cache
def _module(name: str) -> ast.Module:
    return ast.parse(getsource(sys.modules[name]))


def _tree(place: Any) -> ast.AST:
    """Where a class or function stands in the tree of its module."""
    node: Any = _module(place.__module__)
    for name in place.__qualname__.split("."):
        node = next(each for each in node.body if getattr(each, "name", None) == name)
    return node


def _copy(subject: Any, place: Any, slip: Slip) -> Any:
    names = _run(slip.planted(_module(place.__module__)), place.__module__, {})
    if place.__module__ != subject.__module__:
        made = {k: v for k, v in names.items() if getattr(v, "__module__", "") == place.__module__}
        names = _run(_module(subject.__module__), subject.__module__, made)
    return names[subject.__name__]


def _run(tree: ast.AST, module: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The names of a copy of a module, in which those it imports are those `given`."""
    names: dict[str, Any] = {"__name__": module}
    exec(compile(tree, f"<copy of {module}>", "exec"), names)  # pyright: ignore[reportArgumentType]
    names |= {name: each for name, each in given.items() if name in names}
    return names
