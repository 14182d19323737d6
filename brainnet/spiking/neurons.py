"""Spiking neurons: equations of motion as frozen data.

Each neuron is a frozen dataclass of its constants; `dynamics()` spells out its equations for the simulator. Inside the
equations quantities carry units; outside, the unit is in the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from types import MappingProxyType
from typing import Protocol

import numpy as np

from brainnet.errors import BrainnetError

Value = tuple[float, str]  # a number and its unit: "ms", "mV", "Hz", "1"; "step": a number of steps
SI: Mapping[str, float] = MappingProxyType({"ms": 1e-3, "mV": 1e-3, "Hz": 1.0, "1": 1.0, "step": 1.0})
NONE: Mapping[str, Value] = MappingProxyType({})
METHODS = ("exponential_euler", "euler", "rk2")


@dataclass(frozen=True)
class Dynamics:
    """What the simulator needs to know of a neuron.

    `parameters` are constants shared by a population: they change without compiling. `rest` is the state in which a
    presentation begins. `memory` is the state that outlives presentations, with its first value. `signals` are set
    once per pattern. `onset` is code that runs when a pattern appears, after its signals are set. `held` is code that
    runs after every step: what does not move during refractoriness, where the equations do not say so.
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


def require_count(owner: object, name: str, at_least: int) -> None:
    """Raise `BrainnetError` unless the named field is a whole number of `at_least` or more."""
    value = getattr(owner, name)
    if not (isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= at_least):
        raise BrainnetError(f"{type(owner).__name__}.{name} must be a whole number, {at_least} or more (got {value!r})")


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


@dataclass(frozen=True)
class LIF:
    """A leaky integrate-and-fire neuron under an injected current I.

        tau dv/dt = -v + I        v > v_th  ->  spike, v := 0, held for t_ref

    The potential v and the current I (times the membrane resistance) are in units of the distance from rest to
    threshold, so v_th = 1. Source: Lapicque 1907; Gerstner & Kistler 2002, Spiking Neuron Models, section 4.1.
    """

    tau_ms: float = 25.0
    refractory_ms: float = 2.0

    def __post_init__(self) -> None:
        require_positive(self, "tau_ms")
        require_not_negative(self, "refractory_ms")

    def dynamics(self) -> Dynamics:
        """Equations in the units above; `current` is a signal, one value per neuron and pattern."""
        return Dynamics(
            equations="dv/dt = (current - v) / tau : 1\nfree : integer",
            threshold="v > 1",
            reset="v = 0\n" + REFRACTORY,
            method="exact",
            parameters={"tau": (self.tau_ms, "ms"), "t_ref": (self.refractory_ms, "ms")},
            rest={"v": (0.0, "1"), "free": (0, "step")},
            signals={"current": "1"},
            held="v = v * int(t_in_timesteps >= free)",
        )

    def rate_hz(self, current: np.ndarray) -> np.ndarray:
        """Firing rate under a constant current.

            f = 1 / (t_ref + tau ln(I / (I - 1)))   for I > 1, else 0

        `current` of any shape, in units of the threshold; the answer has its shape, in Hz.
        """
        current = np.asarray(current, dtype=float)
        above = np.where(current > 1, current, np.inf)
        interval_ms = self.refractory_ms - self.tau_ms * np.log1p(-1 / above)
        return np.where(current > 1, 1000.0 / np.where(interval_ms > 0, interval_ms, np.inf), 0.0)


@dataclass(frozen=True)
class SynapticLIF:
    """A leaky integrate-and-fire neuron under synaptic current s, reset by subtraction.

        tau dv/dt = -v + s    tau_s ds/dt = -s    v > 1  ->  spike, v := v - 1

    A presynaptic spike adds its weight to s. Subtracting the threshold keeps what went beyond it, so the spike count is
    the integral of the drive, rounded. The potential is in units of the threshold.
    """

    tau_ms: float = 10.0
    tau_syn_ms: float = 5.0

    def __post_init__(self) -> None:
        require_positive(self, "tau_ms", "tau_syn_ms")

    def dynamics(self) -> Dynamics:
        """Equations in the units above."""
        return Dynamics(
            equations="dv/dt = (s - v) / tau : 1\nds/dt = -s / tau_s : 1",
            threshold="v > 1",
            reset="v -= 1",
            method="exponential_euler",
            parameters={"tau": (self.tau_ms, "ms"), "tau_s": (self.tau_syn_ms, "ms")},
            rest={"v": (0.0, "1"), "s": (0.0, "1")},
        )


