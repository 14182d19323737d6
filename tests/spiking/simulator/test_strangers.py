"""In folders that are shared, what belongs to others or is no file stops nobody, is not followed and not touched."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from cells import PROGRAM

from brainnet import plain
from brainnet.errors import BrainnetError
from brainnet.spiking.simulator import cache, housekeeping, locks, scratch

NAME = "1" * 24
compiled = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")


@pytest.fixture(autouse=True)
def _patience():
    """Who waits for a pipe waits for ever: fail instead."""

    def give_up(*_):
        raise TimeoutError("it waits")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def given_away(monkeypatch):
    """Makes a path somebody else's."""

    def give(path: Path) -> Path:
        if os.geteuid() == 0:
            os.chown(path, 12345, -1)
        else:
            monkeypatch.setattr(os, "geteuid", lambda: 12345)
        return path

    return give


def aged(path: Path) -> Path:
    os.utime(path, (0, 0), follow_symlinks=False)
    return path


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


@pytest.fixture
def treasure(tmp_path):
    """A folder with something in it that must stay."""
    (tmp_path / "treasure").mkdir()
    (tmp_path / "treasure" / "thesis").write_text("years of work")
    return tmp_path / "treasure"


def test_the_sweep_of_a_temporary_folder_takes_folders_and_nothing_else(tmp_path, treasure):
    shared = tmp_path / "shared"
    shared.mkdir()
    prefix = str(shared / scratch.PREFIX)
    aged(pipe(Path(f"{prefix}pipe")))
    Path(f"{prefix}file").touch()
    aged(Path(f"{prefix}file"))
    Path(f"{prefix}link").symlink_to(treasure)
    os.utime(treasure, (0, 0))
    Path(f"{prefix}dead").mkdir()
    aged(Path(f"{prefix}dead"))
    with scratch.folder(str(shared)) as here:
        assert here.stat().st_mode & 0o777 == 0o700
        assert sorted(path.name for path in shared.iterdir() if path != here) == [
            f"{scratch.PREFIX}{kind}" for kind in ("file", "link", "pipe")
        ]
    assert (treasure / "thesis").exists()


def test_the_sweep_of_a_temporary_folder_leaves_what_is_anothers(tmp_path, given_away):
    theirs = tmp_path / f"{scratch.PREFIX}theirs"
    theirs.mkdir()
    given_away(aged(theirs))
    scratch.sweep.__wrapped__(str(tmp_path))
    assert theirs.exists()


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_a_lock_that_is_no_file_is_one_line_and_not_followed(kind, where, treasure, monkeypatch):
    monkeypatch.setattr(cache, "compiler", lambda: "/bin/false")
    lock = where / f"{cache.key(PROGRAM)}.lock"
    {"pipe": pipe, "link": lambda path: path.symlink_to(treasure / "made"), "folder": Path.mkdir}[kind](lock)
    with pytest.raises(BrainnetError, match=r"cache .* cannot be written \(.*set BRAINNET_CACHE") as caught:
        cache.simulator(PROGRAM)
    assert "\n" not in str(caught.value)
    assert os.path.lexists(lock)
    assert not (treasure / "made").exists()


def test_a_lock_of_another_user_is_one_line_that_names_it(where, given_away, monkeypatch):
    monkeypatch.setattr(cache, "compiler", lambda: "/bin/false")
    lock = where / f"{cache.key(PROGRAM)}.lock"
    lock.touch()
    given_away(lock)
    with pytest.raises(BrainnetError, match=f"cannot be written .*{lock.name} is in the way"):
        cache.simulator(PROGRAM)


@compiled
def test_a_simulator_of_another_user_is_neither_run_nor_replaced(where, built, builds, given_away):
    folder = where / built.name
    shutil.copytree(built, folder)
    given_away(folder)
    with pytest.raises(BrainnetError, match=f"{folder} belongs to another user: set BRAINNET_CACHE"):
        cache.simulator(PROGRAM)
    assert not housekeeping.remove(folder)
    assert folder.exists()
    assert not builds


@compiled
@pytest.mark.parametrize("name", ["main", "manifest.json", "static_arrays"])
def test_a_simulator_with_a_part_of_another_user_is_built_again(name, where, built, builds, given_away):
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    folder = where / built.name
    shutil.copytree(built, folder)
    given_away(folder / name)
    assert cache.simulator(PROGRAM) == folder
    assert len(builds) == 1
    assert plain.ours(os.lstat(folder / name))


@compiled
@pytest.mark.parametrize("kind", ["pipe", "link", "file"])
def test_what_has_the_name_of_a_simulator_gives_way_and_is_not_followed(kind, where, treasure, built, builds):
    path = where / built.name
    {"pipe": pipe, "link": lambda path: path.symlink_to(treasure), "file": Path.touch}[kind](path)
    assert cache.simulator(PROGRAM) == path
    assert len(builds) == 1
    assert [entry.name for entry in where.iterdir()] == [path.name]
    assert (treasure / "thesis").exists()


def test_odd_entries_of_the_cache_are_listed_and_cleared_without_following(where, treasure):
    (where / NAME).mkdir()
    pipe(where / NAME / locks.READY)
    (where / ("2" * 24)).symlink_to(treasure)
    pipe(where / ("3" * 24))
    pipe(where / f"building-{NAME}-pipe")
    (where / f"building-{NAME}-link").symlink_to(treasure)
    assert len(housekeeping.entries(where)) == 3
    assert not any(locks.hold(where / (digit * 24)) for digit in "123")
    assert housekeeping.clear(where).removed == 3
    assert list(where.iterdir()) == []
    assert (treasure / "thesis").exists()


@pytest.mark.usefixtures("builds")
@compiled
def test_whatever_the_umask_nobody_else_may_write_what_a_run_reads(where):
    before = os.umask(0)
    try:
        folder = cache.simulator(PROGRAM)
    finally:
        os.umask(before)
    read = [folder, folder / "main", folder / "manifest.json", folder / "static_arrays"]
    assert not any(path.stat().st_mode & plain.OTHERS_WRITE for path in [*read, *(folder / "static_arrays").iterdir()])
