"""What a comparison is doing, how far it is, and how long it still takes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

LINE_SECONDS, REDRAW_SECONDS = 5.0, 0.1
BAR = 20


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


class Progress:
    """Prints progress: one line that renews itself on a terminal, else a plain line every few seconds.

    Args:
        stream: where to print.
        clock: seconds, as `time.monotonic`.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.stream, self.clock = stream, clock
        self.live = stream.isatty()
        self.printed = clock()
        self.began: float | None = None  # when there was first progress: compiling before it says nothing of the rest

    def __call__(self, trials: Trials) -> None:
        """Print the state of the trials, if the last time is long enough ago."""
        now = self.clock()
        if self.began is None and trials.fraction > 0:
            self.began = now
        if now - self.printed < (REDRAW_SECONDS if self.live else LINE_SECONDS):
            return
        self.printed = now
        self.say(line(trials, now - (now if self.began is None else self.began)))

    def say(self, text: str) -> None:
        """Print a text in place of the last one, or below it where that cannot be done."""
        width = shutil.get_terminal_size().columns - 1
        self.stream.write(f"\r\x1b[K{text[:width]}" if self.live else f"{text}\n")
        self.stream.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self.live:
            self.say("")


def line(trials: Trials, elapsed: float) -> str:
    """One line: a bar, percent, trials done, time left, and what is running."""
    done = trials.fraction
    bar = "#" * round(BAR * done)
    known = done > 0.02 and elapsed > 1
    left = f"{clock_time(elapsed / done * (1 - done))} left" if known else "time left not known yet"
    running = "; ".join(f"{trial}: {note}" for trial, note in trials.notes.items())
    return f"[{bar:-<{BAR}}] {done:4.0%}  {trials.done} of {len(trials.seconds)} trials  {left}  {running}".rstrip()


def clock_time(seconds: float) -> str:
    """Seconds as m:ss or h:mm:ss."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
