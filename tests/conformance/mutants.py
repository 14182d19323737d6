"""Mutants: rules, neurons and functions with one slip in them, which the check of a law must reject.

A mutant is made from what the simulator is told (`of_rule`, `of_neuron`, `of_code`), or from the syntax tree of a
function (`sources.of_source`). Its name depends on nothing but these.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from mutation import Slip, slips
from units import kinds

CODE = ("on_pre", "on_post", "released", "threshold", "reset", "onset", "held")
EQUATIONS = ("equations", "synaptic")
TRACES = ("pre_traces", "post_traces")
CONSTANTS = ("parameters", "trace_parameters")
UPDATES = ("on_pre", "on_post")
Edit = Callable[[Any], Any]  # of what the simulator is told


@dataclass(frozen=True)
class Mutant:
    """Something with one slip in it: the slip's kind and name, and the thing, which is made when it is asked for."""

    kind: str
    name: str
    make: Callable[[], Any]


@dataclass(frozen=True)
class Told:
    """A rule or a neuron that tells the simulator something else."""

    told: Any

    def plasticity(self) -> Any:
        """What a rule tells."""
        return self.told

    def dynamics(self) -> Any:
        """What a neuron tells."""
        return self.told

    def slowed(self, factor: float) -> Told:
        """Itself: it is shown what the rule is shown, once."""
        return self


def of_rule(rule: Any) -> list[Mutant]:
    """A learning rule's slips: in its code, its traces and their order, its constants; and its neurons exchanged.

    `rule` is a rule or a class of them, and a mutant is the same.
    """
    told = _instance(rule).plasticity()
    found = [*_in_code(told), *_in_traces(told), *_in_constants(told), *_neurons_exchanged(told)]
    return [_telling(rule, "plasticity", *each) for each in found]


def of_neuron(neuron: Any) -> list[Mutant]:
    """A neuron's slips: in its equations, threshold, reset and other code, in its constants, and its method.

    `neuron` is a neuron or a class of them, and a mutant is the same.
    """
    told = _instance(neuron).dynamics()
    found = [*_in_code(told), *_in_constants(told), *_in_rest(told), *_other_method(told)]
    return [_telling(neuron, "dynamics", *each) for each in found]


def of_code(
    kind: Any, member: str, sample: str, groups: Sequence[Sequence[str]] = (),
    units: Mapping[str, str] = MappingProxyType({}), kept: Sequence[str] = (), when: Edit = bool,
) -> list[Mutant]:  # fmt: skip
    """A class's slips in the code that a method or property of it gives, of which `sample` is an example.

    Objects may use names of their own in it. `kept` are variables that have a value before. The code stays right where
    `when` of the object is not true.
    """
    tree, found = ast.parse(sample), []
    for number, slip in enumerate(slips(tree, groups, kept)):

        def planted(text: str, number: int = number) -> str:
            own = ast.parse(text)
            return ast.unparse(slips(own, groups, _assigned(own) if kept else ())[number].planted(own))

        if kinds(ast.unparse(slip.planted(tree)), units) == kinds(sample, units):
            make = partial(_overridden, kind, member, planted, when)
            found.append(Mutant(slip.kind, f"{member}, {slip.name}", make))
    return found


def _assigned(tree: ast.Module) -> list[str]:
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def first_of_each(mutants: Sequence[Mutant], *kinds: str) -> list[Mutant]:
    """The first slip of each of these kinds in each piece of code, where all of them would take too long."""
    found: dict[tuple[str, str], Mutant] = {}
    for mutant in mutants:
        if mutant.kind in kinds:
            place, comma, _ = mutant.name.partition(",")
            found.setdefault((mutant.kind, place if comma else ""), mutant)
    return list(found.values())


def in_statements(text: str, groups: Sequence[Sequence[str]], units: Mapping[str, str]) -> Iterator[tuple[Slip, str]]:
    """Slips in code, or in one expression, and the code with each of them.

    What is another kind of quantity then, or adds those of two kinds, is left out, for the simulator refuses it.
    """
    tree, kind = ast.parse(text), kinds(text, units)
    for slip in slips(tree, groups, units):
        other = ast.unparse(slip.planted(tree))
        if kinds(other, units) == kind:
            yield slip, other


def in_equations(text: str, groups: Sequence[Sequence[str]], units: Mapping[str, str]) -> Iterator[tuple[Slip, str]]:
    """Slips in the right sides of equations "variable = expression : unit", and all equations with each of them."""
    lines = text.splitlines()
    for i, line in enumerate(lines):
        left, equals, rest = line.partition("=")
        right, colon, unit = rest.rpartition(":")
        for slip, other in in_statements(right.strip(), groups, units) if equals else ():
            named = replace(slip, name=f"{left.strip()}, {slip.name}")
            yield named, "\n".join([*lines[:i], f"{left}= {other} {colon}{unit}", *lines[i + 1 :]])


def _instance(thing: Any) -> Any:
    return thing() if isinstance(thing, type) else thing


def _telling(thing: Any, method: str, kind: str, name: str, edit: Edit) -> Mutant:
    """Of an object one that tells something else, of a class one whose objects do."""
    if isinstance(thing, type):
        return Mutant(kind, name, lambda: _overridden(thing, method, edit))
    return Mutant(kind, name, lambda: Told(edit(getattr(thing, method)())))


