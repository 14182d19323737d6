"""The report says what was found, in one file that needs no other."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from unicodedata import category

import pytest

from brainnet.report import page
from brainnet.report.figures import accuracy, plots
from brainnet.report.words import plain


@pytest.fixture(scope="module")
def written(tmp_path_factory, comparison) -> Path:
    folder = tmp_path_factory.mktemp("report")
    page.save(comparison, folder)
    return folder


class Elements(HTMLParser):
    """Collects tags with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html.split("</style>")[1])

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def html(written) -> Elements:
    return Elements((written / "report.html").read_text())


def test_the_page_needs_no_other_file(html):
    addresses = [attributes[name] for _, attributes in html.tags for name in ("src", "href") if name in attributes]
    assert len(addresses) == 8
    assert all(address.startswith("data:image/svg+xml;base64,") for address in addresses)
    assert not any(tag in ("script", "link", "iframe") for tag, _ in html.tags)


def test_the_style_needs_no_other_file(written):
    style = (written / "report.html").read_text().split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_every_figure_has_a_caption_and_a_text_for_those_who_do_not_see_it(html, comparison):
    images = [attributes for tag, attributes in html.tags if tag == "img"]
    assert all(len(image["alt"] or "") > 20 for image in images)
    for plot in plots(comparison):
        assert plot.caption(comparison) in html.text


def test_the_answer_stands_above_the_tables(html):
    text = html.text
    answer = text.index("On digits, Sigmoid + backpropagation recognises")
    assert answer < text.index("Accuracy on test patterns") < text.index("Differences") < text.index("Versions")


def test_page_and_markdown_hold_the_same_numbers(written, html):
    markdown = (written / "report.md").read_text()
    number = re.compile(r"[+−]?\d+\.\d+")
    table = [line for line in markdown.splitlines() if line.startswith("|")]
    assert len(number.findall("".join(table))) > 40
    assert sorted(number.findall(markdown)) == sorted(number.findall(html.text))


def test_markdown_shows_the_figures_that_were_written(written):
    links = re.findall(r"!\[.*?\]\((.*?)\)", (written / "report.md").read_text())
    assert len(links) == 8
    assert all((written / link).is_file() for link in links)


def test_names_are_text_and_nothing_else(tmp_path, hostile, monkeypatch):
    monkeypatch.setattr(page, "plots", lambda comparison: (accuracy.PLOT,))
    page.save(hostile, tmp_path)
    html = Elements((tmp_path / "report.html").read_text())
    assert "script" not in [tag for tag, _ in html.tags]
    assert "b" not in [tag for tag, _ in html.tags]
    assert plain(hostile.task.name) in html.text
    text = (tmp_path / "report.md").read_text()
    outside_code = "\n".join(line for line in text.splitlines() if not line.startswith("    "))
    assert "<" not in outside_code
    assert "$" not in outside_code
    assert "[a](b)" not in outside_code
    assert "&lt;b&gt;&#36;\\\\frac&#36; &#36;x&#36;" in text
    rows = [line for line in text.splitlines() if line.startswith("| _&#36;")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows if "epochs" in row} == {4}


@pytest.mark.parametrize("name", ["report.html", "report.md"])
def test_no_page_holds_what_no_file_should(tmp_path, hostile, monkeypatch, name):
    monkeypatch.setattr(page, "plots", lambda comparison: ())
    page.save(hostile, tmp_path)
    text = (tmp_path / name).read_text()
    assert not [c for c in text if c != "\n" and category(c) in ("Cc", "Cs")]
    assert r"\x00\x1b\ud800" in text.replace("\\\\", "\\")


def test_the_command_in_markdown_stays_in_its_block(tmp_path, hostile, monkeypatch):
    monkeypatch.setattr(page, "plots", lambda comparison: ())
    page.save(hostile, tmp_path)
    block = (tmp_path / "report.md").read_text().split("with the same numbers:\n\n")[1]
    assert "<b>$\\frac$" in block
    assert all(line.startswith("    ") for line in block.splitlines())


def test_the_same_comparison_gives_the_same_bytes(tmp_path, written, comparison):
    page.save(comparison, tmp_path)
    for file in sorted(written.rglob("*.*")):
        assert (tmp_path / file.relative_to(written)).read_bytes() == file.read_bytes(), file.name


def test_the_command_that_makes_it_again_is_there(html, comparison):
    assert comparison.command in html.text


def test_no_line_of_the_markdown_ends_in_a_space(written):
    assert not re.search(r"[ \t]$", (written / "report.md").read_text(), re.MULTILINE)


def test_what_models_said_in_training_stands_below_their_accuracies(tmp_path, comparison, written, monkeypatch):
    monkeypatch.setattr(page, "plots", lambda comparison: (accuracy.PLOT,))
    page.save(replace(comparison, warnings=("LIF, seed 0: it has not learned",)), tmp_path)
    for name in ("report.html", "report.md"):
        text = (tmp_path / name).read_text()
        assert text.index("Warnings") < text.index("LIF, seed 0: it has not learned") < text.index("Differences")
        assert "Warnings" not in (written / name).read_text()
