"""Pair STDP: its window, for every pairing and every dependence on the weight, and its formula spike by spike (V5)."""

from __future__ import annotations

from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.conformance.agreement import MEASURED, PUBLISHED, require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking import subjects, windows
from brainnet.conformance.spiking.spike_by_spike import simulated
from brainnet.spiking.learning import Additive, Multiplicative, PairSTDP, PowerLaw

RATE, MU, NEAR = 0.1, 0.4, 1e-6
SHARE = windows.FIRST  # of w_max, which is 1
DEPENDENCES = {  # f+ and f- at that share
    "additive": (Additive(), 1.0, 1.0),
    "multiplicative": (Multiplicative(), 1.0, SHARE),
    "power law": (PowerLaw(MU), (1 - SHARE) ** MU, SHARE**MU),
}
VARIANTS = {
    f"{pairs} {name}": PairSTDP(rate=RATE, pairs=pairs, dependence=dependence)
    for pairs in ("all", "nearest")
    for name, (dependence, _, _) in DEPENDENCES.items()
}
SHOWN = windows.window()
ROWS = ("additive", "nearest", "power")


def kernel(variant: str) -> np.ndarray:
    """The fit to Bi & Poo 1998, times f+ and f-, at each lag."""
    _, up, down = DEPENDENCES[variant.partition(" ")[2]]
    lag = SHOWN.x
    return np.where(lag > 0, up * 0.777 * np.exp(-np.abs(lag) / 16.8), -down * 0.273 * np.exp(-np.abs(lag) / 33.7))


@cache
def changed() -> dict[str, np.ndarray]:
    """The share by which a pair of spikes at each lag changes the weight, for every variant."""
    weights = simulated({f"variant_{i}": rule for i, rule in enumerate(VARIANTS.values())}, SHOWN.trains)
    return {name: (after - SHARE) / RATE for name, after in zip(VARIANTS, weights.values(), strict=True)}


def check_window(found: np.ndarray, variant: str) -> None:
    """Raise AssertionError unless pairs of spikes have changed the weight as the kernel says."""
    off = float(np.abs(found - kernel(variant)).max())
    require(off <= NEAR, f"the window is the kernel's to {NEAR:.0e} (worst {off:.1e})")


def find(full: bool) -> Finding:
    """All windows, and weights after every spike of random trains."""
    found, pairs = changed(), subjects.compared(ROWS, full)
    off = max(float(np.abs(found[variant] - kernel(variant)).max()) for variant in VARIANTS)

    def draw(figure: Figure) -> None:
        every = figure.subplots(1, 2, sharey=True)
        for axes, pairing, title in zip(every, ("all", "nearest"), ("All pairs", "Nearest spikes"), strict=True):
            _draw_windows(axes, pairing)
            axes.set_title(title)
        every[0].legend(fontsize=8)

    measured = f"{len(VARIANTS)} windows within {off:.0e}; {subjects.words(pairs)}"
    return Finding(measured, off <= NEAR and subjects.agree(pairs), draw)


def _draw_windows(axes: Axes, pairing: str) -> None:
    axes.axhline(0, color="0.7", linewidth=0.8, zorder=0)
    for name, line, marker in zip(DEPENDENCES, ("-", "--", ":"), ("o", "s", "^"), strict=True):
        variant, label = f"{pairing} {name}", f"published, {name}"
        for side in (SHOWN.x < 0, SHOWN.x > 0):
            axes.plot(SHOWN.x[side], kernel(variant)[side], line, color=PUBLISHED, label=label)
            label = None
        axes.plot(SHOWN.x, changed()[variant], marker, color=MEASURED, markersize=4, markevery=3, label=f"rule, {name}")
    axes.set(xlabel=SHOWN.name, ylabel="Weight change / rate")


LAW = Law(
    key="V5",
    name="stdp-window",
    what="Pair STDP: the window of single pairs",
    source="Bi & Poo 1998, J. Neurosci. 18; Song et al. 2000; van Rossum et al. 2000; Gütig et al. 2003",
    target="0.777 f+ exp(-dt / 16.8 ms) if post comes after pre, else -0.273 f- exp(dt / 33.7 ms)",
    tolerance=f"{NEAR:.0e} of the window; formula {subjects.TOLERANCE}",
    reason=f"a thousandth of the last digit of the published constants; {subjects.REASON}",
    find=find,
    caption=f"One pair of spikes at each lag, from {SHARE} of w_max; f+ is 1 in the first two dependences.",
)
