"""Krotov and Hopfield's competition: its formula, the norm it comes to, and what a readout makes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.artificial import KrotovHopfield, learn
from brainnet.conformance import agreement
from brainnet.conformance.law import Finding, Law

NORM = 0.05


def formula(weight: np.ndarray, x: np.ndarray, rule: KrotovHopfield) -> np.ndarray:
    """dw_ij = g(rank of <w_i, v>) (v_j - <w_i, v> w_ij), <w, v> = sum_j |w_j|^(p-2) w_j v_j, summed over patterns."""
    change = np.zeros_like(weight)
    for v in x:
        drive = [np.sum(np.abs(w) ** (rule.power - 2) * w * v) for w in weight.T]
        strongest_first = sorted(range(len(drive)), key=lambda i: -drive[i])
        for i, g in ((strongest_first[0], 1), (strongest_first[rule.rank - 1], -rule.repulsion)):
            change[:, i] += g * (v - drive[i] * weight[:, i])
    return weight + rule.rate * change / np.abs(change).max()


def compared(rule: Any, seed: int = 0, inputs: int = 6, neurons: int = 6, power: float = 3.0) -> agreement.Pair:
    """Weights by the rule and by its formula."""
    rng = np.random.default_rng(seed)
    weight, x = rng.normal(size=(inputs, neurons)), rng.normal(size=(6, inputs))
    settings: dict[str, Any] = {"rate": 0.05, "power": power, "rank": 1 + neurons // 2, "repulsion": 0.3}
    return rule(**settings).update(weight, x), formula(weight, x, KrotovHopfield(**settings))


def check_formula(rule: Any, seed: int = 0, inputs: int = 6, neurons: int = 6, power: float = 3.0) -> None:
    """The rule's weights are the formula's."""
    np.testing.assert_allclose(*compared(rule, seed, inputs, neurons, power), rtol=1e-9, atol=1e-12)


def falling(rule: KrotovHopfield, weight: np.ndarray, x: np.ndarray, epochs: int) -> np.ndarray:
    """Weights after learning at a rate that falls to 0, as in the authors' program."""
    rng = np.random.default_rng(0)
    for epoch in range(epochs):
        weight = learn(replace(rule, rate=rule.rate * (1 - epoch / epochs)), weight, x, batch_size=10, rng=rng)
    return weight


def norms(rule: Any, power: float = 2.0) -> np.ndarray:
    """sum_j |w_j|^p of the neurons that win, after learning."""
    rng = np.random.default_rng(0)
    x = np.abs(np.repeat(np.eye(4), 25, axis=0) + 0.1 * rng.normal(size=(100, 4)))
    competition = rule(power=power)
    weight = falling(competition, 0.5 * rng.random((4, 4)), x, epochs=60)
    wins = np.bincount(competition.drive(weight, x).argmax(axis=1), minlength=4)
    return np.sum(np.abs(weight) ** power, axis=0)[wins > 0]


def check_norm(rule: Any, power: float = 2.0) -> None:
    """Neurons that win come to sum_j |w_j|^p = 1."""
    np.testing.assert_allclose(norms(rule, power), 1, atol=NORM)


def find(full: bool) -> Finding:
    """Norms of the winners for several powers."""
    found = {power: norms(KrotovHopfield, power) for power in ((2.0, 2.5, 3.0, 4.0) if full else (2.0, 3.0))}
    off, pair = max(np.abs(norm - 1).max() for norm in found.values()), agreement.over_seeds(compared, KrotovHopfield)

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        for power, norm in found.items():
            left.plot(np.full(len(norm), power), norm, "o", color=agreement.MEASURED)
        left.axhline(1, color=agreement.PUBLISHED, linestyle="--")
        left.axhspan(1 - NORM, 1 + NORM, color=agreement.PUBLISHED, alpha=0.15, linewidth=0)
        left.set(xlabel="Power p", ylabel=r"$\sum_j |w_j|^p$ of a winner", xticks=list(found))
        agreement.draw(right, pair, "Weight")

    measured = f"norm 1 within {off:.3f}; {agreement.words(pair)}"
    return Finding(measured, bool(off <= NORM and agreement.error(pair) < agreement.CLOSE), draw)


LAW = Law(
    key="A5",
    name="krotov-hopfield",
    what="Krotov and Hopfield's winners come to norm 1",
    source="Krotov & Hopfield 2019, PNAS 116",
    target="sum of |w|^p is 1 for every neuron that wins",
    tolerance=f"{NORM}; formula 1e-9",
    reason="patterns have noise of 0.1, and the rate reaches 0 before the norm reaches 1; " + agreement.CLOSE_REASON,
    find=find,
    caption="Left: dashed the published norm, band the tolerance. Right: weights, by rule and by formula.",
)
