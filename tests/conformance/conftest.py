"""Laws that take no time, to plant faults in; and the folder's own modules can be imported."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from brainnet.conformance.law import Finding, Law

SOUND = Law(
    key="V1",
    name="sound",
    what="A law that holds",
    source="Nobody 1999",
    target="1",
    tolerance="0.1",
    reason="a test needs no better",
    find=lambda full: Finding("1.02", True, lambda figure: figure.subplots().plot([0, 1])),
    caption="A straight line.",
)


@pytest.fixture
def sound() -> Law:
    return SOUND


@pytest.fixture
def failing() -> Law:
    return replace(SOUND, key="V2", name="failing", find=lambda full: Finding("2.5", False))


@pytest.fixture
def other() -> Law:
    return replace(SOUND, key="V10", name="other")


@pytest.fixture
def long() -> Law:
    return replace(SOUND, key="V11", name="long", long=True)
