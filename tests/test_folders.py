"""A file is written whole or not at all, whoever kills us, and nothing is left; one process at a time has a lock."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap

import pytest

from brainnet.folders import alone, leads_to, lock, reserve, try_to_write, whole_file

KILLED = """
    import os, signal, sys
    from pathlib import Path
    from brainnet.folders import alone, whole_file
    with alone(Path(sys.argv[1] + ".lock")), whole_file(Path(sys.argv[1])) as file:
        file.write(b"half")
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def killed(tmp_path):
    """The path that a process was writing to when it was killed."""
    path = tmp_path / "c.npz"
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    return path


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a"
    with whole_file(path) as file:
        file.write(b"one")
        assert not path.exists()
    with pytest.raises(ZeroDivisionError), whole_file(path) as file:
        file.write(b"two" * (1 // 0))
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["a"]


def test_a_trial_leaves_what_was_there(tmp_path):
    (tmp_path / "a").write_bytes(b"one")
    try_to_write(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"one"
    assert names(tmp_path) == ["a"]


def test_what_a_killed_process_left_goes_with_the_next_start(killed):
    assert len(names(killed.parent)) == 2  # the half, and the lock
    with alone(killed.with_name("c.npz.lock"), wait=False) as got:
        assert got is not False
    try_to_write(killed, b"")
    assert names(killed.parent) == []


def test_what_a_process_that_lives_writes_stays(tmp_path):
    path = tmp_path / "a"
    with whole_file(path) as one:
        one.write(b"one")
        with whole_file(path) as other:
            other.write(b"two")
    assert path.read_bytes() == b"one"


def test_what_another_process_takes_for_a_leftover_while_it_is_made_is_made_again(tmp_path):
    """Removed before it is locked, locked by the one that is about to remove it, and at last left alone."""
    others = []

    def locked_by_another(name: str) -> None:
        others.append(os.open(name, os.O_RDWR))
        assert lock(others[-1])

    meanwhile = [os.unlink, locked_by_another, lambda name: None]

    def make() -> tuple[int, str]:
        descriptor, name = tempfile.mkstemp(dir=tmp_path)
        meanwhile.pop(0)(name)
        return descriptor, name

    descriptor, name, locked = reserve(make)
    assert locked
    assert not meanwhile
    assert leads_to(name, descriptor)
    for open_file in (descriptor, *others):
        os.close(open_file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_nothing_goes_that_is_not_ours(tmp_path):
    ours = ".a.brainnet-abcdefg"
    for name in (
        ".a.brainnet-toolong12",
        ".b.brainnet-abcdefgh",
        ".a-abcdefgh",
        "a.brainnet-abcdefgh",
        ".a.brainnet-x",
    ):
        (tmp_path / name).touch()
    os.mkfifo(tmp_path / f"{ours}1")
    (tmp_path / f"{ours}2").mkdir()
    (tmp_path / f"{ours}3").symlink_to("a.brainnet-abcdefgh")
    before = names(tmp_path)
    (tmp_path / f"{ours}4").touch()
    try_to_write(tmp_path / "a", b"")
    assert names(tmp_path) == before


def test_another_users_file_stays(tmp_path, monkeypatch):
    (tmp_path / ".a.brainnet-abcdefgh").touch()
    monkeypatch.setattr(os, "getuid", lambda: -1)
    try_to_write(tmp_path / "a", b"")
    assert names(tmp_path) == [".a.brainnet-abcdefgh"]


def test_a_lock_is_one_processs_and_nothing_is_left_of_it(tmp_path):
    path = tmp_path / "a.lock"
    with alone(path, wait=False) as first, alone(path, wait=False) as second:
        assert (first, second) == (True, False)
    assert names(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_a_lock_that_is_no_plain_file_is_refused_at_once_and_stays(kind, tmp_path):
    path = tmp_path / "a.lock"
    {"pipe": os.mkfifo, "folder": os.mkdir, "link": lambda here: here.symlink_to("elsewhere")}[kind](path)
    with pytest.raises(OSError), alone(path, wait=False):  # noqa: PT011
        pass
    assert names(tmp_path) == ["a.lock"]
