"""The versions that a result depends on."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from brainnet.spiking.simulator.cache import compiler_version

PACKAGES = ("numpy", "scipy", "brian2", "scikit-learn", "matplotlib")


def versions() -> dict[str, str]:
    """Version by name of brainnet, Python, the packages, none of which is imported for it, and the C++ compiler."""
    found = {"brainnet": _version("brainnet"), "python": platform.python_version()}
    return found | {name: _version(name) for name in PACKAGES} | {"C++ compiler": compiler_version()}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
