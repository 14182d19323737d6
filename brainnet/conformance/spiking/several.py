"""Many learning rules in one network: each postsynaptic neuron learns by its own, and all is compiled once."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brainnet.spiking.learning import Plasticity, Rule
from brainnet.spiking.neurons import Value

WHICH = "which"  # the signal of a postsynaptic neuron that says by which rule it learns, from 0
SIDES = ("pre", "post")
VARIABLE = re.compile(r"(?m)^d?(\w+?)(?:/dt)?\s*[:=]")  # of a synapse, where it is declared
Kind = tuple[str, Value, str]  # a trace: its name, its time constant, and its code, in which constants are numbers


@dataclass(frozen=True)
class Several:
    """Rules side by side, of which a synapse follows the one that its postsynaptic neuron's signal `which` says.

    The rules' synapses have the same variables, and a modulator is the same to all. Constants are written into the
    code. Traces in which rules agree are held once.
    """

    rules: tuple[Rule, ...]

    def slowed(self, factor: float) -> Several:
        """All of them, slowed."""
        return Several(tuple(rule.slowed(factor) for rule in self.rules))

    def plasticity(self) -> Plasticity:
        """What each makes of a synapse, and a choice."""
        told = [rule.plasticity() for rule in self.rules]
        named = {side: _named(told, side) for side in SIDES}
        names = [_names(one, named) for one in told]
        modulators, constants = _modulators(told)
        return Plasticity(
            on_pre=_code([one.on_pre for one in told], names, told[0].synaptic),
            on_post=_code([one.on_post for one in told], names, told[0].synaptic),
            parameters={},
            pre_traces=_traces(named["pre"]),
            post_traces={**_traces(named["post"]), **modulators},
            trace_parameters=constants
            | {f"tau_{name}": kind[1] for found in named.values() for kind, name in found.items()},
            post_signals={WHICH: "1"} | {name: unit for one in told for name, unit in one.post_signals.items()},
            synaptic=_equations([one.synaptic for one in told], names),
        )


def modulators(told: Plasticity) -> dict[str, Value]:
    """The traces that others move, with their time constants."""
    return {name: told.trace_parameters[tau] for name, (tau, code) in told.post_traces.items() if not code}


def _modulators(told: Sequence[Plasticity]) -> tuple[dict[str, tuple[str, str]], dict[str, Value]]:
    """Those of all rules as traces, and their constants. Raises ValueError if the rules do not agree."""
    if any(modulators(one) != modulators(told[0]) for one in told):
        raise ValueError("rules side by side must have the same modulators")
    shared = {name: trace for name, trace in told[0].post_traces.items() if not trace[1]}
    return shared, {tau: told[0].trace_parameters[tau] for tau, _ in shared.values()}


def _kinds(told: Plasticity, side: str) -> list[Kind]:
    numbers = {name: _number(value) for name, value in told.trace_parameters.items()}
    traces = getattr(told, f"{side}_traces").items()
    return [(name, told.trace_parameters[tau], _renamed(code, numbers)) for name, (tau, code) in traces if code]


def _named(told: Sequence[Plasticity], side: str) -> dict[Kind, str]:
    """A name for each trace that any of the rules has on that side."""
    kinds = dict.fromkeys(kind for one in told for kind in _kinds(one, side))
    return {kind: f"{kind[0]}_{i}" for i, kind in enumerate(kinds)}


def _traces(named: Mapping[Kind, str]) -> dict[str, tuple[str, str]]:
    return {name: (f"tau_{name}", _renamed(kind[2], {kind[0]: name})) for kind, name in named.items()}


def _names(told: Plasticity, named: Mapping[str, Mapping[Kind, str]]) -> dict[str, str]:
    """What stands for the traces and constants of a rule."""
    traces = {f"{kind[0]}_{side}": f"{named[side][kind]}_{side}" for side in SIDES for kind in _kinds(told, side)}
    return traces | {name: _number(value) for name, value in told.parameters.items()}


def _number(value: Value) -> str:
    return f"({value[0]!r})" if value[1] == "1" else f"({value[0]!r} * {value[1]})"


def _renamed(code: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\b[a-zA-Z_]\w*\b", lambda match: names.get(match[0], match[0]), code)


def _code(codes: Sequence[str], names: Sequence[Mapping[str, str]], synaptic: str) -> str:
    """What variables of the synapse become by the rule that the postsynaptic neuron follows.

    To the other rules they are 0, of which these make nothing that is not finite.
    """
    variables, lines = VARIABLE.findall(synaptic), []
    moved: dict[str, list[tuple[str, str]]] = {}  # what each may become, and what is 1 where it does
    for i, (code, numbers) in enumerate(_followed(codes, names).items()):
        share, now = f"share_{i}", {variable: f"({variable} * share_{i})" for variable in variables}
        lines.append(f"{share} = {_asked(numbers)}")
        for statement in ast.parse(code).body:
            target, value = _assigned(statement)
            lines.append(f"{target}_{i} = {_renamed(value, now)}")
            now[target] = f"{target}_{i}"
        for variable in variables:
            if now[variable] == f"{variable}_{i}":
                moved.setdefault(variable, []).append((now[variable], share))
    for variable, each in moved.items():
        stays = f"{variable} * (1 - {' - '.join(share for _, share in each)})"
        lines.append(" + ".join([f"{variable} = {stays}", *(f"{value} * {share}" for value, share in each)]))
    return "\n".join(lines)


def _equations(texts: Sequence[str], names: Sequence[Mapping[str, str]]) -> str:
    """Each equation with a choice of its right sides."""
    lines = []
    for told in zip(*(text.splitlines() for text in texts), strict=True):
        (left, equals, _), unit = told[0].partition("="), told[0].rpartition(":")[2]
        sides = _followed([line.partition("=")[2].rpartition(":")[0].strip() for line in told], names)
        chosen = " + ".join(f"({side}) * ({_asked(numbers)})" for side, numbers in sides.items())
        lines.append(f"{left}= {chosen} :{unit}" if equals else left)
    return "\n".join(lines)


def _followed(codes: Sequence[str], names: Sequence[Mapping[str, str]]) -> dict[str, list[int]]:
    """Which rules say the same in their own names."""
    found: dict[str, list[int]] = {}
    for number, (code, own) in enumerate(zip(codes, names, strict=True)):
        found.setdefault(_renamed(code, own), []).append(number)
    return found


def _asked(numbers: Sequence[int]) -> str:
    """1 where the postsynaptic neuron asks for one of these rules, else 0."""
    return " + ".join(f"int({WHICH}_post == {number})" for number in numbers)


def _assigned(statement: ast.stmt) -> tuple[str, str]:
    """A variable and what it becomes. Raises ValueError if a statement says anything else."""
    match statement:
        case ast.Assign([ast.Name(name)], value):
            return name, ast.unparse(value)
        case ast.AugAssign(ast.Name(name) as target, op, value):
            return name, ast.unparse(ast.BinOp(target, op, value))
    raise ValueError(f"a rule must say what becomes of variables (got {ast.unparse(statement)!r})")
