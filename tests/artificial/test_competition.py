"""Krotov and Hopfield's competition: its formula, the norm it comes to, and what a readout makes of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from brainnet.artificial import Backpropagation, KrotovHopfield, SigmoidClassifier
from brainnet.conformance.artificial.competition import check_formula, check_norm, falling
from brainnet.errors import BrainnetError


def readout(features: np.ndarray, labels: np.ndarray, test: np.ndarray, test_labels: np.ndarray) -> float:
    """Held-out accuracy of softmax regression on what the hidden neurons say."""
    model = SigmoidClassifier(hidden=(), rule=Backpropagation(0.9), epochs=30, scaling="global", random_state=0)
    return model.fit(features, labels).score(test, test_labels)


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
