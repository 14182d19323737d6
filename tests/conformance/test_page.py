"""The table and the page say of every law what was asked, what was found, and whether that is enough."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from brainnet.conformance import page, suite
from brainnet.conformance.law import Finding
from brainnet.report import style

UNSAFE = "<script>alert('x')</script> & more"


@pytest.fixture
def rows(sound, failing, other):
    return tuple(suite.run(laws=(sound, failing, other)))


@pytest.fixture
def written(rows, tmp_path):
    page.save(rows, False, "brainnet validate", tmp_path)
    return tmp_path


def test_the_table_has_a_row_for_each_law_with_its_verdict(rows):
    text = page.terminal_table(rows)
    assert text.splitlines()[0].split() == [word for cell in page.HEADER for word in cell.split()]
    lines = [line for line in text.splitlines() if re.match(r"V\d+ ", line)]
    assert [line.split()[-2] for line in lines] == ["holds", "FAILS", "holds"]
    assert max(map(len, text.splitlines())) <= sum(page.WIDTHS) + 2 * len(page.WIDTHS)
    assert text.endswith("2 of 3 laws hold. Failed: V2 failing.")


def test_the_page_tells_target_measured_tolerance_and_reason(written, sound):
    text = (written / "report.html").read_text()
    for words in (sound.what, sound.source, sound.target, "1.02", sound.tolerance, sound.reason):
        assert words in text
    assert "V2 A law that holds: FAILS" in text


def test_the_page_needs_no_other_file(written):
    text = (written / "report.html").read_text()
    addresses = re.findall(r'(?:src|href)="([^"]*)"', text)
    assert len(addresses) == 2
    assert all(address.startswith("data:image/svg+xml;base64,") for address in addresses)
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("part", ["what", "source", "target", "tolerance", "reason", "caption", "measured"])
def test_the_page_escapes_text(sound, tmp_path, part):
    law = replace(sound, find=lambda full: Finding(UNSAFE if part == "measured" else "1", True, sound.find(full).draw))
    law = law if part == "measured" else replace(law, **{part: UNSAFE})
    page.save(tuple(suite.run(laws=(law,))), False, "brainnet validate", tmp_path)
    text = (tmp_path / "report.html").read_text()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_the_summary_holds_the_table_and_names_the_figures(written, rows):
    summary = json.loads((written / "summary.json").read_text())
    assert summary["program"] == "brainnet"
    assert summary["figures"] == ["V1", "V10"]
    assert {path.name for path in (written / "figures").iterdir()} == {"V1.png", "V1.svg", "V10.png", "V10.svg"}
    assert [law["verdict"] for law in summary["laws"]] == ["holds", "FAILS", "holds"]


@pytest.mark.parametrize(
    "law", [law for law in suite.LAWS if law.key in ("V12", "V15", "A5", "A9", "S2")], ids=lambda law: law.name
)
def test_axes_of_figures_are_labelled(law):
    draw = law.find(False).draw
    with style.applied():
        figure = style.figure(law.height)
        draw(figure)
        figure.draw_without_rendering()
    assert isinstance(figure, Figure)
    assert figure.axes
    for axes in figure.axes:
        assert axes.get_ylabel()
        assert axes.get_xlabel() or axes.get_label() == "<colorbar>"
