from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
import pytest

from brainnet import tasks
from brainnet.errors import BrainnetError
from brainnet.tasks import Task

SMALL = [name for name in tasks.NAMES if name != "mnist"]

DIGEST = """
import hashlib
from brainnet import tasks
for name in {names}:
    task = tasks.load(name, seed=3)
    print(hashlib.sha256(task.train.patterns.tobytes() + task.test.labels.tobytes()).hexdigest())
"""


def digest(task: Task) -> str:
    return hashlib.sha256(task.train.patterns.tobytes() + task.test.labels.tobytes()).hexdigest()


def splits(task: Task):
    return {"train": task.train, "validation": task.validation, "test": task.test}


def refusal(*arguments, **settings) -> str:
    with pytest.raises(BrainnetError) as caught:
        tasks.load(*arguments, **settings)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_every_task_has_a_one_line_description():
    assert tasks.NAMES == ("and", "or", "xor", "bars", "digits", "mnist")
    assert all(text and "\n" not in text for text in tasks.DESCRIPTIONS.values())


@pytest.mark.parametrize("name", SMALL)
def test_patterns_are_in_the_unit_interval_and_labels_point_to_classes(name):
    task = tasks.load(name)
    for examples in splits(task).values():
        assert examples.patterns.shape == (len(examples.labels), task.shape[0] * task.shape[1])
        assert examples.patterns.dtype == np.float64
        assert examples.patterns.min() >= 0
        assert examples.patterns.max() <= 1
        assert set(examples.labels) == set(range(len(task.classes)))


@pytest.mark.parametrize("name", SMALL)
def test_splits_share_no_pattern(name):
    rows = [{row.tobytes() for row in part.patterns} for part in splits(tasks.load(name)).values()]
    assert not rows[0] & rows[1]
    assert not rows[0] & rows[2]
    assert not rows[1] & rows[2]


@pytest.mark.parametrize("name", SMALL)
def test_arrays_are_read_only(name):
    for part in splits(tasks.load(name)).values():
        with pytest.raises(ValueError, match="read-only"):
            part.patterns[0, 0] = 0.5
        with pytest.raises(ValueError, match="read-only"):
            part.labels[0] = 0


@pytest.mark.parametrize("name", SMALL)
def test_one_seed_gives_one_task_and_another_seed_another(name):
    assert digest(tasks.load(name, seed=1)) == digest(tasks.load(name, seed=1))
    assert digest(tasks.load(name, seed=1)) != digest(tasks.load(name, seed=2))


def test_global_random_state_and_the_order_of_calls_change_nothing():
    np.random.seed(1)  # noqa: NPY002  the global state is what is tested
    before = {name: digest(tasks.load(name, seed=3)) for name in SMALL}
    np.random.seed(2)  # noqa: NPY002
    after = {name: digest(tasks.load(name, seed=3)) for name in reversed(SMALL)}
    assert before == after


def test_another_process_makes_the_same_tasks():
    program = DIGEST.format(names=SMALL)
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert found.split() == [digest(tasks.load(name, seed=3)) for name in SMALL]


def test_gates_of_one_seed_have_noise_of_their_own():
    assert not np.array_equal(tasks.load("and").train.patterns, tasks.load("or").train.patterns)


@pytest.mark.parametrize(("name", "near"), [("xro", "'xor'"), ("DIGITS", "'digits'"), ("minst", "'mnist'")])
def test_an_unknown_task_is_answered_with_the_nearest_and_the_list(name, near):
    message = refusal(name)
    assert f"unknown task {name!r}: did you mean {near}" in message
    assert ", ".join(tasks.NAMES) in message


@pytest.mark.parametrize("name", [None, 7, ["xor"], "", "a\nb", "x" * 1000])
def test_any_other_name_is_answered_in_one_short_line(name):
    message = refusal(name)
    assert message.startswith("unknown task")
    assert len(message) < 250


def test_an_unknown_parameter_is_answered_with_those_there_are():
    assert "'bars' parameter 'nosie': did you mean 'noise'" in refusal("bars", nosie=0.1)
    assert refusal("digits", copies=3).endswith("there are: none")


@pytest.mark.parametrize("seed", [-1, 1.5, "1", None, True])
def test_a_seed_is_a_whole_number_from_zero(seed):
    assert refusal("xor", seed=seed) == f"seed must be a whole number, 0 or more (got {seed!r})"


def test_numpy_integers_are_seeds_too():
    assert digest(tasks.load("xor", seed=np.int64(5))) == digest(tasks.load("xor", seed=5))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SMALL)
def test_only_mnist_reads_a_data_file(name):
    assert refusal(name, data="some.npz") == f"task {name!r} reads no data file (got 'some.npz'): leave it out"
