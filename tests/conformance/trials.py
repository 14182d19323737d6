"""Laws on trial: the check of a law accepts what is right, and rejects every mutant but for those it cannot tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from mutants import Mutant

from brainnet.errors import BrainnetError

REJECTED, ACCEPTED, BROKEN = "rejected", "accepted", "broken"


@dataclass(frozen=True)
class Trial:
    """A law's check, and what it is tried with.

    Args:
        law: its key.
        check: raises AssertionError for what is wrong.
        right: makes what it must accept, as the mutants are made.
        mutants: what it must reject.
        alike: mutants that are as good as right, and why, by names in which "..." is anything.
    """

    law: str
    check: Callable[[Any], object]
    right: Callable[[], Any]
    mutants: Sequence[Mutant]
    alike: Mapping[str, str] = field(default_factory=dict)

    def is_alike(self, mutant: Mutant) -> bool:
        """Whether the mutant is said to be as good as right."""
        return any(_is(mutant, name) for name in self.alike)

    def outcome(self, mutant: Mutant) -> str:
        """What becomes of a mutant; one that is broken does not run, and is found out by whoever uses it.

        Raises:
            BrainnetError: something came in the way, which says nothing of the mutant.
        """
        try:
            self.check(mutant.make())
        except AssertionError:
            return REJECTED
        except BrainnetError:  # which is a ValueError
            raise
        except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError):
            return BROKEN
        return ACCEPTED

    def unknown(self) -> list[str]:
        """What is said to be alike and is no mutant."""
        return [name for name in self.alike if not any(_is(mutant, name) for mutant in self.mutants)]


def _is(mutant: Mutant, name: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, name.split("..."))), mutant.name) is not None


def every(*checks: Callable[[Any], object]) -> Callable[[Any], None]:
    """All of the checks. What refuses to go on, because it diverges or does not settle, does not pass."""

    def check(subject: Any) -> None:
        try:
            with np.errstate(all="ignore"):
                for one in checks:
                    one(subject)
        except BrainnetError as error:
            raise AssertionError(str(error)) from error

    return check


def accepts_what_is_right(trial: Trial) -> None:
    """Raise AssertionError unless the check accepts what is right, and all that is said to be alike is a mutant."""
    trial.check(trial.right())
    assert not trial.unknown()


def finds_out(trial: Trial, mutant: Mutant) -> None:
    """Raise AssertionError unless a mutant is found out; or accepted, if it is said to be as good as right."""
    assert (trial.outcome(mutant) == ACCEPTED) == trial.is_alike(mutant)
