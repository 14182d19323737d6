"""What was found of the laws, as a table for the terminal and as a page with figures."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from brainnet.comparison.store import SUMMARY
from brainnet.comparison.versions import versions
from brainnet.conformance.row import Row
from brainnet.report import page, style
from brainnet.report.folder import FIGURES, HTML
from brainnet.report.tables import Table, aligned

HEADER = ("What", "Source", "Target", "Measured", "Tolerance", "Mutants", "Verdict", "Seconds")
WIDTHS = (26, 20, 26, 26, 20, 8, 7, 7)  # of the terminal table's columns, in characters
TEMPLATE = "laws.html.jinja"


def cells(row: Row) -> tuple[str, ...]:
    """A row of the table."""
    law = row.law
    return (
        f"{law.label}: {law.what}",
        law.source,
        law.target,
        row.finding.measured,
        law.tolerance,
        row.mutants,
        row.verdict,
        f"{row.seconds:.1f}",
    )


def answer(rows: Sequence[Row]) -> str:
    """How many laws hold and how many mutants were rejected, in a sentence, and which failed."""
    planted, missed = sum(len(row.law.mutants) for row in rows), sum(len(row.missed) for row in rows)
    held = sum(row.finding.holds for row in rows)
    text = f"{held} of {len(rows)} laws hold; {planted - missed} of {planted} mutants were rejected."
    failed = ", ".join(row.law.label for row in rows if not row.passed)
    return f"{text} Failed: {failed}." if failed else text


def terminal_table(rows: Sequence[Row]) -> str:
    """The table in lines of bounded width, an empty one between laws, and the sentence below it."""
    lines: list[tuple[str, ...]] = []
    for row in (HEADER, *map(cells, rows)):
        columns = [textwrap.wrap(cell, width) for cell, width in zip(row, WIDTHS, strict=True)]
        lines += [("",) * len(HEADER), *zip_longest(*columns, fillvalue="")]
    return f"{aligned(lines[1:], left=7)}\n\n{answer(rows)}"


def save(rows: Sequence[Row], full: bool, command: str, folder: Path) -> None:
    """Write report.html, summary.json and figures/ into a folder that exists."""
    (folder / FIGURES).mkdir()
    with style.applied():
        sections = [_section(row, folder / FIGURES) for row in rows]
    found = versions()
    text = page.environment(escaped=True).get_template(TEMPLATE).render(
        full=full,
        answer=answer(rows),
        laws=Table(HEADER, tuple(map(cells, rows)), left=7),
        rows=sections,
        versions=list(found.items()),
        command=command,
    )  # fmt: skip
    (folder / HTML).write_text(text, encoding="utf-8", newline="")
    summary = {
        "program": "brainnet",
        "command": command,
        "full": full,
        "figures": [section["key"] for section in sections if section["image"]],
        "laws": list(map(_numbers, rows)),
        "versions": found,
    }
    (folder / SUMMARY).write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8", newline="")


def _section(row: Row, folder: Path) -> dict[str, Any]:
    """The page's part about one law, with its figure if there is one."""
    law, image = row.law, None
    if row.finding.draw is not None:
        figure = style.figure(law.height)
        row.finding.draw(figure)
        image = page.embedded(style.save(figure, folder / law.key))
    rejected = ", ".join(mutant.name for mutant in law.mutants if mutant.name not in row.missed)
    words = [
        ("Source", law.source),
        ("Target", law.target),
        ("Measured", row.finding.measured),
        ("Tolerance", law.tolerance),
        ("Its reason", law.reason),
        (f"Rejected, {row.mutants}", rejected or "none"),
        *([("Not rejected", ", ".join(row.missed))] if row.missed else []),
    ]
    alt = f"{law.what}: {row.finding.measured}"
    return {"key": law.key, "what": law.what, "verdict": row.verdict, "words": words, "image": image, "alt": alt,
            "caption": law.caption}  # fmt: skip


def _numbers(row: Row) -> dict[str, Any]:
    law = row.law
    return {
        "key": law.key,
        "name": law.name,
        "what": law.what,
        "source": law.source,
        "target": law.target,
        "tolerance": law.tolerance,
        "reason": law.reason,
        "measured": row.finding.measured,
        "verdict": row.verdict,
        "mutants": [mutant.name for mutant in law.mutants],
        "missed": list(row.missed),
        "seconds": round(row.seconds, 3),
    }
