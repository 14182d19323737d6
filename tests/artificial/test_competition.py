"""Krotov and Hopfield's competition: its formula, the norm it comes to, and what a readout makes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import Slip, rejected
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from brainnet.artificial import Backpropagation, KrotovHopfield, SigmoidClassifier, learn
from brainnet.errors import BrainnetError


def formula(weight: np.ndarray, x: np.ndarray, rule: KrotovHopfield) -> np.ndarray:
    """dw_ij = g(rank of <w_i, v>) (v_j - <w_i, v> w_ij), <w, v> = sum_j |w_j|^(p-2) w_j v_j, summed over patterns."""
    change = np.zeros_like(weight)
    for v in x:
        drive = [np.sum(np.abs(w) ** (rule.power - 2) * w * v) for w in weight.T]
        strongest_first = sorted(range(len(drive)), key=lambda i: -drive[i])
        for i, g in ((strongest_first[0], 1), (strongest_first[rule.rank - 1], -rule.repulsion)):
            change[:, i] += g * (v - drive[i] * weight[:, i])
    return weight + rule.rate * change / np.abs(change).max()


def check_formula(rule: Any, seed: int = 0, inputs: int = 6, neurons: int = 6, power: float = 3.0) -> None:
    rng = np.random.default_rng(seed)
    weight, x = rng.normal(size=(inputs, neurons)), rng.normal(size=(6, inputs))
    settings: dict[str, Any] = {"rate": 0.05, "power": power, "rank": 1 + neurons // 2, "repulsion": 0.3}
    expected = formula(weight, x, KrotovHopfield(**settings))
    np.testing.assert_allclose(rule(**settings).update(weight, x), expected, rtol=1e-9, atol=1e-12)


def falling(rule: KrotovHopfield, weight: np.ndarray, x: np.ndarray, epochs: int) -> np.ndarray:
    """Weights after learning at a rate that falls to 0, as in the authors' program."""
    rng = np.random.default_rng(0)
    for epoch in range(epochs):
        weight = learn(replace(rule, rate=rule.rate * (1 - epoch / epochs)), weight, x, batch_size=10, rng=rng)
    return weight


def check_norm(rule: Any, power: float = 2.0) -> None:
    """Neurons that win come to sum_j |w_j|^p = 1."""
    rng = np.random.default_rng(0)
    x = np.abs(np.repeat(np.eye(4), 25, axis=0) + 0.1 * rng.normal(size=(100, 4)))
    competition = rule(power=power)
    weight = falling(competition, 0.5 * rng.random((4, 4)), x, epochs=60)
    wins = np.bincount(competition.drive(weight, x).argmax(axis=1), minlength=4)
    norm = np.sum(np.abs(weight) ** power, axis=0)
    np.testing.assert_allclose(norm[wins > 0], 1, atol=0.05)


def readout(features: np.ndarray, labels: np.ndarray, test: np.ndarray, test_labels: np.ndarray) -> float:
    """Held-out accuracy of softmax regression on what the hidden neurons say."""
    scale = 3 / features.max()
    model = SigmoidClassifier(hidden=(), rule=Backpropagation(0.1), epochs=30, random_state=0)
    return model.fit(scale * features, labels).score(scale * test, test_labels)


def check_digits(rule: Any) -> None:
    """A readout of learned hidden neurons is right above .93, and far better than one of random ones."""
    patterns, labels = load_digits(return_X_y=True)
    split: Any = train_test_split(patterns / 16, labels, test_size=360, stratify=labels, random_state=0)
    x, test, y, test_y = split
    competition = rule()
    random = np.random.default_rng(0).normal(size=(64, 100))
    learned = falling(competition, random, x, epochs=40)
    accuracies = []
    for weight in (random, learned):
        code, test_code = (np.maximum(competition.drive(weight, part), 0) ** 4.5 for part in (x, test))
        accuracies.append(readout(code, y, test_code, test_y))
    assert accuracies[1] > 0.93
    assert accuracies[1] > accuracies[0] + 0.1


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 6), st.integers(2, 6), st.floats(1.5, 4))
def test_competition_equals_its_formula(seed, inputs, neurons, power):
    check_formula(KrotovHopfield, seed, inputs, neurons, power)


@pytest.mark.parametrize("power", [2.0, 3.0])
def test_winners_come_to_norm_one(power: float):
    check_norm(KrotovHopfield, power)


def test_a_readout_of_learned_neurons_recognises_digits():
    check_digits(KrotovHopfield)


def test_the_largest_change_of_a_batch_is_the_rate():
    rng = np.random.default_rng(0)
    weight, x = rng.normal(size=(5, 4)), rng.random((20, 5))
    assert np.abs(KrotovHopfield(rate=0.07).update(weight, x) - weight).max() == pytest.approx(0.07)


def test_patterns_that_change_nothing_give_no_nan():
    np.testing.assert_array_equal(KrotovHopfield().update(np.zeros((3, 2)), np.zeros((4, 3))), 0)


def test_a_rank_beyond_the_neurons_is_refused():
    with pytest.raises(BrainnetError, match=r"^KrotovHopfield\.rank must be at most .* neurons, 4 \(got 7\)$"):
        KrotovHopfield(rank=7).update(np.ones((3, 4)), np.ones((2, 3)))


SLIPS = {
    "sign flipped": Slip("weight + self.rate", "weight - self.rate"),
    "pre and post exchanged": Slip("x.T @ share", "share.T @ x"),
    "decay missing": Slip(" - weight * np.sum(share * drive, axis=0)", ""),
    "decay's sign flipped": Slip("- weight * np.sum", "+ weight * np.sum"),
    "wrong power": Slip("self.power - 1", "self.power - 2"),
    "sign of the weight lost": Slip("np.sign(weight) * ", ""),
    "repulsion that attracts": Slip("-self.repulsion\n", "self.repulsion\n"),
    "repulsion missing": Slip("-self.repulsion\n", "0\n"),
    "rank counted from the weakest": Slip("order[:, -self.rank]] =", "order[:, self.rank - 1]] ="),
    "the weakest wins": Slip("order[:, -1]", "order[:, 0]"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_mutant_is_rejected(name: str):
    assert rejected(check_formula, KrotovHopfield, SLIPS[name])
