"""Short-term plasticity: depression and facilitation as Tsodyks and Markram published them (N5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.agreement import CLOSE, CLOSE_REASON, MEASURED, PUBLISHED, require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking.once import activity
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import TsodyksMarkram
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import Dynamics, SpikeTrains
from brainnet.spiking.simulator import Backend
from brainnet.structure import one_to_one

DT, WEIGHT = 1.0, 2.0
KINDS: Mapping[str, dict[str, float]] = {  # of 1997; and of Tsodyks, Pawelzik & Markram 1998, Neural Comput. 10:821
    "depressing": {"use": 0.67, "tau_d_ms": 800.0, "tau_f_ms": DT},
    "facilitating": {"use": 0.03, "tau_d_ms": 130.0, "tau_f_ms": 530.0},
}
TOLD = {"use": 0.4, "tau_d_ms": 90.0, "tau_f_ms": 60.0}  # tell all parts from one another
MS, INTERVALS_MS = 4000, np.array([250, 200, 125, 100, 80, 70, 60, 55, 50, 47, 45, 42, 40, 36, 32, 25, 20, 10, 5])
RATES_HZ = 1000 / INTERVALS_MS
PEAK_HZ = 1000 / np.sqrt(0.03 * 130 * 530)
STEADY, LIMIT, PEAK = 1e-3, 0.01, 0.1


@dataclass(frozen=True)
class Counter:
    """A neuron that adds up the effects of spikes."""

    def dynamics(self) -> Dynamics:
        """v stays where it is."""
        return Dynamics("v : 1", threshold="v > 1e30", reset="", method="euler", parameters={}, rest={"v": (0.0, "1")})


def recursion(times_ms: np.ndarray, use: float, tau_d_ms: float, tau_f_ms: float) -> np.ndarray:
    """R_n u_n of each spike, (spike,), from R_1 = 1 and u_1 = U.

        u_(n+1) = u_n e^(-dt/tau_f) + U (1 - u_n e^(-dt/tau_f))
        R_(n+1) = R_n (1 - u_n) e^(-dt/tau_d) + 1 - e^(-dt/tau_d)

    The print of 1998 has u_(n+1) for u_n in the second; it is right in Maass & Markram 2002, Neural Networks 15:155.
    """
    ready, u, found = 1.0, use, []
    for dt in [*np.diff(times_ms), 0.0]:
        found.append(ready * u)
        ready = ready * (1 - u) * np.exp(-dt / tau_d_ms) + 1 - np.exp(-dt / tau_d_ms)
        u = u * np.exp(-dt / tau_f_ms) + use * (1 - u * np.exp(-dt / tau_f_ms))
    return np.array(found)


def steady(rates_hz: np.ndarray, use: float, tau_d_ms: float, tau_f_ms: float) -> np.ndarray:
    """R u in the long run at regular spikes, (rate,): the fixed point of the recursion."""
    recovered, forgotten = np.exp(-1000 / rates_hz / tau_d_ms), np.exp(-1000 / rates_hz / tau_f_ms)
    u = use / (1 - (1 - use) * forgotten)
    return u * (1 - recovered) / (1 - (1 - u) * recovered)


def released(
    kind: Any, trains: np.ndarray, constants: Mapping[str, float], backend: Backend = "numpy", delay_steps: int = 0
) -> list[Any]:
    """What each spike of each synapse releases, as a share of its weight, by synapse; `trains` is (step, synapse).

    Spikes arrive after a delay, and those that do not before the end are not told of.
    """
    steps, size = trains.shape
    synapses = Projection(
        "synapses", "source", "target", "v", one_to_one(size), WEIGHT, short_term=kind(**constants),
        delay_ms=delay_steps * DT,
    )  # fmt: skip
    network = Network(
        (Population("source", size, SpikeTrains()), Population("target", size, Counter())),
        (synapses,),
        Presentation(steps * DT, dt_ms=DT, precision="double"),
    )
    monitor = Monitor(traces={"target.v": range(size)})
    summed = activity(network, {"source.spikes": trains[None]}, {}, monitor, backend).traces["target.v"]
    steps_up = np.diff(summed, axis=0, prepend=0) / WEIGHT
    return [steps_up[delay_steps:, i][train[: steps - delay_steps] > 0] for i, train in enumerate(trains.T)]


def random_trains(seed: int, steps: int = 200, size: int = 4) -> np.ndarray:
    """Spikes at 50 Hz, (step, synapse)."""
    return (np.random.default_rng(seed).random((steps, size)) < 0.05 * DT).astype(float)


def compared(
    kind: Any, trains: np.ndarray, constants: Mapping[str, float], backend: Backend = "numpy", delay_steps: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """What all spikes that arrive release and should release, (spike,)."""
    left = trains[: len(trains) - delay_steps]
    expected = [recursion(np.flatnonzero(train) * DT, **constants) for train in left.T if train.any()]
    return np.concatenate(released(kind, trains, constants, backend, delay_steps)), np.concatenate(expected)


def check_recursion(kind: Any, seed: int = 0, backend: Backend = "numpy") -> None:
    """Raise AssertionError unless every spike of random trains releases what the recursion says."""
    found, expected = compared(kind, random_trains(seed), TOLD, backend)
    off = float(np.abs(found - expected).max())
    require(off <= CLOSE, f"every spike releases what the recursion says (worst {off:.1e})")


def regular_trains() -> np.ndarray:
    """Spikes at all rates, (step, rate)."""
    return (np.arange(MS)[:, None] % INTERVALS_MS == 0).astype(float)


def probed_train() -> np.ndarray:
    """Eight spikes at 20 Hz and one 550 ms later, as in the experiments of 1998, (step, 1)."""
    train = np.zeros((1000, 1))
    train[[*range(0, 400, 50), 900]] = 1
    return train


def find(full: bool) -> Finding:
    """Responses to random trains; to regular ones until they are steady; and to a train with a probe."""
    pairs = [compared(TsodyksMarkram, random_trains(seed), TOLD) for seed in range(20 if full else 3)]
    regular = {name: released(TsodyksMarkram, regular_trains(), constants) for name, constants in KINDS.items()}
    last = {name: np.array([shares[-1] for shares in found]) for name, found in regular.items()}
    probed = {name: compared(TsodyksMarkram, probed_train(), constants) for name, constants in KINDS.items()}
    off = max(float(np.abs(found - expected).max()) for found, expected in [*pairs, *probed.values()])
    apart = max(float(np.abs(last[name] / steady(RATES_HZ, **KINDS[name]) - 1).max()) for name in KINDS)
    limit = float(last["depressing"][-1] * RATES_HZ[-1] * KINDS["depressing"]["tau_d_ms"] / 1000)
    peak = float(RATES_HZ[last["facilitating"].argmax()])

    def draw(figure: Figure) -> None:
        left, middle, right = figure.subplots(1, 3)
        draw_probed(left, probed)
        draw_steady(middle, last)
        found, expected = (np.concatenate(side) for side in zip(*pairs, strict=True))
        agreement.draw(right, (found, expected), "Release")
        right.set_ylim(0, 0.5)

    measured = (
        f"each of {sum(len(found) for found, _ in pairs)} spikes within {off:.0e}; steady within {apart:.0e}; "
        f"depressed to {limit:.3f} / (r tau_d) at {RATES_HZ[-1]:g} Hz; facilitated most at {peak:.1f} Hz"
    )
    holds = off <= CLOSE and apart <= STEADY and abs(limit - 1) <= LIMIT and abs(peak / PEAK_HZ - 1) <= PEAK
    return Finding(measured, holds, draw)


def draw_probed(axes: Axes, probed: Mapping[str, agreement.Pair]) -> None:
    """Releases over the time of the spikes."""
    times = np.flatnonzero(probed_train()[:, 0]) * DT
    for (name, (found, expected)), marker in zip(probed.items(), ("o", "s"), strict=True):
        axes.plot(times, expected, color=PUBLISHED, linewidth=1)
        axes.plot(times, found, marker, color=MEASURED, markersize=4, label=name)
    axes.set(xlabel="Time of the spike (ms)", ylabel="Release (share of the weight)")
    axes.legend()


def draw_steady(axes: Axes, last: Mapping[str, np.ndarray]) -> None:
    """Steady releases over the rate, and the limit of a depressing synapse."""
    rates = np.geomspace(RATES_HZ[0], RATES_HZ[-1], 200)
    for (name, found), marker in zip(last.items(), ("o", "s"), strict=True):
        axes.loglog(rates, steady(rates, **KINDS[name]), color=PUBLISHED, linewidth=1)
        axes.loglog(RATES_HZ, found, marker, color=MEASURED, markersize=4)
    axes.loglog(rates, 1000 / rates / KINDS["depressing"]["tau_d_ms"], color=PUBLISHED, linestyle="--")
    axes.axvline(PEAK_HZ, color=PUBLISHED, linestyle=":")
    axes.set(xlabel="Rate (Hz)", ylabel="Steady release")


LAW = Law(
    key="N5",
    name="tsodyks-markram",
    what="Short-term depression and facilitation",
    source="Tsodyks & Markram 1997, PNAS 94; Markram, Wang & Tsodyks 1998, PNAS 95",
    target="the recursion at every spike; its fixed point at regular ones; depression to 1 / (r tau_d) at high "
    f"rates; most facilitation at 1 / sqrt(U tau_f tau_d) = {PEAK_HZ:.1f} Hz",
    tolerance=f"{CLOSE:.0e} at every spike; {STEADY:g} when steady; {LIMIT:.0%} of the limit; {PEAK:.0%} of that rate",
    reason=f"{CLOSE_REASON}; 4 s leave a rest of the transient; the limit and the best rate are leading terms in the "
    "interval over the time constants",
    find=find,
    caption="Left: eight spikes at 20 Hz and a probe. Middle: dashed 1 / (r tau_d), dotted the rate of most "
    "facilitation. Right: spikes of random trains.",
)
