"""Equations of motion between spikes in plain NumPy, each from its publication, and their solution in small steps.

Times in ms; potentials, currents and constants in the units of the neurons' own fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

State = dict[str, np.ndarray]
Motion = Callable[[Any, State, np.ndarray], State]


def lif(n: Any, s: State, current: np.ndarray) -> State:
    """Lapicque 1907: tau dv/dt = -v + I."""
    return {"v": (current - s["v"]) / n.tau_ms}


def synaptic_lif(n: Any, s: State, current: np.ndarray) -> State:
    """The same under a current s that decays: tau_s ds/dt = -s."""
    return {"v": (s["s"] - s["v"]) / n.tau_ms, "s": -s["s"] / n.tau_syn_ms}


def adaptive_lif(n: Any, s: State, current: np.ndarray) -> State:
    """Treves 1993: tau dv/dt = -v + I - w, tau_w dw/dt = -w."""
    return {"v": (current - s["v"] - s["adaptation"]) / n.tau_ms, "adaptation": -s["adaptation"] / n.tau_w_ms}


def conductance_lif(n: Any, s: State, current: np.ndarray) -> State:
    """Diehl & Cook 2015: tau dv/dt = (E_rest - v) + g_e (E_exc - v) + g_i (E_inh - v), E_exc = 0 mV."""
    pull = n.v_rest_mV - s["v"] + s["ge"] * (0 - s["v"]) + s["gi"] * (n.e_inh_mV - s["v"])
    return {"v": pull / n.tau_ms, "ge": -s["ge"] / n.tau_e_ms, "gi": -s["gi"] / n.tau_i_ms}


def exponential_if(n: Any, s: State, current: np.ndarray) -> State:
    """Fourcaud-Trocme et al. 2003: tau dv/dt = E_L - v + Delta_T exp((v - V_T) / Delta_T) + I."""
    upswing = n.delta_T_mV * np.exp((s["v"] - n.v_T_mV) / n.delta_T_mV)
    return {"v": (n.e_L_mV - s["v"] + upswing + current) / n.tau_ms}


def adex(n: Any, s: State, current: np.ndarray) -> State:
    """Brette & Gerstner 2005: C dv/dt = -g (v - E_L) + g Delta_T exp((v - V_T) / Delta_T) - w + I,
    tau_w dw/dt = a (v - E_L) - w."""
    upswing = n.g_nS * n.delta_T_mV * np.exp((s["v"] - n.v_T_mV) / n.delta_T_mV)
    flow = -n.g_nS * (s["v"] - n.e_L_mV) + upswing - s["adaptation"] + current
    return {"v": flow / n.c_pF, "adaptation": (n.a_nS * (s["v"] - n.e_L_mV) - s["adaptation"]) / n.tau_w_ms}


def izhikevich(n: Any, s: State, current: np.ndarray) -> State:
    """Izhikevich 2003: dv/dt = 0.04 v^2 + 5 v + 140 - u + I, du/dt = a (b v - u)."""
    return {"v": 0.04 * s["v"] ** 2 + 5 * s["v"] + 140 - s["u"] + current, "u": n.a * (n.b * s["v"] - s["u"])}


def hodgkin_huxley(n: Any, s: State, current: np.ndarray) -> State:
    """Hodgkin & Huxley 1952, equation 26, with V = -65 mV - v for their potential from rest."""
    v, m, h, k = s["v"], s["m"], s["h"], s["n"]
    past = -65 - v
    opens = {
        "m": 0.1 * (past + 25) / np.expm1((past + 25) / 10),
        "h": 0.07 * np.exp(past / 20),
        "n": 0.01 * (past + 10) / np.expm1((past + 10) / 10),
    }
    closes = {"m": 4 * np.exp(past / 18), "h": 1 / (np.exp((past + 30) / 10) + 1), "n": 0.125 * np.exp(past / 80)}
    out = n.g_Na_nS * m**3 * h * (v - n.e_Na_mV) + n.g_K_nS * k**4 * (v - n.e_K_mV) + n.g_L_nS * (v - n.e_L_mV)
    return {"v": (current - out) / n.c_pF} | {x: opens[x] * (1 - s[x]) - closes[x] * s[x] for x in opens}


MOTIONS: Mapping[str, Motion] = {
    "LIF": lif,
    "SynapticLIF": synaptic_lif,
    "AdaptiveLIF": adaptive_lif,
    "ConductanceLIF": conductance_lif,
    "ExponentialIF": exponential_if,
    "AdEx": adex,
    "Izhikevich": izhikevich,
    "HodgkinHuxley": hodgkin_huxley,
}


def solved(neuron: Any, begin: State, current: np.ndarray, ms: float, steps: int) -> State:
    """The state, (neuron,) each, that long after, by the classical method of Runge and Kutta, of order 4."""
    move, state, h = MOTIONS[type(neuron).__name__], dict(begin), ms / steps

    def shifted(slope: State, by: float) -> State:
        return {name: value + by * slope[name] for name, value in state.items()}

    for _ in range(steps):
        first = move(neuron, state, current)
        second = move(neuron, shifted(first, h / 2), current)
        third = move(neuron, shifted(second, h / 2), current)
        last = move(neuron, shifted(third, h), current)
        mean = {x: (first[x] + 2 * second[x] + 2 * third[x] + last[x]) / 6 for x in state}
        state = shifted(mean, h)
    return state
