"""AdEx: its eight firing patterns, and the current at which it begins to fire (V2)."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking import patterns
from brainnet.conformance.spiking.observe import Seen, observe
from brainnet.spiking.neurons import NAUD_2008, AdEx

MS, DT = 1000.0, 0.1
FINE_DT = 0.02
STAIRS = np.array([0.6, 0.8, 0.9, 0.96, 0.98, 0.99, 1.01, 1.02])  # of the rheobase
STAIR_MS, STAIR_DT = 1000.0, 0.2
FORMULA = 1e-4  # relative, for a rheobase from stability on a grid of potentials
ACCELERATING = replace(NAUD_2008["delayed accelerating"][0], a_nS=-6.0, tau_w_ms=5.0)
AT_REST = {"defaults": AdEx(), "tonic": NAUD_2008["tonic"][0], "accelerating": ACCELERATING}


def responses(kind: Any, dt_ms: float = DT) -> tuple[Seen, list[str]]:
    """What the neurons of Naud et al. do under their steps of current, and which patterns these are."""
    neurons, currents = zip(*NAUD_2008.values(), strict=True)
    made = [kind(**asdict(neuron)) for neuron in neurons]
    seen = observe(made, {"current": currents}, MS, dt_ms, traces=("v",))
    return seen, [patterns.adex_pattern(spikes, MS, dt_ms) for spikes in seen.spikes_ms]


def published_rheobase(n: AdEx) -> float:
    """(g + a) [V_T - E_L - Delta_T + Delta_T ln(1 + a / g)], for a / g < tau_m / tau_w."""
    bend = n.delta_T_mV * np.log(1 + n.a_nS / n.g_nS)
    return (n.g_nS + n.a_nS) * (n.v_T_mV - n.e_L_mV - n.delta_T_mV + bend)


def last_stable(n: AdEx) -> float:
    """The largest constant current that has a state of rest at which the Jacobian's trace is below 0, its determinant
    above."""
    v = np.linspace(-75, -45, 30001)
    upswing = np.exp((v - n.v_T_mV) / n.delta_T_mV)
    trace = n.g_nS * (upswing - 1) / n.c_pF - 1 / n.tau_w_ms
    determinant = (n.a_nS - n.g_nS * (upswing - 1)) / (n.c_pF * n.tau_w_ms)
    current = (n.g_nS + n.a_nS) * (v - n.e_L_mV) - n.g_nS * n.delta_T_mV * upswing
    return float(current[(trace < 0) & (determinant > 0)].max())


def climbed(kind: Any) -> np.ndarray:
    """Lasting spikes, (neuron, stair), of neurons at rest whose current climbs past the rheobase."""
    neurons = [kind(**asdict(neuron)) for neuron in AT_REST.values()]
    rheobases = np.array([neuron.rheobase_pA for neuron in neurons])
    return patterns.lasting(neurons, rheobases, STAIRS, STAIR_MS, STAIR_DT)


def onsets(counts: np.ndarray) -> np.ndarray:
    """The stair, in units of the rheobase, from which each neuron goes on firing."""
    fires = counts > 0
    return np.where(fires.any(axis=1), STAIRS[fires.argmax(axis=1)], np.inf)


def check(kind: Any) -> None:
    """The eight patterns; the rheobase by the formula, by stability, and by simulation."""
    named = responses(kind)[1]
    require(named == list(NAUD_2008), f"the eight patterns (got {', '.join(named)})")
    for neuron in (AT_REST["tonic"], ACCELERATING):
        np.testing.assert_allclose(kind(**asdict(neuron)).rheobase_pA, published_rheobase(neuron), rtol=1e-12)
    for neuron in (*AT_REST.values(), NAUD_2008["irregular"][0]):
        np.testing.assert_allclose(kind(**asdict(neuron)).rheobase_pA, last_stable(neuron), rtol=FORMULA)
    restless = kind(**asdict(NAUD_2008["delayed regular bursting"][0])).rheobase_pA
    require(restless == -np.inf, f"no current gives rest where a = -g (got {restless:g} pA)")
    begun = onsets(climbed(kind))
    require((begun > 1).all() and (begun <= STAIRS[-1]).all(), f"firing from 1.01 or 1.02 rheobases (got {begun})")


def find(full: bool) -> Finding:
    """Patterns of the eight neurons, and the stairs of three."""
    seen, named = responses(AdEx, FINE_DT if full else DT)
    counts = climbed(AdEx)
    begun = onsets(counts)
    check(AdEx)
    same = sum(a == b for a, b in zip(named, NAUD_2008, strict=True))
    measured = f"{same} of 8 patterns; silent to 0.99 rheobases, firing from {begun.min():g} to {begun.max():g}"

    def draw(figure: Figure) -> None:
        top, bottom = figure.subplots(2, 1, height_ratios=(6, 1))
        patterns.draw(top, seen, range(8), 0.0, list(NAUD_2008), named)
        bottom.axvline(1, color=agreement.PUBLISHED, label="published")
        bottom.hlines(range(3), 0.99, begun, color=agreement.MEASURED, linewidth=4, label="from silent to firing")
        bottom.set_yticks(range(3), AT_REST)
        bottom.set(xlabel="Current / published rheobase", ylabel="Neuron", xlim=(0.95, 1.05), ylim=(-0.6, 2.6))
        bottom.legend(loc="right")

    return Finding(measured, same == 8, draw)


LAW = Law(
    key="V2",
    name="adex",
    what="AdEx fires in eight patterns, from its rheobase",
    source="Brette & Gerstner 2005, J. Neurophysiol. 94; Naud et al. 2008, Biol. Cybern. 99",
    target="8 of 8 patterns by rules on intervals; rheobase (g + a)[V_T - E_L - D_T + D_T ln(1 + a/g)]",
    tolerance="none for patterns; rheobase 1 % from below, 2 % from above; formula 1e-12",
    reason="near the rheobase a neuron takes longer to its first spike than a stair of the current lasts",
    find=find,
    caption="Above: potentials, between the names published and found. Below: where lasting fire sets in.",
    height=7.0,
)
