"""Izhikevich's simple model of spiking neurons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import require_finite, require_positive, require_that
from brainnet.spiking.neurons.dynamics import Dynamics

EQUATIONS = """dv/dt = (0.04 * v ** 2 / mV + 5 * v + 140 * mV - u + current * mV) / ms : volt
du/dt = a * (b * v - u) / ms : volt"""
PEAK_MV = 30.0


@dataclass(frozen=True)
class Izhikevich:
    """Izhikevich's neuron under a current I.

        dv/dt = 0.04 v^2 + 5 v + 140 - u + I    du/dt = a (b v - u)    v > 30  ->  spike, v := c, u := u + d

    Time is in ms, the potential v and c in mV; the recovery u, the current I and d are in mV per ms and stand here as
    mV; a is per ms. It begins in its state of rest, v = [b - 5 - sqrt((5 - b)^2 - 22.4)] / 0.08 and u = b v, or at
    -65 mV as in the author's program where (5 - b)^2 < 22.4 and there is none. Defaults: regular spiking. Source:
    Izhikevich 2003, IEEE Transactions on Neural Networks 14:1569.

    Integrated by Euler's method, of order 1: the parabola does not overflow within a step. Its rate under a current of
    10 becomes wrong by 1 % at dt = 0.15 ms if regular spiking, at 0.02 ms if fast spiking.
    """

    a: float = 0.02
    b: float = 0.2
    c_mV: float = -65.0
    d_mV: float = 8.0

    def __post_init__(self) -> None:
        require_positive(self, "a")
        require_finite(self, "b", "c_mV", "d_mV")
        require_that(self, "c_mV", self.c_mV < PEAK_MV, f"lie below the peak of a spike, {PEAK_MV:g} mV")

    def dynamics(self) -> Dynamics:
        """Equations in the units above; `current` is a signal, one number of mV per neuron and pattern."""
        rest = _rest_mV(self.b)
        return Dynamics(
            equations=EQUATIONS,
            threshold="v > 30 * mV",
            reset="v = c\nu += d",
            method="euler",
            parameters={"a": (self.a, "1"), "b": (self.b, "1"), "c": (self.c_mV, "mV"), "d": (self.d_mV, "mV")},
            rest={"v": (rest, "mV"), "u": (self.b * rest, "mV")},
            signals={"current": "1"},
        )

    @property
    def rheobase_mV(self) -> float:  # noqa: N802 - the unit
        """The constant current above which no state of rest is stable.

            I = (b - 5) v - 0.04 v^2 - 140    at  v = (min(a, b) - 5) / 0.08

        Rest disappears there if b < a, and begins to swing if b > a: from where the slope 0.08 v + 5 is the smaller of
        the two. A sudden step may call forth spikes below it.
        """
        v = (min(self.a, self.b) - 5) / 0.08
        return (self.b - 5) * v - 0.04 * v**2 - 140


@dataclass(frozen=True)
class IzhikevichMixture:
    """Izhikevich's neurons, each with constants of its own: `a`, `b`, `c`, `d` are signals, as is `current`.

    The equations, units and publication are those of `Izhikevich`. All begin at `v_start_mV`, u = b v.
    """

    v_start_mV: float = -65.0

    def __post_init__(self) -> None:
        require_finite(self, "v_start_mV")
        require_that(self, "v_start_mV", self.v_start_mV < PEAK_MV, f"lie below the peak of a spike, {PEAK_MV:g} mV")

    def dynamics(self) -> Dynamics:
        """Equations with the constants as signals, one value per neuron and pattern."""
        return Dynamics(
            equations=EQUATIONS,
            threshold="v > 30 * mV",
            reset="v = c * mV\nu += d * mV",
            method="euler",
            parameters={},
            rest={"v": (self.v_start_mV, "mV"), "u": (0.0, "mV")},
            signals=dict.fromkeys(("a", "b", "c", "d", "current"), "1"),
            onset="u = u + (b * v - u) * int(u == 0 * v)",  # exactly 0 where it has just been put to rest
        )


def _rest_mV(b: float) -> float:  # noqa: N802 - the unit
    squared = (5 - b) ** 2 - 22.4
    return float((b - 5 - np.sqrt(squared)) / 0.08) if squared >= 0 else -65.0


REGULAR_SPIKING = Izhikevich()
INTRINSICALLY_BURSTING = Izhikevich(c_mV=-55.0, d_mV=4.0)
CHATTERING = Izhikevich(c_mV=-50.0, d_mV=2.0)
FAST_SPIKING = Izhikevich(a=0.1, d_mV=2.0)
LOW_THRESHOLD_SPIKING = Izhikevich(b=0.25, d_mV=2.0)
"""The five cortical kinds of Izhikevich 2003, figure 2: RS, IB, CH, FS and LTS."""
