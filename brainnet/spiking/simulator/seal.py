"""The seal of a build: a run starts only what was built, byte for byte, and what nobody else could have changed.

The manifest holds, of each file that a run reads, its size and its SHA-256; of those in whose place a run puts its own,
signals and graphs, the size alone. It knows its own digest and the name of its folder, too.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from pathlib import Path
from typing import Any

from brainnet import plain
from brainnet.spiking.simulator.locks import READY

MAIN, ARRAYS = "main", "static_arrays"
UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError)  # what damage leads to
SETTLED_NS = 2_000_000_000  # clocks of file systems are coarse: a change soon after the last may show the same time

_known: dict[Path, tuple[bytes, dict[str, Any], list[tuple]]] = {}  # what this process found intact


def close(folder: Path, name: str, about: dict[str, str]) -> None:
    """Complete the manifest of a build that will have this name, once all that a run reads is on the disk."""
    manifest = json.loads((folder / READY).read_text("utf-8"))
    paths = [folder / MAIN, *sorted((folder / ARRAYS).iterdir())]
    own = _replaced(manifest)
    files = {
        path.relative_to(folder).as_posix(): [path.stat().st_size, "" if path.name in own else _digest(path)]
        for path in paths
    }
    manifest |= {"name": name, "about": about, "files": files}
    (folder / READY).write_text(json.dumps(manifest | {"seal": _seal(manifest)}), "utf-8")
    for path in (*paths, folder / READY):
        with open(path, "rb") as file:
            os.fsync(file.fileno())
    for path in (folder, folder / ARRAYS, *paths, folder / READY):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~plain.OTHERS_WRITE)


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a build, as it was sealed; raises one of `UNREADABLE`."""
    return _parsed(plain.read(folder / READY))


def intact(folder: Path) -> bool:
    """Whether a build is whole, unchanged, nobody else's to change, and may run here.

    Digests are taken once in the life of a process: after that it knows each file by what the file system says of it.
    """
    try:
        text = plain.read(folder / READY)
        before, manifest, seen = _known.get(folder, (b"", {}, []))
        if text != before:
            manifest, seen = _parsed(text), []
        found = [os.lstat(folder / name) for name in (".", ARRAYS, READY, *manifest["files"])]
        if not all(map(plain.guarded, found)) or not os.access(folder / MAIN, os.X_OK):
            return False
        now = [_identity(status) for status in (*found[:2], *found[3:])]  # a manifest's time is that of its last use
        if now != seen:
            if manifest["name"] != folder.name or not _same(folder, manifest["files"]):
                return False
            if all(time.time_ns() - status.st_ctime_ns > SETTLED_NS for status in found[3:]):
                _known[folder] = text, manifest, now
        return True
    except UNREADABLE:
        return False


def _same(folder: Path, files: dict[str, list]) -> bool:
    sizes = all(os.lstat(folder / name).st_size == size for name, (size, _) in files.items())
    return sizes and MAIN in files and all(_digest(folder / name) == had for name, (_, had) in files.items() if had)


def _identity(found: os.stat_result) -> tuple:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _replaced(manifest: dict[str, Any]) -> set[str]:
    """Names of the arrays that a run replaces."""
    signals = {f"{name}_values" for name in manifest["signals"].values()}
    return signals.union(*manifest["graphs"].values())


def _parsed(text: bytes) -> dict[str, Any]:
    manifest = json.loads(text)
    if manifest["seal"] != _seal(manifest):
        raise ValueError("the manifest is not what was sealed")
    return manifest


def _seal(manifest: dict[str, Any]) -> str:
    rest = {key: value for key, value in manifest.items() if key != "seal"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(plain.read(path)).hexdigest()
