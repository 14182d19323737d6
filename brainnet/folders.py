"""Where brainnet keeps what it can make again, and how it writes there."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from brainnet import plain
from brainnet.errors import BrainnetError


def cache_folder() -> Path:
    """The user's cache, in full: the environment variable BRAINNET_CACHE, else ~/.cache/brainnet (not made here)."""
    chosen, root = os.environ.get("BRAINNET_CACHE"), os.environ.get("XDG_CACHE_HOME")
    try:
        path = Path(chosen).expanduser() if chosen else Path(root or Path.home() / ".cache") / "brainnet"
        path = path.absolute()
    except RuntimeError:
        reason = "there is no such home folder"
    except OSError:
        reason = "the current folder was deleted"
    else:
        if not any(ord(letter) < 32 for letter in str(path)):
            return path
        reason = "it holds a line break"
    given = chosen or root or "~"
    raise BrainnetError(f"the cache {given!r} cannot be used, {reason}: set BRAINNET_CACHE to a full path")


def require_current() -> None:
    """Raise BrainnetError if the current folder was deleted, for then no relative path leads anywhere."""
    try:
        os.getcwd()
    except OSError:
        raise BrainnetError("the current folder was deleted: change to one that is there") from None


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that appears at `path` whole or not at all, in place of what was there; raises `OSError`."""
    with _hidden(path) as (file, name, locked):
        yield file
        _to_disk(file)
        if not locked:  # where there are no locks, an open file may have to be closed before it gets another name
            file.close()
        os.replace(name, path)


def try_to_write(path: Path, content: bytes) -> None:
    """Write what `whole_file` would, and remove it again; raises `OSError`."""
    with _hidden(path) as (file, _, _):
        file.write(content)
        _to_disk(file)


@contextmanager
def alone(path: Path, wait: bool = True) -> Iterator[bool | None]:
    """Whether this process alone has the file `path`, made for that purpose and removed at the end.

    False if another has it and we do not `wait`; None where the file system has no locks. They end with their process.
    Raises `OSError`.
    """
    while True:
        descriptor = plain.opened(path, os.O_RDWR | os.O_CREAT)
        try:
            got = lock(descriptor, wait=wait)
            if got and not leads_to(path, descriptor):  # its owner has removed it meanwhile: it guards nothing any more
                continue
            try:
                yield got
            finally:
                if got is not False:
                    path.unlink(missing_ok=True)
            return
        finally:
            release(descriptor)


def lock(descriptor: int, shared: bool = False, wait: bool = False) -> bool | None:
    """Whether the lock of an open file is ours now; None where there are no locks."""
    try:
        import fcntl

        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return None
    return True


def release(descriptor: int) -> None:
    """Unlock and close: a process that was forked meanwhile has the file open too, and closing would not unlock it."""
    with suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)


def leads_to(path: Path | str, descriptor: int) -> bool:
    """Whether a path still leads to the file that we have opened."""
    with suppress(OSError):
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    return False


@contextmanager
def _hidden(path: Path) -> Iterator[tuple[BinaryIO, str, bool]]:
    """A file beside `path` with a name of its own, which it loses or which is removed, and whether it is locked.

    It is locked so that others can tell it from what a killed process has left.
    """
    begin = f".{path.name}.brainnet-"
    _clear(path.parent, begin)
    while True:
        handle, name = tempfile.mkstemp(prefix=begin, dir=path.parent)
        got = lock(handle)
        if got is not False and leads_to(name, handle):
            break
        os.close(handle)  # another process took it, at that moment, for a leftover, and removes it
    try:
        with os.fdopen(handle, "wb") as file:
            yield file, name, got is True
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _clear(folder: Path, begin: str) -> None:
    """Remove plain files of ours, of that name and some random letters, that no process that lives has locked."""
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if not (re.fullmatch(rf"{re.escape(begin)}\w{{8}}", entry.name) and entry.is_file(follow_symlinks=False)):
                continue
            with suppress(OSError):
                descriptor = plain.opened(entry.path, os.O_RDWR)
                try:
                    if lock(descriptor) and os.fstat(descriptor).st_uid == os.getuid():
                        os.unlink(entry.path)
                finally:
                    os.close(descriptor)


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
