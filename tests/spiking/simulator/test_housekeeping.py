"""The folder of the cache: what was not used for longest goes, and nothing that somebody uses."""

import os
from pathlib import Path

import pytest

from brainnet.spiking.simulator import housekeeping, locks


@pytest.fixture
def where(tmp_path):
    """A folder for simulators."""
    return tmp_path


def contents(where: Path) -> list[str]:
    return sorted(path.name for path in where.iterdir())


def fake(where: Path, digit: int, used: float = 0.0) -> Path:
    """A folder of about a megabyte that looks like a simulator, last used at that time."""
    folder = where / (str(digit) * 24)
    folder.mkdir()
    (folder / "main").write_bytes(bytes(1_000_000))
    (folder / "manifest.json").write_text("{}")
    os.utime(folder / "manifest.json", (used, used))
    return folder


def test_simulators_not_used_for_longest_go_first(where):
    folders = [fake(where, digit, used) for digit, used in ((1, 30.0), (2, 10.0), (3, 20.0), (4, 40.0))]
    housekeeping.trim(where, 2.5e6)
    assert contents(where) == sorted([folders[0].name, folders[3].name])


def test_clear_removes_simulators_and_debris_and_nothing_else(where):
    fake(where, 1)
    (where / f"building-{'2' * 24}-abc").mkdir()
    (where / f"{'2' * 24}.lock").touch()
    (where / "thesis").write_text("years of work")
    cleared = housekeeping.clear(where)
    assert cleared == housekeeping.Cleared(removed=1, freed=1_000_002, kept=0)
    assert contents(where) == ["thesis"]


def test_clear_leaves_what_is_in_use_or_being_built(where):
    used, building, idle = (fake(where, digit) for digit in (1, 2, 3))
    private = where / f"building-{building.name}-abc"
    private.mkdir()
    assert locks.hold(used)
    with locks.building(building):
        assert housekeeping.clear(where) == housekeeping.Cleared(removed=1, freed=1_000_002, kept=2)
        assert not idle.exists()
        assert contents(where) == sorted([used.name, building.name, f"{building.name}.lock", private.name])


def test_a_process_holds_the_simulators_it_used_last(where):
    folders = [where / f"{digit:024}" for digit in range(locks.MOST_HELD + 1)]
    for folder in folders:
        folder.mkdir()
        (folder / "manifest.json").touch()
        assert locks.hold(folder)
    assert [housekeeping.remove(folder) for folder in folders] == [True] + [False] * locks.MOST_HELD
