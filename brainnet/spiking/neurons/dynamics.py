"""What the simulator is told of a neuron: equations of motion as frozen data, and checks of its constants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from types import MappingProxyType
from typing import Protocol

import numpy as np

from brainnet.errors import BrainnetError

Value = tuple[float, str]  # a number and its unit; "step" is a number of steps
SI: Mapping[str, float] = MappingProxyType(
    {"ms": 1e-3, "mV": 1e-3, "Hz": 1.0, "pA": 1e-12, "nS": 1e-9, "pF": 1e-12, "1": 1.0, "step": 1.0}
)
NONE: Mapping[str, Value] = MappingProxyType({})
METHODS = ("exponential_euler", "euler", "rk2", "rk4")


@dataclass(frozen=True)
class Dynamics:
    """What the simulator needs to know of a neuron.

    `parameters` are constants shared by a population: they change without compiling. `rest` is the state in which a
    presentation begins. `memory` is the state that outlives presentations, with its first value. `signals` are set
    once per pattern. `onset` is code that runs when a pattern appears, after its signals are set. `held` is code that
    runs after every step: what does not move during refractoriness, where the equations do not say so. `scheduled`
    names signals that have a value for every step, and are functions of (t, i) in the equations.
    """

    equations: str
    threshold: str
    reset: str
    method: str
    parameters: Mapping[str, Value]
    rest: Mapping[str, Value] = field(default_factory=lambda: NONE)
    memory: Mapping[str, Value] = field(default_factory=lambda: NONE)
    signals: Mapping[str, str] = field(default_factory=dict)
    onset: str = ""
    held: str = ""
    scheduled: tuple[str, ...] = ()


# The step at which a neuron is free to move again; `held` keeps it until then. Brian2's own `unless refractory` would
# put the integration into a branch, which the compiler does not turn into vector instructions.
REFRACTORY = "free = t_in_timesteps + timestep(t_ref, dt)"


class Neuron(Protocol):
    """A spiking neuron's constants."""

    def dynamics(self) -> Dynamics:
        """Its equations, constants and state."""
        ...


def require_positive(owner: object, *names: str) -> None:
    """Raise `BrainnetError` unless each named field is a positive, finite number (phrased so that NaN fails too)."""
    for name in names:
        value = getattr(owner, name)
        if not (_is_number(value) and value > 0 and np.isfinite(value)):
            raise BrainnetError(f"{type(owner).__name__}.{name} must be a positive number (got {value!r})")


def require_not_negative(owner: object, *names: str) -> None:
    """Raise `BrainnetError` unless each named field is zero or a positive, finite number."""
    for name in names:
        value = getattr(owner, name)
        if not (_is_number(value) and value >= 0 and np.isfinite(value)):
            raise BrainnetError(f"{type(owner).__name__}.{name} must be zero or a positive number (got {value!r})")


def require_finite(owner: object, *names: str) -> None:
    """Raise `BrainnetError` unless each named field is a finite number."""
    for name in names:
        value = getattr(owner, name)
        require_that(owner, name, _is_number(value) and bool(np.isfinite(value)), "be a finite number")


def require_below(owner: object, low: str, high: str) -> None:
    """Raise `BrainnetError` unless both fields are finite numbers and the first lies below the second."""
    require_finite(owner, low, high)
    limit = getattr(owner, high)
    require_that(owner, low, getattr(owner, low) < limit, f"lie below {high} = {limit!r}")


def require_that(owner: object, name: str, holds: bool, rule: str) -> None:
    """Raise `BrainnetError` with the field, the rule that it must follow and its value, unless it holds."""
    if not holds:
        raise BrainnetError(f"{type(owner).__name__}.{name} must {rule} (got {getattr(owner, name)!r})")


def require_count(owner: object, name: str, at_least: int) -> None:
    """Raise `BrainnetError` unless the named field is a whole number of `at_least` or more."""
    value = getattr(owner, name)
    if not (isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= at_least):
        raise BrainnetError(f"{type(owner).__name__}.{name} must be a whole number, {at_least} or more (got {value!r})")


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)
