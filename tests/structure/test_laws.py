"""The laws hold for brainnet's own functions, and reject each function that is wrong on purpose."""

from __future__ import annotations

import pytest

from brainnet.conformance.wrong_graphs import DALE, KERNEL, MUTANTS, RING, SHRINK, lattice, rewired_with, sheet, where
from brainnet.structure import laws


@pytest.mark.parametrize("law", laws.LAWS, ids=lambda law: law.__name__)
def test_holds(law):
    law()


@pytest.mark.parametrize("name", MUTANTS)
def test_rejects(name):
    law, mutant = MUTANTS[name]
    with pytest.raises(AssertionError):
        law(mutant)


@pytest.mark.parametrize(
    ("law", "copy"),
    [
        (RING, lattice(1, 0)),
        (SHRINK, rewired_with(lambda p: p)),
        (KERNEL, sheet(lambda *settings: settings)),
        (DALE, where(lambda w, s: w * s > 0)),
    ],
)
def test_accepts_the_same_copy_without_its_fault(law, copy):
    law(copy)
