"""The variables that equations declare."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE = re.compile(r"^(?:d(\w+)/dt = .*|(\w+)) : (\w+)(?: \((.*)\))?$", re.MULTILINE)


def declared(equations: str) -> Iterator[tuple[str, str, str]]:
    """Name, dimension and flags, such as "shared, constant", of each variable."""
    for match in _LINE.finditer(equations):
        yield match[1] or match[2], match[3], match[4] or ""
