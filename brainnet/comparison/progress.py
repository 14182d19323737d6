"""What a comparison is doing, how far it is, and how long it still takes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

LINE_SECONDS, REDRAW_SECONDS = 5.0, 0.1
BAR, WIDE = 20, 110  # columns: of the bar, and of a line that has room for it
COMPILING = "compiling"  # the note of a trial that waits for its simulator


@dataclass
class Trials:
    """How far every trial is.

    Args:
        seconds: expected seconds of each trial by its name, in any unit of time: only proportions count.
        workers: how many run at a time.
    """

    seconds: Mapping[str, float]
    workers: int
    fractions: dict[str, float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def update(self, trial: str, fraction: float, note: str) -> None:
        """Take in that a trial is at a fraction of its work; at 1 it is done."""
        self.fractions[trial] = max(self.fractions.get(trial, 0.0), min(fraction, 1.0))
        self.notes[trial] = note
        if fraction >= 1:
            del self.notes[trial]

    @property
    def done(self) -> int:
        """Number of finished trials."""
        return len(self.fractions) - len(self.notes)

    @property
    def fraction(self) -> float:
        """Share of all work that is done, each trial weighted by its expected seconds."""
        return sum(self.seconds[t] * f for t, f in self.fractions.items()) / sum(self.seconds.values())


class ProgressLine:
    """Prints progress: one line that renews itself on a terminal, else a plain line every few seconds if it is new.

    Args:
        stream: where to print.
        clock: seconds, as `time.monotonic`.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.stream, self.clock = stream, clock
        self.live = stream.isatty()
        self.printed = self.looked = clock()
        self.seen = self.gained = self.elapsed = 0.0
        self.last = ""

    def __call__(self, trials: Trials) -> None:
        """Print the state of the trials, if the last time is long enough ago."""
        now = self.clock()
        self._measure(trials, now)
        if now - self.printed < (REDRAW_SECONDS if self.live else LINE_SECONDS):
            return
        self.printed = now
        self.say(line(trials, self._left(trials), self._width() if self.live else None))

    def say(self, text: str) -> None:
        """Print a text in place of the last one, or below it where that cannot be done and it says something new."""
        if self.live:
            self.stream.write(f"\r\x1b[K{text[: self._width()]}")
        elif text != self.last:
            self.stream.write(f"{text}\n")
        self.last = text
        self.stream.flush()

    def _measure(self, trials: Trials, now: float) -> None:
        """Time and work since the last look count towards the time left unless something was being compiled."""
        if COMPILING not in trials.notes.values():
            self.elapsed += now - self.looked
            self.gained += trials.fraction - self.seen
        self.looked, self.seen = now, trials.fraction

    def _left(self, trials: Trials) -> float | None:
        """Seconds left; None while no trial has been finished, which says too little."""
        known = trials.done > 0 and self.gained > 0.02 and self.elapsed > 1
        return self.elapsed / self.gained * (1 - trials.fraction) if known else None

    def _width(self) -> int:
        return shutil.get_terminal_size().columns - 1

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        if self.live:
            self.say("")


def line(trials: Trials, left: float | None, width: int | None = None) -> str:
    """One line: a bar where there is room, percent, trials done, time left, and as much of what runs as fits."""
    done = trials.fraction
    text = "estimating" if left is None else f"{clock_time(left)} left"
    text = f"{done:4.0%}  {trials.done} of {len(trials.seconds)} trials  {text}"
    if width is None or width >= WIDE:
        text = f"[{'#' * round(BAR * done):-<{BAR}}] {text}"
    running = [f"{trial} {_state(trials, trial)}" for trial in trials.notes]
    for shown in range(len(running), 0, -1):
        more = f", {len(running) - shown} more" if shown < len(running) else ""
        whole = f"{text}  {', '.join(running[:shown])}{more}"
        if width is None or len(whole) <= width:
            return whole
    return text


def _state(trials: Trials, trial: str) -> str:
    return COMPILING if trials.notes[trial] == COMPILING else f"{trials.fractions[trial]:.0%}"


def clock_time(seconds: float) -> str:
    """Seconds as m:ss or h:mm:ss."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
