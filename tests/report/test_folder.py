"""A report folder is replaced as a whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from brainnet.comparison import store
from brainnet.errors import BrainnetError
from brainnet.report import folder, page
from brainnet.report.folder import is_report, prepare, replaced

DEAD = 2**22 + 1  # above the largest process number that Linux gives


def write(report: Path, content: str) -> None:
    (report / "summary.json").write_text(json.dumps({"program": "brainnet"}))
    (report / "report.md").write_text(content)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    with replaced(tmp_path / "report") as new:
        write(new, "old")
    return tmp_path / "report"


def beside(report: Path) -> list[str]:
    return sorted(path.name for path in report.parent.iterdir() if path != report)


def test_a_report_takes_the_place_of_the_old_one(report):
    with replaced(report) as new:
        write(new, "new")
        assert (report / "report.md").read_text() == "old"
    assert (report / "report.md").read_text() == "new"
    assert beside(report) == []


def test_folders_above_are_made(tmp_path):
    with replaced(tmp_path / "a" / "b" / "c") as new:
        write(new, "new")
    assert is_report(tmp_path / "a" / "b" / "c")


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ZeroDivisionError])
def test_after_a_failure_the_old_report_is_untouched(report, failure):
    with pytest.raises(failure), replaced(report) as new:  # noqa: PT012
        write(new, "half")
        raise failure
    assert (report / "report.md").read_text() == "old"
    assert beside(report) == []


def test_a_disk_that_is_full_is_an_error_of_the_user(report):
    with pytest.raises(BrainnetError, match="cannot be written"), replaced(report):
        raise OSError(28, "No space left on device")
    assert (report / "report.md").read_text() == "old"


def test_when_the_new_folder_cannot_move_in_the_old_one_moves_back(report, monkeypatch):
    rename = Path.rename

    def failing(path, target):
        if path.name.startswith(folder.NEW) and target == report:
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(BrainnetError, match="Input/output error"), replaced(report) as new:
        write(new, "new")
    assert (report / "report.md").read_text() == "old"
    assert beside(report) == []


def test_what_a_killed_run_left_is_removed(report):
    for kind in (folder.NEW, folder.OLD):
        (report.parent / f"{kind}report-{DEAD}").mkdir()
    prepare(report)
    assert beside(report) == []
    assert (report / "report.md").read_text() == "old"


def test_a_report_that_a_killed_run_had_moved_away_goes_back(report):
    report.rename(report.parent / f"{folder.OLD}report-{DEAD}")
    prepare(report)
    assert (report / "report.md").read_text() == "old"


def test_folders_of_others_stay(report):
    names = [f"{folder.NEW}report-{os.getppid()}", f"{folder.NEW}report-x", f"{folder.NEW}other-{DEAD}", "notes"]
    for name in names:
        (report.parent / name).mkdir()
    prepare(report)
    assert beside(report) == sorted(names)


def test_a_kill_at_any_time_leaves_a_whole_report(report):
    script = (
        "import os, sys, pathlib\n"
        "from brainnet.report import folder\n"
        "real, calls = os.rename, 0\n"
        "def rename(path, target):\n"
        "    if path.name.startswith(sys.argv[2]): os.kill(os.getpid(), 9)\n"
        "    return real(path, target)\n"
        "pathlib.Path.rename = rename\n"
        "with folder.replaced(pathlib.Path(sys.argv[1])) as new: (new / 'report.md').write_text('half')\n"
    )
    root = str(Path(__file__).parents[2])
    for killed_at in (folder.NEW, "report", folder.OLD):
        arguments = [sys.executable, "-c", script, str(report), killed_at]
        assert subprocess.run(arguments, env={**os.environ, "PYTHONPATH": root}).returncode == -9
        prepare(report)
        assert (report / "report.md").read_text() == "old"
        assert beside(report) == []


@pytest.mark.parametrize("content", [None, "{}", '{"program": "other"}', "[]", "no json"])
def test_a_folder_that_is_no_report_is_refused_and_untouched(tmp_path, content):
    (tmp_path / "thesis.txt").write_text("years of work")
    if content is not None:
        (tmp_path / "summary.json").write_text(content)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BrainnetError, match="no brainnet report: name another folder"):
        prepare(tmp_path)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("place", ["report", "/tmp/report"])
def test_a_current_folder_that_was_deleted_is_one_line(tmp_path, monkeypatch, place):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(BrainnetError, match="the current folder was deleted: change to one"):
        prepare(Path(place))


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "report").mkdir()
    with replaced(tmp_path / "report") as new:
        write(new, "new")
    assert is_report(tmp_path / "report")


def test_a_file_is_refused(tmp_path):
    (tmp_path / "report").write_text("text")
    with pytest.raises(BrainnetError, match="is a file: name a folder"):
        prepare(tmp_path / "report")


@pytest.mark.parametrize("place", ["file/report", "/proc/report"])
def test_a_place_where_nothing_can_be_written_is_refused(tmp_path, place):
    (tmp_path / "file").write_text("text")
    with pytest.raises(BrainnetError, match=r"cannot be written .*: name a folder where you may write"):
        prepare(tmp_path / place)


def test_a_folder_that_cannot_be_renamed_is_refused_before_any_work(report, monkeypatch):
    """As a mount point cannot."""
    rename = Path.rename

    def failing(path, target):
        if path == report:
            raise OSError(16, "Device or resource busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(
        BrainnetError, match=r"cannot be written \(Device or resource busy\): name a new folder inside it"
    ):
        prepare(report)
    assert (report / "report.md").read_text() == "old"
    assert beside(report) == []


@pytest.mark.parametrize("length", [245, 255, 256, 300])
def test_a_name_that_is_too_long_in_the_end_is_refused_in_the_beginning(tmp_path, length):
    with pytest.raises(BrainnetError, match=r"cannot be written \(File name too long\): give it a shorter name"):
        prepare(tmp_path / ("x" * length))
    assert list(tmp_path.iterdir()) == []


def test_the_longest_name_that_is_taken_in_the_beginning_is_taken_in_the_end(tmp_path):
    longest = 255 - len(folder.NEW) - len(f"-{os.getpid()}")
    with replaced(tmp_path / ("x" * longest)) as new:
        write(new, "new")
    assert is_report(tmp_path / ("x" * longest))
    with pytest.raises(BrainnetError):
        prepare(tmp_path / ("x" * (longest + 1)))


@pytest.mark.parametrize("place", ["report", "new/er"])
@pytest.mark.parametrize("function", ["write", "fsync", "replace", "rmdir", "rename", "mkdir"])
def test_whatever_fails_at_the_end_is_tried_in_the_beginning(report, monkeypatch, function, place):
    def failing(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        if function == "write":
            broken.setattr(folder, "whole_file", failing)
        else:
            broken.setattr(os, function, failing)
        with pytest.raises(BrainnetError, match=r"\(No space left on device\): make room there"):
            prepare(report.parent / place)
    assert (report / "report.md").read_text() == "old"


@pytest.mark.parametrize(("kind", "other"), [(folder.COMPARISON, folder.LAWS), (folder.LAWS, folder.COMPARISON)])
def test_a_report_of_another_kind_is_not_replaced(report, kind, other):
    (report / "summary.json").write_text(json.dumps({"program": "brainnet", kind: {}}))
    prepare(report, kind)
    with pytest.raises(BrainnetError, match=r"holds .*: name another folder"):
        prepare(report, other)
    assert (report / "report.md").read_text() == "old"


def test_a_link_is_followed(report, tmp_path):
    (tmp_path / "link").symlink_to(report)
    with replaced(tmp_path / "link") as new:
        write(new, "new")
    assert (report / "report.md").read_text() == "new"
    assert (tmp_path / "link").is_symlink()


def test_preparing_makes_nothing(tmp_path):
    prepare(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("own", ["my_notes.txt", ".hidden", "data/x.csv", "figures/my.png", "figures/raster.png/x"])
def test_what_the_user_put_into_a_report_is_never_deleted(report, own):
    (report / own).parent.mkdir(parents=True, exist_ok=True)
    (report / own).write_text("mine")
    first = "figures/my.png" if own == "figures/my.png" else own.removesuffix("/x").removesuffix("/x.csv")
    with pytest.raises(BrainnetError, match=rf"holds '{first}', no part of a report: move it"):
        prepare(report)
    assert (report / own).read_text() == "mine"
    assert (report / "report.md").read_text() == "old"


def test_a_whole_report_may_be_replaced(tmp_path, comparison):
    for _ in range(2):
        with replaced(tmp_path / "report") as new:
            store.save(comparison, new)
            page.save(comparison, new)
    assert is_report(tmp_path / "report")


@pytest.mark.parametrize("place", [".", "..", "", "../inner", "/"])
def test_the_current_folder_and_those_around_it_are_refused(tmp_path, monkeypatch, place):
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    with pytest.raises(BrainnetError, match="is the current folder or one around it"):
        prepare(Path(place))
    assert Path.cwd() == tmp_path / "inner"
