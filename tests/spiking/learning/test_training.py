"""What training promises: it can be stopped at any moment and go on, and holds no more than a chunk."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace

import numpy as np
import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking import CompetitiveLayer, FrozenFields, Presentation, SpikingClassifier
from brainnet.spiking.learning import training

SHOWN = Presentation(input_ms=50.0, rest_ms=10.0, carry_over=True, watched="excitatory", min_spikes=2)
COMPETITIVE = CompetitiveLayer(neurons=8, epochs=2, presentation=SHOWN)
FIELDS = FrozenFields(neurons=20, epochs=2)
BOTH = pytest.mark.parametrize("layer", [COMPETITIVE, FIELDS], ids=["competitive", "fields"])


def some_patterns(count: int = 60) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    return rng.random((count, 16)), np.arange(count) % 3


class StoppedError(Exception):
    """Raised in the middle of a training."""


def stop_at(calls: int):
    """Progress that gives up after so many chunks."""
    left = iter(range(calls, 0, -1))

    def progress(fraction: float, note: str) -> None:
        if next(left) == 1:
            raise StoppedError

    return progress


@BOTH
@pytest.mark.parametrize("calls", [1, 4, 7])
def test_a_training_that_was_stopped_ends_as_if_it_had_not_been(layer, calls, tmp_path, monkeypatch):
    monkeypatch.setattr(training, "CHUNK", 16)
    monkeypatch.setattr(training, "SAVE_SECONDS", 0.0)
    X, y = some_patterns()
    whole = SpikingClassifier(layer, random_state=1).fit(X, y)
    path = tmp_path / "c.npz"
    with pytest.raises(StoppedError):
        SpikingClassifier(layer, random_state=1).fit(X, y, checkpoint=path, progress=stop_at(calls))
    again = SpikingClassifier(layer, random_state=1).fit(X, y, checkpoint=path)
    for one, other in zip(again.trained_weights_, whole.trained_weights_, strict=True):
        assert one.tobytes() == other.tobytes()
    assert again.curve_.tobytes() == whole.curve_.tobytes()
    assert again.n_presentations_ == whole.n_presentations_
    assert again.predict_proba(X).tobytes() == whole.predict_proba(X).tobytes()


KILLED = """
    import sys
    from tests.spiking.learning.test_training import COMPETITIVE, SpikingClassifier, some_patterns, training
    training.SAVE_SECONDS, training.CHUNK = 0.0, 16
    X, y = some_patterns(400)
    told = lambda fraction, note: print(fraction, flush=True)
    SpikingClassifier(COMPETITIVE, random_state=1).fit(X, y, checkpoint=sys.argv[1], progress=told)
"""


def test_killed_at_any_moment_and_resumed_it_ends_with_the_same_bytes(tmp_path, monkeypatch):
    path = tmp_path / "c.npz"
    code = [sys.executable, "-c", textwrap.dedent(KILLED), str(path)]
    for moment in (0.1, 0.25):
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
    again = SpikingClassifier(COMPETITIVE, random_state=1).fit(X, y, checkpoint=path)
    whole = SpikingClassifier(COMPETITIVE, random_state=1).fit(X, y)
    assert again.trained_weights_[1].tobytes() == whole.trained_weights_[1].tobytes()
    assert again.predict_proba(X).tobytes() == whole.predict_proba(X).tobytes()


def test_no_more_than_a_chunk_is_held_at_once(monkeypatch):
    monkeypatch.setattr(training, "CHUNK", 16)
    seen = []
    simulate = training.simulate
    monkeypatch.setattr(training, "simulate", lambda network, signals, *a, **k: seen.append(
        max(len(values) for values in signals.values())) or simulate(network, signals, *a, **k))  # fmt: skip
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
        (SpikingClassifier(replace(FIELDS, decay=0.7), random_state=1), X, y),
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
