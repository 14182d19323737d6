"""The build cache when it holds a simulator: it is used if it is whole, at once, and built again if not."""

import errno
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from cells import NETWORK, PROGRAM

from brainnet import counter
from brainnet.errors import BrainnetError
from brainnet.spiking.simulator import CHUNK, cache, housekeeping, locks, seal, simulate

pytestmark = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
ROOT = Path(__file__).parents[3]


def no_build(*_):
    pytest.fail("built again")


def shown() -> np.ndarray:
    """Spike counts of two chunks of patterns."""
    patterns = np.random.default_rng(0).random((CHUNK + 4, 20))
    signals = {"hidden.current": 2 * patterns, "readout.target": np.zeros((CHUNK + 4, 10))}
    state = {"outgoing.w": np.full((20, 10), 0.5)}
    keys = counter.keys_by_position(0, 0, CHUNK + 4)
    return simulate(NETWORK, signals, state, keys, learn=False, backend="standalone").counts["readout"]


def script(folder: Path) -> bytes:
    """A program that does nothing, of the size of the one that is there."""
    return b"#!/bin/sh\nexit 0\n".ljust((folder / "main").stat().st_size, b"#")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def exchange(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def moved_and_linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


COUNTED = [f"_static_array__array_{name}_counts__indices" for name in ("hidden", "readout")]  # neurons that are counted
DAMAGE = {
    "manifest missing": lambda folder: (folder / "manifest.json").unlink(),
    "manifest cut short": lambda folder: os.truncate(folder / "manifest.json", 100),
    "manifest empty": lambda folder: os.truncate(folder / "manifest.json", 0),
    "manifest garbage": lambda folder: (folder / "manifest.json").write_bytes(b"\xff\x00{"),
    "manifest of something else": lambda folder: (folder / "manifest.json").write_text('{"files": {}}'),
    "main missing": lambda folder: (folder / "main").unlink(),
    "main empty": lambda folder: os.truncate(folder / "main", 0),
    "main cut short": lambda folder: os.truncate(folder / "main", 4096),
    "main no program": lambda folder: (folder / "main").chmod(0o644),
    "main another program of the same size": lambda folder: (folder / "main").write_bytes(script(folder)),
    "main with one bit flipped": lambda folder: flip(folder / "main"),
    "main a link to a copy": lambda folder: moved_and_linked(folder / "main"),
    "main others may write": lambda folder: (folder / "main").chmod(0o775),
    "folder others may write": lambda folder: folder.chmod(0o777),
    "arrays others may write": lambda folder: (folder / "static_arrays").chmod(0o777),
    "manifest others may write": lambda folder: (folder / "manifest.json").chmod(0o666),
    "manifest another valid one": lambda folder: exchange(folder / "manifest.json", b"<i4", b"<f4"),
    "manifest of another build": lambda folder: exchange(folder / "manifest.json", folder.name.encode(), b"0" * 24),
    "manifest a pipe": lambda folder: piped(folder / "manifest.json"),
    "main a pipe": lambda folder: piped(folder / "main"),
    "array a pipe": lambda folder: piped(next((folder / "static_arrays").iterdir())),
    "array with other numbers": lambda folder: flip(folder / "static_arrays" / COUNTED[0]),
    "array missing": lambda folder: next((folder / "static_arrays").iterdir()).unlink(),
    "array cut short": lambda folder: os.truncate(folder / "static_arrays" / "hidden_current_values_values", 8),
    "array too long": lambda folder: os.truncate(folder / "static_arrays" / "hidden_current_values_values", 10**6),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_not_whole_is_built_again(damage, where, built, builds, monkeypatch):
    shutil.copytree(built, where / built.name)
    DAMAGE[damage](where / built.name)
    folder = cache.simulator(PROGRAM)
    assert len(builds) == 1
    monkeypatch.setattr(cache, "_compile", no_build)
    assert cache.simulator(PROGRAM) == folder
    assert [path.name for path in where.iterdir()] == [folder.name]


@pytest.fixture
def digested(monkeypatch):
    """The files of which a digest was taken; what has just been written counts as settled."""
    taken = []
    digest = seal._digest
    monkeypatch.setattr(seal, "_digest", lambda path: taken.append(path.name) or digest(path))
    monkeypatch.setattr(seal, "SETTLED_NS", 0)
    return taken


def test_digests_are_taken_once_of_what_a_run_reads_and_does_not_replace(where, built, digested):
    shutil.copytree(built, where / built.name)
    time.sleep(0.02)
    for _ in range(3):
        cache.simulator(PROGRAM)
    assert sorted(digested) == [*COUNTED, "main"]


def test_a_change_is_found_that_leaves_size_and_time_as_they_were(where, built, builds, digested):
    main = where / built.name / "main"
    shutil.copytree(built, where / built.name)
    time.sleep(0.02)
    cache.simulator(PROGRAM)
    before = main.stat()
    flip(main)
    os.utime(main, ns=(before.st_atime_ns, before.st_mtime_ns))
    cache.simulator(PROGRAM)
    assert len(builds) == 1
    assert digested.count("main") > 1


def test_a_change_is_found_that_comes_at_once(where, built, builds):
    shutil.copytree(built, where / built.name)
    cache.simulator(PROGRAM)
    flip(where / built.name / "main")
    cache.simulator(PROGRAM)
    assert len(builds) == 1


def test_a_simulator_that_vanishes_between_chunks_is_built_again(where, builds, monkeypatch):
    whole = shown()
    assert whole.any()
    chunk = cache.simulator

    def vanish(program):
        shutil.rmtree(where)
        return chunk(program)

    monkeypatch.setattr(cache, "simulator", vanish)
    np.testing.assert_array_equal(shown(), whole)
    assert len(builds) == 3


@pytest.mark.usefixtures("where", "builds")
def test_a_simulator_that_loses_its_files_in_the_middle_of_a_run_is_an_error(monkeypatch):
    chunk = cache.simulator

    def half(program):
        folder = chunk(program)
        shutil.rmtree(folder / "static_arrays")
        return folder

    monkeypatch.setattr(cache, "simulator", half)
    with pytest.raises(BrainnetError, match="has lost its files: try again"):
        shown()


def test_a_warm_start_does_not_import_brian2(where, built):
    shutil.copytree(built, where / built.name)
    before = (where / built.name / "main").stat().st_ino
    code = "import sys, test_warm_cache as t; t.shown(); print('brian2' in sys.modules)"
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True)
    assert done.stdout == b"False\n", done.stderr
    assert (where / built.name / "main").stat().st_ino == before


def test_a_cache_that_cannot_be_written_serves_what_it_holds(where, built, monkeypatch):
    shutil.copytree(built, where / built.name)

    def read_only(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    for name in ("utime", "mkdir", "rename", "unlink"):
        monkeypatch.setattr(os, name, read_only)
    monkeypatch.setattr(locks, "building", read_only)
    assert cache.simulator(PROGRAM) == where / built.name


def test_use_is_remembered(where, built):
    shutil.copytree(built, where / built.name)
    os.utime(where / built.name / "manifest.json", (0, 0))
    cache.simulator(PROGRAM)
    assert housekeeping.entries(where)[0].used > 0
