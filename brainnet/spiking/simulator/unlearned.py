"""That nothing learns while the network does not, whatever a rule or a neuron says.

    x := switch x_after + (1 - switch) x_before        switch 1 while it learns, else 0

Exact for either switch, as x_before + switch (x_after - x_before) would not be. The second product is taken before the
code runs: on NumPy, `y = x` would be the same array under another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def held_still(code: str, names: Iterable[str], switch: str) -> str:
    """Code after which each of the names that it speaks of is as it was before, unless the switch is 1."""
    spoken = [name for name in names if re.search(rf"\b{name}\b", code)]
    before = [f"{name}_kept = {name} * (1 - {switch})" for name in spoken]
    after = [f"{name} = {name} * {switch} + {name}_kept" for name in spoken]
    return "\n".join([*before, code, *after])


def held_still_between(equations: str, names: Iterable[str], switch: str) -> str:
    """Equations, written plainly, in which the names move only while the switch is 1."""
    for name in names:
        equations = re.sub(rf"^(d{name}/dt = )(.*)( : \w+)", rf"\1{switch} * (\2)\3", equations, flags=re.MULTILINE)
    return equations
