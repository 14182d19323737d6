"""Training of a spiking network: chunk after chunk, so that it can stop after any of them and go on later.

An epoch learns from every training pattern, then measures accuracy. The last one labels the neurons in between, if the
network is of the kind that learns without labels.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import numpy as np

from brainnet import __version__
from brainnet.errors import BrainnetError
from brainnet.order import presentation_order
from brainnet.spiking.simulator import CHUNK, Backend, noise, resolved, simulate
from brainnet.spiking.training.answers import Layer, Patterns, Trained, respond
from brainnet.spiking.training.checkpoint import Standing, load, reserved, save, try_to_save
from brainnet.spiking.training.schedule import MEASURED, Pace, Phase, Progress, in_common, schedule

SAVE_SECONDS = 10.0
ROOM, MOST_LIVE = 2**26, 16  # a checkpoint has fewer bytes than ROOM, and MOST_LIVE for each that learns


class Training:
    """One training, from its seed. `held_out` measures the curve and does nothing else."""

    backend: Backend

    def __init__(
        self, layer: Layer, given: Patterns, held_out: Patterns | None, n_classes: int, epochs: int, seed: int,
        backend: Backend,
    ) -> None:  # fmt: skip
        self.layer, self.given, self.held_out = layer, given, held_out
        self.n_classes, self.epochs, self.backend = n_classes, epochs, backend
        self._draw(seed)
        self.schedule = self._schedule(epochs)

    def _draw(self, seed: int) -> None:
        mean = self.given.scaling.mean(self.given.values)
        self.seed = seed
        self.frozen, self.first_state = self.layer.begin(mean, self.n_classes, np.random.default_rng(seed))

    def run(self, progress: Progress, checkpoint: Path | None = None, any_seed: bool = False) -> Standing:
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

    def _go_on(self, standing: Standing, progress: Progress, checkpoint: Path | None) -> Standing:
        pace, saved = Pace(self.schedule, standing, progress), time.monotonic()
        while standing.phase < len(self.schedule):
            self._advance(standing)
            pace.tell(standing)
            due = time.monotonic() - saved > SAVE_SECONDS or standing.phase == len(self.schedule)
            if checkpoint is not None and due:
                save(checkpoint, standing)
                saved = time.monotonic()
        return standing

    def _begin(self, name: str) -> Standing:
        sums, members = self._nothing()
        return Standing(name, self.seed, self.epochs, dict(self.first_state), sums, members)

    def _found(self, checkpoint: Path, any_seed: bool) -> Standing | None:
        """Where the checkpoint stands, in this training's schedule; None without one. Raises `BrainnetError`."""
        chunks = self.epochs * -(-len(self.given) // CHUNK)
        learning = [*self.first_state.values(), np.broadcast_to(0.0, (chunks, 3 + 2 * len(self.first_state)))]
        standing = load(checkpoint, ROOM + MOST_LIVE * sum(array.nbytes for array in learning))
        if standing is None:
            return None
        if any_seed and standing.seed != self.seed:
            self._draw(standing.seed)
        if (standing.training, standing.seed) != (self._name(), self.seed):
            raise BrainnetError(
                f"the checkpoint {str(checkpoint)!r} belongs to another training (patterns, settings, seed or versions "
                "differ): delete it, or name another file"
            )
        self._rewind(standing, checkpoint)
        return standing

    def _rewind(self, standing: Standing, checkpoint: Path) -> None:
        """Go back to where a schedule of other epochs parts from this one: what came then was labelled otherwise.

        Nothing is learned when neurons are labelled or accuracy is measured, so the state is that of before.
        """
        theirs, passed = self._schedule(standing.epochs), standing.phase + (standing.position > 0)
        same = in_common(theirs, self.schedule)
        learned = [phase.epoch + 1 for phase in theirs[same:passed] if phase.kind == "learn"]
        if learned:
            raise BrainnetError(
                f"the checkpoint {str(checkpoint)!r} has gone on to epoch {learned[-1]} (got epochs={self.epochs}): "
                f"ask for {learned[-1]} or more, or name another file"
            )
        standing.epochs = self.epochs
        if passed > same:
            standing.readout = standing.learned
            standing.curve = standing.curve[: sum(phase.kind == "measure" for phase in theirs[:same])]
            self._enter(standing, same)

    def _enter(self, standing: Standing, phase: int) -> None:
        standing.phase, standing.position, standing.hits = phase, 0, 0
        standing.sums, standing.members = self._nothing()

    def _nothing(self) -> tuple[np.ndarray, np.ndarray]:
        """Sums and members at the beginning of a phase."""
        return np.zeros((self.n_classes, 0)), np.zeros(self.n_classes, int)

    def _schedule(self, epochs: int) -> tuple[Phase, ...]:
        count, shown = len(self.given), None if self.held_out is None else len(self.held_out)
        return schedule(epochs, count, self.layer.patterns_to_label(count), shown)

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
            standing.learned = standing.readout if phase.kind == "learn" else standing.learned
        self._enter(standing, standing.phase + 1)

    def _learn(self, standing: Standing, phase: Phase, chunk: np.ndarray) -> None:
        layer = self.layer.annealed(phase.epoch)
        chosen = presentation_order(self.seed, phase.epoch, len(self.given))[chunk]
        patterns, labels = self.given.some(chosen), self.given.labels[chosen]
        network = layer.network(patterns.shape[1], self.n_classes)
        signals = layer.signals(patterns, labels, self.frozen, network)
        keys = noise.keys_by_position(self.seed, phase.epoch * len(self.given) + chunk[0], len(chunk))
        answer = simulate(network, signals, standing.state, keys, learn=True, backend=self.backend)
        standing.state = answer.state
        moments = [value for name in sorted(self.first_state) for value in _moments(answer.state[name])]
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
        chosen = self._drawn(phase)[chunk]
        self._tally(standing, self._respond(standing, self.given, chosen), self.given.labels[chosen])

    def _measure(self, standing: Standing, phase: Phase, chunk: np.ndarray) -> None:
        shown, chosen = self.held_out, chunk
        if shown is None:
            shown, chosen = self.given, self._drawn(phase)[chunk]
        scores = self._scores(standing, shown, chosen)
        standing.hits += int((scores.argmax(axis=1) == shown.labels[chosen]).sum())

    def _scores(self, standing: Standing, shown: Patterns, chosen: np.ndarray) -> np.ndarray:
        counts = self._respond(standing, shown, chosen)
        return self.layer.scores(counts, self.frozen | standing.readout, self.n_classes)

    def _drawn(self, phase: Phase) -> np.ndarray:
        """Training patterns in the order of the epoch to come: the same whether it comes or not."""
        return presentation_order(self.seed, phase.epoch + 1, len(self.given))

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
        """A digest of all that decides the outcome, but for the seed and the number of epochs."""
        digest = hashlib.blake2b(digest_size=16)
        for patterns in filter(None, (self.given, self.held_out)):
            for values in (patterns.values, patterns.labels, patterns.scaling.low, patterns.scaling.high):
                digest.update(f"{values.shape} {values.dtype}".encode())
                digest.update(np.ascontiguousarray(values).view(np.uint8).data)
        versions = [__version__, *(metadata.version(name) for name in ("brian2", "numpy"))]
        layer = replace(self.layer, epochs=1)  # the layer's own number is for where none is given
        digest.update(repr((versions, layer, self.n_classes, resolved(self.backend), CHUNK)).encode())
        return digest.hexdigest()


def _moments(values: np.ndarray) -> tuple[float, float]:
    return float(values.mean(dtype=float)), float(values.std(dtype=float))
