"""What a page of laws keeps of each of them: what was found, when, and with which versions.

A run adds to the page that is there: its own laws get new entries, those of the others stay as they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import Field, dataclass, fields
from pathlib import Path
from typing import Any

from brainnet.comparison.store import SUMMARY
from brainnet.conformance.law import UNTRIED, Examined, Law
from brainnet.errors import BrainnetError
from brainnet.report.folder import FIGURES


@dataclass(frozen=True)
class Run:
    """What entries have in common that were made together.

    Args:
        made: date and time.
        full: whether at published sizes.
        command: what made them.
        versions: of all that matters, by name.
    """

    made: str
    full: bool
    command: str
    versions: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """A law as a page shows it and its summary keeps it; the words are those of `Law` and `Examined`."""

    key: str
    name: str
    what: str
    source: str
    target: str
    tolerance: str
    reason: str
    caption: str
    measured: str
    verdict: str
    seconds: float
    figure: bool
    run: Run

    @property
    def label(self) -> str:
        """Key and name."""
        return f"{self.key} {self.name}"


def of_examined(row: Examined, run: Run) -> Entry:
    """The entry of what was just found."""
    law = row.law
    return Entry(
        *(law.key, law.name, law.what, law.source, law.target, law.tolerance, law.reason, law.caption),
        measured=row.finding.measured,
        verdict=row.verdict,
        seconds=round(row.seconds, 3),
        figure=row.finding.draw is not None,
        run=run,
    )


def earlier(folder: Path, laws: Iterable[Law]) -> tuple[Entry, ...]:
    """The entries of the page in a folder, none if there is no page; those of laws that are no more are left out.

    Raises:
        BrainnetError: the page is damaged, or was written by a version whose pages cannot be added to.
    """
    summary = folder / SUMMARY
    if not summary.exists():
        return ()
    keys = {law.key for law in laws}
    try:
        told = json.loads(summary.read_text(encoding="utf-8"))
        found = [_entry(told_of) for told_of in told["laws"]] if "laws" in told else []
        for path in (path for entry in found if entry.figure for path in figures(folder, entry)):
            path.read_bytes()
        return tuple(entry for entry in found if entry.key in keys)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise BrainnetError(
            f"{str(folder)!r} holds a page that cannot be added to, damaged or of another version: move it, or name "
            "another folder with --out"
        ) from None


def _entry(told: dict[str, Any]) -> Entry:
    """An entry as it stands in a summary; TypeError where it holds something else."""
    entry = Entry(**{**told, "run": Run(**told["run"])})
    words = [*entry.run.versions.keys(), *entry.run.versions.values()]
    whole = all(_fits(thing, field) for thing in (entry, entry.run) for field in fields(thing))
    if not (whole and all(isinstance(word, str) for word in words)):
        raise TypeError("something is not what an entry holds")
    if not re.fullmatch(r"[A-Z]\d{1,4}", entry.key):
        raise ValueError("the key cannot be the name of a file")
    return entry


def _fits(thing: object, field: Field) -> bool:
    return isinstance(getattr(thing, field.name), KINDS[str(field.type)])


KINDS = {"str": str, "bool": bool, "float": int | float, "Mapping[str, str]": dict, "Run": Run}


def figures(folder: Path, entry: Entry) -> tuple[Path, Path]:
    """The files of an entry's figure in the folder of its page, SVG and PNG."""
    svg, png = (folder / FIGURES / f"{entry.key}{ending}" for ending in (".svg", ".png"))
    return svg, png


def together(new: Sequence[Entry], old: Sequence[Entry]) -> list[Entry]:
    """New entries, and the old ones of other laws; what could not be tried takes nothing away."""
    found = {entry.key: entry for entry in old}
    found |= {entry.key: entry for entry in new if entry.verdict != UNTRIED or entry.key not in found}
    return list(found.values())
