"""`brainnet validate`: what it prints, what it writes, and with which status it ends."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from brainnet.cli import main
from brainnet.conformance import page, suite
from brainnet.conformance.law import Finding
from brainnet.report import folder

REPORT = Path("reports/validate")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def with_laws(monkeypatch):
    """Makes these laws the suite's."""

    def put(*laws):
        monkeypatch.setattr(suite, "LAWS", laws)

    return put


def test_it_prints_the_table_and_writes_the_page(with_laws, sound, capsys):
    with_laws(sound)
    assert main(["validate"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("What")
    assert out.splitlines()[-1] == "Report: reports/validate/report.html"
    assert "1 of 1  V1 sound" in err
    assert {path.name for path in Path("reports/validate").iterdir()} == {"report.html", "summary.json", "figures"}


def test_a_law_that_fails_is_an_error_after_table_and_page(with_laws, sound, failing, capsys):
    with_laws(sound, failing)
    assert main(["validate"]) == 2
    out, err = capsys.readouterr()
    assert "FAILS" in out
    assert "FAILS" in Path("reports/validate/report.html").read_text()
    assert err.splitlines()[-1] == "brainnet: error: laws that do not hold: V2 failing"


def test_laws_can_be_named_and_the_page_be_put_elsewhere(with_laws, sound, failing, capsys):
    with_laws(sound, failing)
    assert main(["validate", "sound", "--out", "here"]) == 0
    assert "brainnet validate sound" in Path("here/report.html").read_text()
    assert not Path("reports").exists()
    assert "V2" not in capsys.readouterr().out


def test_a_second_run_takes_the_place_of_the_first(with_laws, sound, failing):
    with_laws(sound)
    assert main(["validate"]) == 0
    with_laws(failing)
    assert main(["validate"]) == 2
    assert not list(Path("reports/validate/figures").iterdir())


def test_a_file_of_the_users_among_the_figures_is_not_deleted(with_laws, sound, capsys):
    with_laws(sound)
    assert main(["validate"]) == 0
    Path("reports/validate/figures/mine.png").write_text("mine")
    assert main(["validate"]) == 2
    assert "holds 'figures/mine.png', no part of a report" in capsys.readouterr().err
    assert Path("reports/validate/figures/mine.png").exists()


def test_an_unknown_name_is_one_line_and_nothing_is_written(capsys):
    assert main(["validate", "V99"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("brainnet: error: unknown law 'V99': ")
    assert err.count("\n") == 1
    assert not Path("reports").exists()


def test_a_folder_that_is_no_report_is_refused_before_any_work(with_laws, sound, capsys):
    with_laws(sound)
    Path("mine").mkdir()
    Path("mine/text").write_text("mine")
    assert main(["validate", "--out", "mine"]) == 2
    assert "holds something that is no brainnet report" in capsys.readouterr().err


def laws_on_the_page() -> dict[str, dict]:
    return {law["key"]: law for law in json.loads((REPORT / "summary.json").read_text())["laws"]}


def files() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


@pytest.fixture
def whole(with_laws, sound, failing, other):
    """A page of three laws, in the default folder."""
    with_laws(sound, failing, other)
    assert main(["validate"]) == 2
    return laws_on_the_page()


def test_a_run_of_one_law_adds_to_the_page_of_all(whole, with_laws, sound, failing, other, capsys):
    before = files()
    mended = replace(failing, find=lambda full: Finding("1.01", True, sound.find(full).draw))
    with_laws(sound, mended, other)
    capsys.readouterr()
    assert main(["validate", "failing"]) == 0
    assert "V1" not in capsys.readouterr().out
    after = laws_on_the_page()
    assert list(after) == ["V1", "V2", "V10"]
    assert [after[key]["verdict"] for key in after] == ["holds", "holds", "holds"]
    assert {key: after[key] for key in ("V1", "V10")} == {key: whole[key] for key in ("V1", "V10")}
    kept = {name: text for name, text in before.items() if "figures" in name}
    assert kept.items() <= files().items()
    assert (REPORT / "figures/V2.svg").exists()
    text = (REPORT / "report.html").read_text()
    assert "3 of 3 laws hold." in text
    assert "Found by earlier runs, as is said with each: V1 sound, V10 other." in text
    assert "brainnet validate\nbrainnet validate failing" in text


def test_rows_that_stay_say_when_and_with_which_versions_they_were_found(whole, monkeypatch):
    monkeypatch.setattr(page, "versions", lambda: {**whole["V1"]["run"]["versions"], "numpy": "9.9", "new": "1"})
    monkeypatch.setattr(page.time, "gmtime", lambda: (2099, 1, 2, 3, 4, 5, 0, 2, 0))
    assert main(["validate", "V1", "--full"]) == 0
    text = (REPORT / "report.html").read_text()
    made, was = whole["V2"]["run"]["made"], whole["V2"]["run"]["versions"]["numpy"]
    assert "<dd>2099-01-02 03:04 UTC, at published sizes</dd>" in text
    older = f"<dd>{made}, quick, with new (not there), numpy {was} in the place of what stands under Versions</dd>"
    assert text.count(older) == 2


def test_a_law_that_could_not_be_tried_takes_nothing_away(whole, with_laws, sound, failing, other, capsys):
    def full_disk(full):
        raise OSError(28, "No space left on device")

    with_laws(replace(sound, find=full_disk), failing, other)
    assert main(["validate", "sound"]) == 2
    out, err = capsys.readouterr()
    assert "UNTRIED" in out
    assert "laws of which nothing is known: V1 sound (could not be put to the test: [Errno 28] No space" in err
    assert laws_on_the_page() == whole


def test_a_law_that_was_never_tried_is_said_not_to_be_known(with_laws, sound, failing):
    untried = replace(sound, key="V3", name="cut-off", find=failing_compiler)
    with_laws(sound, untried)
    assert main(["validate"]) == 2
    text = (REPORT / "report.html").read_text()
    assert "1 of 1 laws hold. Nothing is known of: V3 cut-off." in text


def failing_compiler(full: bool) -> Finding:
    raise FileNotFoundError(2, "No such file or directory", "g++")


def interrupt(*_: object) -> bool:
    raise KeyboardInterrupt


def terminate(*_: object) -> bool:
    os.kill(os.getpid(), signal.SIGTERM)
    raise AssertionError("the law does not hold")  # which nobody is to hear of


@pytest.mark.parametrize("stop", [interrupt, terminate])
@pytest.mark.parametrize("where", ["find", "draw"])
def test_an_interruption_leaves_everything_as_it_was_and_is_no_verdict(whole, with_laws, sound, capsys, stop, where):
    before = files()
    parts = {
        "find": {"find": stop},
        "draw": {"find": lambda full: Finding("1", True, stop)},
    }
    with_laws(replace(sound, **parts[where]))
    capsys.readouterr()
    assert main(["validate"]) == 130
    out, err = capsys.readouterr()
    assert err.splitlines()[-1] == "brainnet: interrupted; no report was written"
    assert "FAILS" not in out + err
    assert files() == before
    assert [path.name for path in REPORT.parent.iterdir()] == ["validate"]


def test_without_a_page_an_interruption_makes_none(with_laws, sound):
    with_laws(replace(sound, find=interrupt))
    assert main(["validate"]) == 130
    assert not REPORT.parent.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda laws: laws[0].pop("run"),
        lambda laws: laws[0].update(key="../../x"),
        lambda laws: laws[0].update(mutants=["sign flipped"], missed=[]),
        lambda laws: laws[0].update(seconds="many"),
        lambda laws: laws[0].update(more="more"),
        lambda laws: laws[0]["run"].update(versions={"numpy": None}),
        lambda laws: laws[0]["run"].update(versions=[]),
        lambda laws: laws[0]["run"].update(full="yes"),
        lambda laws: laws.append("V7"),
        lambda laws: (REPORT / "figures/V1.svg").unlink(),
        lambda laws: (REPORT / "figures/V1.png").unlink(),
    ],
)
def test_a_page_that_cannot_be_added_to_is_refused_before_any_work(whole, with_laws, sound, capsys, damage):
    summary = json.loads((REPORT / "summary.json").read_text())
    damage(summary["laws"])
    (REPORT / "summary.json").write_text(json.dumps(summary))
    before = files()
    with_laws(replace(sound, find=lambda full: pytest.fail("it ran")))
    capsys.readouterr()
    assert main(["validate"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("brainnet: error: 'reports/validate' holds a page that cannot be added to")
    assert err.count("\n") == 1
    assert files() == before


def test_the_report_of_a_comparison_is_not_replaced(with_laws, sound, capsys):
    with_laws(sound)
    Path("mine").mkdir()
    Path("mine/summary.json").write_text('{"program": "brainnet", "task": {}}')
    assert main(["validate", "--out", "mine"]) == 2
    assert "'mine' holds the report of a comparison: name another folder" in capsys.readouterr().err


def test_the_table_is_printed_even_if_the_page_cannot_be_written(with_laws, sound, monkeypatch, capsys):
    def full_disk(*_, **__):
        raise OSError(28, "No space left on device")

    with_laws(sound)
    monkeypatch.setattr(page.json, "dumps", full_disk)
    assert main(["validate"]) == 2
    out, err = capsys.readouterr()
    assert "1 of 1 laws hold" in out
    assert err.splitlines()[-1].startswith("brainnet: error: --out 'reports/validate' cannot be written (No space")
    assert not (REPORT / folder.HTML).exists()
