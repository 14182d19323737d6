"""The neuron of Hodgkin and Huxley."""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.checks import require_below, require_finite, require_positive, require_that
from brainnet.spiking.neurons.dynamics import METHODS, Dynamics

# x / (1 - exp(-x)) is 1 / exprel(-x), which has no hole at x = 0.
EQUATIONS = """dv/dt = (i_Na + i_K + g_L * (e_L - v) + current * pA) / C : volt
i_Na = g_Na * m ** 3 * h * (e_Na - v) : amp
i_K = g_K * n ** 4 * (e_K - v) : amp
dm/dt = (am * (1 - m) - bm * m) / ms : 1
dh/dt = (ah * (1 - h) - bh * h) / ms : 1
dn/dt = (an * (1 - n) - bn * n) / ms : 1
am = 1 / exprel(-(v / mV + 40) / 10) : 1
bm = 4 * exp(-(v / mV + 65) / 18) : 1
ah = 0.07 * exp(-(v / mV + 65) / 20) : 1
bh = 1 / (1 + exp(-(v / mV + 35) / 10)) : 1
an = 0.1 / exprel(-(v / mV + 55) / 10) : 1
bn = 0.125 * exp(-(v / mV + 65) / 80) : 1
above : integer"""


@dataclass(frozen=True)
class HodgkinHuxley:
    """The squid's giant axon at 6.3 C under an injected current I, in today's sign convention.

        C dv/dt = g_L (e_L - v) + g_Na m^3 h (e_Na - v) + g_K n^4 (e_K - v) + I
        dx/dt = alpha_x (1 - x) - beta_x x    for x = m, h, n
        alpha_m = 0.1 (v + 40) / (1 - exp(-(v + 40) / 10))      beta_m = 4 exp(-(v + 65) / 18)
        alpha_h = 0.07 exp(-(v + 65) / 20)                      beta_h = 1 / (1 + exp(-(v + 35) / 10))
        alpha_n = 0.01 (v + 55) / (1 - exp(-(v + 55) / 10))     beta_n = 0.125 exp(-(v + 65) / 80)

    v, e in mV, rates per ms. Conductances (nS), capacitance (pF) and current (pA) are those of 100 square micrometres
    of membrane, so their numbers are the publication's per square centimetre: 1 pA here is 1 uA/cm2, 1 nS 1 mS/cm2,
    1 pF 1 uF/cm2. A spike is a rise of v through `v_th_mV`; nothing is reset. Defaults: Hodgkin & Huxley 1952, Journal
    of Physiology 117:500, table 3, with v = -65 mV - V.

    Integrated by exponential Euler, of order 1: each equation is linear in its own variable. Its rate
    at 10 pA becomes wrong by 1 % at dt = 0.02 ms. `method` "rk2" or "rk4" is of order 2 or 4: wrong by less than 0.1 %
    at dt = 0.05 ms, unstable at 0.1 ms.
    """

    c_pF: float = 1.0
    g_Na_nS: float = 120.0
    g_K_nS: float = 36.0
    g_L_nS: float = 0.3
    e_Na_mV: float = 50.0
    e_K_mV: float = -77.0
    e_L_mV: float = -54.387
    v_th_mV: float = 0.0
    method: str = "exponential_euler"

    def __post_init__(self) -> None:
        require_that(self, "method", self.method in METHODS, f"be one of {', '.join(METHODS)}")
        require_positive(self, "c_pF", "g_Na_nS", "g_K_nS", "g_L_nS")
        require_finite(self, "e_L_mV")
        require_below(self, "e_K_mV", "v_th_mV")
        require_below(self, "v_th_mV", "e_Na_mV")

    def dynamics(self) -> Dynamics:
        """Equations in the units above; `current` is a signal, one number of pA per neuron and pattern."""
        return Dynamics(
            equations=EQUATIONS,
            threshold="v > v_th and above == 0",
            reset="above = 1",
            method=self.method,
            parameters={
                "C": (self.c_pF, "pF"),
                "g_Na": (self.g_Na_nS, "nS"),
                "g_K": (self.g_K_nS, "nS"),
                "g_L": (self.g_L_nS, "nS"),
                "e_Na": (self.e_Na_mV, "mV"),
                "e_K": (self.e_K_mV, "mV"),
                "e_L": (self.e_L_mV, "mV"),
                "v_th": (self.v_th_mV, "mV"),
            },
            rest=REST,
            signals={"current": "1"},
            held="above = above * int(v > v_th)",
        )


REST = {
    "v": (-65.0, "mV"),
    "m": (0.0529324852572496, "1"),
    "h": (0.5961207535084603, "1"),
    "n": (0.3176769140606974, "1"),
    "above": (0, "whole"),
}
"""The state of rest of the published axon: alpha / (alpha + beta) at -65 mV."""
