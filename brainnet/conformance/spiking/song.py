"""Additive STDP makes synapses compete, and keeps the neuron firing irregularly and at much the same rate (V6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from brainnet.conformance.agreement import MEASURED, PUBLISHED, accepts, require
from brainnet.conformance.law import Finding, Law
from brainnet.spiking.network import Monitor
from brainnet.spiking.published import Song, ready
from brainnet.spiking.published.song import G_MAX
from brainnet.spiking.simulator import simulate

TENTHS, PEAK, FLAT, IRREGULAR = 10, 1.5, 2.0, 0.25


@dataclass(frozen=True)
class Learned:
    """Neurons, each with inputs of its own: rates in Hz, (neuron,), of these, of the neuron in the first seconds and
    in the second half of the time; the CV of its intervals there; and how many weights there are in each tenth up to
    g_max at the end, (neuron, tenth)."""

    inputs: np.ndarray
    first: np.ndarray
    rate: np.ndarray
    cv: np.ndarray
    weights: np.ndarray

    def of(self, chosen: slice | np.ndarray) -> Learned:
        """Some of the neurons."""
        return Learned(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def learned(kind: Song, seconds: float, signals: Mapping[str, np.ndarray] | None = None) -> Learned:
    """What neurons come to. `signals`, (neuron,), are those that a rule asks for beside the network's own."""
    network, given, weights, keys = ready(kind, 1000 * seconds)
    given |= {name: np.tile(values, (len(keys), 1)) for name, values in (signals or {}).items()}
    monitor = Monitor({"output": None}, from_ms=500 * seconds)
    answer = simulate(network, given, weights, keys, learn=True, monitor=monitor)
    seen, counts = answer.activity, answer.counts["output"] / (kind.part_ms / 1000)
    assert seen is not None
    times, neurons = seen.spike_times_ms["output"], seen.spike_neurons["output"]
    grown = answer.state["excitation.w"].reshape(-1, kind.inputs)
    return Learned(
        inputs=np.array(kind.input_hz),
        first=counts[0],
        rate=counts[len(counts) // 2 :].mean(axis=0),
        cv=np.array([irregularity(times[neurons == i]) for i in range(len(grown))]),
        weights=np.array([np.histogram(own, TENTHS, (0, G_MAX * (1 + 1e-6)))[0] for own in grown]),
    )


def irregularity(times_ms: np.ndarray) -> float:
    """The coefficient of variation of intervals between spikes; 0 where there are none."""
    intervals = np.diff(np.sort(times_ms))
    return float(intervals.std() / intervals.mean()) if len(intervals) > 1 else 0.0


def peaks(found: Learned) -> np.ndarray:
    """How many times as many weights the emptier of the outer tenths has as one of the middle four, on average."""
    outer, middle = found.weights[:, [0, -1]].min(axis=1), found.weights[:, 3:7].mean(axis=1)
    return outer / np.maximum(middle, 1)


def check(found: Learned) -> None:
    """Raise AssertionError unless weights are bimodal, rates nearly flat and intervals irregular."""
    low = float(peaks(found).min())
    require(low > PEAK, f"outer tenths of the weights hold {PEAK:g} times as many as middle ones (got {low:.1f})")
    off = float(np.abs(found.cv - 1).max())
    require(off <= IRREGULAR, f"CV of 1 within {IRREGULAR} (off by {off:.2f})")
    slow, fast = found.rate.min(), found.rate.max()
    require(fast < FLAT * slow, f"output rates within a factor of {FLAT:g} (got {slow:.1f} to {fast:.1f} Hz)")


def find(full: bool) -> Finding:
    """Weights, rates and CV after learning."""
    rates = (10.0, 15.0, 20.0, 30.0, 40.0) * 4 if full else (10.0, 20.0, 40.0) * 2
    found = learned(Song(rates), seconds=2000 if full else 400)
    measured = (
        f"outer tenths of weights {peaks(found).min():.1f} times middle ones or more; out {_range(found.rate, 1)} Hz"
        f" for 10 to 40 Hz in (before {_range(found.first, 0)} Hz); CV {_range(found.cv, 2)}"
    )
    return Finding(measured, accepts(check, found), partial(draw, found))


def _range(values: np.ndarray, digits: int) -> str:
    return f"{values.min():.{digits}f} to {values.max():.{digits}f}"


def draw(found: Learned, figure: Figure) -> None:
    """Weights, rate and CV after learning."""
    left, middle, right = figure.subplots(1, 3)
    _draw_weights(left, found)
    middle.plot(found.inputs, found.first, ".", color="0.6", label="before")
    middle.plot(found.inputs, found.rate, ".", color=MEASURED, label="after")
    middle.axhline(np.exp(np.log(found.rate).mean()), color=PUBLISHED, linestyle="--", label="flat")
    middle.set(xlabel="Input rate (Hz)", ylabel="Output rate (Hz)", yscale="log", xlim=(0, 45), ylim=(5, 1000))
    middle.yaxis.set_major_formatter("{x:g}")
    middle.yaxis.set_minor_formatter(NullFormatter())
    middle.legend(ncols=3, columnspacing=0.8, handlelength=1.2, loc="upper center")
    right.axhspan(1 - IRREGULAR, 1 + IRREGULAR, color=PUBLISHED, alpha=0.15, linewidth=0)
    right.axhline(1, color=PUBLISHED, linestyle="--")
    right.plot(found.inputs, found.cv, ".", color=MEASURED)
    right.set(xlabel="Input rate (Hz)", ylabel="CV of intervals", xlim=(0, 45), ylim=(0, 1.5))


def _draw_weights(axes: Axes, found: Learned) -> None:
    """Shares of synapses, by weight, for the lowest and the highest input rate."""
    edges = np.linspace(0, 1, TENTHS + 1)
    for rate, style in ((found.inputs.min(), "-"), (found.inputs.max(), ":")):
        share = found.weights[found.inputs == rate].mean(axis=0) / Song.inputs
        axes.stairs(share, edges, color=MEASURED, linestyle=style, label=f"{rate:g} Hz")
    for bound in (0, 1):
        axes.axvline(bound, color=PUBLISHED, linestyle="--", linewidth=1)
    axes.set(xlabel=r"Weight / $g_{max}$", ylabel="Share of synapses")
    axes.legend(title="Input rate")


LAW = Law(
    key="V6",
    name="song",
    what="Additive STDP: synapses compete, and the output stays irregular and near one rate",
    source="Song, Miller & Abbott 2000, Nat. Neurosci. 3",
    target="weights gather at 0 and g_max; output rate nearly flat for inputs of 10 to 40 Hz; CV near 1",
    tolerance=f"outer tenths {PEAK:g} times as full as middle ones; rates within a factor of {FLAT:g};"
    f" CV 1 +- {IRREGULAR}",
    reason="rates still rise a little with four times the input, and the way from reset to threshold takes time, so"
    " that intervals are less irregular than those of a Poisson process; before learning, output rates differ tenfold",
    find=find,
    caption="Left: weights after learning; dashed: the bounds, where they gather. Middle and right: each neuron, and"
    " what was published; band: tolerance.",
)
