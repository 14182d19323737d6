"""What was found of the laws, as a table for the terminal and as a page with figures."""

from __future__ import annotations

import json
import textwrap
import time
from collections.abc import Sequence
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from typing import Any

from brainnet import plain
from brainnet.comparison.store import SUMMARY
from brainnet.comparison.versions import versions
from brainnet.conformance import suite
from brainnet.conformance.entry import Entry, Run, earlier, figures, of_examined, together
from brainnet.conformance.law import FAILS, UNTRIED, Examined
from brainnet.report import page, style
from brainnet.report.folder import FIGURES, HTML
from brainnet.report.tables import Table, aligned

HEADER = ("What", "Source", "Target", "Measured", "Tolerance", "Verdict", "Seconds")
WIDTHS = (26, 20, 28, 28, 22, 7, 7)  # of the terminal table's columns, in characters
TEMPLATE = "laws.html.jinja"


def cells(entry: Entry) -> tuple[str, ...]:
    """A row of the table."""
    return (
        f"{entry.label}: {entry.what}",
        entry.source,
        entry.target,
        entry.measured,
        entry.tolerance,
        entry.verdict,
        f"{entry.seconds:.1f}",
    )


def answer(entries: Sequence[Entry]) -> str:
    """How many laws hold, in a sentence, and which failed or were not tried."""
    tried = [entry for entry in entries if entry.verdict != UNTRIED]
    held = sum(entry.verdict != FAILS for entry in tried)
    text = f"{held} of {len(tried)} laws hold."
    for words, verdict in (("Failed", FAILS), ("Nothing is known of", UNTRIED)):
        named = ", ".join(entry.label for entry in entries if entry.verdict == verdict)
        text += f" {words}: {named}." if named else ""
    return text


def terminal_table(rows: Sequence[Examined]) -> str:
    """The table in lines of bounded width, an empty one between laws, and the sentence below it."""
    entries = [of_examined(row, Run("", False, "", {})) for row in rows]
    lines: list[tuple[str, ...]] = []
    for row in (HEADER, *map(cells, entries)):
        columns = [textwrap.wrap(cell, width) for cell, width in zip(row, WIDTHS, strict=True)]
        lines += [("",) * len(HEADER), *zip_longest(*columns, fillvalue="")]
    return f"{aligned(lines[1:], left=6)}\n\n{answer(entries)}"


def save(rows: Sequence[Examined], full: bool, command: str, folder: Path, over: Path | None = None) -> None:
    """Write report.html, summary.json and figures/ into a folder that exists.

    Args:
        rows: what was found.
        full: whether at published sizes.
        command: what found it.
        folder: where to write.
        over: the folder of a page whose other laws stay, each marked with when it was found and with what.
    """
    run = Run(time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), full, command, versions())
    old = earlier(over, suite.LAWS) if over is not None else ()
    entries = sorted(together([of_examined(row, run) for row in rows], old), key=suite.place)
    (folder / FIGURES).mkdir()
    _draw([row for row in rows if of_examined(row, run) in entries], folder / FIGURES)
    for entry in entries:
        if over is not None and entry.run is not run and entry.figure:
            for source, target in zip(figures(over, entry), figures(folder, entry), strict=True):
                target.write_bytes(plain.read(source))
    (folder / HTML).write_text(_html(entries, run, folder), encoding="utf-8", newline="")
    summary = {
        "program": "brainnet",
        "command": command,
        "figures": [entry.key for entry in entries if entry.figure],
        "laws": [asdict(entry) for entry in entries],
    }
    (folder / SUMMARY).write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8", newline="")


def _draw(rows: Sequence[Examined], folder: Path) -> None:
    """The figures of laws that have one."""
    with style.applied():
        for row in rows:
            if row.finding.draw is not None:
                figure = style.figure(row.law.height)
                row.finding.draw(figure)
                style.save(figure, folder / row.law.key)


def _html(entries: Sequence[Entry], run: Run, folder: Path) -> str:
    in_time = sorted(entries, key=lambda entry: (entry.run is run, entry.run.made))
    commands = dict.fromkeys(entry.run.command for entry in in_time)
    return page.environment(escaped=True).get_template(TEMPLATE).render(
        full=all(entry.run.full for entry in entries),
        answer=f"{answer(entries)}{_provenance(entries, run)}",
        laws=Table((*HEADER[:-1], "Found", HEADER[-1]), tuple(map(_dated, entries)), left=7),
        rows=[_section(entry, run, folder) for entry in entries],
        versions=list(run.versions.items()),
        commands=list(commands),
    )  # fmt: skip


def _dated(entry: Entry) -> tuple[str, ...]:
    """A row of the page's table, which says when it was found."""
    *words, seconds = cells(entry)
    return (*words, entry.run.made, seconds)


def _provenance(entries: Sequence[Entry], run: Run) -> str:
    older = [entry.label for entry in entries if entry.run is not run]
    return f" Found by earlier runs, as is said with each: {', '.join(older)}." if older else ""


def _section(entry: Entry, run: Run, folder: Path) -> dict[str, Any]:
    """The page's part about one law, with its figure if there is one."""
    words = [
        ("Source", entry.source),
        ("Target", entry.target),
        ("Measured", entry.measured),
        ("Tolerance", entry.tolerance),
        ("Its reason", entry.reason),
        ("Found", _found(entry.run, run)),
    ]
    picture = page.embedded(plain.read(figures(folder, entry)[0]).decode("utf-8")) if entry.figure else None
    alt = f"{entry.what}: {entry.measured}"
    return {"key": entry.key, "what": entry.what, "verdict": entry.verdict, "words": words, "image": picture,
            "alt": alt, "caption": entry.caption}  # fmt: skip


def _found(run: Run, latest: Run) -> str:
    """When and how, and with which versions where they are not the latest run's."""
    names = [name for name in run.versions.keys() | latest.versions.keys()
             if run.versions.get(name) != latest.versions.get(name)]  # fmt: skip
    others = ", ".join(f"{name} {run.versions.get(name, '(not there)')}" for name in sorted(names))
    text = f"{run.made}, {'at published sizes' if run.full else 'quick'}"
    return f"{text}, with {others} in the place of what stands under Versions" if others else text
