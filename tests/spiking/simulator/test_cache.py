"""The build cache: one process builds, what it builds is whole, and nothing else stays there."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from cells import PROGRAM, SMALL
from cells import built as network_of

from brainnet.errors import BrainnetError
from brainnet.spiking import frozen_fields
from brainnet.spiking.simulator import CHUNK, cache, housekeeping, seal
from brainnet.spiking.simulator.program import compose

PYTHONPATH = os.pathsep.join([str(Path(__file__).parents[3]), str(Path(__file__).parent)])
compiled = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")


def contents(where: Path) -> list[str]:
    return sorted(path.name for path in where.iterdir())


def test_constants_do_not_change_the_program():
    slower = SMALL.network(epoch=5)
    assert slower != SMALL.network()
    assert cache.key(compose(slower, CHUNK)) == cache.key(PROGRAM)


def test_sizes_change_the_program():
    larger = network_of(frozen_fields(neurons=21), np.zeros((1, 16)), 2).network()
    assert cache.key(compose(larger, CHUNK)) != cache.key(PROGRAM)


@compiled
def test_a_build_leaves_the_simulator_and_nothing_else(built):
    assert contents(built.parent) == [cache.key(PROGRAM)]
    assert not list(built.rglob("*.o"))
    assert housekeeping.entries(built.parent)[0].about["what"] == "hidden 20, readout 10"


@pytest.mark.parametrize("kind", ["file", "pipe", "link to nowhere", "name too long", "folder without permission"])
def test_a_cache_that_cannot_be_written_is_one_line(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "compiler", lambda: "/bin/false")
    path = tmp_path / ("$x" * 200 if "long" in kind else "$x")
    if kind == "file":
        path.write_text("not a folder")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "link to nowhere":
        path.symlink_to(tmp_path / "nowhere" / "at all")
    elif kind == "folder without permission":
        path.mkdir(0o500)
        if os.access(path, os.W_OK):
            pytest.skip("root may write everywhere")
    monkeypatch.setenv("BRAINNET_CACHE", str(path))
    with pytest.raises(BrainnetError, match=r"the cache .* cannot be written .*set BRAINNET_CACHE") as caught:
        cache.simulator(PROGRAM)
    assert "\n" not in str(caught.value)


def test_without_a_compiler_there_is_one_line_and_a_cure(where, monkeypatch):
    monkeypatch.setattr(cache, "compiler", lambda: None)
    with pytest.raises(BrainnetError, match=r"needs a C\+\+ compiler: install one"):
        cache.simulator(PROGRAM)
    assert contents(where) == []


def test_a_build_that_fails_leaves_nothing(where, monkeypatch):
    monkeypatch.setattr(cache, "compiler", lambda: "/bin/false")
    with pytest.raises(BrainnetError, match="could not be compiled with /bin/false"):
        cache.simulator(PROGRAM)
    assert contents(where) == []


def test_a_compilation_that_was_interrupted_is_an_interrupt(where, monkeypatch):
    monkeypatch.setattr(cache, "compiler", lambda: "/bin/false")
    interrupted = subprocess.CompletedProcess([], -signal.SIGINT, b"", b"KeyboardInterrupt")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: interrupted)
    with pytest.raises(KeyboardInterrupt):
        cache.simulator(PROGRAM)
    assert contents(where) == []


def is_about_a_full_disk(error: BrainnetError, where: Path) -> bool:
    return str(where) in str(error) and "BRAINNET_CACHE" in str(error) and "\n" not in str(error)


@compiled
def test_a_disk_that_is_full_for_the_compiler_is_one_line_that_names_the_folder(where, monkeypatch):
    said = b"/tmp/x.s: Assembler messages:\nFatal error: can't write 13 bytes: No space left on device\nmore"
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, b"", said))
    with pytest.raises(BrainnetError, match=r"is full .*: make room") as caught:
        cache.simulator(PROGRAM)
    assert is_about_a_full_disk(caught.value, where)
    assert contents(where) == []


@compiled
@pytest.mark.usefixtures("builds")
def test_a_disk_that_is_full_at_the_end_of_a_build_is_one_line_that_names_the_folder(where, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(seal, "close", full)
    with pytest.raises(BrainnetError, match="No space left") as caught:
        cache.simulator(PROGRAM)
    assert is_about_a_full_disk(caught.value, where)
    assert contents(where) == []


@compiled
@pytest.mark.usefixtures("builds")
def test_a_disk_that_lets_no_program_run_is_one_line(where, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(BrainnetError, match="built and cannot be run: set BRAINNET_CACHE"):
        cache.simulator(PROGRAM)


@compiled
@pytest.mark.usefixtures("builds")
def test_code_that_changed_while_the_program_ran_is_not_kept_under_the_old_name(where, monkeypatch):
    keys = iter(["a" * 24, "b" * 24])
    monkeypatch.setattr(cache, "key", lambda _: next(keys))
    with pytest.raises(BrainnetError, match="start it again"):
        cache.simulator(PROGRAM)
    assert contents(where) == []


def test_no_text_of_a_file_reaches_the_code(tmp_path):
    preferences = "codegen.cpp.headers = ['<intruder.h>']\n"
    (tmp_path / ".brian").mkdir()
    (tmp_path / ".brian" / "user_preferences").write_text(preferences)
    (tmp_path / "brian_preferences").write_text(preferences)
    code = """import sys, test_cache as t
