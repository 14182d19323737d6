"""Training of a spiking network: chunk after chunk, so that it can stop after any of them and go on later.

An epoch learns from every training pattern, then measures accuracy. The last one labels the neurons in between, if the
network is of the kind that learns without labels.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import numpy as np

from brainnet import __version__
from brainnet.order import presentation_order
from brainnet.spiking.learning.checkpoint import Standing, load, save
from brainnet.spiking.network import CompetitiveLayer, FrozenFields
from brainnet.spiking.simulator import CHUNK, Backend, noise, resolved, simulate

Layer = FrozenFields | CompetitiveLayer
Progress = Callable[[float, str], None]  # fraction done, and what is happening
MEASURED = 10_000  # training patterns that measure the curve, at most, where there are no others
SAVE_SECONDS = 10.0


@dataclass(frozen=True)
class Patterns:
    """Patterns, (pattern, input), of any range, with their labels, (pattern,), as indices of classes.

    They are scaled to [0, 1] a chunk at a time, so that no second copy of them is held.
    """

    values: np.ndarray
    labels: np.ndarray
    low: float
    high: float

    def __len__(self) -> int:
        return len(self.values)

    def some(self, chosen: np.ndarray) -> np.ndarray:
        """The chosen patterns in [0, 1]."""
        return scaled(self.values[chosen], self.low, self.high)


def scaled(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Values with `low` at 0 and `high` at 1, clipped there."""
    return np.clip((values - low) / (high - low if high > low else 1.0), 0.0, 1.0)


@dataclass(frozen=True)
class Trained:
    """What answers patterns: state that learned, state that did not, and the seed of the noise."""

    state: dict[str, np.ndarray]
    frozen: dict[str, np.ndarray]
    n_classes: int
    seed: int


def respond(layer: Layer, patterns: np.ndarray, trained: Trained, backend: Backend) -> dict[str, np.ndarray]:
    """Spike counts of a trained network, which stays as it is, for patterns in [0, 1]."""
    network = layer.network(patterns.shape[1], trained.n_classes)
    signals = layer.signals(patterns, None, trained.frozen, network)
    keys = noise.keys_by_content(trained.seed, patterns)
    return simulate(network, signals, trained.state, keys, learn=False, backend=backend).counts


@dataclass(frozen=True)
class Phase:
    """A stretch of the schedule: `count` patterns shown in order to learn, to label neurons, or to measure."""

    kind: Literal["learn", "label", "measure"]
    epoch: int
    count: int


