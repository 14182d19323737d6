"""What lies in a folder may be somebody else's, and may be no file: it is opened without waiting and without following
links, and only if it is of the right kind and belongs to this user or to root."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe would wait for somebody to write
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def ours(found: os.stat_result) -> bool:
    """Whether it belongs to this user, or to root, who could do anything anyway."""
    return not hasattr(os, "geteuid") or found.st_uid in (os.geteuid(), 0)


def guarded(found: os.stat_result) -> bool:
    """Whether it is a plain file or a folder of ours that nobody else may write."""
    return (
        (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode))
        and ours(found)
        and not (found.st_mode & OTHERS_WRITE)
    )


def opened(path: str | Path, flags: int = os.O_RDONLY, folder: bool = False) -> int:
    """The descriptor of a plain file, or of a folder, that is ours; raises `OSError` for all else."""
    descriptor = os.open(path, flags | CAREFUL, 0o600)
    found = os.fstat(descriptor)
    if ours(found) and (stat.S_ISDIR if folder else stat.S_ISREG)(found.st_mode):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EEXIST, f"{os.path.basename(path)} is in the way, which is not ours", str(path))


def read(path: Path) -> bytes:
    """All of a plain file that is ours; raises `OSError`."""
    with os.fdopen(opened(path), "rb") as file:
        return file.read()


def discard(path: Path) -> None:
    """Remove a folder with all it holds, or whatever else has the name; as far as that can be done."""
    with suppress(OSError):
        if stat.S_ISDIR(os.lstat(path).st_mode):
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
