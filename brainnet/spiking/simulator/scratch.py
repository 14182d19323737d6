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
import time
from collections.abc import Iterator
from pathlib import Path

from brainnet import plain

PREFIX = "brainnet-run-"
MEMORY, MOST_IN_MEMORY = "/dev/shm", 2**26  # the longer a run, the less it matters where its files are
ROOM = "make room there, or set TMPDIR to another folder"
GRACE_SECONDS = 60.0  # a new folder is not locked at once


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
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=where) as name:
        descriptor = plain.opened(name, folder=True)
        try:
            _lock(descriptor)
            yield Path(name)
        finally:
            os.close(descriptor)


@functools.cache
def sweep(where: str) -> None:
    """Remove, once in the life of a process, what others of this user's left behind that were killed."""
    for path in Path(where).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            descriptor = plain.opened(path, folder=True)
            try:
                if time.time() - os.fstat(descriptor).st_mtime > GRACE_SECONDS and _lock(descriptor):
                    shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Whether an open folder is ours now: it is not, if a process that lives has it, or there are no locks."""
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True
