"""What training promises: it can be stopped at any moment and go on, and holds no more than a chunk."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from brainnet.cell import Cell
from brainnet.errors import BrainnetError
from brainnet.spiking import Presentation, SpikingClassifier, answers, competitive, frozen_fields
from brainnet.spiking.training import schedule, training

SHOWN = Presentation(input_ms=50.0, rest_ms=10.0, carry_over=True, min_spikes=2)
COMPETITIVE = competitive(neurons=8, epochs=2, presentation=SHOWN)
FIELDS = frozen_fields(neurons=20, epochs=2)
BOTH = pytest.mark.parametrize("cell", [COMPETITIVE, FIELDS], ids=["competitive", "fields"])


def some_patterns(count: int = 60) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    return rng.random((count, 16)), np.arange(count) % 3


def with_rule(cell: Cell, **settings) -> Cell:
    return replace(cell, rule=replace(cell.rule, **settings))


class StoppedError(Exception):
    """Raised in the middle of a training."""


def stop_at(calls: int):
    """Progress that gives up after so many chunks."""
    left = iter(range(calls, 0, -1))

    def progress(fraction: float, note: str) -> None:
        if next(left) == 1:
            raise StoppedError

    return progress


def assert_same(one: SpikingClassifier, other: SpikingClassifier, X: np.ndarray) -> None:
    """The same bytes in all that a training leaves."""
    for mine, others in zip(one.trained_weights_, other.trained_weights_, strict=True):
        assert mine.tobytes() == others.tobytes()
    assert one.curve_.tobytes() == other.curve_.tobytes()
    assert {name: values.tobytes() for name, values in one.history_.items()} == {
        name: values.tobytes() for name, values in other.history_.items()
    }
    assert one.n_presentations_ == other.n_presentations_
    assert one.predict_proba(X).tobytes() == other.predict_proba(X).tobytes()


@BOTH
@pytest.mark.parametrize("calls", [1, 4, 7])
def test_a_training_that_was_stopped_ends_as_if_it_had_not_been(cell, calls, tmp_path, monkeypatch):
    monkeypatch.setattr(training, "CHUNK", 16)
    monkeypatch.setattr(training, "SAVE_SECONDS", 0.0)
    X, y = some_patterns()
    whole = SpikingClassifier(cell, random_state=1).fit(X, y)
    path = tmp_path / "c.npz"
    with pytest.raises(StoppedError):
        SpikingClassifier(cell, random_state=1).fit(X, y, checkpoint=path, progress=stop_at(calls))
    again = SpikingClassifier(cell, random_state=1).fit(X, y, checkpoint=path)
    assert_same(again, whole, X)


KILLED = """
    import sys
    from tests.spiking.training import test_training
    from tests.spiking.training.test_training import SpikingClassifier, some_patterns, training
    training.SAVE_SECONDS, training.CHUNK = 0.0, 16
    X, y = some_patterns(400)
    told = lambda fraction, note: print(fraction, flush=True)
    cell = getattr(test_training, sys.argv[2])
    SpikingClassifier(cell, random_state=1, epochs=int(sys.argv[3])).fit(X, y, checkpoint=sys.argv[1], progress=told)
