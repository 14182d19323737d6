"""Single precision where it is enough: half the memory to move, and twice the neurons in a vector instruction.

Potentials, conductances, traces and weights may be in single precision; times, rates and noise keys never are.
"""

from __future__ import annotations

import re

import numpy as np

from brainnet.spiking.simulator.equations import declared

_EXACT_UNITS = ("second", "Hz")
_EXACT_NAMES = ("key",)
_LITERAL = re.compile(r"(?<![\w.])(\d+\.\d*(?:e[-+]?\d+)?)(?![\w.])")


def types(equations: str, precision: str) -> dict[str, type]:
    """The NumPy type of each variable that is not an integer."""
    found = {}
    for name, unit, _ in declared(equations):
        exact = unit in _EXACT_UNITS or name in _EXACT_NAMES or precision == "double"
        if unit not in ("integer", "boolean"):
            found[name] = np.float64 if exact else np.float32
    return found


def single(code: list[str], other: list[str]) -> str:
    """C++ code with its scalars and constants in single precision, unless it or the `other` code reads the time.

    Brian2 declares them in double precision, and a loop that mixes both does half as many neurons at once. An absolute
    time needs double precision, and so does a noise key; times in whole steps do not.
    """
    text = "\n".join(code)
    if any(f"const double {name} = " in part for part in (text, *other) for name in ("t", "key")):
        return text
    text = text.replace("const double ", "const float ").replace("const int64_t ", "const int32_t ")
    return _LITERAL.sub(r"\1f", text)


def double(code: list[str], other: list[str]) -> str:
    """C++ code as it is."""
    return "\n".join(code)


NARROWING = {"single": single, "double": double}
