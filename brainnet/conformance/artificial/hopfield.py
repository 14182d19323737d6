"""Hopfield's memory: its formulas, its energy, its first-step error and its capacity (V13)."""

from __future__ import annotations

from math import erfc
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.artificial import Hopfield
from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law

CAPACITY = 0.138  # of N: Amit, Gutfreund & Sompolinsky 1987
SCATTER = 0.009  # of their own simulations
BIT_ERROR = 0.00355  # of the first step at that load: erfc(1 / sqrt(2 load)) / 2
# Loads around the one where half of the patterns are kept, and networks at each, by number of neurons.
BITS = 0.05  # of the bit error: about three standard errors
LARGE = {2000: ((0.15, 0.155, 0.16), 4)}
PLAN = {250: ((0.18, 0.20, 0.22), 12), 500: ((0.165, 0.18, 0.195), 8), 1000: ((0.155, 0.165, 0.175), 4)}


def random_states(rng: np.random.Generator, patterns: int, neurons: int) -> np.ndarray:
    return rng.choice(np.array([-1, 1], np.float32), (patterns, neurons))


def check_formulas(rule: Any, seed: int = 0, patterns: int = 3, neurons: int = 12) -> None:
    """T_ij = sum_s s_i s_j without the diagonal; E = -1/2 sum_ij T_ij s_i s_j; s_i <- sign(sum_j T_ij s_j)."""
    rng = np.random.default_rng(seed)
    x, state = random_states(rng, patterns, neurons), random_states(rng, 1, neurons)
    memory, each = rule(), range(neurons)
    weight = np.array([[sum(x[:, i] * x[:, j]) if i != j else 0 for j in each] for i in each])
    np.testing.assert_array_equal(memory.store(x), weight)
    energy = -0.5 * sum(weight[i, j] * state[0, i] * state[0, j] for i in each for j in each)
    np.testing.assert_allclose(memory.energy(weight, state), [energy])
    rested = memory.recall(weight, state, np.random.default_rng(1))[0]
    mine, order = state[0].copy(), np.random.default_rng(1)
    while len(unstable := np.flatnonzero(weight @ mine * mine < 0)):
        for i in order.permutation(unstable):
            mine[i] = np.sign(weight[i] @ mine) or mine[i]
    np.testing.assert_array_equal(rested, mine)


def turned(rule: Any, load: float, neurons: int) -> float:
    """The share of bits of stored patterns that the first step turns over."""
    x = random_states(np.random.default_rng(1), round(load * neurons), neurons)
    return float(np.mean((x @ rule().store(x)) * x < 0))


def check_first_step(rule: Any, neurons: int = 4000) -> None:
    """V13: the share of bits that the first step turns over at capacity, within 3 standard errors or so (5 %)."""
    wrong = turned(rule, CAPACITY, neurons)
    require(abs(wrong / BIT_ERROR - 1) <= BITS, f"first-step error {BIT_ERROR} (got {wrong:.5f})")


def check_rest(rule: Any, seed: int = 0) -> None:
    """Recall ends where no neuron is against its input, and at no higher an energy."""
    rng = np.random.default_rng(seed)
    memory, start = rule(), random_states(rng, 5, 60)
    weight = memory.store(random_states(rng, 8, 60))
    rested = memory.recall(weight, start, rng)
    require(np.all((rested @ weight) * rested >= 0), "no neuron is against its input")
    require(np.all(memory.energy(weight, rested) <= memory.energy(weight, start)), "the energy is no higher")


def kept(rule: Any, neurons: int, load: float, networks: int) -> float:
    """Share of stored patterns near which recall from the pattern itself ends: overlap .97 if kept, .35 if lost."""
    shares = []
    for network in range(networks):
        rng = np.random.default_rng([neurons, network])
        x = random_states(rng, round(load * neurons), neurons)
        rested = rule().recall(rule().store(x), x, rng)
        shares.append(np.mean(np.mean(rested * x, axis=1) > 0.8))
    return float(np.mean(shares))


def half_kept(rule: Any, neurons: int) -> float:
    """The load at which half of the patterns are kept."""
    loads, networks = {**PLAN, **LARGE}[neurons]
    slope, level = np.polyfit(loads, [kept(rule, neurons, load, networks) for load in loads], 1)
    return (0.5 - level) / slope


def capacity(rule: Any) -> float:
    """Load at which half is kept, of infinitely many neurons."""
    return float(drawn_out({size: half_kept(rule, size) for size in PLAN})[1])


def drawn_out(halves: dict[int, float]) -> np.ndarray:
    """Slope along N^(-2/3), as a vanishing minimum moves, and load at infinitely many neurons."""
    return np.polyfit(np.array(list(halves), float) ** (-2 / 3), list(halves.values()), 1)


def check_capacity(rule: Any) -> None:
    """V13: .138 N."""
    found = capacity(rule)
    require(abs(found - CAPACITY) < SCATTER, f"capacity {CAPACITY} N (got {found:.4f})")


def find(full: bool) -> Finding:
    """Capacity and first-step errors."""
    halves = {size: half_kept(Hopfield, size) for size in (PLAN | LARGE if full else PLAN)}
    slope, found = drawn_out(halves)
    check_formulas(Hopfield)
    errors = {load: turned(Hopfield, load, 4000) for load in (0.1, CAPACITY, 0.18)}

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        moved = np.array(list(halves), float) ** (-2 / 3)
        left.plot(moved, list(halves.values()), "o", color=agreement.MEASURED, label="measured")
        left.plot([0, moved.max()], [found, found + slope * moved.max()], color=agreement.MEASURED, label="drawn out")
        left.errorbar([0], [CAPACITY], [SCATTER], fmt="s", color=agreement.PUBLISHED, label="published", capsize=4)
        left.set(xlabel="N$^{-2/3}$, N neurons", ylabel="Patterns per neuron, half kept")
        left.legend()
        loads = np.linspace(0.08, 0.2, 50)
        theory = [erfc(1 / (2 * load) ** 0.5) / 2 for load in loads]
        right.plot(loads, theory, color=agreement.PUBLISHED, label="published")
        right.plot(list(errors), list(errors.values()), "o", color=agreement.MEASURED, label="measured")
        right.set(xlabel="Patterns per neuron", ylabel="Share of bits turned over", yscale="log")
        right.legend()

    wrong = errors[CAPACITY]
    holds = abs(found - CAPACITY) < SCATTER and abs(wrong / BIT_ERROR - 1) <= BITS
    return Finding(f"capacity {found:.4f} N; first-step bit error {wrong:.5f}", bool(holds), draw)


LAW = Law(
    key="V13",
    name="hopfield",
    what="Hopfield's memory: capacity and first-step error",
    source="Hopfield 1982, PNAS 79; Amit, Gutfreund & Sompolinsky 1987, Ann. Phys. 173",
    target=f"capacity {CAPACITY} N; first-step bit error there {BIT_ERROR}",
    tolerance=f"{SCATTER} N; 5 % of the bit error",
    reason="the scatter of the publication's own simulations; about three standard errors of 2.2 million bits",
    find=find,
    caption="Left: load at which half of the patterns are kept. Right: bits that the first step turns over.",
)