@dataclass(frozen=True)
class ConductanceLIF:
    """A leaky integrate-and-fire neuron with synaptic conductances and a threshold that may adapt.

        tau dv/dt = (v_rest - v) + ge (e_exc - v) + gi (e_inh - v)
        tau_e dge/dt = -ge    tau_i dgi/dt = -gi
        v > v_th + theta  ->  spike, v := v_reset, theta := theta + theta_plus
        tau_theta dtheta/dt = -theta   (while learning; applied once per presentation)

    Conductances are relative to the leak. `v_th_mV` is the threshold at theta = 0. `method` integrates: "euler" or
    "rk2" are there to be compared, and become unstable where the conductances are large. Defaults: the excitatory
    neurons of Diehl & Cook 2015, Frontiers in Computational Neuroscience 9:99, as in the authors' program (theta starts
    at 20 mV).
    """

    tau_ms: float = 100.0
    v_rest_mV: float = -65.0
    v_reset_mV: float = -65.0
    v_th_mV: float = -72.0
    e_inh_mV: float = -100.0
    refractory_ms: float = 5.0
    tau_e_ms: float = 1.0
    tau_i_ms: float = 2.0
    theta_start_mV: float = 20.0
    theta_plus_mV: float = 0.05
    tau_theta_ms: float = 1e7
    method: str = "exponential_euler"

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise BrainnetError(f"ConductanceLIF.method must be one of {', '.join(METHODS)} (got {self.method!r})")
        require_positive(self, "tau_ms", "tau_e_ms", "tau_i_ms", "tau_theta_ms", "refractory_ms")
        if not self.v_reset_mV < self.v_th_mV + self.theta_start_mV:
            raise BrainnetError(
                f"ConductanceLIF.v_reset_mV must lie below the threshold {self.v_th_mV + self.theta_start_mV!r} mV "
                f"(got {self.v_reset_mV!r})"
            )

    def dynamics(self) -> Dynamics:
        """Equations with v in mV; `learn` switches the threshold's adaptation."""
        return Dynamics(
            equations="""dv/dt = ((v_rest - v) + ge * (0*mV - v) + gi * (e_inh - v)) / tau : volt
dge/dt = -ge / tau_e : 1
dgi/dt = -gi / tau_i : 1
theta : volt
free : integer""",
            threshold="v > v_th + theta and t_in_timesteps >= free",
            reset="v = v_reset\n" + REFRACTORY + "\ntheta += learn * theta_plus",
            method=self.method,
            parameters={
                "tau": (self.tau_ms, "ms"),
                "v_rest": (self.v_rest_mV, "mV"),
                "v_reset": (self.v_reset_mV, "mV"),
                "v_th": (self.v_th_mV, "mV"),
                "e_inh": (self.e_inh_mV, "mV"),
                "t_ref": (self.refractory_ms, "ms"),
                "tau_e": (self.tau_e_ms, "ms"),
                "tau_i": (self.tau_i_ms, "ms"),
                "theta_plus": (self.theta_plus_mV, "mV"),
                "tau_theta": (self.tau_theta_ms, "ms"),
            },
            rest={"v": (self.v_rest_mV, "mV"), "ge": (0.0, "1"), "gi": (0.0, "1"), "free": (0, "step")},
            memory={"theta": (self.theta_start_mV, "mV")},
            onset="theta = theta * (1 - learn * showing * period / tau_theta)",
            held="v = v + int(t_in_timesteps < free) * (v_reset - v)",
        )


INHIBITORY = ConductanceLIF(
    tau_ms=10.0, v_rest_mV=-60.0, v_reset_mV=-45.0, v_th_mV=-40.0, e_inh_mV=-85.0, refractory_ms=2.0,
    theta_start_mV=0.0, theta_plus_mV=0.0,
)  # fmt: skip
"""Diehl & Cook's inhibitory neuron: fires once for each spike of its excitatory partner; its threshold is fixed."""


# The step at which an input fires, so that a step needs one comparison; out of reach after the end of the pattern.
DUE = "due = int(ceil(clip(next_spike, 0*second, end) / dt)) + int(next_spike > end - dt) * 1000000000"


@dataclass(frozen=True)
class Poisson:
    """An input that fires as a Poisson process.

        P(next interval > x) = exp(-rate x)

    Each spike draws the time of the next from a counter-based generator, a function of (noise key of the pattern,
    attempt, draw, input): no number is drawn in a step without a spike, and the train is the same whatever else is
    simulated. Between the spike times of the process and the grid of steps, a spike waits for the next step.
    """

    def dynamics(self) -> Dynamics:
        """Equations; the signal `rate` is in Hz; a repeated pattern comes with its rate raised by `gain`."""
        return Dynamics(
            equations="next_spike : second\nend : second\ndraw : integer\ndue : integer",
            threshold="t_in_timesteps >= due",
            reset="draw += 1\nnext_spike -= log(counter_uniform(key, draw, i)) / (gain * rate + 1e-9*Hz)\n" + DUE,
            method="exact",
            parameters={},
            signals={"rate": "Hz"},
            onset="""end = t + shown_for
draw = 1000000 * attempt
next_spike = t - log(counter_uniform(key, draw, i)) / (gain * rate + 1e-9*Hz)
"""
            + DUE,
        )
