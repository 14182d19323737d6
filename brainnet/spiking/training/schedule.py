"""What a training does when: epoch after epoch, a stretch of patterns after the other; and how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from brainnet.spiking.training.checkpoint import TrainingState

Progress = Callable[[float, str], None]  # fraction done, and what is happening
MEASURED = 10_000  # training patterns that measure the curve, at most, where there are no others


@dataclass(frozen=True)
class Phase:
    """A stretch of the schedule: `count` patterns shown in order to learn, to label neurons, or to measure."""

    kind: Literal["learn", "label", "measure"]
    epoch: int
    count: int


def schedule(epochs: int, learned: int, labelled: int, held_out: int | None) -> tuple[Phase, ...]:
    """Phases of a training that learns from so many patterns; `labelled` of them follow the last epoch of learning, and
    accuracy is measured with `held_out` others, or with up to `MEASURED` of the same."""
    phases = []
    for epoch in range(epochs):
        phases.append(Phase("learn", epoch, learned))
        if epoch + 1 == epochs and labelled:
            phases.append(Phase("label", epoch, labelled))
        phases.append(Phase("measure", epoch, min(learned, MEASURED) if held_out is None else held_out))
    return tuple(phases)


def in_common(one: tuple[Phase, ...], other: tuple[Phase, ...]) -> int:
    """With how many equal phases two schedules begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


class Pace:
    """How far a training is, how fast, and how long it still takes."""

    def __init__(self, schedule: tuple[Phase, ...], reached: TrainingState, progress: Progress) -> None:
        self.schedule, self.progress = schedule, progress
        self.first, self.started = self._done(reached), time.monotonic()

    def tell(self, reached: TrainingState) -> None:
        """Call for progress with a note on phase, rate and time left."""
        total, done = sum(phase.count for phase in self.schedule), self._done(reached)
        rate = (done - self.first) / max(time.monotonic() - self.started, 1e-9)
        phase = self.schedule[min(reached.phase, len(self.schedule) - 1)]
        epochs = self.schedule[-1].epoch + 1
        left = f"{rate:,.0f} patterns/s, {(total - done) / rate:,.0f} s left"
        self.progress(done / total, f"epoch {phase.epoch + 1} of {epochs}, {_DOING[phase.kind]}, {left}")

    def _done(self, reached: TrainingState) -> int:
        return sum(phase.count for phase in self.schedule[: reached.phase]) + reached.position


_DOING = {"learn": "learning", "label": "labelling neurons", "measure": "measuring accuracy"}
