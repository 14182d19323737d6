"""That nothing learns while the network does not, whatever a rule or a neuron says.

    x := switch x_after + (1 - switch) x_before        switch 1 while it learns, else 0

Exact for either switch, as x_before + switch (x_after - x_before) would not be. The second product is taken before the
code runs: on NumPy, `y = x` would be the same array under another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def held_still(code: str, names: Iterable[str], switch: str) -> str:
    """Code after which each of the names that it sets is as it was before, unless the switch is 1."""
    moved = [name for name in names if re.search(rf"^\s*{name}\s*(?:[-+*/]|//)?=[^=]", code, re.MULTILINE)]
    before = [f"{name}_kept = {name} * (1 - {switch})" for name in moved]
    after = [f"{name} = {name} * {switch} + {name}_kept" for name in moved]
    return "\n".join([*before, code, *after]) if moved else code


def held_still_between(equations: str, names: Iterable[str], switch: str) -> str:
    """Equations in which the names move only while the switch is 1."""
    for name in names:
        equations = re.sub(rf"^(d{name}/dt = )(.*)( : \w+)$", rf"\1{switch} * (\2)\3", equations, flags=re.MULTILINE)
    return equations
