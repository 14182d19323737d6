"""What the simulator is told of a neuron: equations of motion as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

# A number and its unit: "whole" is a whole number, "step" one that names a step of the simulation.
Value = tuple[float, str]
WHOLE = ("step", "whole")
SI: Mapping[str, float] = MappingProxyType(
    {"ms": 1e-3, "mV": 1e-3, "Hz": 1.0, "pA": 1e-12, "nS": 1e-9, "pF": 1e-12, "1": 1.0} | dict.fromkeys(WHOLE, 1.0)
)
DIMENSIONS: Mapping[str, str] = MappingProxyType(
    {"ms": "second", "mV": "volt", "Hz": "Hz", "pA": "amp", "nS": "siemens", "pF": "farad", "1": "1"}
    | dict.fromkeys(WHOLE, "integer")
)
NONE: Mapping[str, Value] = MappingProxyType({})
METHODS = ("exponential_euler", "euler", "rk2", "rk4")


@dataclass(frozen=True)
class Dynamics:
    """What the simulator needs to know of a neuron.

    `parameters` are constants shared by a population: they change without compiling. `rest` is the state in which a
    presentation begins, and all of it that is carried over. `memory` is what the neuron learns, with its first value:
    it outlives presentations, and the simulator sees to it that nothing moves it unless the network learns. `signals`
    are set once per pattern. `onset` is code that runs when a pattern appears, after its signals are set. `held` is
    code that runs after every step: what does not move during refractoriness, where the equations do not say so.
    `scheduled` names signals that have a value for every step, and are functions of (t, i) in the equations.
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


# The step at which a neuron is free to move again, the nearest one; `held` keeps it until then. Brian2's own `unless
# refractory` would put the integration into a branch, which the compiler does not turn into vector instructions, and
# cuts the time to whole steps.
REFRACTORY = "free = t_in_timesteps + timestep(t_ref + 0.5 * dt, dt)"


class Neuron(Protocol):
    """A spiking neuron's constants."""

    def dynamics(self) -> Dynamics:
        """Its equations, constants and state."""
        ...
