"""The distal reward problem: of many synapses, the one that earns a late reward grows to its maximum (V10).

Sixteen networks side by side, an experiment each. What differs from the publication stands in `Izhikevich2007`.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance.agreement import MEASURED, PUBLISHED, require
from brainnet.conformance.law import Finding, Law
from brainnet.counter import keys_by_position
from brainnet.spiking.network import Network
from brainnet.spiking.published import Izhikevich2007
from brainnet.spiking.published.izhikevich_reward import RULE
from brainnet.spiking.simulator import simulate

MINUTES, EVERY = 60, 5  # weights are read every so many minutes
NEAR, SHARE, LEAD = 0.95, 0.9, 1.5
EARLY = 20  # minutes, after which what learns at all has shown it
AS_PUBLISHED = Izhikevich2007(networks=16, part_ms=EVERY * 60e3)
FIRST, MAXIMUM, CHOSEN = AS_PUBLISHED.first_mV, RULE.w_max, AS_PUBLISHED.chosen


def course(shown: Network, minutes: int, seed: int = 0) -> np.ndarray:
    """Weights in mV, (reading, input, neuron), at the beginning and every five minutes.

    At a reading all but the weights goes to rest: an eligibility that is under way is lost.
    """
    rng = np.random.default_rng(seed)
    weights, rates = [AS_PUBLISHED.begin(rng)["synapses.w"]], AS_PUBLISHED.signals(1, rng)
    for reading in range(minutes // EVERY):
        key = keys_by_position(seed, reading, 1)
        answer = simulate(shown, rates, {"synapses.w": weights[-1]}, key, learn=True, backend="standalone")
        weights.append(answer.state["synapses.w"])
    return np.array(weights)


def lead(weights: np.ndarray) -> float:
    """How many times the mean of the others, (..., input, neuron), the mean of the chosen ones is."""
    return float(weights[..., CHOSEN].mean() / weights[..., ~CHOSEN].mean())


def check(shown: Network) -> None:
    """After twenty minutes the chosen synapses, which began at 0, have left the others behind."""
    found = lead(course(shown, EARLY)[-1])
    require(found > LEAD, f"chosen synapses {LEAD} times the others after {EARLY} minutes (got {found:.2f} times)")


def find(full: bool) -> Finding:
    """An hour of one program of 16 networks, or of three."""
    runs = np.array([course(AS_PUBLISHED.network(), MINUTES, seed) for seed in range(3 if full else 1)])
    early, last = lead(runs[:, EARLY // EVERY]), runs[:, -1]
    others = float(last[:, ~CHOSEN].mean())
    reached = (runs[:, :, CHOSEN] >= NEAR * MAXIMUM).any(axis=1)  # (run, network)
    measured = (
        f"{reached.sum()} of {reached.size} chosen synapses reached {MAXIMUM:g} mV; the mean of the others fell from "
        f"{FIRST:g} to {others:.2f} mV; after {EARLY} minutes chosen / others {early:.1f}"
    )
    holds = early > LEAD and reached.mean() >= SHARE and others < FIRST
    return Finding(measured, bool(holds), partial(draw, runs=runs))


def draw(figure: Figure, runs: np.ndarray) -> None:
    """Weights over time and at the end: chosen synapses, and the others."""
    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    minutes, others = EVERY * np.arange(runs.shape[1]), np.moveaxis(runs[..., ~CHOSEN], 1, 0)
    others = others.reshape(len(minutes), -1)
    chosen = np.moveaxis(runs[..., CHOSEN], 1, 0).reshape(len(minutes), -1)
    left.fill_between(minutes, *np.percentile(others, (5, 95), axis=1), color="0.85", label="others, 5 to 95 %")
    left.plot(minutes, others.mean(axis=1), color="0.4", label="others, mean")
    left.plot(minutes, chosen, color=MEASURED, linewidth=0.6, alpha=0.6)
    left.plot(minutes, chosen.mean(axis=1), color=MEASURED, linewidth=2, label="chosen, each and mean")
    left.axhline(MAXIMUM, color=PUBLISHED, linestyle="--", label="published: maximum")
    left.set(xlabel="Time (min)", ylabel="Weight (mV)", ylim=(0, 5.9))
    left.legend(ncols=2, loc="upper left", fontsize="small")
    bins = np.linspace(0, MAXIMUM, 21).tolist()
    right.hist(others[-1], bins, weights=np.full(others.shape[1], 100 / others.shape[1]), color="0.7", label="others")
    right.hist(
        chosen[-1], bins, weights=np.full(chosen.shape[1], 100 / chosen.shape[1]), histtype="step", linewidth=2,
        color=MEASURED, label="chosen",
    )  # fmt: skip
    right.axvline(MAXIMUM, color=PUBLISHED, linestyle="--")
    right.set(xlabel=f"Weight after {MINUTES} min (mV)", ylabel="Share of synapses (%)")
    right.legend(loc="upper center")


LAW = Law(
    key="V10",
    name="distal-reward",
    what="Dopamine that comes seconds late finds the synapse that earned it",
    source="Izhikevich 2007, Cereb. Cortex 17, figure 1, and the author's program",
    target=f"within an hour the rewarded synapse, from 0, reaches its maximum of {MAXIMUM:g} mV; the others stay low",
    tolerance=f"within {1 - NEAR:.0%} of it in {SHARE:.0%} of the networks; mean of the others below {FIRST:g} mV",
    reason="rewards come by chance, some 60 in an hour, so that networks differ in when they get there",
    find=find,
    caption="Left: weights over time, chosen synapses of all networks and the others. Right: at the end.",
)  # fmt: skip
