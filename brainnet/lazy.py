"""Public names that are imported when first used, so that the command line answers at once.

They stand once, in the package's stub `__init__.pyi`, as type checkers read it: `from home import name as name`.
"""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Callable, Mapping
from importlib import import_module

from brainnet.errors import BrainnetError


def exports(
    package: str, renamed: Mapping[str, str] | None = None
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """A package's `__getattr__`, `__dir__` and `__all__`: each name of its stub is found in the module that holds it.

    Names of before are `renamed`: whoever asks for one is told the new one.
    """
    homes, missing = _homes(package), gone(package, renamed or {})

    def find(name: str) -> object:
        return getattr(import_module(homes[name]), name) if name in homes else missing(name)

    return find, lambda: list(homes), list(homes)


def gone(package: str, renamed: Mapping[str, str]) -> Callable[[str], object]:
    """A module's `__getattr__` that tells whoever asks for a name of before the new one."""

    def missing(name: str) -> object:
        if name in renamed:
            # No AttributeError, of which `from package import name` would keep nothing but the name.
            raise BrainnetError(f"{package}.{name} has a new name: {renamed[name]}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return missing


def _homes(package: str) -> dict[str, str]:
    """The module of each public name."""
    stub = ast.parse(pkgutil.get_data(package, "__init__.pyi") or b"")
    imports = [statement for statement in stub.body if isinstance(statement, ast.ImportFrom)]
    return {alias.name: str(statement.module) for statement in imports for alias in statement.names}
