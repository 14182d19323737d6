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