def _overridden(kind: Any, member: str, edit: Edit, when: Edit = lambda each: True) -> Any:
    """The class with something else for what a method or property of it gives."""
    original = getattr(kind, member)
    if isinstance(original, property):
        own = property(lambda self: edit(original.__get__(self)) if when(self) else original.__get__(self))
    else:
        own = lambda self, *given: edit(original(self, *given)) if when(self) else original(self, *given)  # noqa: E731
    return type(kind.__name__, (kind,), {member: own})


Found = Iterator[tuple[str, str, Edit]]  # kind and name of a slip, and the edit that makes it


def _with(**parts: Any) -> Edit:
    return lambda told: replace(told, **parts)


def _in_code(told: Any) -> Found:
    """In each piece of code, and in each right side of equations."""
    for name in (*CODE, *EQUATIONS):
        text, within = getattr(told, name, ""), in_equations if name in EQUATIONS else in_statements
        for slip, other in within(text, _groups(told), _units(told)) if text else ():
            yield slip.kind, f"{name}, {slip.name}", _with(**{name: other})
        if name in ("held", "reset") and text:
            yield "code left out", f"{name} left out", _with(**{name: ""})


def _in_traces(told: Any) -> Found:
    for side in TRACES:
        traces = getattr(told, side)
        for name, (tau, code) in traces.items():
            groups = [tuple(traces), *_by_unit(told.trace_parameters)]
            for slip, other in in_statements(code, groups, _units(told)) if code else ():
                yield slip.kind, f"{side}, {name}, {slip.name}", _with(**{side: {**traces, name: (tau, other)}})
        if any(name in re.findall(r"\w+", code) for one, (_, code) in traces.items() for name in traces if name != one):
            yield "order of statements", f"{side} in reverse", _with(**{side: dict(reversed(traces.items()))})


def _in_constants(told: Any) -> Found:
    """Each constant twice as large, and two in a row exchanged."""
    for where in CONSTANTS:
        for kind, name, change in of_constants(getattr(told, where, {})):
            yield (
                kind,
                name,
                lambda other, where=where, change=change: replace(other, **{where: change(getattr(other, where))}),
            )


def of_constants(values: Mapping[str, tuple[float, str]]) -> Found:
    """Each constant twice as large, and two in a row exchanged if of one unit; and the edit of all that does it."""
    for name, (value, unit) in values.items():
        if value:
            yield ("time constant" if unit == "ms" else "parameter"), f"twice {name}", lambda all_, name=name: {
                **all_, name: (2 * all_[name][0], all_[name][1])
            }  # fmt: skip
    for one, other in pairwise(values):
        if values[one][1] == values[other][1] and values[one] != values[other]:
            kind = "time constants exchanged" if values[one][1] == "ms" else "parameters exchanged"
            yield kind, f"{one} and {other} exchanged", lambda all_, one=one, other=other: {
                **all_, one: all_[other], other: all_[one]
            }  # fmt: skip


def _in_rest(told: Any) -> Found:
    """Another state to begin with."""
    for name, (value, unit) in told.rest.items():
        if value:
            yield (
                "rest",
                f"twice {name} at rest",
                lambda other, name=name, unit=unit: replace(
                    other, rest={**other.rest, name: (2 * other.rest[name][0], unit)}
                ),
            )


def _neurons_exchanged(told: Any) -> Found:
    """The presynaptic neuron in the place of the postsynaptic one; a modulator stays where it is."""
    kept = {name: trace for name, trace in told.post_traces.items() if not trace[1]}
    own = {name: trace for name, trace in told.post_traces.items() if trace[1]}
    sides = {f"{name}_{side}": f"{name}_{other}" for name in {**told.pre_traces, **own}
             for side, other in (("pre", "post"), ("post", "pre"))}  # fmt: skip

    def turned(code: str) -> str:
        tree = ast.parse(code)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                node.id = sides.get(node.id, node.id)
        return ast.unparse(tree)

    if any(getattr(told, code) for code in UPDATES):
        yield "pre and post exchanged", "pre and post exchanged", _with(
            on_pre=turned(told.on_post), on_post=turned(told.on_pre),
            pre_traces=own, post_traces={**told.pre_traces, **kept},
        )  # fmt: skip


def _other_method(told: Any) -> Found:
    for method in ("rk2", "euler", "exponential_euler"):
        if method != told.method:
            yield "method", f"method {method}", _with(method=method)


def _groups(told: Any) -> list[tuple[str, ...]]:
    """Names that one may stand for another of: traces; a neuron's variables; constants of one unit."""
    traces = [f"{name}_{side}" for side in ("pre", "post") for name in getattr(told, f"{side}_traces", ())]
    return [tuple(traces), *_by_unit(getattr(told, "rest", {})), *_by_unit(told.parameters)]


def _by_unit(values: Mapping[str, tuple[float, str]]) -> list[tuple[str, ...]]:
    units = dict.fromkeys(unit for _, unit in values.values())
    return [tuple(name for name, (_, unit) in values.items() if unit == one) for one in units]


def _units(told: Any) -> dict[str, str]:
    """Of all variables and constants."""
    values = {k: v for part in (*CONSTANTS, "rest", "memory") for k, v in getattr(told, part, {}).items()}
    lines = [line for part in EQUATIONS for line in getattr(told, part, "").splitlines()]
    declared = {re.split(r"\W", line.removeprefix("d"))[0] if "/dt" in line.partition("=")[0] else
                line.split()[0]: line.rpartition(":")[2].strip() for line in lines}  # fmt: skip
    traces = {name: "1" for side in TRACES for name in getattr(told, side, {})}
    return declared | traces | {name: unit for name, (_, unit) in values.items()} | dict(getattr(told, "signals", {}))
