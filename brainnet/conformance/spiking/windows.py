"""What a few spikes do to a weight: windows over the lag, and others that suit a rule; and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from brainnet.conformance.agreement import MEASURED, PUBLISHED, Pair
from brainnet.conformance.spiking.spike_by_spike import DT, REWARDED, STEPS, Subject, Trains, expected, simulated

Spikes = Sequence[tuple[Sequence[int], Sequence[int]]]
FIRST = 0.25  # weight; not a half, where f+ and f- of a power law would be the same


@dataclass(frozen=True)
class Scene:
    """Trains of one pair of neurons for each value x, which has a name and a unit; `marks` are values of interest."""

    x: np.ndarray
    name: str
    trains: Trains
    marks: tuple[float, ...] = ()


def scene(x: np.ndarray, name: str, spikes: Spikes, steps: int = STEPS, marks: tuple[float, ...] = ()) -> Scene:
    """A scene of the steps in which both neurons of each pair fire."""
    pre, post = np.zeros((steps, len(x))), np.zeros((steps, len(x)))
    for pair, (before, after) in enumerate(spikes):
        pre[list(before), pair] = post[list(after), pair] = 1
    return Scene(x, name, Trains(pre, post, np.full(len(x), FIRST)), marks)


def window(reach_ms: int = 32, first_ms: int = 0) -> Scene:
    """One pair of spikes at each lag; with `first_ms`, the postsynaptic neuron fires so long before them, too."""
    lags = [lag for lag in np.linspace(-reach_ms, reach_ms, 65).tolist() if lag]
    middle = round((reach_ms + 8) / DT)
    earlier = [middle - round(first_ms / DT)] if first_ms else []
    spikes = [([middle], [*earlier, middle + round(lag / DT)]) for lag in lags]
    return scene(np.array(lags), "Lag, $t_{post} - t_{pre}$ (ms)", spikes, steps=2 * middle)


def pairing_times() -> Scene:
    """One pair of spikes, pre 5 ms before post, at each time while dopamine is given now and then."""
    steps = np.arange(12, STEPS - 2, 2)
    marks = tuple(step * DT for step in REWARDED)
    return scene(steps * DT, "Time of the pair (ms)", [([step - 10], [step]) for step in steps.tolist()], marks=marks)


def burst_sizes() -> Scene:
    """A presynaptic spike 5 ms after the last of so many postsynaptic ones, 5 ms apart."""
    last = 120
    spikes = [([last], [last - 10 * before for before in range(1, count + 1)]) for count in range(11)]
    return scene(np.arange(11), "Postsynaptic spikes before, 5 ms apart", spikes)


def changes(subject: Subject, shown: Scene) -> Pair:
    """How the weight changes at each value of the scene, by the rule and by its formula, each (value,)."""
    found = simulated({"rule": subject.rule}, shown.trains)["rule"]
    return found - FIRST, expected(subject, shown.trains) - FIRST


def draw(axes: Axes, shown: Scene, pair: Pair) -> None:
    """The rule's changes over those of the formula; a window is not joined where its lag changes sign."""
    for mark in shown.marks:
        axes.axvline(mark, color="0.7", linestyle=":")
    found, formula = pair
    label = "published formula"
    for side in (shown.x < 0, shown.x >= 0):
        if side.any():
            axes.plot(shown.x[side], formula[side], color=PUBLISHED, label=label)
            label = None
    axes.plot(shown.x, found, ".", color=MEASURED, label="rule", markersize=4)
    axes.axhline(0, color="0.7", linewidth=0.8, zorder=0)
    axes.set(xlabel=shown.name, ylabel="Weight change")
