"""Who builds a simulator, and who uses it: locks of the operating system, which end with their process.

The file `NAME.lock` beside the folder NAME is there, and locked, while a process builds or removes that simulator. A
process holds a shared lock on the manifest of each simulator that it has used of late: nobody else removes those.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from brainnet.folders import alone, leads_to, lock

READY = "manifest.json"  # written last: a folder that has it is a complete build
MOST_HELD = 16  # simulators that one process holds, the last it used

_held: dict[Path, int] = {}  # open manifests by folder, the last used at the end
_holding = threading.Lock()


@contextlib.contextmanager
def building(folder: Path, wait: bool = True) -> Iterator[bool]:
    """Let one process at a time build or remove a simulator; False if another does and we do not `wait`.

    Where the file system has no such locks, each process builds for itself, and none can know that it may remove.
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
                descriptor = os.open(folder / READY, os.O_RDONLY)
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
        descriptor = os.open(folder / READY, os.O_RDWR)
    except FileNotFoundError:  # no complete build: nobody can use it
        yield True
        return
    try:
        yield lock(descriptor) is not False
    finally:
        os.close(descriptor)


def _close(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)
