"""Exclusive or, learnt by reward-modulated STDP from nothing but praise and blame for each output spike (V14).

Florian's network for rate-coded input and his rule with an eligibility trace, at the published sizes, weights and
constants. What differs: the reward is not a pulse, but decays with 1.1 ms, and comes 1 ms later; eight networks at a
time are simulated, which begin with weights of their own and see the same input spikes; whether a network has learnt is
seen in ten presentations of each pattern with its weights fixed, and not in the last one with learning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance.agreement import MEASURED
from brainnet.conformance.planted import refused, require
from brainnet.conformance.row import Finding, Law, Mutant
from brainnet.conformance.spiking.chance import TOLERANCE, fewest
from brainnet.conformance.spiking.slips import Wrong
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import RewardSTDP
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import LIF, Dynamics, Poisson
from brainnet.spiking.simulator import simulate
from brainnet.spiking.simulator.noise import keys_by_position
from brainnet.structure import Graph

PATTERNS = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
NETWORKS, INPUTS, HIDDEN = 8, 60, 60
THRESHOLD_MV, STRONGEST_MV, GAMMA_MV = (
    16.0,
    5.0,
    0.625,
)  # from rest; of a synapse; gained at a reward from an eligibility of 1
TAU_Z_MS, REWARD_MS, INPUT_HZ, PATTERN_MS = 25.0, 1.1, 40.0, 500.0
EPOCHS, QUICK, EARLY, TESTS = 200, 100, 60, 10  # of all patterns: published, quick form, for mutants; and to test
PUBLISHED_SHARE = 0.982  # of 1000 experiments
STRONGEST = STRONGEST_MV / THRESHOLD_MV
SHAPES = {"first.w": (INPUTS, NETWORKS * HIDDEN), "second.w": NETWORKS * HIDDEN}
LOOKS = (("0.7", ":", "."), (MEASURED, "-", "o"), (MEASURED, "--", "^"), ("0.3", "-.", "x"))  # of each pattern
INHIBITORY = np.flatnonzero(np.arange(INPUTS) % 30 >= 15)  # of the 30 inputs of each bit, half


@dataclass(frozen=True)
class Gate:
    """A neuron that passes on what it is `told`, a step later, in patterns for which its signal `open` is 1."""

    def dynamics(self) -> Dynamics:
        """No equations: a look at what it was told."""
        return Dynamics(
            equations="told : 1",
            threshold="told * open > 0.5",
            reset="told -= 1",  # one that comes in the same step is told in the next
            method="euler",
            parameters={},
            rest={"told": (0.0, "1")},
            signals={"open": "1"},
            onset="told = 0",
        )


def published() -> RewardSTDP:
    """MSTDPET: dw = gamma r z at a reward, z the sum of all pairs of spikes, +-exp(-|dt| / 20 ms), over tau_z.

    Weights are in units of the threshold.
    """
    lasting_ms = 1 / (1 / TAU_Z_MS + 1 / REWARD_MS)  # what a reward's decay and the eligibility's leave of a pulse
    return RewardSTDP(
        rate=GAMMA_MV / THRESHOLD_MV / TAU_Z_MS / lasting_ms * 1e3,
        a_plus=1.0,
        a_minus=1.0,
        tau_c_ms=TAU_Z_MS,
        tau_d_ms=REWARD_MS,
        w_max=STRONGEST,
        pairs="all",
    )


def network(rule: Any, blame: float = -1.0) -> Network:
    """Several networks side by side, with inputs in common.

    An inhibitory synapse has a weight from -5 mV to 0: a learnt one from 0 to 5 mV, and one of -5 mV that stays.
    """
    hidden = np.arange(NETWORKS * HIDDEN)
    own, size = hidden // HIDDEN, len(hidden)
    inhibition = Graph.of_pairs(INPUTS, size, np.repeat(INHIBITORY, size), np.tile(hidden, len(INHIBITORY)))
    neuron, members = LIF(tau_ms=20.0, refractory_ms=0.0), Graph.of_pairs(NETWORKS, size, own, hidden)
    populations = [
        Population("inputs", INPUTS, Poisson()),
        Population("hidden", size, neuron, current=0.0),
        Population("output", NETWORKS, neuron, counted=True, current=0.0),
    ]
    projections = [
        Projection("first", "inputs", "hidden", "v", rule=rule),
        Projection("inhibition", "inputs", "hidden", "v", inhibition, weight=-STRONGEST),
        Projection("second", "hidden", "output", "v", Graph.of_pairs(size, NETWORKS, hidden, own), rule=rule),
    ]
    for name, reward in (("praise", 1.0), ("blame", blame)):
        populations.append(Population(name, NETWORKS, Gate()))
        projections += [
            Projection(f"spike_to_{name}", "output", name, "told", "one_to_one", weight=1.0),
            Projection(f"{name}_to_hidden", name, "hidden", "dopamine", members, weight=reward),
            Projection(f"{name}_to_output", name, "output", "dopamine", "one_to_one", weight=reward),
        ]
    return Network(tuple(populations), tuple(projections), Presentation(PATTERN_MS, dt_ms=1.0, carry_over=True))


@dataclass(frozen=True)
class Learnt:
    """Output spikes in 500 ms: of each epoch, (epoch, pattern, network), and afterwards with weights fixed, the mean of
    ten presentations, (pattern, network)."""

    course: np.ndarray
    after: np.ndarray

    @property
    def solved(self) -> np.ndarray:
        """Whether both odd patterns call forth more output than both even ones, (network,)."""
        return np.minimum(self.after[1], self.after[2]) > np.maximum(self.after[0], self.after[3])


def learn(shown: Network, epochs: int, seed: int = 0) -> Learnt:
    """Epochs of all four patterns in random order, and a test."""
    rng = np.random.default_rng(seed)
    weights = {name: rng.uniform(0, STRONGEST, shape) for name, shape in SHAPES.items()}
    order = np.array([rng.permutation(4) for _ in range(epochs)])
    learnt = present(shown, order, weights, seed, learning=True)
    tested = present(shown, np.tile(np.arange(4), (TESTS, 1)), learnt.state, seed + 1000)
    counts = learnt.counts["output"].reshape(epochs, 4, NETWORKS)
    return Learnt(
        np.take_along_axis(counts, np.argsort(order)[..., None], axis=1),
        tested.counts["output"].reshape(TESTS, 4, NETWORKS).mean(axis=0),
    )


def present(shown: Network, order: np.ndarray, state: Mapping[str, np.ndarray], seed: int, learning: bool = False):
    """The simulator's answer to patterns by number, (epoch, place)."""
    bits = PATTERNS[order.ravel()]
    odd = np.repeat(bits.sum(axis=1, keepdims=True) % 2, NETWORKS, axis=1).astype(float)
    rates = INPUT_HZ * np.repeat(bits, INPUTS // 2, axis=1)
    signals = {"inputs.rate": rates, "praise.open": odd, "blame.open": 1 - odd}
    keys = keys_by_position(seed, 0, len(bits))
    return simulate(shown, signals, state, keys, learn=learning, backend="standalone")


def check(shown: Network) -> None:
    """After sixty epochs, too, as many networks have solved the task."""
    solved = learn(shown, EARLY).solved
    require(
        solved.sum() >= fewest(NETWORKS, PUBLISHED_SHARE),
        f"the task solved after {EARLY} epochs (in {solved.sum()} of {NETWORKS})",
    )


def find(full: bool) -> Finding:
    """One program of eight networks, or ten."""
    shown = network(published())
    runs = [learn(shown, EPOCHS if full else QUICK, seed) for seed in range(10 if full else 1)]
    solved = np.concatenate([run.solved for run in runs])
    after = np.concatenate([run.after for run in runs], axis=1)
    means = ", ".join(f"{a}{b} {mean:.0f}" for (a, b), mean in zip(PATTERNS, after.mean(axis=1), strict=True))
    measured = f"{solved.sum()} of {solved.size} networks; mean output spikes for {means}"
    return Finding(measured, bool(solved.sum() >= fewest(solved.size, PUBLISHED_SHARE)), partial(draw, runs=runs))


def draw(figure: Figure, runs: list[Learnt]) -> None:
    """Output spikes by pattern: while learning, mean of the networks, and at the end, each network."""
    left, right = figure.subplots(1, 2, sharey=True)
    course = np.concatenate([run.course for run in runs], axis=2).mean(axis=2)
    after = np.concatenate([run.after for run in runs], axis=1)
    width = 5
    epochs = np.arange(len(course) - width + 1) + (width + 1) / 2
    for k, (colour, line, marker) in enumerate(LOOKS):
        name = "{},{}".format(*PATTERNS[k])
        left.plot(epochs, np.convolve(course[:, k], np.ones(width) / width, "valid"), line, color=colour, label=name)
        right.plot(np.arange(after.shape[1]) + 1, after[k], marker, color=colour, markersize=4, label=name)
    left.set(xlabel="Epoch", ylabel="Output spikes in 500 ms", ylim=(-2, 1.3 * max(course.max(), after.max())))
    right.set(xlabel="Network, weights fixed")
    for axes in (left, right):
        axes.legend(title="Pattern", ncols=4, loc="upper center", handletextpad=0.4, columnspacing=1.2)


def _with(**constants: float) -> Wrong:
    """The rule with other constants, which need not be allowed ones."""
    told = published().plasticity()
    parameters = {name: (constants.get(name, value), unit) for name, (value, unit) in told.parameters.items()}
    return Wrong(replace(told, parameters=parameters))


def _wrong() -> dict[str, Network]:
    """Networks with a slip in them."""
    return {
        "sign flipped": network(_with(a_plus=-1.0, a_minus=-1.0)),
        "depression missing": network(replace(published(), a_minus=0.0)),
        "wrong trace of presynaptic spikes": network(replace(published(), tau_plus_ms=200.0)),
        "blame taken for praise": network(published(), blame=1.0),
    }


LAW = Law(
    key="V14",
    name="florian",
    what="Reward-modulated STDP learns exclusive or",
    source="Florian 2007, Neural Comput. 19, section 4.2",
    target=f"both odd patterns above both even ones, in {PUBLISHED_SHARE:.1%} of 1000 experiments",
    tolerance=TOLERANCE,
    reason="success depends on random weights and spikes, and there are fewer networks than experiments published",
    find=find,
    mutants=tuple(Mutant(name, lambda name=name: refused(check, _wrong()[name])) for name in _wrong()),
    caption="Left: mean of all networks while they learn, over five epochs. Right: each network at the end.",
)
