"""The report's files: page, Markdown and figures, from one set of words and numbers."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from brainnet.comparison.results import Comparison
from brainnet.report import prose, style
from brainnet.report.figures import plots
from brainnet.report.figures.plot import Plot
from brainnet.report.folder import FIGURES, HTML, MARKDOWN
from brainnet.report.tables import accuracy_table, difference_table, model_table, settings_table
from brainnet.report.words import markdown, plain


def save(comparison: Comparison, folder: Path) -> None:
    """Write report.html, report.md and figures/ into a folder that exists."""
    (folder / FIGURES).mkdir()
    with style.applied():
        figures = [_figure(plot, comparison, folder / FIGURES) for plot in plots(comparison)]
    for name, escaped in ((HTML, True), (MARKDOWN, False)):
        text = environment(escaped).get_template(f"{name}.jinja").render(contents(comparison), figures=figures)
        (folder / name).write_text(text, encoding="utf-8", newline="")


def contents(comparison: Comparison) -> dict[str, Any]:
    """Words and tables of the report, the same for both of its forms."""
    return {
        "task": comparison.task.name,
        "quick": comparison.quick,
        "answer": prose.answer(comparison),
        "equal": prose.held_equal(comparison),
        "columns": prose.what_columns_hold(),
        "statistics": prose.how_intervals_are_made(comparison),
        "warnings": comparison.warnings,
        "accuracy": accuracy_table(comparison),
        "differences": difference_table(comparison),
        "models": model_table(comparison),
        "settings": settings_table(comparison),
        "versions": list(comparison.versions.items()),
        "command": comparison.command,
    }


def _figure(plot: Plot, comparison: Comparison, folder: Path) -> dict[str, Any]:
    svg = style.save(plot.draw(comparison), folder / plot.key)
    return {
        "key": plot.key,
        "title": plot.title,
        "alt": plot.alt,
        "caption": plot.caption(comparison),
        "source": embedded(svg),
        "file": f"{FIGURES}/{plot.key}.png",
    }


def embedded(svg: str) -> str:
    """The address of an image that is in the page itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def environment(escaped: bool) -> Environment:
    """Where the templots of all pages are found, for HTML if `escaped` and else for Markdown.

    Whatever a template fills in is text and nothing else, unless it was made by the template itself.
    """

    def text(value: object) -> object:
        if hasattr(value, "__html__"):
            return value
        return plain(value) if escaped else _Ready(markdown(value))

    found = Environment(
        loader=PackageLoader("brainnet.report"),
        autoescape=True,
        finalize=text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["unbroken"] = lambda text: str(text).replace(" %", "\N{NO-BREAK SPACE}%")
    found.filters["code"] = lambda text: _Ready(plain(text).replace("\n", "\n    "))  # a block of it in Markdown
    return found


class _Ready(str):
    """Text that is to be written as it is."""

    def __html__(self) -> str:
        return self
