"""Where brainnet keeps what it can make again, and how it writes there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from brainnet.errors import BrainnetError


def cache_folder() -> Path:
    """The user's cache: the environment variable BRAINNET_CACHE, else ~/.cache/brainnet (not made here)."""
    chosen = os.environ.get("BRAINNET_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "brainnet"


def require_current() -> None:
    """Raise BrainnetError if the current folder was deleted, for then no relative path leads anywhere."""
    try:
        os.getcwd()
    except OSError:
        raise BrainnetError("the current folder was deleted: change to one that is there") from None


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that appears at `path` whole or not at all, in place of what was there; raises `OSError`."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
