"""The command line: what it prints, what it refuses, and with which status it ends."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from brainnet.cli import main
from brainnet.comparison import models, run, store
from brainnet.errors import BrainnetError
from brainnet.report import page

ROOT = Path(__file__).parents[1]
ARTIFICIAL = tuple(model for model in models.MODELS if not model.spiking)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def fast(monkeypatch):
    """A comparison without spiking models."""
    compare = run.compare
    monkeypatch.setattr(run, "compare", lambda *args, **kwargs: compare(*args, models=ARTIFICIAL, **kwargs))


@pytest.fixture
def no_run(monkeypatch):
    monkeypatch.setattr(run, "compare", lambda *args, **kwargs: pytest.fail("it ran"))


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "brainnet", *arguments], env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.mark.usefixtures("fast")
def test_compare_writes_the_report_and_ends_with_a_table_and_its_path(capsys):
    assert main(["compare", "xor", "--seeds", "1", "--quick", "--workers", "2"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0].split() == ["model", "test", "accuracy", "95", "%", "interval", "seconds"]
    assert "Sigmoid + backpropagation" in out
    assert out.splitlines()[-1] == "Report: reports/xor/report.html"
    assert "\x1b" not in err
    report = Path("reports/xor")
    assert {path.name for path in report.iterdir()} == {
        "report.html", "report.md", "results.csv", "summary.json", "figures",
    }  # fmt: skip
    assert (report / "results.csv").read_text().startswith("task,model,seed,accuracy,")
    assert json.loads((report / "summary.json").read_text())["command"] == "brainnet compare xor --seeds 1 --quick"


@pytest.mark.usefixtures("no_run")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required: COMMAND"),
        (["comapre"], "error: COMMAND cannot be 'comapre' (choose from"),
        (["compare"], "required: TASK"),
        (["compare", "digts"], "unknown task 'digts': did you mean 'digits'?"),
        (["compare", "xor", "--seeds", "0"], "--seeds must be a whole number from 1 to 1000 (got '0')"),
        (["compare", "xor", "--seeds", "-3"], "--seeds must be a whole number from 1 to 1000 (got '-3')"),
        (["compare", "xor", "--seeds", "five"], "--seeds must be a whole number from 1 to 1000 (got 'five')"),
        (["compare", "xor", "--workers", "1.5"], "--workers must be a whole number from 1 to 1000 (got '1.5')"),
        (
            ["compare", "xor", "--seeds", "100000000000000000000"],
            "--seeds must be a whole number from 1 to 1000 (got '1000",
        ),
        (["compare", "xor", "--seeds", "9" * 5000], "--seeds must be a whole number from 1 to 1000 (got '999"),
        (["compare", "xor", "--workers", "1001"], "--workers must be a whole number from 1 to 1000 (got '1001')"),
        (["compare", "xor", "--sedes", "2"], "--sedes"),
        (["compare", "xor", "--seed", "1"], "unrecognized arguments: --seed 1"),
        (["--vers"], "error"),
        (["cache", "empty"], "ACTION cannot be 'empty' (choose from"),
        (["compare", "xor", "--out", ""], "--out must not be empty"),
        (["compare", "xor", "--out", "a\0b"], "--out must not hold a NUL character"),
        (["compare", "xor", "--out", "x" * 245], "cannot be written (File name too long): give it a shorter name"),
        (["compare", "xor", "--out", "."], "--out '.' is the current folder or one around it"),
        (["compare", "mnist", "--data", ""], "--data must not be empty"),
        (["compare", "xor", "--out", "/proc/report"], "'/proc/report' cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(capsys, arguments, message):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("brainnet: error: ")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.usefixtures("no_run")
def test_a_folder_of_someone_elses_is_refused_before_any_training(capsys):
    Path("thesis").mkdir()
    Path("thesis/chapter").write_text("years of work")
    assert main(["compare", "xor", "--out", "thesis"]) == 2
    assert "no brainnet report" in capsys.readouterr().err
    assert Path("thesis/chapter").read_text() == "years of work"


@pytest.mark.usefixtures("no_run")
def test_a_report_with_notes_of_the_user_is_refused_before_any_training(capsys):
    Path("w1").mkdir()
    Path("w1/summary.json").write_text('{"program": "brainnet"}')
    Path("w1/my_notes.txt").write_text("notes")
    assert main(["compare", "xor", "--out", "w1"]) == 2
    assert "'my_notes.txt'" in capsys.readouterr().err
    assert Path("w1/my_notes.txt").read_text() == "notes"


def test_a_failed_comparison_leaves_the_old_report(monkeypatch, capsys):
    old = Path("reports/xor")
    old.mkdir(parents=True)
    (old / "summary.json").write_text('{"program": "brainnet"}')

    def fail(*args, **kwargs):
        raise BrainnetError("lif-stdp on xor, seed 0: no")

    monkeypatch.setattr(run, "compare", fail)
    assert main(["compare", "xor"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "brainnet: error: lif-stdp on xor, seed 0: no"
    assert [path.name for path in old.iterdir()] == ["summary.json"]
    assert [path.name for path in old.parent.iterdir()] == ["xor"]


def test_an_interrupt_ends_with_130_and_writes_nothing(monkeypatch, capsys):
    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "compare", interrupt)
    assert main(["compare", "xor"]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == "brainnet: interrupted; no report was written"
    assert not Path("reports").exists()


def full_disk(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize(
    ("failure", "status", "last"),
    [
        (full_disk, 2, "error: --out 'reports/xor' cannot be written (No space left on device): make room there, or"),
        (interrupted, 130, "interrupted; no report was written"),
    ],
)
def test_what_was_found_is_kept_even_if_the_report_cannot_be_written(
    monkeypatch, own_cache, capsys, failure, status, last
):
    monkeypatch.setattr(page, "save", failure)
    assert main(["compare", "xor", "--seeds", "1", "--quick"]) == status
    out, err = capsys.readouterr()
    assert "Sigmoid + backpropagation" in out
    told, ended = err.splitlines()[-2:]
    assert ended.startswith(f"brainnet: {last}")
    assert not Path("reports/xor").exists()
    (kept,) = (own_cache / "results").iterdir()
    assert told == f"brainnet: there is no report; its results.csv and summary.json are in {kept}"
    assert len(store.from_csv((kept / "results.csv").read_text())) == len(ARTIFICIAL)
    assert json.loads((kept / "summary.json").read_text())["command"] == "brainnet compare xor --seeds 1 --quick"


@pytest.mark.usefixtures("fast", "own_cache")
def test_where_nothing_can_be_written_the_results_are_printed(monkeypatch, capsys):
    monkeypatch.setattr(page, "save", full_disk)
    monkeypatch.setattr(store, "save", full_disk)
    assert main(["compare", "xor", "--seeds", "1", "--quick"]) == 2
    out, err = capsys.readouterr()
    rows = out.split("task,model,seed", 1)[1].strip().splitlines()
    assert [row.split(",")[:3] for row in rows[1:]] == [["xor", model.key, "0"] for model in ARTIFICIAL]
    assert "its results.csv are in the lines above and nowhere else" in err


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            MemoryError("Unable to allocate 9 TiB"),
            "the memory does not suffice (Unable to allocate 9 TiB): close other",
        ),
        (MemoryError(), "the memory does not suffice"),
        (FileNotFoundError(2, "No such file or directory"), "No such file or directory"),
        (PermissionError(13, "Permission denied", "/x"), "Permission denied: '/x'"),
    ],
)
def test_what_the_machine_cannot_do_is_one_line(monkeypatch, capsys, error, words):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(run, "compare", fail)
    assert main(["compare", "xor"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith("brainnet: error: ")
    assert words in said


@pytest.mark.parametrize("arguments", [["compare", "xor"], ["validate", "oja"], ["cache"], ["cache", "clear"]])
def test_a_current_folder_that_was_deleted_is_one_line(tmp_path, monkeypatch, capsys, arguments):
    monkeypatch.setenv("BRAINNET_CACHE", "relative")
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(arguments) == 2
    out, said = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"brainnet: error: .*the current folder was deleted: [^\n]+\n", said)


def test_sigterm_ends_a_command_as_an_interrupt_does_and_only_while_it_runs(monkeypatch, capsys):
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(run, "compare", lambda *_, **__: os.kill(os.getpid(), signal.SIGTERM))
    assert main(["compare", "xor"]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == "brainnet: interrupted; no report was written"
    assert not Path("reports").exists()
    assert signal.getsignal(signal.SIGTERM) == before


def test_seeds_count_from_zero(monkeypatch):
    asked = {}

    def stop(task, seeds, **kwargs):
        asked.update(task=task, seeds=list(seeds), **kwargs)
        raise BrainnetError("enough")

    monkeypatch.setattr(run, "compare", stop)
    assert main(["compare", "mnist", "--seeds", "3", "--data", "d.npz", "--workers", "2"]) == 2
    del asked["progress"]
    assert asked == {"task": "mnist", "seeds": [0, 1, 2], "data": Path("d.npz"), "n_workers": 2, "quick": False}


def test_list_shows_every_task_and_model():
    shown = command("list")
    assert shown.returncode == 0
    for name in ("xor", "bars", "digits", "mnist", *(model.key for model in models.MODELS)):
        assert name in shown.stdout.split()


def test_version_shows_what_matters_without_importing_it():
    code = "import sys; from brainnet.cli import main\ntry: main(['--version'])\nfinally: print(sorted(sys.modules))"
    shown = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    ).stdout
    versions, modules = shown.rsplit("\n", 2)[0], shown.rsplit("\n", 2)[1]
    names = {line.split()[0] for line in versions.splitlines()}
    assert {"brainnet", "python", "numpy", "scipy", "brian2", "scikit-learn", "matplotlib"} <= names
    assert not [name for name in ("brian2", "sklearn", "matplotlib", "scipy") if f"'{name}'" in modules]


@pytest.fixture
def simulators(tmp_path, monkeypatch):
    """A cache with one simulator."""
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path))
    folder = tmp_path / "simulators" / ("a" * 24)
    folder.mkdir(parents=True)
    (folder / "main").write_bytes(bytes(3_500_000))
    about = {"what": "inputs 784, excitatory 100", "brian2": "2.9.0", "compiler": "g++ 12"}
    (folder / "manifest.json").write_text(json.dumps({"about": about, "files": {"main": 3_500_000}}))
    os.utime(folder / "manifest.json", (864_000, 864_000))
    return folder.parent


@pytest.mark.parametrize("arguments", [["cache"], ["cache", "show"]])
def test_cache_shows_folder_size_limit_and_every_simulator(simulators, monkeypatch, capsys, arguments):
    monkeypatch.setenv("BRAINNET_CACHE_LIMIT_MB", "50")
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert str(simulators) in out
    assert "3.5 MB of 50 MB, simulators: 1" in out
    last = out.splitlines()[-1]
    for shown in ("inputs 784, excitatory 100", "3.5 MB", "1970-01-1", "2.9.0", "g++ 12"):
        assert shown in last


def test_cache_clear_says_what_it_freed(simulators, capsys):
    assert main(["cache", "clear"]) == 0
    assert capsys.readouterr().out == "simulators removed: 1, 3.5 MB freed\n"
    assert list(simulators.iterdir()) == []


def test_an_empty_cache_is_no_error(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path / "none"))
    assert main(["cache", "clear"]) == 0
    assert main(["cache"]) == 0
    assert "simulators: 0" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_a_limit_that_is_none_is_one_line(monkeypatch, capsys):
    monkeypatch.setenv("BRAINNET_CACHE_LIMIT_MB", "lots")
    assert main(["cache"]) == 2
    assert capsys.readouterr() == (
        "", "brainnet: error: BRAINNET_CACHE_LIMIT_MB must be a positive number of megabytes (got 'lots')\n"
    )  # fmt: skip


def test_help_names_every_option():
    shown = command("compare", "--help")
    assert shown.returncode == 0
    assert all(option in shown.stdout for option in ("--seeds", "--out", "--data", "--workers", "--quick"))


def test_a_reader_that_leaves_early_is_no_error():
    writer = f"PYTHONPATH={ROOT} {sys.executable} -m brainnet list"
    done = subprocess.run(["bash", "-c", f"{writer} | true; echo ${{PIPESTATUS[0]}}"], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("0\n", "")
