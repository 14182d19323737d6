"""A comparison runs every trial in a process of its own, with the same outcome however many there are."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import standins

from brainnet.comparison import run, store
from brainnet.comparison.run import Trial, compare, in_order
from brainnet.comparison.trial import attempt, blind
from brainnet.errors import BrainnetError
from brainnet.measures import accuracy
from brainnet.tasks import Task

MODELS = (standins.CHANCE, standins.PROTOTYPES, standins.SPIKING)
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def two_workers():
    return compare("digits", seeds=range(5), models=MODELS, n_workers=2)


def test_rows_come_by_model_then_seed(two_workers):
    assert [(row.model, row.seed) for row in two_workers.rows] == [(m.key, s) for m in MODELS for s in range(5)]
    assert [(t.model, t.seed) for t in two_workers.timings] == [(row.model, row.seed) for row in two_workers.rows]


def test_results_do_not_depend_on_the_number_of_workers(two_workers):
    alone = compare("digits", seeds=range(5), models=MODELS, n_workers=1)
    assert store.to_csv(alone.rows) == store.to_csv(two_workers.rows)


def test_what_models_say_in_training_comes_with_their_name_and_seed(two_workers):
    found = compare("digits", seeds=(0, 3), models=(standins.CHANCE, standins.model(standins.guessing)), n_workers=1)
    assert found.warnings == tuple(f"Prototypes, seed {seed}: it has not learned" for seed in (0, 3))
    assert store.summary(found)["warnings"] == list(found.warnings)
    assert not two_workers.warnings


def test_confusions_hold_every_test_pattern_of_every_seed(two_workers):
    for model in MODELS:
        counts = np.sum(two_workers.arrays[model.key]["confusion"], axis=0)
        assert counts.sum() == 5 * 360
        assert np.trace(counts) / counts.sum() == pytest.approx(two_workers.score(model.key).mean)


def test_only_spiking_models_are_recorded_and_with_the_first_seed_alone(two_workers):
    assert [two_workers.first(model.key, "shown") is not None for model in MODELS] == [False, False, True]
    assert two_workers.arrays["spiking"]["shown"][1:] == (None,) * 4


def own(seed: int) -> Task:
    """A task of one's own, which each seed splits anew."""
    return standins.small_task(seed)


@pytest.mark.parametrize("quick", [False, True])
def test_a_task_of_one_s_own_is_compared_as_one_with_a_name(quick):
    found = compare(own, seeds=[0, 1], models=MODELS, n_workers=1, quick=quick)
    assert [(row.task, row.seed) for row in found.rows] == [("small", 0), ("small", 1)] * len(MODELS)
    by_hand = [attempt(standins.PROTOTYPES, blind(own(seed)), seed).predictions for seed in (0, 1)]
    right = [accuracy(answers, own(seed).test.labels) for seed, answers in enumerate(by_hand)]
    assert found.accuracies("sigmoid-backprop").tolist() == right
    assert "small" in found.command
    assert not found.one_split


def test_a_task_that_is_given_has_the_same_splits_for_all_seeds():
    found = compare(own(3), seeds=[0, 1], models=[standins.CHANCE], n_workers=1)
    assert found.one_split
    assert len(set(found.accuracies("chance"))) == 1


def test_progress_grows_to_the_end():
    seen = []
    compare("digits", seeds=[0], models=MODELS, n_workers=1, progress=lambda t: seen.append((t.fraction, t.done)))
    assert seen == sorted(seen)
    assert seen[-1] == (pytest.approx(1.0), 3)


def test_quick_runs_fewer_patterns():
    quick = compare("digits", seeds=[0], models=[standins.CHANCE], quick=True)
    assert (quick.task.n_train, quick.task.n_test) == (500, 200)
    assert quick.command == "brainnet compare digits --seeds 1 --quick"


def test_the_first_seed_of_every_model_comes_first_and_then_the_longest():
    trials = [Trial("digits", model, seed) for model in MODELS for seed in (0, 1)]
    order = [(trial.model.key, trial.seed) for trial in in_order(trials)]
    names = ["spiking", "sigmoid-backprop", "chance"]
    assert order == [(name, seed) for seed in (0, 1) for name in names]


def test_a_process_that_dies_is_one_line_that_names_the_trial():
    with pytest.raises(BrainnetError, match=r"^sigmoid-backprop on digits, seed 1: .* SIGKILL.*--workers 1$"):
        compare("digits", seeds=[0, 1], models=[standins.model(standins.killed)], n_workers=2)


