"""The distal reward problem: of many synapses, the one that earns a late reward grows to its maximum (V10).

Whenever the neuron at the chosen synapse fires within 10 ms of its input, all neurons of that network get dopamine, 1
to 3 s later. What differs from the publication, so that 16 networks take seconds: a network is not 1000 neurons with
100 synapses each, but 100 Poisson inputs and two regular spiking neurons, which fire as seldom as they do there; the 16
share the inputs, but each has its own chosen one, neurons and noise. There is no inhibition, and no dopamine but the
rewards (the author's program adds a constant 0.002). Its step of 1 ms is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance.agreement import MEASURED, PUBLISHED
from brainnet.conformance.planted import refused, require
from brainnet.conformance.row import Finding, Law, Mutant
from brainnet.conformance.spiking.slips import Wrong
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import RewardSTDP
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import Dynamics, GaussianNoise, Izhikevich, Poisson
from brainnet.spiking.simulator import simulate
from brainnet.spiking.simulator.noise import keys_by_position
from brainnet.structure import Graph

INPUTS, NETWORKS, NEURONS = 100, 16, 2  # NEURONS in each network, of which the first has the chosen synapse
INPUT_HZ, NOISE = 1.2, 3.4  # all neurons of the author's program fire at 1.2 to 1.4 Hz, and so do these
MINUTES, EVERY = 60, 5  # weights are read every so many minutes
REWARD, FIRST, MAXIMUM = 0.5, 1.0, 4.0  # dopamine; weights of the others at first, and the largest one, in mV
RATE = 100.0  # 1/s: the author's program adds c d to the weight every 10 ms
NEAR, SHARE, LEAD = 0.95, 0.9, 1.5
EARLY = 20  # minutes, after which what learns at all has shown it


DUE = [f"due{slot}" for slot in range(4)]  # the steps at which spikes are under way
HEARD = """both = int(reply > 0.5) * int(t_in_timesteps - last <= timestep(within, dt))
last = last + int(cause > 0.5) * (t_in_timesteps - last)
cause = 0
reply = 0
wait = earliest + (latest - earliest) * counter_uniform(key, number, i)
then = t_in_timesteps + timestep(wait, dt)
"""


@dataclass(frozen=True)
class Coincidence:
    """A neuron that fires late after its `reply` has followed its `cause` soon enough.

        cause at t, reply within t .. t + within_ms  ->  spike after U(earliest_ms, latest_ms)

    Spikes reach it by the effects "cause" and "reply". Up to four spikes may be under way.
    """

    within_ms: float = 10.0
    earliest_ms: float = 1000.0
    latest_ms: float = 3000.0

    def dynamics(self) -> Dynamics:
        """No equations, but a clock: the code says when to fire."""
        planned = [f"{name} = {name} + both * int(number % 4 == {k}) * (then - {name})" for k, name in enumerate(DUE)]
        return Dynamics(
            equations="\n".join(f"{name} : integer" for name in ("last", "number", *DUE)) + "\ncause : 1\nreply : 1",
            threshold=" or ".join(f"(t_in_timesteps == {name})" for name in DUE),
            reset="",
            method="euler",
            parameters={
                "within": (self.within_ms, "ms"),
                "earliest": (self.earliest_ms, "ms"),
                "latest": (self.latest_ms, "ms"),
            },
            rest={"cause": (0.0, "1"), "reply": (0.0, "1")},
            onset="\n".join(["last = -1000000", *(f"{name} = -1" for name in DUE)]),
            held=HEARD + "\n".join([*planned, "number = number + both"]),
        )


def network(rule: Any, reward: float = REWARD, shift: int = 0) -> Network:
    """Several networks side by side. In the k-th, the synapse from input k to its first neuron is the chosen one.

    Rewards go to the network that earned them, or to the one that comes `shift` after it.
    """
    k, size = np.arange(NETWORKS), NETWORKS * NEURONS
    populations = (
        Population("inputs", INPUTS, Poisson()),
        Population("neurons", size, Izhikevich(), current=0.0, noise=(GaussianNoise(NOISE),)),
        Population("judges", NETWORKS, Coincidence()),
    )
    members = Graph.of_pairs(NETWORKS, size, np.repeat(k, NEURONS), np.roll(np.arange(size), shift * NEURONS))
    projections = (
        Projection("synapses", "inputs", "neurons", "v", rule=rule),
        Projection("hears", "inputs", "judges", "cause", Graph.of_pairs(INPUTS, NETWORKS, k, k), weight=1.0),
        Projection("sees", "neurons", "judges", "reply", Graph.of_pairs(size, NETWORKS, k * NEURONS, k), weight=1.0),
        Projection("rewards", "judges", "neurons", "dopamine", members, weight=reward),
    )
    return Network(populations, projections, Presentation(EVERY * 60e3, dt_ms=1.0))


CHOSEN = np.zeros((INPUTS, NETWORKS * NEURONS), bool)
CHOSEN[np.arange(NETWORKS), np.arange(NETWORKS) * NEURONS] = True


def course(shown: Network, minutes: int, seed: int = 0) -> np.ndarray:
    """Weights in mV, (reading, input, neuron), at the beginning and every five minutes.

    At a reading all but the weights goes to rest: an eligibility that is under way is lost.
    """
    weights = [np.where(CHOSEN, 0.0, FIRST)]
    rates = {"inputs.rate": np.full((1, INPUTS), INPUT_HZ)}
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
    runs = np.array([course(network(RewardSTDP(rate=RATE)), MINUTES, seed) for seed in range(3 if full else 1)])
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


def _with(**constants: float) -> Network:
    """The networks under a rule that tells the simulator other constants, which need not be allowed ones."""
    told = RewardSTDP(rate=RATE).plasticity()
    parameters = {name: (constants.get(name, value), unit) for name, (value, unit) in told.parameters.items()}
    return network(Wrong(replace(told, parameters=parameters)))


def _wrong() -> Mapping[str, Network]:
    """Networks with a slip in them."""
    right = RewardSTDP(rate=RATE)
    return {
        "sign flipped": _with(a_plus=-right.a_plus, a_minus=-right.a_minus),
        "pre and post exchanged": _with(a_plus=-right.a_minus, a_minus=-right.a_plus),
        "eligibility gone before the reward": network(replace(right, tau_c_ms=100.0)),
        "reward taken for punishment": network(right, reward=-REWARD),
        "reward to the wrong neurons": network(right, shift=1),
    }


LAW = Law(
    key="V10",
    name="distal-reward",
    what="Dopamine that comes seconds late finds the synapse that earned it",
    source="Izhikevich 2007, Cereb. Cortex 17, figure 1, and the author's program",
    target=f"within an hour the rewarded synapse, from 0, reaches its maximum of {MAXIMUM:g} mV; the others stay low",
    tolerance=f"within {1 - NEAR:.0%} of it in {SHARE:.0%} of the networks; mean of the others below {FIRST:g} mV",
    reason="rewards come by chance, some 60 in an hour, so that networks differ in when they get there",
    find=find,
    mutants=tuple(
        Mutant(name, lambda name=name: refused(check, _wrong()[name]))
        for name in _wrong()
    ),
    caption="Left: weights over time, chosen synapses of all networks and the others. Right: at the end.",
)  # fmt: skip
