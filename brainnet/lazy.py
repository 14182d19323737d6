"""Public names that are imported when first used, so that the command line answers at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from brainnet.errors import BrainnetError


def exports(
    package: str, homes: Mapping[str, str], renamed: Mapping[str, str] | None = None
) -> Callable[[str], object]:
    """A package's `__getattr__`: finds each name of `homes` in the submodule that holds it, a dot before it being one package up.

    Names of before are `renamed`: whoever asks for one is told the new one.
    """
    gone = renamed or {}

    def find(name: str) -> object:
        if name in gone:
            # No AttributeError, of which `from package import name` would keep nothing but the name.
            raise BrainnetError(f"{package}.{name} has a new name: {gone[name]}")
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f".{homes[name]}", package), name)

    return find
