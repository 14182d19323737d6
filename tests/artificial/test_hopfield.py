"""Hopfield's memory: its formulas, its energy, its first-step error and its capacity (V13)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import Slip, rejected

from brainnet.artificial import Hopfield
from brainnet.errors import BrainnetError

CAPACITY = 0.138  # of N: Amit, Gutfreund & Sompolinsky 1987
SCATTER = 0.009  # of their own simulations
BIT_ERROR = 0.00355  # of the first step at that load: erfc(1 / sqrt(2 load)) / 2
# Loads around the one where half of the patterns are kept, and networks at each, by number of neurons.
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


def check_first_step(rule: Any, neurons: int = 4000) -> None:
    """V13: the share of bits that the first step turns over at capacity, within 3 standard errors or so (5 %)."""
    x = random_states(np.random.default_rng(1), round(CAPACITY * neurons), neurons)
    field = x @ rule().store(x)
    assert np.mean(field * x < 0) == pytest.approx(BIT_ERROR, rel=0.05)


def check_rest(rule: Any, seed: int = 0) -> None:
    """Recall ends where no neuron is against its input, and at no higher an energy."""
    rng = np.random.default_rng(seed)
    memory, start = rule(), random_states(rng, 5, 60)
    weight = memory.store(random_states(rng, 8, 60))
    rested = memory.recall(weight, start, rng)
    assert np.all((rested @ weight) * rested >= 0)
    assert np.all(memory.energy(weight, rested) <= memory.energy(weight, start))


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
    loads, networks = PLAN[neurons]
    slope, level = np.polyfit(loads, [kept(rule, neurons, load, networks) for load in loads], 1)
    return (0.5 - level) / slope


def capacity(rule: Any) -> float:
    """Load at which half is kept, drawn out to infinitely many neurons along N^(-2/3), as a vanishing minimum moves."""
    sizes = np.array(list(PLAN), float)
    return float(np.polyfit(sizes ** (-2 / 3), [half_kept(rule, int(size)) for size in sizes], 1)[1])


def check_capacity(rule: Any) -> None:
    """V13: .138 N."""
    assert abs(capacity(rule) - CAPACITY) < SCATTER


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 5), st.integers(1, 15))
def test_hopfield_equals_its_formulas(seed, patterns, neurons):
    check_formulas(Hopfield, seed, patterns, neurons)


def test_first_step_bit_error_is_the_published_one():
    check_first_step(Hopfield)


def test_capacity_is_the_published_one():
    check_capacity(Hopfield)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16))
def test_recall_comes_to_rest_and_never_climbs(seed):
    check_rest(Hopfield, seed)


def test_patterns_are_recalled_from_a_fifth_of_wrong_bits():
    rng = np.random.default_rng(0)
    x = random_states(rng, 10, 400)
    noisy = np.where(rng.random(x.shape) < 0.2, -x, x)
    np.testing.assert_array_equal(Hopfield().recall(Hopfield().store(x), noisy, rng), x)


def test_states_held_in_bytes_do_not_overflow():
    rng = np.random.default_rng(0)
    x = random_states(rng, 300, 40)
    weight = Hopfield().store(x.astype(np.int8))
    np.testing.assert_array_equal(weight, Hopfield().store(x))
    one, other = (Hopfield().recall(weight, states, np.random.default_rng(1)) for states in (x, x.astype(np.int8)))
    np.testing.assert_array_equal(one, other)


def test_recall_leaves_its_arguments_as_they_were():
    rng = np.random.default_rng(0)
    x, start = random_states(rng, 3, 20), random_states(rng, 2, 20)
    weight, before = Hopfield().store(x), start.copy()
    Hopfield().recall(weight, start, rng)
    np.testing.assert_array_equal(start, before)
    np.testing.assert_array_equal(weight, Hopfield().store(x))


@pytest.mark.parametrize("states", [np.array([[0.0, 1.0]]), np.array([[np.nan, 1.0]]), np.array([[True, True]])])
def test_states_other_than_minus_one_and_one_are_refused(states: np.ndarray):
    with pytest.raises(BrainnetError, match=r"^Hopfield's patterns must be numbers -1 and 1 \(got .*\): map 0 to -1"):
        Hopfield().store(states)


def test_recall_that_finds_no_rest_names_the_sweeps():
    rng = np.random.default_rng(0)
    with pytest.raises(BrainnetError, match=r"Hopfield\.sweeps = 1: allow it more"):
        Hopfield(sweeps=1).recall(Hopfield().store(random_states(rng, 30, 100)), random_states(rng, 10, 100), rng)


SLIPS = {
    "sign flipped": (check_formulas, Slip("= patterns.T @ patterns", "= -patterns.T @ patterns")),
    "diagonal kept": (check_formulas, Slip("        np.fill_diagonal(weight, 0)\n", "")),
    "diagonal kept, by its error": (check_first_step, Slip("        np.fill_diagonal(weight, 0)\n", "")),
    "energy's sign flipped": (check_formulas, Slip("return -0.5", "return 0.5")),
    "energy without its half": (check_formulas, Slip("return -0.5 *", "return -")),
    "stale input": (check_formulas, Slip("                field[flips] +=", "                field[flips] += 0 *")),
    "half the change": (check_formulas, Slip("2 * state[flips, neuron]", "state[flips, neuron]")),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_mutant_is_rejected(name: str):
    check, slip = SLIPS[name]
    assert rejected(check, Hopfield, slip)
