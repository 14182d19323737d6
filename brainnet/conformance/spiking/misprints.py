"""Slips in the equations that a neuron gives the simulator, where these do not stand in the source of its class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from brainnet.conformance.planted import refused
from brainnet.conformance.row import Mutant
from brainnet.spiking.neurons import Dynamics


def misprinted(kind: Any, right: str, wrong: str) -> Any:
    """The class of neurons with a slip in its equations. Raises LookupError if its place is not found once."""

    class Misprinted(kind):
        def dynamics(self) -> Dynamics:
            told = super().dynamics()
            if told.equations.count(right) != 1:
                raise LookupError(f"the equations of {kind.__name__} do not hold {right!r} once")
            return replace(told, equations=told.equations.replace(right, wrong))

    Misprinted.__name__ = kind.__name__
    return Misprinted


def misprints(check: Callable[[Any], None], kind: Any, slips: Mapping[str, tuple[str, str]]) -> tuple[Mutant, ...]:
    """A mutant for each slip in the equations, where these do not stand in the source of the class.

    A slip is what stands once in the equations, and what to put there.
    """

    def caught(right: str, wrong: str) -> bool:
        check(misprinted(kind, right, right))
        return refused(check, misprinted(kind, right, wrong))

    return tuple(Mutant(name, partial(caught, *slip)) for name, slip in slips.items())
