"""The versions that a result depends on."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("numpy", "brian2", "scikit-learn", "matplotlib")


def versions() -> dict[str, str]:
    """Version by name of brainnet, Python and the packages, none of which is imported for it."""
    found = {"brainnet": _version("brainnet"), "python": platform.python_version()}
    return found | {name: _version(name) for name in PACKAGES}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
