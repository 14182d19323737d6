"""Who builds a simulator, and who uses it: locks of the operating system, which end with their process.

The file `NAME.lock` beside the folder NAME is there, and locked, while a process builds or removes that simulator. A
process holds a shared lock on the manifest of each simulator that it has used of late: nobody else removes those.
"""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from brainnet import plain
from brainnet.folders import alone, leads_to, lock, release

READY = "manifest.json"  # written last: a folder that has it is a complete build
MOST_HELD = 16  # simulators that one process holds, the last it used
# No manifest of ours is there, hence no complete build, and nobody can use it.
NO_BUILD = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.EEXIST)

_held: dict[Path, int] = {}  # open manifests by folder, the last used at the end


class Turn:
    """A lock between threads, which is free in a forked child: no other thread lives there that could release it."""

    def __init__(self) -> None:
        self._renew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        lock = self._lock
        lock.acquire()
        self._taken = lock  # who forks while it is his releases the one that he took

    def __exit__(self, *_: object) -> None:
        self._taken.release()


_holding = Turn()


@contextlib.contextmanager
def building(folder: Path, wait: bool = True) -> Iterator[bool]:
    """Let one process at a time build or remove a simulator; False if another does and we do not `wait`.

    Where the file system has no such locks, each process builds for itself, and none can know that it may remove.
    Raises `OSError` if something is in the way that is no lock of ours.
    """
    with alone(folder.with_name(f"{folder.name}.lock"), wait) as got:
        yield wait if got is None else got


def hold(folder: Path) -> bool:
    """Keep others from removing a simulator for as long as this process lives and uses it; False if it is not there."""
    with _holding:
        descriptor = _held.pop(folder, None)
        try:
            if descriptor is None or not leads_to(folder / READY, descriptor):
                _close(descriptor)
                descriptor = plain.opened(folder / READY)
                if lock(descriptor, shared=True) is False or not leads_to(folder / READY, descriptor):
                    _close(descriptor)
                    return False
        except OSError:
            return False
        _held[folder] = descriptor
        if len(_held) > MOST_HELD:
            _close(_held.pop(next(iter(_held))))
        return True


@contextlib.contextmanager
def unused(folder: Path) -> Iterator[bool]:
    """Whether no process holds a simulator; none can take it before the end."""
    try:
        descriptor = plain.opened(folder / READY, os.O_RDWR)
    except OSError as error:
        if error.errno not in NO_BUILD:
            raise
        yield True
        return
    try:
        yield lock(descriptor) is not False
    finally:
        release(descriptor)


def _close(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)
