"""Exclusive or, learnt by reward-modulated STDP from nothing but praise and blame for each output spike (V14).

Eight networks at a time are simulated, which begin with weights of their own and see the same input spikes; whether a
network has learnt is seen in ten presentations of each pattern with its weights fixed, and not in the last one with
learning, as in the publication.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance.agreement import MEASURED, require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking.chance import TOLERANCE, fewest
from brainnet.counter import keys_by_position
from brainnet.spiking.published import Florian
from brainnet.spiking.published.florian import PATTERNS
from brainnet.spiking.published.florian import epochs as patterns_in_turn
from brainnet.spiking.simulator import simulate

NETWORKS = 8
AS_PUBLISHED = Florian(NETWORKS)
EPOCHS, QUICK, EARLY, TESTS = 200, 100, 60, 10  # of all patterns: published, quick form, of the check; and to test
PUBLISHED_SHARE = 0.982  # of 1000 experiments
LOOKS = (("0.7", ":", "."), (MEASURED, "-", "o"), (MEASURED, "--", "^"), ("0.3", "-.", "x"))  # of each pattern


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


def learn(kind: Florian, epochs: int, seed: int = 0) -> Learnt:
    """Epochs of all four patterns in random order, and a test."""
    rng = np.random.default_rng(seed)
    weights, order = kind.begin(rng), patterns_in_turn(epochs, rng)
    learnt = present(kind, order, weights, seed, learning=True)
    tested = present(kind, np.tile(np.arange(4), (TESTS, 1)), learnt.state, seed + 1000)
    counts = learnt.counts["output"].reshape(epochs, 4, NETWORKS)
    return Learnt(
        np.take_along_axis(counts, np.argsort(order)[..., None], axis=1),
        tested.counts["output"].reshape(TESTS, 4, NETWORKS).mean(axis=0),
    )


def present(kind: Florian, order: np.ndarray, state: Mapping[str, np.ndarray], seed: int, learning: bool = False):
    """The simulator's answer to patterns by number, (epoch, place)."""
    keys = keys_by_position(seed, 0, order.size)
    return simulate(kind.network(), kind.shown(order.ravel()), state, keys, learn=learning, backend="standalone")


def check(kind: Florian) -> None:
    """After sixty epochs, too, as many networks have solved the task."""
    solved = learn(kind, EARLY).solved
    require(
        solved.sum() >= fewest(NETWORKS, PUBLISHED_SHARE),
        f"the task solved after {EARLY} epochs (in {solved.sum()} of {NETWORKS})",
    )


def find(full: bool) -> Finding:
    """One program of eight networks, or ten."""
    runs = [learn(AS_PUBLISHED, EPOCHS if full else QUICK, seed) for seed in range(10 if full else 1)]
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


LAW = Law(
    key="V14",
    name="florian",
    what="Reward-modulated STDP learns exclusive or",
    source="Florian 2007, Neural Comput. 19, section 4.2",
    target=f"both odd patterns above both even ones, in {PUBLISHED_SHARE:.1%} of 1000 experiments",
    tolerance=TOLERANCE,
    reason="success depends on random weights and spikes, and there are fewer networks than experiments published",
    find=find,
    caption="Left: mean of all networks while they learn, over five epochs. Right: each network at the end.",
)
