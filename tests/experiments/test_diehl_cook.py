"""The experiment's rows, table and figures, on a task of random patterns."""

import importlib.util
import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from brainnet import tasks

FOLDER = Path(__file__).parents[2] / "experiments"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    spec = importlib.util.spec_from_file_location("diehl_cook", FOLDER / "diehl_cook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "diehl_cook", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def task():
    rng = np.random.default_rng(0)
    return tasks.from_arrays("noise", rng.random((200, 16)), np.arange(200) % 2)


def rows(script, accuracies):
    return [asdict(script.Setting(seed=i)) | {
        "accuracy": a, "versions": {"numpy": "2"}, "train_seconds": 60.0, "test_seconds": 5.0, "history": None,
    } for i, a in enumerate(accuracies)]  # fmt: skip


def test_a_row_holds_its_setting_and_can_be_written(script, task):
    setting = script.Setting(neurons=10, patterns=100)
    row = script.run(setting, task, tell=False)
    assert script.Setting(**{name: row[name] for name in asdict(setting)}) == setting
    assert 0 <= row["accuracy"] <= 1
    assert row["presentations"] >= 100
    assert json.loads(json.dumps(row)) == row


def test_what_has_been_run_is_not_run_again(script, task, tmp_path, monkeypatch):
    setting = script.Setting()
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / f"{setting.name}.json").write_text(json.dumps(rows(script, [0.8])[0]))
    monkeypatch.setattr(script, "run", lambda *_: pytest.fail("run again"))
    script.complete([setting], task, tmp_path)


def test_the_table_shows_every_seed_and_the_mean(script):
    text = script.table(rows(script, [0.8, 0.82, 0.81]))
    assert "| 100 | 1 | 3 | 81.00 |" in text
    assert "80.00, 82.00, 81.00" in text
    assert "--neurons 100 --passes 1 --seeds 3" in text


def test_other_steps_and_methods_stay_out_of_the_table(script):
    other = [row | {"dt_ms": 0.25} for row in rows(script, [0.5])]
    assert "| 100 | 1 | 1 | 80.00 |" in script.table(rows(script, [0.8]) + other)


def test_a_simulation_that_diverges_is_a_result(script, task, monkeypatch):
    def diverges(*_, **__):
        raise script.BrainnetError("excitatory.theta is no longer finite after learning")

    monkeypatch.setattr(script.SpikingClassifier, "fit", diverges)
    assert script.run(script.Setting(), task, tell=False)["accuracy"] is None
