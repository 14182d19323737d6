"""Results on disk: `results.csv`, one row per trial, and `summary.json`, everything else in numbers.

The same seeds give the same bytes in `results.csv`; what differs from run to run, the timings, is in the summary.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from brainnet.comparison.results import Comparison, Row
from brainnet.errors import BrainnetError

RESULTS, SUMMARY = "results.csv", "summary.json"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet calculate a cell instead of showing it
PARSERS = {"str": str, "int": int, "float": float}


def save(comparison: Comparison, folder: Path) -> None:
    """Write both files into a folder that exists."""
    (folder / RESULTS).write_text(to_csv(comparison.rows), encoding="utf-8", newline="")
    (folder / SUMMARY).write_text(json.dumps(summary(comparison), indent=1) + "\n", encoding="utf-8", newline="")


def to_csv(rows: Iterable[Row]) -> str:
    """Rows as CSV with a header; floats with as many digits as they need to be read back unchanged."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(Row))
    writer.writerows([_cell(value) for value in asdict(row).values()] for row in rows)
    return text.getvalue()


def from_csv(text: str) -> tuple[Row, ...]:
    """Rows from CSV as `to_csv` writes it.

    Raises:
        BrainnetError: other columns, or a line with more or fewer cells, or with one that is not what its column holds.
    """
    lines = csv.reader(io.StringIO(text), strict=True)
    expected, kinds = [field.name for field in fields(Row)], [str(field.type) for field in fields(Row)]
    rows: tuple[Row, ...] = ()
    try:
        if (names := next(lines, None)) == expected:
            rows = tuple(Row(*(_value(*pair) for pair in zip(kinds, line, strict=True))) for line in lines)
    except (csv.Error, ValueError) as error:
        raise BrainnetError(f"{RESULTS} line {lines.line_num}: {error}; make the report again") from None
    if names != expected:
        raise BrainnetError(f"{RESULTS} must have the columns {','.join(expected)} (got {names})")
    return rows


def summary(comparison: Comparison) -> dict[str, Any]:
    """The numbers of the report, with all that is needed to make it again."""
    return {
        "program": "brainnet",
        "command": comparison.command,
        "task": asdict(comparison.task),
        "seeds": list(comparison.seeds),
        "quick": comparison.quick,
        "accuracy": [{"model": score.model, **asdict(score.accuracy)} for score in comparison.scores],
        "differences": [
            {"model": d.model, "reference": d.reference, **asdict(d.accuracy), "verdict": d.verdict}
            for d in comparison.differences
        ],
        "models": {
            model.key: {
                "name": model.name,
                "neuron": model.neuron,
                "code": model.code,
                "structure": model.structure,
                "rule": model.rule,
                "settings": dict(comparison.settings[model.key]),
            }
            for model in comparison.models
        },
        "warnings": list(comparison.warnings),
        "versions": dict(comparison.versions),
        "seconds": round(comparison.seconds, 3),
        "timings": [asdict(timing) for timing in comparison.timings],
    }


def _cell(value: object) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith((*FORMULA, "'")) else value
    return repr(value)


def _value(kind: str, cell: str) -> Any:
    value = PARSERS[kind](cell)
    return value[1:] if kind == "str" and value.startswith("'") else value
