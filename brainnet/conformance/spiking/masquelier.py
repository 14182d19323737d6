"""A neuron finds a spike pattern that returns at unpredictable times, by spike-timing-dependent plasticity (V9).

Runs are simulated side by side. What differs from the publication stands in `Masquelier`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.conformance.agreement import MEASURED, PUBLISHED, require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking.chance import TOLERANCE, fewest, interval
from brainnet.counter import keys_by_position
from brainnet.spiking.network import Monitor
from brainnet.spiking.published import Masquelier
from brainnet.spiking.simulator import CHUNK, simulate

SECONDS, EARLY, FULL, QUICK = 450, 90, 10, 2  # published, and of the check; runs in the full and the quick form
HITS, SUCCESS = 0.98, 0.96  # published: in a successful run above; 96 of 100 runs succeed
AS_PUBLISHED = Masquelier()
SLOT_MS = AS_PUBLISHED.part_ms


@dataclass(frozen=True)
class Heard:
    """Output spikes of all runs, times in ms and which run's; and when patterns were shown, (slot, run)."""

    times_ms: np.ndarray
    runs: np.ndarray
    shown: np.ndarray

    def latency_ms(self, run: int) -> tuple[np.ndarray, np.ndarray]:
        """Of a run's spikes: times, and how long after the pattern began, NaN outside it."""
        times = self.times_ms[self.runs == run]
        slots = np.floor(times / SLOT_MS + 1e-6).astype(int)
        return times, np.where(self.shown[slots, run], times - slots * SLOT_MS, np.nan)

    def course(self, run: int, every_s: float) -> tuple[np.ndarray, np.ndarray]:
        """In each part of `every_s`: the share of patterns answered by a spike, and spikes outside patterns."""
        times, latency = self.latency_ms(run)
        slots = np.floor(times / SLOT_MS + 1e-6).astype(int)
        hit = np.isin(np.arange(len(self.shown)), slots) & self.shown[:, run]
        length = round(every_s * 1000 / SLOT_MS)
        false = np.bincount(slots[np.isnan(latency)], minlength=len(self.shown))
        sums = [values.reshape(-1, length).sum(axis=1) for values in (hit, self.shown[:, run], false)]
        return sums[0] / np.maximum(sums[1], 1), sums[2]

    def successes(self) -> np.ndarray:
        """Which runs have more than 98 % hits and no false alarm in the last third, (run,)."""
        third = len(self.shown) * SLOT_MS / 3000
        last = [[part[-1] for part in self.course(run, third)] for run in range(self.shown.shape[1])]
        return np.array([hits > HITS and false == 0 for hits, false in last])


def hear(kind: Masquelier, seconds: int, seed: int = 0) -> Heard:
    """Let the neurons learn from so many seconds of input, part by part: all signals at once would take gigabytes."""
    rng, network = np.random.default_rng(seed), kind.network()
    shown, state = kind.occurrences(round(seconds * 1000 / SLOT_MS), rng), kind.begin(rng)
    times, neurons = [], []
    for first in range(0, len(shown), CHUNK):
        part = shown[first : first + CHUNK]
        answer = simulate(
            network,
            kind.shown(part),
            state,
            keys_by_position(seed, first, len(part)),
            learn=True,
            backend="standalone",
            monitor=Monitor(spikes={"neurons": None}),
        )
        assert answer.activity is not None
        state = answer.state
        times.append(answer.activity.spike_times_ms["neurons"] + first * SLOT_MS)
        neurons.append(answer.activity.spike_neurons["neurons"])
    return Heard(np.concatenate(times), np.concatenate(neurons), shown)


def check(kind: Masquelier) -> None:
    """Two runs have found the pattern after a minute, or one of them."""
    found = hear(replace(kind, runs=QUICK), EARLY).successes()
    require(found.sum() >= fewest(QUICK, SUCCESS), f"the pattern found in {EARLY} s, in {found.sum()} of {QUICK} runs")


def find(full: bool) -> Finding:
    """Runs of 450 s."""
    runs = FULL if full else QUICK
    heard = hear(replace(AS_PUBLISHED, runs=runs), SECONDS)
    found = heard.successes()
    low, high = interval(int(found.sum()), runs)
    hits, late = [], []
    for run in np.flatnonzero(found):
        times, latency = heard.latency_ms(run)
        hits.append(heard.course(run, SECONDS / 3)[0][-1])
        late.append(np.nanmean(latency[times > SECONDS * 2000 / 3]))
    measured = f"{found.sum()} of {runs} runs (95 % interval {low:.0%} to {high:.0%})"
    if found.any():
        measured += f"; in these hits {min(hits):.1%} or more, latency {min(late):.1f} to {max(late):.1f} ms"
    return Finding(measured, bool(found.sum() >= fewest(runs, SUCCESS)), partial(draw, heard=heard))


def draw(figure: Figure, heard: Heard) -> None:
    """Latency of the first run's spikes, and hits and false alarms of all, over time."""
    panels = figure.subplot_mosaic([["latency", "hits"], ["latency", "false"]])
    every = 10.0
    middles = every * (np.arange(len(heard.shown) * SLOT_MS / 1000 / every) + 0.5)
    courses = np.array([heard.course(run, every) for run in range(heard.shown.shape[1])])
    times, latency = heard.latency_ms(0)
    outside = np.isnan(latency)
    left: Axes = panels["latency"]
    left.plot(
        times[~outside] / 1000, latency[~outside], ".", color=MEASURED, markersize=1.5, label="within the pattern"
    )
    left.plot(times[outside] / 1000, np.full(outside.sum(), -3), "|", color="0.5", label="outside")
    left.set(xlabel="Time (s)", ylabel="Spike after the pattern's beginning (ms)", ylim=(-6, 64))
    left.legend(ncols=2, loc="upper center", markerscale=2, handletextpad=0.2)
    for name, values, published in (("hits", 100 * courses[:, 0], 100 * HITS), ("false", courses[:, 1] / every, 0.0)):
        panels[name].plot(middles, values.T, color=MEASURED, linewidth=0.8)
        panels[name].plot([SECONDS * 2 / 3, SECONDS], [published] * 2, color=PUBLISHED, linestyle="--")
    panels["hits"].set(ylabel="Hits (%)", ylim=(0, 105), xticklabels=[])
    panels["false"].set(xlabel="Time (s)", ylabel="False alarms (1/s)", ylim=(-3, None))


LAW = Law(
    key="V9",
    name="masquelier",
    what="STDP finds a spike pattern that returns at unpredictable times",
    source="Masquelier, Guyonneau & Thorpe 2008, PLoS ONE 3",
    target=f"hits above {HITS:.0%}, no false alarm in the last 150 of {SECONDS} s, in {100 * SUCCESS:.0f} of 100 runs",
    tolerance=TOLERANCE,
    reason="success depends on random spikes, and there are fewer runs than published",
    find=find,
    caption="Left: output spikes of one run. Right: all runs; dashed: published, of a run that succeeds.",
    height=3.6,
    long=True,
)
