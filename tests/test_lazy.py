"""Public names stand in a stub, are imported when first used, and say the new name when they have gone."""

import subprocess
import sys
from importlib import import_module

import pytest

from brainnet.errors import BrainnetError
from brainnet.lazy import exports

PACKAGES = ("brainnet", "brainnet.artificial", "brainnet.spiking")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_of_the_stub_is_found_and_listed(package):
    module = import_module(package)
    assert module.__all__
    assert dir(module) == sorted(module.__all__)
    for name in module.__all__:
        assert getattr(module, name).__name__ == name


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_is_imported_before_it_is_used(package):
    code = f"import sys, {package}; print({{'numpy', 'sklearn', 'scipy', 'brian2'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_name_that_has_gone_says_the_new_one():
    find, _, names = exports("brainnet.spiking", renamed={"Gone": "Here"})
    with pytest.raises(BrainnetError, match=r"brainnet\.spiking\.Gone has a new name: Here"):
        find("Gone")
    with pytest.raises(AttributeError, match="has no attribute 'Never'"):
        find("Never")
    assert "Gone" not in names


OLD = [
    ("brainnet", "CompetitiveLayer", "competitive"),
    ("brainnet", "FrozenFields", "frozen_fields"),
    ("brainnet.spiking", "CurrentInjection", "brainnet.codes.RealValues"),
    ("brainnet.spiking", "Watch", "Monitor"),
    ("brainnet.spiking.network", "CompetitiveLayer", "brainnet.spiking.competitive"),
    ("brainnet.spiking.network", "diehl_cook", "brainnet.spiking.published.diehl_cook"),
]


@pytest.mark.parametrize(("package", "old", "new"), OLD)
def test_names_of_before_lead_to_those_of_now(package, old, new):
    with pytest.raises(BrainnetError, match=f"{package}.{old} has a new name: {new}"):
        exec(f"from {package} import {old}", {})
