"""Lines of equations: in one form, however they were written, and the variables that they declare."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE = re.compile(r"^(?:d(\w+)/dt = .*|(\w+)) : (\w+)(?: \((.*)\))?$", re.MULTILINE)
_WRITTEN = re.compile(
    r"^(?:d(?P<moved>\w+)\s*/\s*dt\s*=\s*(?P<slope>.*?)|(?P<name>\w+))\s*:\s*(?P<unit>\w+)\s*(?P<flags>\(.*\))?$"
)


def plainly(equations: str) -> str:
    """The same equations, one a line, without comments and with one space where there may be any."""
    lines = (line.partition("#")[0].strip() for line in equations.splitlines())
    return "\n".join(_plain(line) for line in lines if line)


def _plain(line: str) -> str:
    found = _WRITTEN.match(line)
    if not found:
        return line
    left = found["name"] or f"d{found['moved']}/dt = {found['slope']}"
    return " ".join(filter(None, (left, ":", found["unit"], found["flags"])))


def declared(equations: str) -> Iterator[tuple[str, str, str]]:
    """Name, dimension and flags, such as "shared, constant", of each variable of equations written plainly."""
    for match in _LINE.finditer(equations):
        yield match[1] or match[2], match[3], match[4] or ""
