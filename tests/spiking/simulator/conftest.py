"""A simulator that is compiled once for all tests of the cache; and the folder's own modules can be imported."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cells import PROGRAM

from brainnet.spiking.simulator import cache


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The compiled `PROGRAM`, for tests to copy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRAINNET_CACHE", str(tmp_path_factory.mktemp("built")))
        return cache.simulator(PROGRAM)


@pytest.fixture
def where(tmp_path, monkeypatch):
    """An empty cache; the folder of its simulators."""
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path))
    (tmp_path / "simulators").mkdir()
    return tmp_path / "simulators"


@pytest.fixture
def builds(built, monkeypatch):
    """The folders in which a simulator was built: from a copy, for compiling takes seconds."""
    done = []

    def compile_by_copying(_, private):
        shutil.copytree(built, private, dirs_exist_ok=True)
        done.append(private)

    monkeypatch.setattr(cache, "_compile", compile_by_copying)
    return done
