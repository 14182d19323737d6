"""The adaptive exponential integrate-and-fire neuron, and its eight published firing patterns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from brainnet.checks import require_below, require_finite, require_positive
from brainnet.spiking.neurons.dynamics import Dynamics

# Beyond v_T + 20 delta_T a spike is over within a millionth of a step; the exponential alone would overflow.
UPSWING = "exp(clip((v - v_T) / delta_T, -100, 20))"


@dataclass(frozen=True)
class AdEx:
    """An adaptive exponential integrate-and-fire neuron under an injected current I, in pA.

        C dv/dt = -g (v - e_L) + g delta_T exp((v - v_T) / delta_T) - w + I
        tau_w dw/dt = a (v - e_L) - w
        v > v_peak  ->  spike, v := v_reset, w := w + b

    v is the potential (mV), w the adaptation current (pA), C the capacitance (pF), g the leak (nS) that pulls to e_L,
    v_T the threshold of the upswing and delta_T its sharpness (mV), a (nS) the adaptation to the potential and b (pA)
    that to spikes. The exponent is cut off at 20, so the upswing stays finite. Defaults: Brette & Gerstner 2005,
    Journal of Neurophysiology 94:3637.

    Integrated by Euler's method, of order 1: it spends the last step of an upswing with the w of before, where a method
    that looks inside the step would let the overshoot into w. Its rate becomes wrong by 1 % at dt = 0.2 ms at 28 Hz
    (1 nA), at 0.02 ms at 104 Hz (`NAUD_2008["tonic"]`).
    """

    c_pF: float = 281.0
    g_nS: float = 30.0
    e_L_mV: float = -70.6
    v_T_mV: float = -50.4
    delta_T_mV: float = 2.0
    a_nS: float = 4.0
    tau_w_ms: float = 144.0
    b_pA: float = 80.5
    v_reset_mV: float = -70.6
    v_peak_mV: float = 20.0

    def __post_init__(self) -> None:
        require_positive(self, "c_pF", "g_nS", "delta_T_mV", "tau_w_ms")
        require_finite(self, "e_L_mV", "a_nS", "b_pA")
        require_below(self, "v_T_mV", "v_peak_mV")
        require_below(self, "v_reset_mV", "v_peak_mV")

    def dynamics(self) -> Dynamics:
        """Equations in the units above; `current` is a signal, one number of pA per neuron and pattern."""
        return Dynamics(
            equations=f"""dv/dt = (g * (e_L - v) + g * delta_T * {UPSWING} - adaptation + current * pA) / C : volt
dadaptation/dt = (a * (v - e_L) - adaptation) / tau_w : amp""",
            threshold="v > v_peak",
            reset="v = v_reset\nadaptation += b",
            method="euler",
            parameters={
                "C": (self.c_pF, "pF"),
                "g": (self.g_nS, "nS"),
                "e_L": (self.e_L_mV, "mV"),
                "v_T": (self.v_T_mV, "mV"),
                "delta_T": (self.delta_T_mV, "mV"),
                "a": (self.a_nS, "nS"),
                "tau_w": (self.tau_w_ms, "ms"),
                "b": (self.b_pA, "pA"),
                "v_reset": (self.v_reset_mV, "mV"),
                "v_peak": (self.v_peak_mV, "mV"),
            },
            rest={"v": (self.e_L_mV, "mV"), "adaptation": (0.0, "pA")},
            signals={"current": "1"},
        )

    @property
    def rheobase_pA(self) -> float:  # noqa: N802 - the unit
        """The constant current above which no state of rest is stable.

            (g + a) [v_T - e_L - delta_T + delta_T ln(1 + a / g)]                           if a / g < r = tau_m / tau_w
            (g + a) [v_T - e_L - delta_T + delta_T ln(1 + r)] + g delta_T (a / g - r)       otherwise

        with tau_m = C / g. In the first case rest disappears, in the second it begins to swing (Touboul & Brette 2008,
        Biological Cybernetics 99:319). A sudden step may call forth a spike below it, for w lags. For a <= -g
        no current has a stable state of rest: minus infinity.
        """
        slope = min(self.a_nS / self.g_nS, self.c_pF / self.g_nS / self.tau_w_ms)
        if not slope > -1:
            return float("-inf")
        base = self.v_T_mV - self.e_L_mV - self.delta_T_mV + self.delta_T_mV * float(np.log1p(slope))
        return (self.g_nS + self.a_nS) * base + self.delta_T_mV * (self.a_nS - self.g_nS * slope)


def _naud(c, g, e_L, a, tau_w, b, v_reset) -> AdEx:
    return AdEx(c, g, e_L, -50.0, 2.0, a, tau_w, b, v_reset, 0.0)


NAUD_2008: Mapping[str, tuple[AdEx, float]] = MappingProxyType(
    {
        "tonic": (_naud(200.0, 10.0, -70.0, 2.0, 30.0, 0.0, -58.0), 500.0),
        "adapting": (_naud(200.0, 12.0, -70.0, 2.0, 300.0, 60.0, -58.0), 500.0),
        "initial burst": (_naud(130.0, 18.0, -58.0, 4.0, 150.0, 120.0, -50.0), 400.0),
        "regular bursting": (_naud(200.0, 10.0, -58.0, 2.0, 120.0, 100.0, -46.0), 210.0),
        "delayed accelerating": (_naud(200.0, 12.0, -70.0, -10.0, 300.0, 0.0, -58.0), 300.0),
        "delayed regular bursting": (_naud(100.0, 10.0, -65.0, -10.0, 90.0, 30.0, -47.0), 110.0),
        "transient": (_naud(100.0, 10.0, -65.0, 10.0, 90.0, 100.0, -47.0), 180.0),
        "irregular": (_naud(100.0, 12.0, -60.0, -11.0, 130.0, 30.0, -48.0), 160.0),
    }
)
"""The eight firing patterns, each a neuron and its step of current in pA: Naud, Marcille, Clopath & Gerstner 2008,
Biological Cybernetics 99:335, table 1, with the values that P. Mueller adapted to match its figures, as in Brian2's
example. Other copies of the table differ for delayed regular bursting and for transient, and do not give them."""
