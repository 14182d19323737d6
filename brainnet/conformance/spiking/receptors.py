"""Delta synapses, and exponential and alpha currents and conductances, against their closed forms, at any step (N4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.conformance.agreement import CLOSE, CLOSE_REASON, MEASURED, PUBLISHED, require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking.once import activity
from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Activity, Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import LIF, Dynamics, Receptor, SpikeTrains, steps_of
from brainnet.spiking.simulator import Backend, resolved
from brainnet.structure import Graph

MS, SPIKES_MS = 40.0, (4.0, 10.0)
STEPS_MS, COARSE_MS, FINE_MS = (0.1, 0.5, 2.0), 1.0, 0.1
WEIGHT, TAU, MEMBRANE, DELAY, HELD_MV = 0.5, 4.0, 12.0, 3.0, -55.0
KINDS: Mapping[str, tuple[str, float | None]] = {  # kernel and reversal potential, in mV
    "exponential current": ("exponential", None),
    "alpha conductance": ("alpha", 10.0),
    "alpha current": ("alpha", None),
    "exponential conductance": ("exponential", -70.0),
}
TWO = tuple(KINDS)[:2]  # both kernels and both ways in
POTENTIAL = 1e-4


@dataclass(frozen=True)
class Clamp:
    """A neuron whose potential is held, and the charge that flows in: dq/dt = I."""

    def dynamics(self) -> Dynamics:
        """v in mV, q in ms times I."""
        return Dynamics(
            equations="dq/dt = current / ms : 1\nv : volt",
            threshold="q > 1e30",
            reset="",
            method="euler",
            parameters={},
            rest={"q": (0.0, "1"), "v": (HELD_MV, "mV")},
            signals={"current": "1"},
        )


def after_spikes(response: Callable[[np.ndarray], np.ndarray], times_ms: np.ndarray, delay_ms: float = 0) -> np.ndarray:
    """What all spikes so far have called forth."""
    since = [times_ms - spike - delay_ms for spike in SPIKES_MS]
    return WEIGHT * np.sum([(t > -1e-9) * response(np.maximum(t, 0)) for t in since], axis=0)


def opening(kernel: str, t: np.ndarray) -> np.ndarray:
    """s after a spike at 0: e^(-t / tau), or (t / tau) e^(1 - t / tau)."""
    return np.exp(-t / TAU) if kernel == "exponential" else t / TAU * np.exp(1 - t / TAU)


def charge(kernel: str, t: np.ndarray) -> np.ndarray:
    """The integral of s: tau (1 - e^(-t / tau)), or e tau (1 - (1 + t / tau) e^(-t / tau))."""
    left = np.exp(-t / TAU)
    return TAU * (1 - left) if kernel == "exponential" else np.e * TAU * (1 - (1 + t / TAU) * left)


def potential(kernel: str, t: np.ndarray) -> np.ndarray:
    """v of tau_m dv/dt = -v + s: the integral of s(u) e^((u - t) / tau_m) / tau_m."""
    k, slow, fast = 1 / MEMBRANE - 1 / TAU, np.exp(-t / MEMBRANE), np.exp(-t / TAU)
    return {
        "delta": slow,
        "exponential": (fast - slow) / (MEMBRANE * k),
        "alpha": np.e / (TAU * MEMBRANE) * (t * fast / k - (fast - slow) / k**2),
    }[kernel]


def received(
    target: Population, effects: Iterable[str], traces: Iterable[str], dt_ms: float, delay_ms: float, backend: Backend
) -> Activity:
    """Traces of neurons of which each gets, at one of the effects, the spikes of sources that fire once each."""
    sources, projections = np.arange(len(SPIKES_MS)), []
    for i, effect in enumerate(effects):
        graph = Graph.of_pairs(sources.size, target.size, sources, np.full(sources.size, i))
        projections.append(Projection(f"to_{effect}", "sources", target.name, effect, graph, WEIGHT, delay_ms=delay_ms))
    network = Network(
        (Population("sources", sources.size, SpikeTrains()), target),
        tuple(projections),
        Presentation(MS, dt_ms=dt_ms, precision="double"),
    )
    fires = steps_of(np.array(SPIKES_MS), sources, (round(MS / dt_ms), sources.size), dt_ms)
    monitor = Monitor(traces={f"{target.name}.{name}": range(target.size) for name in traces})
    return activity(network, {"sources.spikes": fires}, {}, monitor, backend)


def clamped(kind: Any, names: tuple[str, ...], dt_ms: float, backend: Backend = "numpy") -> dict[str, np.ndarray]:
    """Of neurons held at a potential, one for each of these receptors: times, and s and q with their closed forms.

    The last two are (2, time, neuron).
    """
    made = tuple(kind(f"s{i}", TAU, *KINDS[name]) for i, name in enumerate(names))
    target = Population("held", len(made), Clamp(), current=0.0, receptors=made)
    effects = [receptor.name for receptor in made]
    seen = received(target, effects, [*effects, "q"], dt_ms, 0.0, backend)
    own = np.column_stack([seen.traces[f"held.{effect}"][:, i] for i, effect in enumerate(effects)])
    s, q = [], []
    for kernel, reversal in (KINDS[name] for name in names):
        drive = 1.0 if reversal is None else reversal - HELD_MV
        s.append(after_spikes(partial(opening, kernel), seen.times_ms))
        q.append(after_spikes(partial(charge, kernel), seen.times_ms) * drive)
    found = {"s": np.array([own, np.column_stack(s)]), "q": np.array([seen.traces["held.q"], np.column_stack(q)])}
    return {"times": seen.times_ms, **found}


def off(found: Mapping[str, np.ndarray]) -> float:
    """By how much s and q are off, relative to the largest of each receptor."""
    pairs = found["s"], found["q"]
    return float(np.max([np.abs(x - exact).max(axis=0) / np.abs(exact).max(axis=0) for x, exact in pairs]))


def check_closed_forms(kind: Any, names: tuple[str, ...] = TWO, dt_ms: float = COARSE_MS, backend: Backend = "numpy"):
    """Raise AssertionError unless s and the charge are those of the closed forms at every step."""
    worst = off(clamped(kind, names, dt_ms, backend))
    require(worst <= CLOSE, f"s and charge at steps of {dt_ms:g} ms are the closed forms' (worst {worst:.1e})")


def potentials(kind: Any, dt_ms: float) -> tuple[np.ndarray, np.ndarray]:
    """Of leaky integrators under a delta synapse and both currents, delayed: times, and v over its closed form."""
    made = tuple(kind(kernel, TAU, kernel) for kernel in ("exponential", "alpha"))
    target = Population("leaky", 3, LIF(tau_ms=MEMBRANE), current=0.0, receptors=made)
    seen = received(target, ("v", "exponential", "alpha"), ["v"], dt_ms, DELAY, "numpy")
    shapes = [partial(potential, kernel) for kernel in ("delta", "exponential", "alpha")]
    closed = np.column_stack([after_spikes(shape, seen.times_ms, DELAY) for shape in shapes])
    return seen.times_ms, np.array([seen.traces["leaky.v"], closed])


def find(full: bool) -> Finding:
    """s and charge at several steps, in every backend if `full`; and potentials at a fine one."""
    backends = ("numpy", "standalone") if full and resolved("auto") == "standalone" else ("numpy",)
    seen = {dt: clamped(Receptor, tuple(KINDS), dt) for dt in STEPS_MS}
    others = [clamped(Receptor, tuple(KINDS), dt, backend) for dt in STEPS_MS for backend in backends[1:]]
    worst = max(map(off, [*seen.values(), *others]))
    times, v = potentials(Receptor, FINE_MS)
    apart = np.abs(v[0] - v[1]).max(axis=0)

    def draw(figure: Figure) -> None:
        left, middle, right = figure.subplots(1, 3)
        draw_opening(left, seen[0.5])
        draw_charge(middle, seen)
        draw_potential(right, times, v)

    measured = (
        f"s and charge within {worst:.0e} at steps of {', '.join(f'{dt:g}' for dt in STEPS_MS)} ms; "
        f"potentials within {apart[0]:.0e} (delta) and {apart[1:].max():.0e} of the threshold at {FINE_MS} ms"
    )
    return Finding(measured, bool(worst <= CLOSE and apart[0] <= CLOSE and apart.max() <= POTENTIAL), draw)


def draw_opening(axes: Axes, found: Mapping[str, np.ndarray]) -> None:
    """s of both kernels."""
    times, (own, closed) = found["times"], found["s"]
    for i, (kernel, marker) in enumerate((("exponential", "."), ("alpha", "x"))):
        axes.plot(times, closed[:, i], color=PUBLISHED)
        axes.plot(times[::3], own[::3, i], marker, color=MEASURED, markersize=4, label=kernel)
    axes.set(xlabel="Time (ms)", ylabel="s (unit of the current)", ylim=(-0.05, 1.15))
    axes.legend(loc="upper right")


def draw_charge(axes: Axes, seen: Mapping[float, Mapping[str, np.ndarray]]) -> None:
    """What flows in by the currents of both kernels."""
    currents = [i for i, (_, reversal) in enumerate(KINDS.values()) if reversal is None]
    finest = seen[min(seen)]
    axes.plot(finest["times"], finest["q"][1][:, currents], color=PUBLISHED)
    for (dt, found), marker in zip(seen.items(), (".", "+", "o"), strict=True):
        shown = slice(None, None, max(1, round(1 / dt)))
        flown = found["q"][0][shown, currents]
        for curve, label in zip(flown.T, (f"{dt:g} ms", None), strict=True):
            axes.plot(found["times"][shown], curve, marker, color=MEASURED, fillstyle="none", markersize=5, label=label)
    axes.set(xlabel="Time (ms)", ylabel="Charge (ms, unit of the current)", ylim=(-0.6, 14))
    axes.legend(loc="upper left", title="Step")


def draw_potential(axes: Axes, times: np.ndarray, v: np.ndarray) -> None:
    """Potentials after both spikes."""
    for i, (name, marker) in enumerate((("delta", "."), ("exponential", "x"), ("alpha", "+"))):
        axes.plot(times, v[1, :, i], color=PUBLISHED)
        axes.plot(times[::12], v[0, ::12, i], marker, color=MEASURED, markersize=4, label=name)
    axes.set(xlabel="Time (ms)", ylabel="v (threshold)", ylim=(-0.05, 1.15))
    axes.legend(loc="upper right")


LAW = Law(
    key="N4",
    name="receptors",
    what="Synaptic currents and conductances follow their closed forms at any step",
    source="Rall 1967, J. Neurophysiol. 30; Dayan & Abbott 2001, Theoretical Neuroscience, 5.8",
    target="s = w exp(-t / tau) or w (t / tau) exp(1 - t / tau); the charge of a spike is its integral at any step",
    tolerance=f"s and charge {CLOSE:.0e}; potential {POTENTIAL:.0e} of the threshold",
    reason=f"{CLOSE_REASON}; a current's course within a step is taken as its mean, an error of the step's square",
    find=find,
    caption="Two spikes; marks measured, lines closed forms. Left: at steps of 0.5 ms. Middle: the charge of both "
    "currents. Right: a leaky integrator, reached 3 ms later.",
)
