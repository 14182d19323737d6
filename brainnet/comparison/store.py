"""Results on disk: `results.csv`, one row per trial, and `summary.json`, everything else in numbers.

The same seeds give the same bytes in `results.csv`; what differs from run to run, the timings, is in the summary.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from brainnet.comparison.results import Comparison, Row
from brainnet.errors import BrainnetError
from brainnet.folders import cache_folder

RESULTS, SUMMARY = "results.csv", "summary.json"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet calculate a cell instead of showing it
NAMES = ("task", "model", "seed")  # what comes first; then the numbers


def save(comparison: Comparison, folder: Path) -> None:
    """Write both files into a folder that exists."""
    for name, text in (
        (RESULTS, to_csv(comparison.rows)),
        (SUMMARY, json.dumps(summary(comparison), indent=1) + "\n"),
    ):
        # What is no character, half of a surrogate pair, is written as its number.
        (folder / name).write_text(text, encoding="utf-8", errors="backslashreplace", newline="")


def rescue(comparison: Comparison) -> Path | None:
    """Write both files into a new folder of the first place that takes them, for a report that could not be written.

    The places are the cache, the folder for temporary files and the current folder; None if none of them does.
    """
    for place in (lambda: cache_folder() / "results", lambda: Path(tempfile.gettempdir()), Path.cwd):
        with suppress(OSError, RuntimeError):  # the latter where there is no home folder
            return _saved_in(place(), comparison)
    return None


def _saved_in(place: Path, comparison: Comparison) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="brainnet-results-", dir=place)).absolute()
    try:
        save(comparison, made)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return made


def to_csv(rows: Iterable[Row]) -> str:
    """Rows as CSV with a header; floats with as many digits as they need to be read back unchanged."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    flat = [{name: getattr(row, name) for name in NAMES} | dict(row.scalars) for row in rows]
    writer.writerow(flat[0] if flat else (*NAMES, "accuracy"))
    writer.writerows([_cell(value) for value in cells.values()] for cells in flat)
    return text.getvalue()


def from_csv(text: str) -> tuple[Row, ...]:
    """Rows from CSV as `to_csv` writes it; a column after the first three is a number by its name.

    Raises:
        BrainnetError: other columns, or a line with more or fewer cells, or with one that is not what its column holds.
    """
    lines = csv.reader(io.StringIO(text), strict=True)
    try:
        names = next(lines, [])
        rows = tuple(_row(dict(zip(names, line, strict=True))) for line in lines) if _known(names) else ()
    except (csv.Error, ValueError) as error:
        raise BrainnetError(f"{RESULTS} line {lines.line_num}: {error}; make the report again") from None
    if not _known(names):
        raise BrainnetError(f"{RESULTS} must have the columns {','.join(NAMES)} and accuracy (got {names})")
    return rows


def _known(names: list[str]) -> bool:
    return tuple(names[: len(NAMES)]) == NAMES and "accuracy" in names


def _row(cells: dict[str, str]) -> Row:
    task, model = (cells.pop(name) for name in NAMES[:2])
    seed = int(cells.pop("seed"))
    return Row(_text(task), _text(model), seed, {name: _number(cell) for name, cell in cells.items()})


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


def _text(cell: str) -> str:
    return cell.removeprefix("'")


def _number(cell: str) -> float | int:
    return int(cell) if cell.lstrip("-").isdigit() else float(cell)
