"""The folder of the build cache: which simulators are whole, what they are, and which may go.

    NAME/              a simulator; `seal` says what is in it
    building-NAME-*    a private folder of the process that builds or removes NAME; when none does, debris

A NAME is 24 hexadecimal digits; whatever has another name is not ours, nor is what belongs to another user.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from brainnet import plain
from brainnet.errors import BrainnetError
from brainnet.folders import cache_folder
from brainnet.spiking.simulator import locks, seal
from brainnet.spiking.simulator.locks import READY

LIMIT, DEFAULT_LIMIT_MB = "BRAINNET_CACHE_LIMIT_MB", 2000
NAME = re.compile("[0-9a-f]{24}")
DEBRIS = re.compile(rf"building-({NAME.pattern})-\w+|({NAME.pattern})\.lock")


@dataclass(frozen=True)
class Entry:
    """A simulator as the cache shows it: bytes, last use in seconds since 1970, and what `seal` was told."""

    name: str
    size: int
    used: float
    about: dict[str, str]


@dataclass(frozen=True)
class Cleared:
    """How many simulators went and how many bytes that freed; how many stayed because a process has them."""

    removed: int
    freed: int
    kept: int


def root() -> Path:
    """The folder of all simulators (not made here)."""
    return cache_folder() / "simulators"


def limit_bytes() -> float:
    """Above this size the simulators go that were not used for longest."""
    given = os.environ.get(LIMIT) or str(DEFAULT_LIMIT_MB)
    with contextlib.suppress(ValueError):
        if 0 < float(given) < math.inf:
            return float(given) * 1e6
    raise BrainnetError(f"{LIMIT} must be a positive number of megabytes (got {given!r})")


def megabytes(size: float) -> str:
    """A number of bytes for people."""
    return f"{size / 1e6:,.1f}".removesuffix(".0") + " MB"


def ready(folder: Path) -> bool:
    """Whether a simulator is there and intact; if so, this process holds it from now on, and it is marked as used."""
    if not (locks.hold(folder) and seal.intact(folder)):
        return False
    with contextlib.suppress(OSError):  # a cache that cannot be written works all the same
        os.utime(folder / READY)
    return True


def ours(folder: Path) -> bool:
    """Whether a simulator belongs to this user or to root; one that cannot be seen is taken for ours."""
    with contextlib.suppress(OSError):
        return plain.ours(os.lstat(folder))
    return True


@contextlib.contextmanager
def private(folder: Path) -> Iterator[Path]:
    """A folder to fill, moved to where it belongs at the end; nothing of it stays after an error."""
    made, old = _private(folder), _private(folder)
    try:
        made.mkdir(0o755)  # whatever the umask, nobody else may put anything in
        yield made
        with contextlib.suppress(FileNotFoundError):
            folder.rename(old)
        made.rename(folder)
    finally:
        plain.discard(made)
        plain.discard(old)


def _private(folder: Path) -> Path:
    return folder.with_name(f"building-{folder.name}-{secrets.token_hex(4)}")


def entries(where: Path) -> list[Entry]:
    """All simulators, the last used first."""
    folders = [path for path in _inside(where) if NAME.fullmatch(path.name)]
    return sorted((_entry(folder) for folder in folders), key=lambda entry: -entry.used)


def _entry(folder: Path) -> Entry:
    used, about = 0.0, {}
    with contextlib.suppress(*seal.UNREADABLE):
        used = os.lstat(folder / READY).st_mtime
        known = json.loads(plain.read(folder / READY))["about"]
        about = {str(key): str(value) for key, value in known.items()}
    return Entry(folder.name, _size(folder), used, about)


def _size(folder: Path) -> int:
    total = 0
    for path, _, files in os.walk(folder):
        for name in files:
            with contextlib.suppress(FileNotFoundError):
                total += os.lstat(os.path.join(path, name)).st_size
    return total


def _inside(where: Path) -> list[Path]:
    try:
        return list(where.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise BrainnetError(
            f"the cache {where} cannot be read ({error.strerror}): set BRAINNET_CACHE to a folder that can"
        ) from None


def sweep(where: Path) -> None:
    """Remove what processes left behind that were killed while they built."""
    names = {match[1] or match[2] for path in _inside(where) if (match := DEBRIS.fullmatch(path.name))}
    for name in names:
        with contextlib.suppress(OSError), locks.building(where / name, wait=False) as mine:
            for path in where.glob(f"building-{name}-*") if mine else ():
                plain.discard(path)


def remove(folder: Path) -> bool:
    """Remove a simulator; False if a process builds it or uses it, or if it is another user's."""
    if not ours(folder):
        return False
    with locks.building(folder, wait=False) as mine:
        if not mine:
            return False
        with locks.unused(folder) as free:
            if free:
                gone = _private(folder)
                with contextlib.suppress(FileNotFoundError):
                    folder.rename(gone)  # all of it at once
                plain.discard(gone)
            return free


def trim(where: Path, limit: float) -> None:
    """Remove the simulators that were not used for longest until the rest is within the limit."""
    found = entries(where)
    total = sum(entry.size for entry in found)
    for entry in reversed(found):
        if total <= limit:
            return
        with contextlib.suppress(OSError):
            total -= entry.size if remove(where / entry.name) else 0


def clear(where: Path) -> Cleared:
    """Remove all simulators that no process builds or uses, and all debris."""
    before = _size(where)
    try:
        sweep(where)
        went = [remove(where / entry.name) for entry in entries(where)]
    except OSError as error:
        raise BrainnetError(f"the cache {where} cannot be cleared ({error.strerror})") from None
    return Cleared(went.count(True), max(0, before - _size(where)), went.count(False))
