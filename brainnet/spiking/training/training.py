"""Training of a spiking network: chunk after chunk, so that it can stop after any of them and go on later.

An epoch learns from every training pattern, then measures accuracy. The last one labels the neurons in between, if the
network is of the kind that learns without labels.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from brainnet import __version__, counter
from brainnet.cell import Cell
from brainnet.data.scaling import Scaling
from brainnet.errors import BrainnetError
from brainnet.order import presentation_order
from brainnet.spiking.answers import respond
from brainnet.spiking.build import Built, build
from brainnet.spiking.simulator import CHUNK, Backend, resolved, simulate
from brainnet.spiking.training.checkpoint import TrainingState, load, reserved, save, try_to_save
from brainnet.spiking.training.schedule import MEASURED, Pace, Phase, Progress, in_common, schedule

SAVE_SECONDS = 10.0
ROOM, MOST_LIVE = 2**26, 16  # a checkpoint has fewer bytes than ROOM, and MOST_LIVE for each that learns


@dataclass(frozen=True)
class Patterns:
    """Patterns, (pattern, value), of any range, with their labels, (pattern,), as indices of classes.

    They are scaled to [0, 1] a chunk at a time, so that no second copy of them is held.
    """

    values: np.ndarray
    labels: np.ndarray
    scaling: Scaling

    def __len__(self) -> int:
        return len(self.values)

    def some(self, chosen: np.ndarray) -> np.ndarray:
        """The chosen patterns in [0, 1]."""
        return self.scaling(self.values[chosen])


class Training:
    """One training of a fitted cell, from its seed. `held_out` measures the curve and does nothing else."""

    backend: Backend

    def __init__(
        self, cell: Cell, given: Patterns, held_out: Patterns | None, n_classes: int, epochs: int, seed: int,
        backend: Backend,
    ) -> None:  # fmt: skip
        self.cell, self.given, self.held_out = cell, given, held_out
        self.n_classes, self.epochs, self.backend = n_classes, epochs, backend
        self._draw(seed)
        self.schedule = self._schedule(epochs)

    def _draw(self, seed: int) -> None:
        n_values, rng = self.given.values.shape[1], np.random.default_rng(seed)
        self.seed, self.built = seed, build(self.cell, n_values, self.n_classes, rng)

    @property
    def readout(self) -> Any:
        """How spikes become answers."""
        return self.cell.rule.readout

    def run(self, progress: Progress, checkpoint: Path | None = None, any_seed: bool = False) -> TrainingState:
        """Train, from the checkpoint if it is there; it is written again every few seconds and at the end.

        With `any_seed` the checkpoint's seed takes the place of this training's.
        """
        if checkpoint is None:
            return self._go_on(self._begin(""), progress, None)
        with reserved(checkpoint):
            if found := self._found(checkpoint, any_seed):
                save(checkpoint, found)  # what cannot be written is better found out now than later
            else:
                found = self._begin(self._name())
                try_to_save(checkpoint, found)
            return self._go_on(found, progress, checkpoint)

    def pass_over(self, built: Built, state: Mapping[str, np.ndarray], epoch: int) -> TrainingState:
        """Learn for one epoch, from that state of a network of the cell, and label its neurons anew."""
        self.built = built
        reached = replace(self._begin(""), state=dict(state))
        self._enter(reached, next(n for n, phase in enumerate(self.schedule) if phase.epoch == epoch))
        while self.schedule[reached.phase].kind != "measure":
            self._advance(reached)
        return reached

    def _go_on(self, reached: TrainingState, progress: Progress, checkpoint: Path | None) -> TrainingState:
        pace, saved = Pace(self.schedule, reached, progress), time.monotonic()
        while reached.phase < len(self.schedule):
            self._advance(reached)
            pace.tell(reached)
            due = time.monotonic() - saved > SAVE_SECONDS or reached.phase == len(self.schedule)
            if checkpoint is not None and due:
                save(checkpoint, reached)
                saved = time.monotonic()
        return reached

    def _begin(self, name: str) -> TrainingState:
        sums, members = self._nothing()
        return TrainingState(name, self.seed, self.epochs, dict(self.built.first), sums, members)

    def _found(self, checkpoint: Path, any_seed: bool) -> TrainingState | None:
        """Where the checkpoint stands, in this training's schedule; None without one. Raises `BrainnetError`."""
        chunks = self.epochs * -(-len(self.given) // CHUNK)
        learning = [*self.built.first.values(), np.broadcast_to(0.0, (chunks, 3 + 2 * len(self.built.first)))]
        reached = load(checkpoint, ROOM + MOST_LIVE * sum(array.nbytes for array in learning))
        if reached is None:
            return None
        if any_seed and reached.seed != self.seed:
            self._draw(reached.seed)
        if (reached.training, reached.seed) != (self._name(), self.seed):
            raise BrainnetError(
                f"the checkpoint {str(checkpoint)!r} belongs to another training (patterns, settings, seed or versions "
                "differ): delete it, or name another file"
            )
        self._rewind(reached, checkpoint)
        return reached

    def _rewind(self, reached: TrainingState, checkpoint: Path) -> None:
        """Go back to where a schedule of other epochs parts from this one: what came then was labelled otherwise.

        Nothing is learned when neurons are labelled or accuracy is measured, so the state is that of before.
        """
        theirs, passed = self._schedule(reached.epochs), reached.phase + (reached.position > 0)
        same = in_common(theirs, self.schedule)
        learned = [phase.epoch + 1 for phase in theirs[same:passed] if phase.kind == "learn"]
        if learned:
            raise BrainnetError(
                f"the checkpoint {str(checkpoint)!r} has gone on to epoch {learned[-1]} (got epochs={self.epochs}): "
                f"ask for {learned[-1]} or more, or name another file"
            )
        reached.epochs = self.epochs
        if passed > same:
            reached.readout = reached.learned
            reached.curve = reached.curve[: sum(phase.kind == "measure" for phase in theirs[:same])]
            self._enter(reached, same)

    def _enter(self, reached: TrainingState, phase: int) -> None:
        reached.phase, reached.position, reached.hits = phase, 0, 0
        reached.sums, reached.members = self._nothing()

    def _nothing(self) -> tuple[np.ndarray, np.ndarray]:
        """Sums and members at the beginning of a phase."""
        return np.zeros((self.n_classes, 0)), np.zeros(self.n_classes, int)

    def _schedule(self, epochs: int) -> tuple[Phase, ...]:
        count, shown = len(self.given), None if self.held_out is None else len(self.held_out)
        return schedule(epochs, count, self.readout.patterns_to_label(count), shown)

    def _advance(self, reached: TrainingState) -> None:
        """Show one chunk, and end the phase if it was the last."""
        phase = self.schedule[reached.phase]
        chunk = np.arange(reached.position, min(reached.position + CHUNK, phase.count))
        {"learn": self._learn, "label": self._label, "measure": self._measure}[phase.kind](reached, phase, chunk)
        reached.position += len(chunk)
        if reached.position < phase.count:
            return
        if phase.kind == "measure":
            point = ((phase.epoch + 1) * len(self.given), reached.hits / phase.count)
            reached.curve = np.vstack([reached.curve, point])
        else:
            reached.readout = self.readout.assigned(reached.sums, reached.members)
            reached.learned = reached.readout if phase.kind == "learn" else reached.learned
        self._enter(reached, reached.phase + 1)

    def _learn(self, reached: TrainingState, phase: Phase, chunk: np.ndarray) -> None:
        chosen = presentation_order(self.seed, phase.epoch, len(self.given))[chunk]
        patterns, labels = self.given.some(chosen), self.given.labels[chosen]
        keys = counter.keys_by_position(self.seed, phase.epoch * len(self.given) + chunk[0], len(chunk))
        network, signals = self.built.network(phase.epoch), self.built.signals(patterns, labels, keys)
        answer = simulate(network, signals, reached.state, keys, learn=True, backend=self.backend)
        reached.state = answer.state
        moments = [value for name in sorted(self.built.first) for value in _moments(answer.state[name])]
        row = np.array([[phase.epoch * len(self.given) + chunk[-1] + 1, answer.presentations, answer.spikes, *moments]])
        reached.history = np.vstack([reached.history, row]) if reached.history.size else row
        self._tally(reached, answer.counts, labels)

    def history(self, reached: TrainingState) -> dict[str, np.ndarray]:
        """What went on while the network learned, by name, (chunk,): patterns seen, presentations and spikes of the
        chunk, mean and standard deviation of each learned quantity after it."""
        names = [f"{name} {moment}" for name in sorted(self.built.first) for moment in ("mean", "sd")]
        return dict(zip(("patterns", "presentations", "spikes", *names), reached.history.T, strict=True))

    def on_training(self, reached: TrainingState) -> tuple[float, np.ndarray]:
        """Accuracy on training patterns in the end, and the labels of these: the curve's last point, or, where others
        measure the curve, that of a chunk."""
        most = MEASURED if self.held_out is None else CHUNK
        chosen = presentation_order(self.seed, self.epochs, len(self.given))[:most]
        labels = self.given.labels[chosen]
        if self.held_out is None:
            return float(reached.curve[-1, 1]), labels
        scores = self._scores(reached, self.given, chosen)
        return float(np.mean(scores.argmax(axis=1) == labels)), labels

    def _label(self, reached: TrainingState, phase: Phase, chunk: np.ndarray) -> None:
        chosen = self._drawn(phase)[chunk]
        self._tally(reached, self._respond(reached, self.given, chosen), self.given.labels[chosen])

    def _measure(self, reached: TrainingState, phase: Phase, chunk: np.ndarray) -> None:
        shown, chosen = self.held_out, chunk
        if shown is None:
            shown, chosen = self.given, self._drawn(phase)[chunk]
        scores = self._scores(reached, shown, chosen)
        reached.hits += int((scores.argmax(axis=1) == shown.labels[chosen]).sum())

    def _scores(self, reached: TrainingState, shown: Patterns, chosen: np.ndarray) -> np.ndarray:
        return self.readout.scores(self._respond(reached, shown, chosen), reached.readout, self.n_classes)

    def _drawn(self, phase: Phase) -> np.ndarray:
        """Training patterns in the order of the epoch to come: the same whether it comes or not."""
        return presentation_order(self.seed, phase.epoch + 1, len(self.given))

    def _respond(self, reached: TrainingState, shown: Patterns, chosen: np.ndarray) -> dict[str, np.ndarray]:
        return respond(self.built, reached.state, shown.some(chosen), self.seed, self.backend)

    def _tally(self, reached: TrainingState, counts: dict[str, np.ndarray], labels: np.ndarray) -> None:
        """Add the spikes that tell the classes of neurons to the sums of their patterns' classes."""
        spikes, classes = self.readout.tallied(counts), np.eye(self.n_classes)[labels]
        reached.sums = reached.sums + classes.T @ spikes if reached.sums.size else classes.T @ spikes
        reached.members = reached.members + classes.sum(axis=0).astype(int)

    def _name(self) -> str:
        """A digest of all that decides the outcome, but for the seed and the number of epochs."""
        digest = hashlib.blake2b(digest_size=16)
        for patterns in filter(None, (self.given, self.held_out)):
            for values in (patterns.values, patterns.labels, patterns.scaling.low, patterns.scaling.high):
                digest.update(f"{values.shape} {values.dtype}".encode())
                digest.update(np.ascontiguousarray(values).view(np.uint8).data)
        versions = [__version__, *(metadata.version(name) for name in ("brian2", "numpy"))]
        cell = replace(self.cell, rule=replace(self.cell.rule, epochs=1))  # its own number is for where none is given
        digest.update(repr((versions, cell, self.n_classes, resolved(self.backend), CHUNK)).encode())
        return digest.hexdigest()


def _moments(values: np.ndarray) -> tuple[float, float]:
    return float(values.mean(dtype=float)), float(values.std(dtype=float))
