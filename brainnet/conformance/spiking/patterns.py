"""Firing patterns, told from inter-spike intervals, and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from brainnet.conformance import agreement
from brainnet.conformance.spiking.observe import Seen, observe

APART_MV = 110.0  # between the potentials of two neurons in a figure


def period(intervals: np.ndarray, dt_ms: float, at_most: int = 8) -> int:
    """After how many intervals the second half of them repeats, to 5 % and a step; 0 for not at all."""
    late = intervals[len(intervals) // 2 :]
    for p in range(1, min(at_most, len(late) // 2) + 1):
        if np.all(np.abs(late[p:] - late[:-p]) <= 0.05 * late[:-p] + dt_ms):
            return p
    return 0


def adex_pattern(spikes_ms: np.ndarray, duration_ms: float, dt_ms: float) -> str:
    """Which of the eight patterns of Naud et al. 2008 a response to a step of current is, or what else."""
    if not len(spikes_ms):
        return "silent"
    if spikes_ms[-1] < duration_ms / 2:
        return "transient"
    intervals = np.diff(spikes_ms)
    repeats = period(intervals, dt_ms)
    if repeats == 0:
        return "irregular"
    if repeats > 1:
        return "delayed regular bursting" if spikes_ms[0] > intervals.max() / 2 else "regular bursting"
    if intervals[-1] < 0.75 * intervals[0]:
        return "delayed accelerating" if spikes_ms[0] > intervals.max() else "accelerating"
    if (intervals[1:] > 3 * intervals[:-1]).any():
        return "initial burst"
    return "adapting" if intervals[-1] > 2 * intervals[0] else "tonic"


def izhikevich_kind(strong_ms: np.ndarray, weak_ms: np.ndarray, duration_ms: float, dt_ms: float) -> str:
    """Which of the five kinds of Izhikevich 2003, figure 2, fires so under a current of 10 and of 3, or what else."""
    intervals = np.diff(strong_ms)
    repeats = period(intervals, dt_ms)
    if repeats == 0:
        return "unsettled"
    if repeats > 1:
        return "CH"
    if (intervals[1:] > 3 * intervals[:-1]).any():
        return "IB"
    adapts = intervals[-1] > 2 * intervals[0]
    if len(weak_ms) and weak_ms[-1] > duration_ms / 2:
        return "LTS" if adapts else "low threshold without adaptation"
    if adapts:
        return "RS"
    return "FS" if intervals[-1] < 10 else "slow without adaptation"


def draw(axes: Axes, seen: Seen, chosen: Sequence[int], peak_mV: float, published: Sequence[str], found: Sequence[str]):
    """Potentials of the chosen neurons, one above the other, between the names that were published and found."""
    levels = APART_MV * np.arange(len(chosen))[::-1]
    for level, neuron in zip(levels, chosen, strict=True):
        potential = np.minimum(seen.traces["v"][:, neuron], peak_mV)
        axes.plot(seen.times_ms, potential + level, color=agreement.MEASURED, linewidth=0.7)
        axes.vlines(seen.spikes_ms[neuron], level - 45, level + peak_mV, color=agreement.MEASURED, linewidth=0.7)
    other = axes.twinx()
    for side, names, colour in ((axes, published, agreement.PUBLISHED), (other, found, agreement.MEASURED)):
        lines = [name.replace(" ", "\n", 1) for name in names]
        side.set_yticks(levels - 50, lines, color=colour)
        side.set(ylim=(-100, levels[0] + peak_mV + 10))
        side.tick_params(axis="y", length=0)
    label = "Time since the step of current (ms)"
    axes.set(xlabel=label, xlim=(0, seen.times_ms[-1]), ylabel=f"Published; potential, {APART_MV:g} mV from row to row")
    other.set(xlabel=label, ylabel="Found")


def lasting(neurons: Sequence, rheobases: np.ndarray, stairs: np.ndarray, stair_ms: float, dt_ms: float) -> np.ndarray:
    """Spikes in the second half of each stair, (neuron, stair), while the current goes up stairs in units of the
    neuron's rheobase: what a step calls forth is over by then."""
    currents = np.outer(stairs, rheobases)
    trains = observe(neurons, {"current": currents}, stair_ms, dt_ms, staircase=True).spikes_ms
    late = [(spikes // stair_ms)[spikes % stair_ms >= stair_ms / 2].astype(int) for spikes in trains]
    return np.array([np.bincount(each, minlength=len(stairs)) for each in late])
