"""Firing rates of integrate-and-fire neurons under constant input against their closed forms (V1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking.observe import observe
from brainnet.spiking.neurons import LIF, AdaptiveLIF, ConductanceLIF, ExponentialIF, SynapticLIF

MS, DT = 250.0, 0.05
CURRENT = np.linspace(0.5, 4, 36)  # in units of the threshold
FOREVER_MS = 1e9  # a current or conductance with this time constant stays as it is
SPIKE = 1.0  # the tolerance
FORMULA = 1e-6  # relative, for the library's own closed forms


@dataclass(frozen=True)
class Curve:
    """Spikes in `MS`, measured and published, (set of constants, drive); the library's own closed forms, and those
    published."""

    quantity: str
    drive: np.ndarray
    counts: np.ndarray
    published: np.ndarray
    closed: agreement.Pair | None = None

    @property
    def off(self) -> float:
        """By how many spikes the counts are off, at most."""
        return float(np.abs(self.counts - self.published).max())


def lapicque(drive: np.ndarray, tau_ms: Any, t_ref_ms: Any, reset: Any, threshold: Any) -> np.ndarray:
    """f = 1 / (t_ref + tau ln((RI - V_r) / (RI - V_th))), in Hz; 0 for RI <= V_th."""
    above = drive > threshold
    ratio = (drive - reset) / np.where(above, drive - threshold, 1.0)
    return np.where(above, 1000 / (t_ref_ms + tau_ms * np.log(np.where(above, ratio, 2.0))), 0.0)


def spikes(rate_hz: np.ndarray, t_ref_ms: Any) -> np.ndarray:
    """How many in `MS`, if it begins at the reset, free to move."""
    return np.floor((MS + t_ref_ms) * rate_hz / 1000)


def spikes_of(waits_ms: np.ndarray, t_ref_ms: Any) -> np.ndarray:
    """The same where each interval, (spike, neuron), is another."""
    return (np.cumsum(waits_ms, axis=0) <= MS + t_ref_ms).sum(axis=0)


def lif(kind: Any) -> Curve:
    """Lapicque's neuron, with and without a refractory time, and reset below its rest."""
    t_ref, reset = np.array([[3.0], [0.0], [2.0]]), np.array([[0.0], [0.0], [-0.5]])
    rate = lapicque(CURRENT, 20.0, t_ref, reset, 1.0)
    neurons = [kind(20.0, own, below) for own, below in zip(t_ref[:, 0], reset[:, 0], strict=True)]
    begin = {"v": np.repeat(reset[:, 0], 36)}
    counts = observe(_each(neurons, 36), {"current": np.tile(CURRENT, 3)}, MS, DT, begin=begin).counts.reshape(3, -1)
    closed = np.array([neuron.rate_hz(CURRENT) for neuron in neurons]), rate
    return Curve("Current / threshold", CURRENT, counts, spikes(rate, t_ref), closed)


def synaptic_lif(kind: Any) -> Curve:
    """Under a synaptic current that stays it is Lapicque's, without a refractory time."""
    counts = observe(kind(tau_ms=20.0, tau_syn_ms=FOREVER_MS), {}, MS, DT, begin={"s": CURRENT}).counts
    expected = spikes(lapicque(CURRENT, 20.0, 0.0, 0.0, 1.0), 0.0)
    return Curve("Synaptic current / threshold", CURRENT, counts, expected[None])


def conductance_lif(kind: Any) -> Curve:
    """Conductances that stay change what the potential tends to, and how fast; a threshold may grow at each spike."""
    sets = np.array([[3.0, 0.0], [DT, 0.0], [3.0, 0.4]])  # t_ref in ms, growth of the threshold in mV
    g_e, g_i, t_ref, jump = np.linspace(0.2, 1.28, 19), 0.3, sets[:, :1], sets[:, 1:]
    constants = {"tau_ms": 20.0, "v_rest_mV": -65.0, "v_reset_mV": -62.0, "v_th_mV": -72.0, "e_inh_mV": -90.0}
    constants |= {"tau_e_ms": FOREVER_MS, "tau_i_ms": FOREVER_MS, "theta_start_mV": 20.0, "tau_theta_ms": 5000.0}
    neurons = [kind(refractory_ms=own, theta_plus_mV=growth, **constants) for own, growth in sets]
    tends, tau = (-65 + g_e * 0 + g_i * -90) / (1 + g_e + g_i), 20.0 / (1 + g_e + g_i)
    theta = 20 * (1 - MS / 5000)  # it decays at the onset, by the whole presentation at once
    rates = [lapicque(tends, tau, t_ref, -62.0, -72 + theta + jump * spike) for spike in range(100)]
    begin = {"v": np.full(57, -62.0), "ge": np.tile(g_e, 3), "gi": np.full(57, g_i)}
    counts = observe(_each(neurons, 19), {}, MS, DT, begin=begin, learn=True).counts.reshape(3, -1)
    return Curve("Excitation / leak", g_e, counts, spikes_of(1000 / np.maximum(rates, 1e-9), t_ref))


@cache
def tiring(t_ref: float, tau_w: float) -> np.ndarray:
    """Intervals under `CURRENT`, (spike, neuron), at tau = 20 ms and b = 0.3, one after the other.

    1 = I (1 - e^(-s / tau)) - w (e^(-s / tau_w) - e^(-s / tau)) / (1 - tau / tau_w)    w := w + b
    """
    waits, w = np.full((300, len(CURRENT)), np.inf), np.zeros(len(CURRENT))
    for spike in range(300):
        low, high = np.zeros(len(CURRENT)), np.full(len(CURRENT), 1e3)
        for _ in range(50):
            s = (low + high) / 2
            decay = np.exp(-s / 20)
            above = CURRENT * (1 - decay) - w * (np.exp(-s / tau_w) - decay) / (1 - 20 / tau_w) > 1
            low, high = np.where(above, low, s), np.where(above, s, high)
        waits[spike] = np.where(CURRENT > 1, high + t_ref, np.inf)
        w = (w * np.exp(-high / tau_w) + 0.3) * np.exp(-t_ref / tau_w)
    return waits


