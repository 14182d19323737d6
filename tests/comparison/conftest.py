"""Lets worker processes import the stand-ins, for they inherit the path of this process."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import standins

from brainnet.comparison.run import compare


@pytest.fixture(scope="session")
def small():
    """One seed of two models."""
    return compare("digits", seeds=[0], models=(standins.CHANCE, standins.PROTOTYPES), n_workers=1)
