"""The exponential integrate-and-fire neuron."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import require_below, require_finite, require_not_negative, require_positive
from brainnet.spiking.neurons.adex import UPSWING
from brainnet.spiking.neurons.dynamics import REFRACTORY, Dynamics


@dataclass(frozen=True)
class ExponentialIF:
    """An exponential integrate-and-fire neuron under an injected current I.

        tau dv/dt = e_L - v + delta_T exp((v - v_T) / delta_T) + I
        v > v_peak  ->  spike, v := v_reset, held for t_ref

    v is the potential and I the current times the membrane resistance (mV); e_L is rest, v_T the threshold of the
    upswing and delta_T its sharpness (mV). The exponent is cut off at 20, so the upswing stays finite. Defaults:
    Fourcaud-Trocme, Hansel, van Vreeswijk & Brunel 2003, Journal of Neuroscience 23:11628, the fit to a neuron of
    Wang and Buzsaki's.

    t_ref is 0 or at least one step, and taken to the nearest one.
    Integrated by Euler's method, of order 1. Its rate at 18 to 99 Hz becomes wrong by 1 % at dt = 0.04 ms.
    """

    tau_ms: float = 10.0
    e_L_mV: float = -65.0
    v_T_mV: float = -59.9
    delta_T_mV: float = 3.48
    v_reset_mV: float = -68.0
    v_peak_mV: float = -30.0
    refractory_ms: float = 1.7

    def __post_init__(self) -> None:
        require_positive(self, "tau_ms", "delta_T_mV")
        require_not_negative(self, "refractory_ms")
        require_finite(self, "e_L_mV")
        require_below(self, "v_T_mV", "v_peak_mV")
        require_below(self, "v_reset_mV", "v_peak_mV")

    def dynamics(self) -> Dynamics:
        """Equations in the units above; `current` is a signal, one number of mV per neuron and pattern."""
        return Dynamics(
            equations=f"dv/dt = (e_L - v + delta_T * {UPSWING} + current * mV) / tau : volt\nfree : integer",
            threshold="v > v_peak",
            reset="v = v_reset\n" + REFRACTORY,
            method="euler",
            parameters={
                "tau": (self.tau_ms, "ms"),
                "e_L": (self.e_L_mV, "mV"),
                "v_T": (self.v_T_mV, "mV"),
                "delta_T": (self.delta_T_mV, "mV"),
                "v_reset": (self.v_reset_mV, "mV"),
                "v_peak": (self.v_peak_mV, "mV"),
                "t_ref": (self.refractory_ms, "ms"),
            },
            rest={"v": (self.e_L_mV, "mV"), "free": (0, "step")},
            signals={"current": "1"},
            held="v = v + int(t_in_timesteps < free) * (v_reset - v)",
        )

    @property
    def rheobase_mV(self) -> float:  # noqa: N802 - the unit
        """The constant current above which it fires: I = v_T - e_L - delta_T."""
        return self.v_T_mV - self.e_L_mV - self.delta_T_mV

    def rate_hz(self, current: np.ndarray) -> np.ndarray:
        """Firing rate under a constant current.

            f = 1 / (t_ref + integral from v_reset to v_peak of dv / (dv/dt))

        for I > v_T - e_L - delta_T, else 0. `current` of any shape, in mV; the answer has its shape, in Hz.
        """
        from scipy.integrate import tanhsinh  # slow to import

        current = np.asarray(current, dtype=float)
        fires = current > self.rheobase_mV
        drive = np.where(fires, current, self.rheobase_mV + 1)
        slowest = np.clip(self.v_T_mV, self.v_reset_mV, self.v_peak_mV)  # where dv/dt is least: an end of both parts
        parts = ((self.v_reset_mV, slowest), (slowest, self.v_peak_mV))
        times = sum(tanhsinh(self._slowness, *ends, args=(drive,)).integral for ends in parts)
        interval_ms = self.refractory_ms + self.tau_ms * times
        return np.where(fires, 1000.0 / np.where(interval_ms > 0, interval_ms, np.inf), 0.0)

    def _slowness(self, v: np.ndarray, current: np.ndarray) -> np.ndarray:
        """1 / (tau dv/dt)."""
        upswing = np.exp(np.minimum((v - self.v_T_mV) / self.delta_T_mV, 700.0))
        return 1 / (self.e_L_mV - v + self.delta_T_mV * upswing + current)
