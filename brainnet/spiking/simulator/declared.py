"""The variables of a program."""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.spiking.simulator.control import CONTROL
from brainnet.spiking.simulator.equations import declared
from brainnet.spiking.simulator.program import Program


@dataclass(frozen=True)
class Variable:
    """How many numbers a variable holds, and whether the binary must be told them: it takes 0 for what it is not."""

    size: int
    required: bool


def variables(program: Program) -> dict[str, Variable]:
    """All variables of a program that are its own to set, keyed "object.variable"."""
    parts = {"control": (CONTROL, 1)} | {group.name: (group.equations, group.size) for group in program.groups}
    parts |= {p.name: (p.equations, p.synapses) for p in program.pathways}
    weights = {f"{pathway.name}.w" for pathway in program.pathways if pathway.plastic}
    found = {}
    for owner, (equations, size) in parts.items():
        for variable, _, flags in declared(equations):
            name, shared = f"{owner}.{variable}", flags.startswith("shared")
            if flags != "linked":
                found[name] = Variable(1 if shared else size, shared or name in weights)
    return found


def moving(program: Program) -> dict[str, Variable]:
    """The state of neurons, which may diverge."""
    groups = {group.name for group in program.groups}
    return {n: v for n, v in variables(program).items() if n.partition(".")[0] in groups and not v.required}
