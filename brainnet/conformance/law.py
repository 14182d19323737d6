"""What a law is, what is found when it is put to the test, and both together as a row of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

HOLDS, FAILS, UNTRIED = "holds", "FAILS", "UNTRIED"


@dataclass(frozen=True)
class Finding:
    """What was found of a law.

    Args:
        measured: in words, with the numbers.
        holds: whether that is within the law's tolerance.
        draw: draws measured against published onto an empty figure, with labelled axes and units.
    """

    measured: str
    holds: bool
    draw: Callable[[Figure], object] | None = None


@dataclass(frozen=True)
class Law:
    """Something that a model or rule must do, as published.

    Args:
        key: 'V' and its number among the targets of the suite; 'N' for other laws of neurons, synapses and networks of
            them, 'R' for other spiking rules, 'A' for other artificial ones, 'S' for structure.
        name: one word or two joined by a hyphen, as typed after `brainnet validate`.
        what: in a few words.
        source: author, year and journal.
        target: what is to be found, with the published numbers.
        tolerance: how far off the target is still right.
        reason: why no closer.
        find: puts it to the test; its argument is whether at full size.
        caption: one sentence that says what the figure shows.
        height: of the figure, in inches.
        long: takes minutes, and is left out unless it is named or all is asked for.
    """

    key: str
    name: str
    what: str
    source: str
    target: str
    tolerance: str
    reason: str
    find: Callable[[bool], Finding]
    caption: str = ""
    height: float = 3.2
    long: bool = False

    @property
    def label(self) -> str:
        """Key and name."""
        return f"{self.key} {self.name}"


@dataclass(frozen=True)
class Examined:
    """A law, what was found of it, and the seconds that took.

    Where something came in the way, a full disk or a compiler that is not there, the law is `untried`: nothing was
    found of it, and what it says in the place of a measurement is what came in the way.
    """

    law: Law
    finding: Finding
    seconds: float
    untried: bool = False

    @property
    def verdict(self) -> str:
        """'holds', 'FAILS', or 'UNTRIED', which is no verdict."""
        return UNTRIED if self.untried else HOLDS if self.finding.holds else FAILS

    @property
    def passed(self) -> bool:
        """Whether the law holds."""
        return self.verdict == HOLDS
