"""Triplet STDP: its formula spike by spike, and how sixty pairings depend on their frequency (V7)."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking import subjects
from brainnet.conformance.spiking.spike_by_spike import Trains, simulated
from brainnet.spiking.learning import PfisterGerstnerSTDP

FREQUENCIES_HZ = (0.1, 10.0, 20.0, 40.0, 50.0)
AFTER_60 = {10: (0.0, 0.13, 0.25, 0.53, 0.74), -10: (-0.31, -0.33, -0.35, 0.15, 0.73)}  # by lag in ms
PUBLISHED = np.array(AFTER_60[10] + AFTER_60[-10])
PRINTED = 0.005  # two decimals
RULE, RATE, START, DT = PfisterGerstnerSTDP(rate=0.1), 0.1, 0.5, 5.0  # far from the bounds of the weight


def pairings(lone: int) -> tuple[Trains, np.ndarray]:
    """Trains of 60 pairings at each frequency, +10 ms and then -10 ms; and what part of 60 they are, (column,).

    At 0.1 Hz there are `lone` of them: pairings ten seconds apart leave each other one part in e^80.
    """
    counts = np.array([lone if frequency < 1 else 60 for frequency in FREQUENCIES_HZ] * 2)
    begins = [20 + 1000 / FREQUENCIES_HZ[i % 5] * np.arange(count) for i, count in enumerate(counts)]
    steps = round((max(begin[-1] for begin in begins) + 100) / DT)
    pre, post = np.zeros((steps, 10)), np.zeros((steps, 10))
    for column, (begin, lag_ms) in enumerate(zip(begins, [10] * 5 + [-10] * 5, strict=True)):
        pre[np.rint(begin / DT).astype(int), column] = 1
        post[np.rint((begin + lag_ms) / DT).astype(int), column] = 1
    return Trains(pre, post, np.full(10, START)), counts / 60


def check_table(changes: np.ndarray) -> None:
    """Raise AssertionError unless 60 pairings change the weight by the published share, to its printed precision."""
    off = float(np.abs(changes - PUBLISHED).max())
    require(off <= PRINTED, f"60 pairings change the weight as the table says to {PRINTED} (worst {off:.4f})")


def changes(lone: int) -> np.ndarray:
    """The share by which the rule changes the weight, (column,)."""
    given, part = pairings(lone)
    return (simulated({"rule": RULE}, given, dt_ms=DT)["rule"] - START) / RATE / part


def find(full: bool) -> Finding:
    """The table, and weights after every spike of random trains; all 60 pairings at 0.1 Hz take full size."""
    found, pairs = changes(60 if full else 1), subjects.compared(["triplet"], full)
    off = float(np.abs(found - PUBLISHED).max())

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        _draw_table(left, found)
        agreement.draw(right, pairs["numpy"], "Weight")

    measured = f"table within {off:.4f}; {subjects.words(pairs)}"
    return Finding(measured, off <= PRINTED and subjects.agree(pairs), draw)


def _draw_table(axes: Axes, found: np.ndarray) -> None:
    for start, lag, line, marker in ((0, "+10 ms", "-", "."), (5, "-10 ms", "--", "x")):
        there = slice(start, start + 5)
        axes.plot(FREQUENCIES_HZ, PUBLISHED[there], f"o{line}", color=agreement.PUBLISHED, mfc="none", markersize=8,
                  label=f"published, {lag}")  # fmt: skip
        axes.plot(FREQUENCIES_HZ, found[there], marker, color=agreement.MEASURED, label=f"rule, {lag}")
    axes.set(xlabel="Frequency of pairings (Hz)", ylabel="Weight change after 60 pairings")
    axes.legend()


LAW = Law(
    key="V7",
    name="triplet",
    what="Triplet STDP depends on the frequency of pairings",
    source="Pfister & Gerstner 2006, J. Neurosci. 26, visual cortex, all-to-all",
    target="60 pairings at .1/10/20/40/50 Hz; +10 ms: 0/.13/.25/.53/.74; -10 ms: -.31/-.33/-.35/.15/.73",
    tolerance=f"{PRINTED} of the table; formula {subjects.TOLERANCE}",
    reason=f"the table has two decimals; {subjects.REASON}",
    find=find,
    caption="Left: the table. Right: weights after every spike of random trains.",
)