def test_an_error_of_the_user_keeps_its_words_and_gains_the_trial():
    with pytest.raises(BrainnetError, match=r"^sigmoid-backprop on digits, seed 0: rate must be below"):
        compare("digits", seeds=[0], models=[standins.model(standins.refusing)])


def test_a_fault_in_a_model_is_one_line_with_its_traceback_as_the_cause():
    with pytest.raises(BrainnetError, match=r"seed 0: ZeroDivisionError: line one line two$") as caught:
        compare("digits", seeds=[0], models=[standins.model(standins.broken)])
    assert "in broken" in str(caught.value.__cause__)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"seeds": []}, "seeds must be one or more"),
        ({"seeds": [1, 1]}, "different"),
        ({"models": []}, "no model"),
        ({"n_workers": 0}, r"workers must be a whole number, 1 or more \(got 0\)"),
        ({"task": "digit"}, "digits"),
        ({"task": 3}, r"takes the name of a task, a Task, or what makes one \(got 3\)"),
        ({"task": standins.small_task(), "data": "x.npz"}, "goes with a task by name alone"),
        ({"data": "/nowhere.npz"}, "reads no data file"),
    ],
)
def test_what_cannot_be_run_is_refused_before_any_process_starts(monkeypatch, wrong, message):
    monkeypatch.setattr(run.workers, "run_all", pytest.fail)
    with pytest.raises(BrainnetError, match=message):
        compare(**{"task": "digits", "models": [standins.CHANCE], **wrong})


def test_workers_have_one_blas_thread_each_and_the_parent_keeps_its_own(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    job = run.workers.Job("job", standins.threads, tuple)
    assert run.workers.run_all([job], 1, heard=lambda *_: None, tick=lambda: None) == ["1"]
    assert os.environ["OMP_NUM_THREADS"] == "7"


SCRIPT = """
import sys, standins
from brainnet.comparison.run import compare
def job():
    print(compare("xor", [0, 1], [standins.PROTOTYPES], n_workers=int(sys.argv[1])).task.name)
"""


def ran(folder: Path, text: str, workers: int) -> subprocess.CompletedProcess[str]:
    (folder / "script.py").write_text(text)
    path = os.pathsep.join([str(HERE), str(HERE.parent.parent)])
    command = [sys.executable, str(folder / "script.py"), str(workers)]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_script_without_a_guard_is_told_the_cure_and_the_cure_works(tmp_path, workers):
    unguarded = ran(tmp_path, f"{SCRIPT}job()\n", workers)
    assert unguarded.returncode == 1
    last = unguarded.stderr.splitlines()[-1]
    assert last.endswith('put the call below the line if __name__ == "__main__":')
    assert unguarded.stderr.count("Traceback") == 1  # the parent's own, and none of a worker's
    assert "--workers" not in unguarded.stderr
    guarded = ran(tmp_path, f'{SCRIPT}if __name__ == "__main__":\n    job()\n', workers)
    assert (guarded.returncode, guarded.stdout, guarded.stderr) == (0, "xor\n", "")


def test_a_script_that_cannot_be_imported_is_not_told_to_use_fewer_workers(tmp_path):
    broken = 'if __name__ != "__main__":\n    raise ZeroDivisionError("as it is imported")\n'
    done = ran(tmp_path, f'{broken}{SCRIPT}if __name__ == "__main__":\n    job()\n', 1)
    assert "ZeroDivisionError: as it is imported" in done.stderr
    assert done.stderr.splitlines()[-1].endswith("status 1 and no result: mend what it printed before it ended")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_a_comparison_ends_its_processes_end_with_it(tmp_path, ending):
    script = tmp_path / "script.py"
    script.write_text(
        "import sys, standins\n"
        "from brainnet.comparison.run import compare\n"
        "if __name__ == '__main__':\n"
        f"    compare('digits', [0, 1], [standins.model(standins.Endless({str(tmp_path)!r}))], n_workers=2)\n"
    )
    path = os.pathsep.join([str(HERE), str(HERE.parent.parent)])
    process = subprocess.Popen([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": path}, stderr=-3)
    until(lambda: len(list(tmp_path.glob("*.pid"))) == 4)
    process.send_signal(ending)
    assert process.wait(20) != 0
    children = [int(file.stem) for file in tmp_path.glob("*.pid")]
    until(lambda: not any(alive(pid) for pid in children))


def until(condition, seconds=20.0):
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds, "it never happened"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
