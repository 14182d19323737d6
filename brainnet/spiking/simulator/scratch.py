"""The private folder of one run's files: in memory where there is plenty of it, and gone when the run is over.

A process that is killed leaves its folder behind. It was locked for as long as the process lived, so that the next one
can tell, and remove it.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from brainnet import plain
from brainnet.folders import clear, reserve

PREFIX = "brainnet-run-"
MEMORY, MOST_IN_MEMORY = "/dev/shm", 2**26  # the longer a run, the less it matters where its files are
ROOM = "make room there, or set TMPDIR to another folder"


def place(need: int) -> str:
    """Where to keep files of so many bytes in all: in memory, unless TMPDIR names a folder or there is little room.

    Raises `OSError` if there is no temporary folder.
    """
    fits = "TMPDIR" not in os.environ and need <= MOST_IN_MEMORY and os.access(MEMORY, os.W_OK)
    return MEMORY if fits and shutil.disk_usage(MEMORY).free > 10 * need else tempfile.gettempdir()


@contextlib.contextmanager
def folder(where: str) -> Iterator[Path]:
    """A new folder inside that one, removed at the end; raises `OSError`."""
    sweep(where)
    descriptor, name, _ = reserve(lambda: _made(where))
    try:
        yield Path(name)
    finally:
        shutil.rmtree(name, ignore_errors=True)
        os.close(descriptor)


def _made(where: str) -> tuple[int, str]:
    while True:
        name = tempfile.mkdtemp(prefix=PREFIX, dir=where)
        with contextlib.suppress(FileNotFoundError):  # another process took it, at that moment, for a leftover
            return plain.opened(name, folder=True), name


@functools.cache
def sweep(where: str) -> None:
    """Remove, once in the life of a process, what others of this user's left behind that were killed."""
    clear(where, rf"{PREFIX}\w+", shutil.rmtree, folders=True)
