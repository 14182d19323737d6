"""A report folder is replaced as a whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from brainnet import plain
from brainnet.comparison.store import RESULTS, SUMMARY
from brainnet.errors import BrainnetError
from brainnet.folders import alone, require_current, whole_file

HTML, MARKDOWN, FIGURES = "report.html", "report.md", "figures"
FILES = frozenset({HTML, MARKDOWN, RESULTS, SUMMARY})  # of a report, beside the folder of figures
NEW, OLD = ".brainnet-new-", ".brainnet-old-"
COMPARISON, LAWS = "task", "laws"  # what a summary speaks of tells one kind of report from the other
KINDS = {COMPARISON: "the report of a comparison", LAWS: "a page of `brainnet validate`"}
ROOM = 1_000_000  # bytes, less than any report takes
CURES = {
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EBUSY: "name a new folder inside it",  # a mount point
    errno.EXDEV: "name a new folder inside it",
    errno.ENOSPC: "make room there, or name a folder on another disk",
}


def prepare(folder: Path, kind: str = COMPARISON) -> None:
    """Refuse a place where no report can be put, before any work is done for it; tidy up after a run that was killed.

    Raises:
        BrainnetError: the place is a file, or a folder with something else in it, a report of another kind among it, or
            with the current folder in it, or nothing can be written, renamed or removed there.
    """
    shown = str(folder)
    try:
        require_current()
        folder = Path(os.path.realpath(folder))
        if Path(os.path.realpath(".")).is_relative_to(folder):  # replacing it would pull it from under the shell
            raise BrainnetError(f"--out {shown!r} is the current folder or one around it: name a new folder inside it")
        _tidy(folder)
        if folder.exists() and not folder.is_dir():
            raise BrainnetError(f"--out {shown!r} is a file: name a folder")
        if folder.is_dir() and any(folder.iterdir()) and not is_report(folder):
            raise BrainnetError(f"--out {shown!r} holds something that is no brainnet report: name another folder")
        if stranger := _stranger(folder):
            raise BrainnetError(
                f"--out {shown!r} holds {stranger!r}, no part of a report: move it, or name another folder"
            )
        for other in KINDS.keys() - {kind}:
            if other in _summary(folder):
                raise BrainnetError(f"--out {shown!r} holds {KINDS[other]}: name another folder")
        _rehearse(folder)
    except OSError as error:
        raise _unwritable(shown, error) from None


def _rehearse(folder: Path) -> None:
    """Do now, to a stand-in and to the folder, all that will be done at the end, with the same names."""
    missing = [parent for parent in folder.parents if not parent.exists()]
    new, old = _beside(folder, NEW), _beside(folder, OLD)
    try:
        (new / FIGURES).mkdir(parents=True)
        with whole_file(new / FIGURES / MARKDOWN) as file:
            file.write(bytes(ROOM))
        if folder.exists():
            folder.rename(old)
            old.rename(folder)
        new.rename(old)
        shutil.rmtree(old)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        for parent in missing:
            with suppress(OSError):
                parent.rmdir()


def is_report(folder: Path) -> bool:
    """Whether the folder holds a report that brainnet wrote."""
    return _summary(folder).get("program") == "brainnet"


def _summary(folder: Path) -> dict[str, Any]:
    """What a report says of itself; nothing where there is none."""
    try:
        summary = json.loads(plain.read(folder / SUMMARY).decode("utf-8"))
    except (OSError, ValueError):
        return {}
    return summary if isinstance(summary, dict) else {}


def _stranger(folder: Path) -> str | None:
    """The first entry, by name, that a report does not consist of and that must not be deleted with it."""
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    for entry in entries:
        if entry.name == FIGURES and entry.is_dir():
            from brainnet.report.figures import PLOTS  # slow, and a new report does without

            keys = [*(plot.key for plot in PLOTS), *_summary(folder).get("figures", ())]
            ours = {f"{key}{ending}" for key in keys for ending in (".png", ".svg")}
            strangers = [image.name for image in sorted(entry.iterdir()) if image.name not in ours or image.is_dir()]
            if strangers:
                return f"{FIGURES}/{strangers[0]}"
        elif entry.name not in FILES or entry.is_dir():
            return entry.name
    return None


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Wait until no other process is about to add to the folder's report; raises BrainnetError."""
    place = Path(os.path.realpath(folder))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with alone(place.with_name(f".{place.name}.brainnet-turn")):
            yield
    except OSError as error:
        reason = error.strerror or error
        raise BrainnetError(f"the report folder {folder} cannot be written ({reason}): choose another") from error


@contextmanager
def replaced(folder: Path, kind: str = COMPARISON) -> Iterator[Path]:
    """A new folder beside the given one that takes its place when all went well, and vanishes when not.

    Whatever ends the process, and whenever, the old report or the new one is there whole: in its place, or, if the end
    came between the two renames, beside it, from where the next `prepare` puts it back.

    Raises:
        BrainnetError: as `prepare`, or something could not be written.
    """
    prepare(folder, kind)
    shown, folder = str(folder), Path(os.path.realpath(folder))
    new = _beside(folder, NEW)
    try:
        new.mkdir(parents=True)
        yield new
        _swap(new, folder)
    except OSError as error:
        raise _unwritable(shown, error) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _swap(new: Path, folder: Path) -> None:
    old = _beside(folder, OLD)
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        with suppress(FileNotFoundError):
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _tidy(folder: Path) -> None:
    """Remove what a killed run left beside the folder; a report that it had just moved away goes back."""
    for left in _left_behind(folder, OLD):
        if not folder.exists() and is_report(left):
            left.rename(folder)
        else:
            shutil.rmtree(left, ignore_errors=True)
    for left in _left_behind(folder, NEW):
        shutil.rmtree(left, ignore_errors=True)


def _left_behind(folder: Path, kind: str) -> list[Path]:
    """Folders of runs that are over: their names end in the number of a process that no longer runs."""
    stem = f"{kind}{folder.name}-"
    beside = folder.parent.iterdir() if folder.parent.is_dir() else ()
    ours = [path for path in beside if path.name.startswith(stem) and path.name[len(stem) :].isdecimal()]
    return [path for path in ours if not _runs(int(path.name[len(stem) :]))]


def _runs(pid: int) -> bool:
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _beside(folder: Path, kind: str) -> Path:
    return folder.with_name(f"{kind}{folder.name}-{os.getpid()}")


def _unwritable(shown: str, error: OSError) -> BrainnetError:
    cure = CURES.get(error.errno or 0, "name a folder where you may write")
    return BrainnetError(f"--out {shown!r} cannot be written ({error.strerror}): {cure}")