class Training:
    """One training, from its seed. `held_out` measures the curve and does nothing else."""

    backend: Backend

    def __init__(
        self, layer: Layer, given: Patterns, held_out: Patterns | None, n_classes: int, epochs: int, seed: int,
        backend: Backend,
    ) -> None:  # fmt: skip
        self.layer, self.given, self.held_out = layer, given, held_out
        self.n_classes, self.epochs, self.seed, self.backend = n_classes, epochs, seed, backend
        mean = scaled(given.values.mean(axis=0), given.low, given.high)
        self.frozen, self.first_state = layer.begin(mean, n_classes, np.random.default_rng(seed))
        self.schedule = self._schedule()

    def run(self, progress: Progress, checkpoint: Path | None = None) -> Standing:
        """Train, from the checkpoint if it is there; it is written again every few seconds and at the end."""
        name = self._name() if checkpoint is not None else ""
        standing = (load(checkpoint, name) if checkpoint is not None else None) or self._begin()
        pace, saved = _Pace(self.schedule, standing, progress), time.monotonic()
        while standing.phase < len(self.schedule):
            self._advance(standing)
            pace.tell(standing)
            due = time.monotonic() - saved > SAVE_SECONDS or standing.phase == len(self.schedule)
            if checkpoint is not None and due:
                save(checkpoint, standing, name)
                saved = time.monotonic()
        return standing

    def _begin(self) -> Standing:
        return Standing(dict(self.first_state), {}, np.zeros((self.n_classes, 0)), np.zeros(self.n_classes, int))

    def _schedule(self) -> tuple[Phase, ...]:
        count, phases = len(self.given), []
        for epoch in range(self.epochs):
            phases.append(Phase("learn", epoch, count))
            if epoch + 1 == self.epochs and (labelled := self.layer.patterns_to_label(count)):
                phases.append(Phase("label", epoch, labelled))
            measured = min(count, MEASURED) if self.held_out is None else len(self.held_out)
            phases.append(Phase("measure", epoch, measured))
        return tuple(phases)

    def _advance(self, standing: Standing) -> None:
        """Show one chunk, and end the phase if it was the last."""
        phase = self.schedule[standing.phase]
        chunk = np.arange(standing.position, min(standing.position + CHUNK, phase.count))
        {"learn": self._learn, "label": self._label, "measure": self._measure}[phase.kind](standing, phase, chunk)
        standing.position += len(chunk)
        if standing.position < phase.count:
            return
        if phase.kind == "measure":
            point = ((phase.epoch + 1) * len(self.given), standing.hits / phase.count)
            standing.curve = np.vstack([standing.curve, point])
        else:
            standing.readout = self.layer.read_out(standing.sums, standing.members)
        standing.sums, standing.members = np.zeros((self.n_classes, 0)), np.zeros(self.n_classes, int)
        standing.phase, standing.position, standing.hits = standing.phase + 1, 0, 0

    def _learn(self, standing: Standing, phase: Phase, chunk: np.ndarray) -> None:
        layer = self.layer.annealed(phase.epoch)
        chosen = presentation_order(self.seed, phase.epoch, len(self.given))[chunk]
        patterns, labels = self.given.some(chosen), self.given.labels[chosen]
        network = layer.network(patterns.shape[1], self.n_classes)
        signals = layer.signals(patterns, labels, self.frozen, network)
        keys = noise.keys_by_position(self.seed, phase.epoch * len(self.given) + chunk[0], len(chunk))
        answer = simulate(network, signals, standing.state, keys, learn=True, backend=self.backend)
        standing.state = answer.state
        moments = [value for name in sorted(answer.state) for value in _moments(answer.state[name])]
        row = np.array([[phase.epoch * len(self.given) + chunk[-1] + 1, answer.presentations, answer.spikes, *moments]])
        standing.history = np.vstack([standing.history, row]) if standing.history.size else row
        self._tally(standing, answer.counts, labels)

    def history(self, standing: Standing) -> dict[str, np.ndarray]:
        """What went on while the network learned, by name, (chunk,): patterns seen, presentations and spikes of the
        chunk, mean and standard deviation of each learned quantity after it."""
        names = [f"{name} {moment}" for name in sorted(self.first_state) for moment in ("mean", "sd")]
        return dict(zip(("patterns", "presentations", "spikes", *names), standing.history.T, strict=True))

    def on_training(self, standing: Standing) -> tuple[float, np.ndarray]:
        """Accuracy on training patterns in the end, and the labels of these: the curve's last point, or, where others
        measure the curve, that of a chunk."""
        most = MEASURED if self.held_out is None else CHUNK
        chosen = presentation_order(self.seed, self.epochs, len(self.given))[:most]
        labels = self.given.labels[chosen]
        if self.held_out is None:
            return float(standing.curve[-1, 1]), labels
        scores = self._scores(standing, self.given, chosen)
        return float(np.mean(scores.argmax(axis=1) == labels)), labels

    def _label(self, standing: Standing, phase: Phase, chunk: np.ndarray) -> None:
        chosen = presentation_order(self.seed, self.epochs, len(self.given))[chunk]
        self._tally(standing, self._respond(standing, self.given, chosen), self.given.labels[chosen])

    def _measure(self, standing: Standing, phase: Phase, chunk: np.ndarray) -> None:
        shown, chosen = self.held_out, chunk
        if shown is None:
            shown, chosen = self.given, presentation_order(self.seed, self.epochs, len(self.given))[chunk]
        scores = self._scores(standing, shown, chosen)
        standing.hits += int((scores.argmax(axis=1) == shown.labels[chosen]).sum())

    def _scores(self, standing: Standing, shown: Patterns, chosen: np.ndarray) -> np.ndarray:
        counts = self._respond(standing, shown, chosen)
        return self.layer.scores(counts, self.frozen | standing.readout, self.n_classes)

    def _respond(self, standing: Standing, shown: Patterns, chosen: np.ndarray) -> dict[str, np.ndarray]:
        trained = Trained(standing.state, self.frozen, self.n_classes, self.seed)
        return respond(self.layer, shown.some(chosen), trained, self.backend)

    def _tally(self, standing: Standing, counts: dict[str, np.ndarray], labels: np.ndarray) -> None:
        """Add spikes to the sums of their patterns' classes; a network has one population that is counted."""
        (spikes,) = counts.values()
        classes = np.eye(self.n_classes)[labels]
        standing.sums = standing.sums + classes.T @ spikes if standing.sums.size else classes.T @ spikes
        standing.members = standing.members + classes.sum(axis=0).astype(int)

    def _name(self) -> str:
        """A digest of all that decides the outcome."""
        digest = hashlib.blake2b(digest_size=16)
        for patterns in filter(None, (self.given, self.held_out)):
            for array in (patterns.values, patterns.labels):
                digest.update(f"{array.shape} {array.dtype}".encode())
                digest.update(np.ascontiguousarray(array).view(np.uint8).data)
            digest.update(repr((patterns.low, patterns.high)).encode())
        versions = [metadata.version(name) for name in ("brian2", "numpy")]
        settings = (
            __version__,
            versions,
            self.layer,
            self.n_classes,
            self.epochs,
            self.seed,
            resolved(self.backend),
            CHUNK,
        )
        digest.update(repr(settings).encode())
        return digest.hexdigest()


def _moments(values: np.ndarray) -> tuple[float, float]:
    return float(values.mean(dtype=float)), float(values.std(dtype=float))


class _Pace:
    """How far a training is, how fast, and how long it still takes."""

    def __init__(self, schedule: tuple[Phase, ...], standing: Standing, progress: Progress) -> None:
        self.schedule, self.progress = schedule, progress
        self.first, self.started = self._done(standing), time.monotonic()

    def tell(self, standing: Standing) -> None:
        """Call for progress with a note on phase, rate and time left."""
        total, done = sum(phase.count for phase in self.schedule), self._done(standing)
        rate = (done - self.first) / max(time.monotonic() - self.started, 1e-9)
        phase = self.schedule[min(standing.phase, len(self.schedule) - 1)]
        epochs = self.schedule[-1].epoch + 1
        left = f"{rate:,.0f} patterns/s, {(total - done) / rate:,.0f} s left"
        self.progress(done / total, f"epoch {phase.epoch + 1} of {epochs}, {_DOING[phase.kind]}, {left}")

    def _done(self, standing: Standing) -> int:
        return sum(phase.count for phase in self.schedule[: standing.phase]) + standing.position


_DOING = {"learn": "learning", "label": "labelling neurons", "measure": "measuring accuracy"}
