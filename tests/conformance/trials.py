"""Laws on trial: the check of a law accepts what is right, and rejects every mutant but for those it cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from mutants import Mutant

REJECTED, ACCEPTED, BROKEN = "rejected", "accepted", "broken"


@dataclass(frozen=True)
class Trial:
    """A law's check, and what it is tried with.

    Args:
        law: its key.
        check: raises AssertionError for what is wrong.
        right: makes what it must accept, as the mutants are made.
        mutants: what it must reject.
        alike: mutants that are as good as right, and why; by a part of their names.
        broken: mutants that do not run, so that they say nothing of the check, and why; by a part of their names.
    """

    law: str
    check: Callable[[Any], object]
    right: Callable[[], Any]
    mutants: Sequence[Mutant]
    alike: Mapping[str, str] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)

    def expected(self, mutant: Mutant) -> str:
        """What must become of a mutant."""
        for outcome, parts in ((ACCEPTED, self.alike), (BROKEN, self.broken)):
            if any(part in mutant.name for part in parts):
                return outcome
        return REJECTED

    def outcome(self, mutant: Mutant) -> str:
        """What becomes of a mutant."""
        try:
            self.check(mutant.make())
        except AssertionError:
            return REJECTED
        except (TypeError, ValueError, LookupError, ArithmeticError):
            return BROKEN
        return ACCEPTED

    def unknown(self) -> list[str]:
        """Parts of names that no mutant has."""
        return [part for part in (*self.alike, *self.broken) if not any(part in each.name for each in self.mutants)]


def cases(trials: Iterable[Trial]) -> list[Any]:
    """Each mutant of each trial, as parameters of a test."""
    return [pytest.param(trial, each, id=f"{trial.law} {each.name}") for trial in trials for each in trial.mutants]


def named(trials: Iterable[Trial]) -> list[Any]:
    """The trials, as parameters of a test."""
    return [pytest.param(trial, id=f"{trial.law}-{number}") for number, trial in enumerate(trials)]
