"""A rule and its mutants in one network: each postsynaptic neuron learns by its own, and all is compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brainnet.spiking.learning import Plasticity, Rule
from brainnet.spiking.neurons import Value

WHICH = "which"  # the signal of a postsynaptic neuron that says by which rule it learns, from 0


@dataclass(frozen=True)
class Several:
    """Rules side by side, of which a synapse follows the one that its postsynaptic neuron's signal `which` says.

    A rule is one that tells what becomes of w in one line for each side. Constants are written into the code. Traces in
    which the rules agree are held once.
    """

    rules: tuple[Rule, ...]

    def slowed(self, factor: float) -> Several:
        """All of them, slowed."""
        return Several(tuple(rule.slowed(factor) for rule in self.rules))

    def plasticity(self) -> Plasticity:
        """What each makes of w, and a choice."""
        told = [rule.plasticity() for rule in self.rules]
        named = {side: _named(told, side) for side in SIDES}
        return Plasticity(
            on_pre=_code(told, "on_pre", named),
            on_post=_code(told, "on_post", named),
            parameters={},
            pre_traces=_traces(named["pre"]),
            post_traces=_traces(named["post"]),
            trace_parameters={f"tau_{name}": kind[1] for found in named.values() for kind, name in found.items()},
            post_signals={WHICH: "1"},
        )


Kind = tuple[str, Value, str]  # a trace: its name, its time constant and its code
SIDES = ("pre", "post")


def _kinds(told: Plasticity, side: str) -> list[Kind]:
    return [(name, told.trace_parameters[tau], code) for name, (tau, code) in getattr(told, f"{side}_traces").items()]


def _named(told: Sequence[Plasticity], side: str) -> dict[Kind, str]:
    """A name for each trace that any of the rules has on that side."""
    kinds = dict.fromkeys(kind for one in told for kind in _kinds(one, side))
    return {kind: f"{kind[0]}_{i}" for i, kind in enumerate(kinds)}


def _traces(named: Mapping[Kind, str]) -> dict[str, tuple[str, str]]:
    return {name: (f"tau_{name}", _renamed(kind[2], {kind[0]: name})) for kind, name in named.items()}


def _code(told: Sequence[Plasticity], event: str, named: Mapping[str, Mapping[Kind, str]]) -> str:
    """What w becomes by the rule that the postsynaptic neuron follows."""
    values: dict[str, list[int]] = {}  # what w may become, and by which rules
    for number, one in enumerate(told):
        names = {f"{kind[0]}_{side}": f"{named[side][kind]}_{side}" for side in SIDES for kind in _kinds(one, side)}
        names |= {name: f"({value!r})" for name, (value, _) in one.parameters.items()}
        values.setdefault(_renamed(_value(getattr(one, event)), names), []).append(number)
    lines = [f"w_{i} = {value}" for i, value in enumerate(values)]
    shares = (" + ".join(f"int({WHICH}_post == {number})" for number in numbers) for numbers in values.values())
    return "\n".join([*lines, "w = " + " + ".join(f"w_{i} * ({share})" for i, share in enumerate(shares))])


def _renamed(code: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\b[a-z]\w*\b", lambda match: names.get(match[0], match[0]), code)


def _value(code: str) -> str:
    """What w becomes. Raises ValueError if the code says anything else."""
    if not code.startswith("w = ") or "\n" in code:
        raise ValueError(f"a rule must say in one line what becomes of w (got {code!r})")
    return code.removeprefix("w = ")