from brainnet.spiking.simulator.compile import generate
generate(t.PROGRAM, t.Path(sys.argv[1]))"""
    env = {**os.environ, "PYTHONPATH": PYTHONPATH, "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "made")], env=env, cwd=tmp_path, check=True)
    sources = [path.read_text("utf-8") for path in (tmp_path / "made").rglob("*.[ch]*")]
    assert any("_run_readout_stateupdater" in source for source in sources)
    assert not any("intruder" in source for source in sources)


def builder(where: Path, compiler: Path) -> subprocess.Popen:
    """A process that asks for the simulator."""
    code = "import test_cache as t; print(t.cache.simulator(t.PROGRAM))"
    env = {**os.environ, "PYTHONPATH": PYTHONPATH, "BRAINNET_CACHE": str(where.parent), "CXX": str(compiler)}
    return subprocess.Popen(
        [sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def script(path: Path, code: str) -> Path:
    path.write_text(f'#!/bin/sh\n{code}\nexec {cache.compiler()} "$@"\n')
    path.chmod(0o755)
    return path


@compiled
def test_after_a_killed_build_two_processes_at_once_build_one_simulator(where, tmp_path):
    stuck = script(tmp_path / "stuck", f'[ "$1" = --version ] || {{ touch {tmp_path}/begun; sleep 100; }}')
    logging = script(tmp_path / "logging", f'case "$*" in *"-o main") echo linked >> {tmp_path}/log;; esac')
    killed = builder(where, stuck)
    try:
        while not (tmp_path / "begun").exists():
            assert killed.poll() is None
            time.sleep(0.05)
        killed.kill()  # what it has started lives on, as it would
        killed.communicate()
        assert {path.name.split("-")[0] for path in where.iterdir()} == {f"{cache.key(PROGRAM)}.lock", "building"}
        both = [builder(where, logging) for _ in range(2)]
        folders = {process.communicate()[0].strip() for process in both}
    finally:
        os.killpg(killed.pid, signal.SIGKILL)
    assert folders == {str(where / cache.key(PROGRAM))}
    assert (tmp_path / "log").read_text() == "linked\n"
    assert contents(where) == [cache.key(PROGRAM)]


@compiled
@pytest.mark.usefixtures("builds")
def test_a_build_makes_room_and_stays_itself(where, built, monkeypatch):
    shutil.copytree(built, where / ("1" * 24))
    monkeypatch.setenv("BRAINNET_CACHE_LIMIT_MB", "0.01")
    folder = cache.simulator(PROGRAM)
    assert contents(where) == [folder.name]


@pytest.mark.parametrize("value", ["lots", "0", "-5", "nan", "inf"])
def test_a_limit_that_is_none_is_one_line(value, where, monkeypatch):
    monkeypatch.setenv("BRAINNET_CACHE_LIMIT_MB", value)
    with pytest.raises(BrainnetError, match=f"BRAINNET_CACHE_LIMIT_MB must be a positive number .*got '{value}'"):
        cache.simulator(PROGRAM)
