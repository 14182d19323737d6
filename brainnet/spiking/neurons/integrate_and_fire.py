"""Leaky integrate-and-fire neurons under a current."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import require_finite, require_not_negative, require_positive, require_that
from brainnet.spiking.neurons.dynamics import REFRACTORY, Dynamics


@dataclass(frozen=True)
class LIF:
    """A leaky integrate-and-fire neuron under an injected current I.

        tau dv/dt = -v + I        v > v_th  ->  spike, v := v_reset, held for t_ref

    The potentials v and v_reset, which is the rest if not given, and the current I (times the membrane resistance) are
    in units of the distance from rest to threshold, so v_th = 1. Source: Lapicque 1907; Gerstner & Kistler 2002,
    Spiking Neuron Models, section 4.1.

    Solved exactly between spikes; t_ref is 0 or at least one step, and taken to the nearest one. An interval between
    spikes is then up to one step short, without t_ref up to one step long, so that a rate f is wrong by f dt at most,
    by 1 % at dt = 0.1 ms and 100 Hz; by half as much again where t_ref is no whole number of steps.
    """

    tau_ms: float = 25.0
    refractory_ms: float = 2.0
    v_reset: float = 0.0

    def __post_init__(self) -> None:
        require_positive(self, "tau_ms")
        require_not_negative(self, "refractory_ms")
        require_finite(self, "v_reset")
        require_that(self, "v_reset", self.v_reset < 1, "lie below the threshold, 1")

    def dynamics(self) -> Dynamics:
        """Equations in the units above; `current` is a signal, one value per neuron and pattern."""
        return Dynamics(
            equations="dv/dt = (current - v) / tau : 1\nfree : integer",
            threshold="v > 1",
            reset="v = v_reset\n" + REFRACTORY,
            method="exact",
            parameters={
                "tau": (self.tau_ms, "ms"),
                "t_ref": (self.refractory_ms, "ms"),
                "v_reset": (self.v_reset, "1"),
            },
            rest={"v": (0.0, "1"), "free": (0, "step")},
            signals={"current": "1"},
            held="v += (v_reset - v) * int(t_in_timesteps < free)",
        )

    def rate_hz(self, current: np.ndarray) -> np.ndarray:
        """Firing rate under a constant current.

            f = 1 / (t_ref + tau ln((I - v_reset) / (I - 1)))   for I > 1, else 0

        `current` of any shape, in units of the threshold; the answer has its shape, in Hz.
        """
        current = np.asarray(current, dtype=float)
        above = np.where(current > 1, current, np.inf)
        interval_ms = self.refractory_ms - self.tau_ms * np.log1p((self.v_reset - 1) / (above - self.v_reset))
        return np.where(current > 1, 1000.0 / np.where(interval_ms > 0, interval_ms, np.inf), 0.0)


@dataclass(frozen=True)
class SynapticLIF:
    """A leaky integrate-and-fire neuron under synaptic current s, reset by subtraction.

        tau dv/dt = -v + s    tau_s ds/dt = -s    v > 1  ->  spike, v := v - 1

    A presynaptic spike adds its weight to s. Subtracting the threshold keeps what went beyond it, so the spike count is
    the integral of the drive, rounded. The potential is in units of the threshold.

    Integrated by exponential Euler, of order 1. Rates up to 300 Hz become wrong by 1 % at about dt = 0.15 ms.
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
