"""`brainnet validate`: what it prints, what it writes, and with which status it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from brainnet.cli import main
from brainnet.conformance import suite


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
