"""Where brainnet keeps what it can make again, and how it writes there."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
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


def reserve(make: Callable[[], tuple[int, str]]) -> tuple[int, str, bool]:
    """A new file or folder, which `make` opens and names, and whether it is locked.

    It is locked, so that `clear` can tell it from what a killed process has left, until its descriptor is closed.
    """
    while True:
        descriptor, name = make()
        got = lock(descriptor)
        if got is not False and leads_to(name, descriptor):
            return descriptor, name, got is True
        os.close(descriptor)  # another process took it, at that moment, for a leftover, and removes it


def clear(folder: Path | str, names: str, remove: Callable[[str], None], folders: bool = False) -> None:
    """Remove what is ours, has a name like that, and is locked by no process that lives; of plain files or folders."""
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if not re.fullmatch(names, entry.name):
                continue
            with suppress(OSError):
                descriptor = plain.opened(entry.path, os.O_RDONLY if folders else os.O_RDWR, folders)
                try:
                    if lock(descriptor) and os.fstat(descriptor).st_uid == os.getuid():
                        remove(entry.path)
                finally:
                    os.close(descriptor)


@contextmanager
def _hidden(path: Path) -> Iterator[tuple[BinaryIO, str, bool]]:
    """A file beside `path` with a name of its own, which it loses or which is removed, and whether it is locked."""
    begin = f".{path.name}.brainnet-"
    clear(path.parent, rf"{re.escape(begin)}\w{{8}}", os.unlink)
    descriptor, name, locked = reserve(lambda: tempfile.mkstemp(prefix=begin, dir=path.parent))
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file, name, locked
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