"""


@BOTH
@pytest.mark.parametrize(("epochs", "moments"), [(2, (0.1, 0.25)), (1, (0.2, 0.8))])
def test_killed_at_any_moment_and_resumed_it_ends_with_the_same_bytes(cell, epochs, moments, tmp_path, monkeypatch):
    path = tmp_path / "c.npz"
    name = "COMPETITIVE" if cell is COMPETITIVE else "FIELDS"
    code = [sys.executable, "-c", textwrap.dedent(KILLED), str(path), name, str(epochs)]
    for moment in moments:
        with subprocess.Popen(code, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": "."}) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if float(line) > moment:
                    break
            time.sleep(0.01)  # somewhere within a chunk or within a write
            process.send_signal(signal.SIGKILL)
    assert path.exists()
    monkeypatch.setattr(training, "CHUNK", 16)
    X, y = some_patterns(400)
    again = SpikingClassifier(cell, random_state=1, epochs=2).fit(X, y, checkpoint=path)
    assert_same(again, SpikingClassifier(cell, random_state=1, epochs=2).fit(X, y), X)
    assert [entry.name for entry in tmp_path.iterdir()] == ["c.npz"]  # neither locks nor halves of files


DRAWN = competitive(neurons=8, epochs=2, presentation=SHOWN, labelled=30)  # so that it matters which patterns are drawn
WITH_OTHER_EPOCHS = pytest.mark.parametrize("cell", [DRAWN, FIELDS], ids=["competitive", "fields"])


@pytest.fixture
def short_chunks(monkeypatch):
    """Four chunks of learning, two of labelling and two of measuring, each saved."""
    monkeypatch.setattr(training, "CHUNK", 16)
    monkeypatch.setattr(training, "SAVE_SECONDS", 0.0)
    monkeypatch.setattr(schedule, "MEASURED", 20)


@WITH_OTHER_EPOCHS
@pytest.mark.parametrize("calls", [*range(2, 9), 99])
def test_a_training_that_goes_on_with_more_epochs_ends_as_if_all_had_been_asked_for_at_once(
    cell, calls, tmp_path, short_chunks
):
    X, y = some_patterns()
    path = tmp_path / "c.npz"
    with suppress(StoppedError):
        SpikingClassifier(cell, epochs=1, random_state=1).fit(X, y, checkpoint=path, progress=stop_at(calls))
    assert path.exists()
    again = SpikingClassifier(with_rule(cell, epochs=3), random_state=1).fit(X, y, checkpoint=path)
    assert_same(again, SpikingClassifier(cell, epochs=3, random_state=1).fit(X, y), X)


@WITH_OTHER_EPOCHS
def test_epochs_can_be_added_again_and_again(cell, tmp_path, short_chunks):
    X, y = some_patterns()
    for epochs in (1, 2, 3):
        again = SpikingClassifier(cell, epochs=epochs, random_state=1).fit(X, y, checkpoint=tmp_path / "c.npz")
        assert_same(again, SpikingClassifier(cell, epochs=epochs, random_state=1).fit(X, y), X)


@WITH_OTHER_EPOCHS
@pytest.mark.parametrize("calls", [2, 5, 6, 7])
def test_fewer_epochs_than_were_begun_with_are_enough_if_no_more_were_learned_from(cell, calls, tmp_path, short_chunks):
    X, y = some_patterns()
    path = tmp_path / "c.npz"
    with pytest.raises(StoppedError):
        SpikingClassifier(cell, epochs=2, random_state=1).fit(X, y, checkpoint=path, progress=stop_at(calls))
    again = SpikingClassifier(cell, epochs=1, random_state=1).fit(X, y, checkpoint=path)
    assert_same(again, SpikingClassifier(cell, epochs=1, random_state=1).fit(X, y), X)


@WITH_OTHER_EPOCHS
@pytest.mark.parametrize("calls", [8, 99])
def test_fewer_epochs_than_a_checkpoint_has_begun_are_refused(cell, calls, tmp_path, short_chunks):
    X, y = some_patterns()
    path = tmp_path / "c.npz"
    with suppress(StoppedError):
        SpikingClassifier(cell, epochs=2, random_state=1).fit(X, y, checkpoint=path, progress=stop_at(calls))
    kept = path.read_bytes()
    with pytest.raises(BrainnetError, match=r"has gone on to epoch 2 \(got epochs=1\): ask for 2 or more"):
        SpikingClassifier(cell, epochs=1, random_state=1).fit(X, y, checkpoint=path)
    assert path.read_bytes() == kept


@BOTH
def test_without_a_random_state_a_training_goes_on_with_the_seed_that_it_began_with(
    cell, tmp_path, short_chunks, monkeypatch
):
    X, y = some_patterns()
    path, draws = tmp_path / "c.npz", iter([7, 7, 8, 9])
    monkeypatch.setattr("brainnet.spiking.classifier.seed_of", lambda random_state: next(draws))
    whole = SpikingClassifier(cell).fit(X, y)
    with pytest.raises(StoppedError):
        SpikingClassifier(cell).fit(X, y, checkpoint=path, progress=stop_at(3))
    for _ in range(2):  # from the middle, and from the end
        again = SpikingClassifier(cell).fit(X, y, checkpoint=path)
        assert_same(again, whole, X)
        assert again.model_.seed == 7


def test_a_second_training_on_the_same_path_is_refused(tmp_path):
    X, y = some_patterns()
    path, refusals = tmp_path / "c.npz", []
    (tmp_path / "link.npz").symlink_to("c.npz")

    def second(fraction: float, note: str) -> None:
        for name in (path, tmp_path / "link.npz"):
            with pytest.raises(BrainnetError, match="belongs to a training that runs") as caught:
                SpikingClassifier(FIELDS, random_state=1).fit(X, y, checkpoint=name)
            refusals.append(str(caught.value))

    SpikingClassifier(FIELDS, random_state=1).fit(X, y, checkpoint=path, progress=second)
    assert refusals
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["c.npz", "link.npz"]


@pytest.mark.parametrize("name", ["", ".", os.devnull, "missing/c.npz", "n" * 245])
def test_a_checkpoint_that_cannot_be_is_refused_before_anything_is_simulated(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(training, "simulate", None)
    X, y = some_patterns()
    with pytest.raises(BrainnetError) as caught:
        SpikingClassifier(FIELDS, random_state=1).fit(X, y, checkpoint=name)
    assert "delete" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_training_that_fails_at_once_leaves_no_checkpoint(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "simulate", None)
    X, y = some_patterns()
    with pytest.raises(TypeError):
        SpikingClassifier(FIELDS, random_state=1).fit(X, y, checkpoint=tmp_path / "c.npz")
    assert list(tmp_path.iterdir()) == []


def test_no_more_than_a_chunk_is_held_at_once(monkeypatch):
    monkeypatch.setattr(training, "CHUNK", 16)
    seen, simulate = [], training.simulate

    def watched(network, signals, *args, **kwargs):
        seen.append(max(len(values) for values in signals.values()))
        return simulate(network, signals, *args, **kwargs)

    for module in (training, answers):
        monkeypatch.setattr(module, "simulate", watched)
    X, y = some_patterns()
    SpikingClassifier(COMPETITIVE, random_state=1).fit(X, y)
    assert max(seen) == 16
    assert sum(seen) == 2 * 60 + 60 + 2 * 60  # learned from twice, labelled once, measured twice


def test_a_checkpoint_of_another_training_is_refused(tmp_path):
    X, y = some_patterns()
    path = tmp_path / "c.npz"
    SpikingClassifier(FIELDS, random_state=1).fit(X, y, checkpoint=path)
    others = (
        (SpikingClassifier(FIELDS, random_state=2), X, y),
        (SpikingClassifier(with_rule(FIELDS, decay=0.7), random_state=1), X, y),
        (SpikingClassifier(FIELDS, random_state=1), X[::-1], y),
        (SpikingClassifier(FIELDS, random_state=1), X, y[::-1]),
    )
    for classifier, patterns, labels in others:
        with pytest.raises(BrainnetError, match="belongs to another training"):
            classifier.fit(patterns, labels, checkpoint=path)


@pytest.mark.parametrize("keep", [0, 10, 200])
def test_a_checkpoint_cut_short_is_one_line(keep, tmp_path):
    X, y = some_patterns()
    path = tmp_path / "c.npz"
    SpikingClassifier(FIELDS, random_state=1).fit(X, y, checkpoint=path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BrainnetError, match=r"cannot be read .*: delete it"):
        SpikingClassifier(FIELDS, random_state=1).fit(X, y, checkpoint=path)


def test_a_checkpoint_that_cannot_be_written_is_one_line(tmp_path):
    X, y = some_patterns()
    with pytest.raises(BrainnetError, match=r"cannot be written .*name a file elsewhere"):
        SpikingClassifier(FIELDS, random_state=1).fit(X, y, checkpoint=tmp_path / "missing" / "c.npz")


def test_the_note_says_rate_and_time_left():
    notes = []
    X, y = some_patterns()
    SpikingClassifier(FIELDS, random_state=1).fit(X, y, progress=lambda fraction, note: notes.append((fraction, note)))
    assert notes[-1][0] == 1
    assert all("patterns/s" in note and "left" in note for _, note in notes)
