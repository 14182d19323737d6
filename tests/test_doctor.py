"""The doctor: says what fails and how to mend it, and gives up only where nothing works or nothing can be trusted."""

from time import sleep
from types import SimpleNamespace

import numpy as np
import pytest

from brainnet import doctor
from brainnet.cli import main
from brainnet.errors import BrainnetError
from brainnet.spiking.simulator import cache
from brainnet.tasks import mnist

GOOD = np.full((doctor.PATTERNS, 20), 3.0)
OTHER = np.where(np.arange(20) == 7, 4.0, GOOD)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """No data file of this computer is found, and none is fetched."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.delenv("BRAINNET_MNIST", raising=False)
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(mnist, "_fetch", lambda: pytest.fail("it was downloaded"))


@pytest.fixture
def backends(monkeypatch):
    """Backends that answer at once, with these counts or errors."""
    answers: dict[str, np.ndarray | Exception] = {"standalone": GOOD, "numpy": GOOD}

    def answered(*_, backend, **__):
        answer = answers[backend]
        if isinstance(answer, Exception):
            raise answer
        return SimpleNamespace(counts={"hidden": answer})

    monkeypatch.setattr(doctor, "simulate", answered)
    monkeypatch.setattr(cache, "compiler", lambda: "/bin/true")
    monkeypatch.setattr(cache, "simulator", lambda _: None)
    return answers


def facts(capsys) -> dict[str, str]:
    """What was said, by name."""
    lines = capsys.readouterr().out.splitlines()
    return {line[: doctor.WIDTH].strip(): line[doctor.WIDTH :] for line in lines}


@pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
def test_here_both_backends_agree_on_spikes(capsys):
    assert main(["doctor"]) == 0
    said = facts(capsys)
    assert said["verdict"].startswith("agree")
    for backend in ("standalone", "numpy"):
        assert said[f"backend {backend}"].startswith("works")
        assert " 0 spikes" not in said[f"backend {backend}"]
    packages = ("numpy", "scipy", "brian2", "scikit-learn", "matplotlib")
    for name in ("brainnet", "python", *packages, "processors", "C++ compiler"):
        assert said[name]
    assert not any("FAILS" in text for text in said.values())


@pytest.mark.usefixtures("backends")
def test_missing_data_are_named_with_a_cure_and_not_fetched(capsys):
    assert main(["doctor"]) == 0
    said = facts(capsys)["MNIST"]
    assert said.startswith("not found")
    assert "--data" in said


@pytest.mark.usefixtures("backends")
@pytest.mark.parametrize("place", ["variable", "data", "../data", "../shared/data", "cache"])
def test_data_are_found_where_the_task_finds_them(place, tmp_path, monkeypatch, capsys):
    folder = tmp_path / "cache" if place in ("variable", "cache") else tmp_path / "here" / place
    folder.mkdir(parents=True)
    (folder / "mnist.npz").touch()
    if place == "variable":
        monkeypatch.setenv("BRAINNET_MNIST", str(folder / "mnist.npz"))
    asked = []
    monkeypatch.setattr(mnist, "read", lambda path, _: asked.append(path))
    assert main(["doctor"]) == 0
    mnist._find(None)
    assert asked[0] == asked[1]
    assert facts(capsys)["MNIST"] == f"found, {asked[0]}"


def test_damaged_data_are_one_line(backends, tmp_path, monkeypatch, capsys):
    (tmp_path / "bad.npz").write_text("no zip")
    monkeypatch.setenv("BRAINNET_MNIST", str(tmp_path / "bad.npz"))
    assert main(["doctor"]) == 0
    assert facts(capsys)["MNIST"].startswith("FAILS: the MNIST file")


def test_without_a_compiler_numpy_will_do(backends, monkeypatch, capsys):
    monkeypatch.setattr(cache, "compiler", lambda: None)
    backends["standalone"] = AssertionError("it was tried")
    assert main(["doctor"]) == 0
    said = facts(capsys)
    assert "install one" in said["C++ compiler"]
    assert said["backend standalone"].startswith("not tried")
    assert said["verdict"] == "usable, on one backend only: numpy"


@pytest.mark.usefixtures("backends")
def test_a_cache_that_cannot_be_written_is_said_with_its_cure(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path / "file"))
    assert main(["doctor"]) == 0
    said = facts(capsys)["cache"]
    assert said.startswith("FAILS")
    assert "set BRAINNET_CACHE" in said


def test_one_spike_more_is_a_difference_and_status_2(backends, capsys):
    backends["standalone"] = OTHER
    assert main(["doctor"]) == 2
    out, err = capsys.readouterr()
    assert out.splitlines()[-1].split() == ["verdict", "DIFFER"]
    assert err.startswith("brainnet: error: ")


def test_no_backend_is_status_2(backends, capsys):
    backends |= {"standalone": BrainnetError("the disk is full"), "numpy": AttributeError("ptp\nis gone")}
    assert main(["doctor"]) == 2
    said = facts(capsys)
    assert said["backend standalone"] == "FAILS: the disk is full"
    assert said["backend numpy"].startswith("FAILS: AttributeError: ptp is gone; install brainnet again")
    assert said["verdict"] == "UNUSABLE"


@pytest.mark.usefixtures("backends")
def test_what_takes_long_says_so_on_stderr(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(doctor, "_vectors", lambda: sleep(0.3) or "")
    assert main(["doctor"]) == 0
    assert "still at work on: vectors" in capsys.readouterr().err
