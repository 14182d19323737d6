"""A slip in the equations or code of a neuron or rule, as one line that says where: Brian2 names its own objects."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager

from brainnet.errors import BrainnetError
from brainnet.spiking.simulator.program import Program

_OBJECT = re.compile(r"object named '(\w+)'")


@contextmanager
def named(program: Program) -> Iterator[None]:
    """While it lasts, what Brian2 cannot build or run is a `BrainnetError` with the part, the line and the reason."""
    try:
        yield
    except (BrainnetError, MemoryError, OSError):
        raise
    except Exception as error:
        raise BrainnetError(_said(program, error)) from error


def _said(program: Program, error: BaseException) -> str:
    chain = list(_causes(error))
    said = " ".join(map(str, chain))
    found = next((match[1] for one in chain if (match := _OBJECT.search(str(one)))), None)
    parts = _parts(program)
    places = [parts[found]] if found in parts else [place for place in parts.values() if place[0].endswith("equations")]
    lines = [(part, line) for part, code in places if (line := _line(code, said))]
    part, line = next(iter(lines), (places[0][0] if found else "the network", ""))
    root = chain[-1].args[0] if isinstance(chain[-1], KeyError) else chain[-1]  # which would be quoted
    reason = " ".join(str(root).split())[:200].rstrip(".")
    return f"{part}{f', in {line!r}' if line else ''}: {reason}. Mend it there"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _parts(program: Program) -> dict[str, tuple[str, str]]:
    """What each object of Brian2 is to a user, and its code."""
    found = {}
    for group in program.groups:
        whose = f"population {group.name!r}"
        found[group.name] = (f"{whose}, equations", group.equations)
        found[f"{group.name}_stateupdater"] = (f"{whose}, equations", f"{group.equations}\n{group.held}")
        found[f"{group.name}_spike_thresholder"] = (f"{whose}, threshold", group.threshold)
        found[f"{group.name}_spike_resetter"] = (f"{whose}, reset", group.reset)
        found[f"{group.name}_onset"] = (f"{whose}, onset", group.onset)
    for pathway in program.pathways:
        whose = f"projection {pathway.name!r}"
        found[pathway.name] = found[f"{pathway.name}_stateupdater"] = (f"{whose}, equations", pathway.equations)
        found[f"{pathway.name}_pre"] = (f"{whose}, at a presynaptic spike", pathway.on_pre)
        found[f"{pathway.name}_post"] = (f"{whose}, at a postsynaptic spike", pathway.on_post)
    return found


def _line(code: str, said: str) -> str:
    """The line of the code that what was said is about: one that cannot be read, or that holds a quoted name."""
    lines = [line.strip() for line in code.splitlines()]
    names = re.findall(r"[\"'](\w+)[\"']", said)
    wrong = [line for line in lines if not _readable(line)]
    wrong += [line for line in lines if any(re.search(rf"\b{name}\b", line) for name in names)]
    return next(iter(wrong), "")


def _readable(line: str) -> bool:
    """Whether a line is an assignment, an equation or a declaration."""
    if re.match(r"^(d\w+/dt = .*|\w+) : \w+( \(.*\))?$", line) or not line:
        return True
    try:
        return all(isinstance(one, ast.Assign | ast.AugAssign) for one in ast.parse(line).body)
    except SyntaxError:
        return False