def adaptive_lif(kind: Any) -> Curve:
    """With and without a refractory time, spike by spike; rates in the long run, and Lapicque's without jumps."""
    t_ref = np.array([[3.0], [0.0]])
    waits = [tiring(own, 80.0) for own in t_ref[:, 0]]
    long_run = [1000 / every[-1] for every in (*waits, tiring(3.0, 20.0 * (1 + 1e-7)))]
    neurons = [kind(20.0, own, tau_w, 0.3) for own, tau_w in ((3.0, 80.0), (0.0, 80.0), (3.0, 20.0))]
    untiring = [kind(20.0, 3.0, tau_w, 0.0) for tau_w in (5.0, 20.0, 80.0)]
    found = [neuron.rate_hz(CURRENT) for neuron in (*neurons, *untiring)]
    closed = np.array(found), np.array(long_run + [lapicque(CURRENT, 20.0, 3.0, 0.0, 1.0)] * 3)
    counts = observe(_each(neurons[:2], 36), {"current": np.tile(CURRENT, 2)}, MS, DT).counts
    expected = np.array([spikes_of(every, own) for every, own in zip(waits, t_ref[:, 0], strict=True)])
    return Curve("Current / threshold", CURRENT, counts.reshape(2, -1), expected, closed)


def exponential_if(kind: Any) -> Curve:
    """1 / f = t_ref + tau times the integral from V_r to V_peak of dv / (E_L - v + Delta_T e^((v-V_T)/Delta_T) + I)."""
    neuron, current = kind(), np.array([0.8, 1.55, *np.linspace(1.7, 12, 30)])
    v = np.linspace(-68, -30, 50001)
    speeds = -65 - v + 3.48 * np.exp((v + 59.9) / 3.48) + current[:, None]
    fires = speeds.min(axis=1) > 0
    rate = fires * 1000 / (1.7 + 10 * np.trapezoid(1 / np.where(fires[:, None], speeds, 1.0), v, axis=1))
    counts = observe(neuron, {"current": current}, MS, DT, begin={"v": np.full(32, -68.0)}).counts
    closed = np.append(neuron.rate_hz(current), neuron.rheobase_mV), np.append(rate, -59.9 + 65 - 3.48)
    return Curve("Current (mV)", current, counts, spikes(rate, 1.7)[None], closed)


def _each(neurons: list[Any], times: int) -> list[Any]:
    return [neuron for neuron in neurons for _ in range(times)]


CURVES: Mapping[Any, Callable[[Any], Curve]] = {
    LIF: lif,
    SynapticLIF: synaptic_lif,
    ConductanceLIF: conductance_lif,
    AdaptiveLIF: adaptive_lif,
    ExponentialIF: exponential_if,
}


def check(kind: Any) -> None:
    """Within one spike under each drive, and the library's closed forms are the published ones."""
    name = kind.__name__
    curve = next(made for known, made in CURVES.items() if known.__name__ == name)(kind)
    require(curve.off <= SPIKE, f"{name} within {SPIKE:g} spike of its closed form (got {curve.off:g})")
    if curve.closed is not None:
        np.testing.assert_allclose(*curve.closed, rtol=FORMULA, err_msg=f"closed form of {name}")


def find(full: bool) -> Finding:
    """Every neuron that has a closed form, under constant input."""
    curves = {kind.__name__: make(kind) for kind, make in CURVES.items()}
    for kind in CURVES:
        check(kind)
    exact = sum(np.count_nonzero(curve.counts == curve.published) for curve in curves.values())
    every, off = sum(curve.counts.size for curve in curves.values()), max(curve.off for curve in curves.values())
    measured = f"{exact} of {every} counts as the closed form has them, the others off by {off:g}"
    return Finding(measured, True, lambda figure: draw(figure, curves))


def draw(figure: Figure, curves: Mapping[str, Curve]) -> None:
    """A neuron in each panel, and its rate with each set of constants."""
    panels = figure.subplot_mosaic([list("abc"), list("de.")])
    for axes, (name, curve) in zip(panels.values(), curves.items(), strict=True):
        found, closed = (1000 / MS * counts.T for counts in (curve.counts, curve.published))
        lines = axes.plot(curve.drive, closed, color=agreement.PUBLISHED)
        dots = axes.plot(curve.drive, found, "o", color=agreement.MEASURED, markersize=3)
        axes.set(xlabel=curve.quantity, ylabel="Rate (Hz)", title=name)
        if not figure.legends:
            figure.legend([dots[0], lines[0]], ["measured", "closed form"], loc="outside upper center", ncols=2)


LAW = Law(
    key="V1",
    name="fi-curve",
    what="Rates of integrate-and-fire neurons under constant input",
    source="Lapicque 1907; Gerstner & Kistler 2002; Treves 1993; Fourcaud-Trocme et al. 2003, J. Neurosci. 23",
    target="f = 1 / (t_ref + tau ln((RI - V_r) / (RI - V_th))), or the closed form or integral of the neuron",
    tolerance=f"{SPIKE:g} spike in {MS:g} ms; the library's closed forms {FORMULA:g}",
    reason="a spike waits for the end of its step, and may so be the first after the end; integrals are sums",
    find=find,
    caption="Dots: counts by simulation. Line: as many spikes as the closed form has.",
    height=5.0,
)
