"""Feedback alignment and its direct form: their formulas, frozen matrices, and what they learn."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import Slip, rejected
from sklearn.base import clone
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from brainnet.artificial import (
    Adam,
    Backpropagation,
    CrossEntropy,
    DirectFeedbackAlignment,
    FeedbackAlignment,
    Following,
    GradientDescent,
    Network,
    Sigmoid,
    SigmoidClassifier,
)
from brainnet.artificial.coding import one_hot
from brainnet.artificial.learning import Workspace, backpropagation

RULES = [FeedbackAlignment, DirectFeedbackAlignment]
SQUARE = (4, 4, 4, 4)  # of shapes that no product refuses, whatever is transposed or exchanged


def formula(parameters: np.ndarray, sizes: tuple[int, ...], x: np.ndarray, t: np.ndarray, b: Any, direct: bool):
    """Sigmoid layers under a softmax: e = y - t at the top, e_l = (e_above B_l) a_l (1 - a_l), or (e_top B_l) ..."""
    shapes = [shape for rows, columns in pairwise(sizes) for shape in ((rows, columns), (columns,))]
    cuts = np.cumsum([np.prod(shape) for shape in shapes])[:-1]
    parts = [part.reshape(shape) for part, shape in zip(np.split(parameters, cuts), shapes, strict=True)]
    activity = [x]
    for weight, bias in zip(parts[::2], parts[1::2], strict=True):
        activity.append(1 / (1 + np.exp(-(activity[-1] @ weight + bias))))
    z = activity[-2] @ parts[-2] + parts[-1]
    top = e = (np.exp(z) / np.exp(z).sum(axis=1, keepdims=True) - t) / len(x)
    directions = []
    for layer in range(len(sizes) - 2, -1, -1):
        directions = [np.einsum("pi,pj->ij", activity[layer], e).ravel(), e.sum(axis=0), *directions]
        if layer > 0:
            e = np.einsum("pk,ki->pi", top if direct else e, b[layer - 1]) * activity[layer] * (1 - activity[layer])
    return np.concatenate(directions)


def worked(rule: Any, network: Network, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    work = Workspace.of(network, len(x))
    work.drive[...], work.target[...] = x, t
    return rule.gradient(network, CrossEntropy(), work)


def check_formula(rule: Any, seed: int = 0, sizes: tuple[int, ...] = SQUARE) -> None:
    rng = np.random.default_rng(seed)
    network = Network.random(sizes, Sigmoid(), CrossEntropy().output, rng, "float64")
    x, t = rng.normal(size=(5, sizes[0])), np.eye(sizes[-1])[rng.integers(sizes[-1], size=5)]
    original = {kind.__name__: kind for kind in RULES}[rule.__name__](seed=seed)
    expected = formula(network.parameters, sizes, x, t, original.matrices(network), original.direct)
    np.testing.assert_allclose(worked(rule(seed=seed), network, x, t), expected, rtol=1e-9, atol=1e-14)


def check_matrices(rule: Any, sizes: tuple[int, ...] = (9, 300, 200, 100)) -> None:
    """Spread as stated, of the shapes that the error has to pass, and the same whenever they are asked for."""
    network = Network.random(sizes, Sigmoid(), CrossEntropy().output, np.random.default_rng(0))
    first = rule(scale=0.5, seed=3).matrices(network)
    above = [sizes[-1]] * 2 if rule.direct else sizes[2:]
    assert [matrix.shape for matrix in first] == list(zip(above, sizes[1:-1], strict=True))
    for matrix, again in zip(first, rule(scale=0.5, seed=3).matrices(network), strict=True):
        reach = 0.5 * (6 / sum(matrix.shape)) ** 0.5
        assert 0.99 * reach < np.abs(matrix).max() <= 1.000001 * reach
        assert abs(matrix.mean()) < 0.02 * reach
        np.testing.assert_array_equal(matrix, again)


def digits() -> Any:
    patterns, labels = load_digits(return_X_y=True)
    return train_test_split(patterns / 16, labels, test_size=360, stratify=labels, random_state=0)


def check_digits(rule: Any, hidden: tuple[int, ...] = (100,)) -> None:
    """Digits above .95: no worse than a network of random hidden neurons could not do."""
    x, test, y, test_y = digits()
    assert SigmoidClassifier(hidden, rule=rule(), epochs=20, random_state=0).fit(x, y).score(test, test_y) > 0.95


def angles(rule: Any, hidden: tuple[int, ...], batches: int) -> np.ndarray:
    """Degrees between rule and gradient in the weights of the first hidden layer, while it learns digits."""
    x, _, y, _ = digits()
    t = one_hot(y, 10, "float64")
    network = Network.random((64, *hidden, 10), Sigmoid(), CrossEntropy().output, np.random.default_rng(0), "float64")
    first, velocity, found = slice(0, 65 * hidden[0]), np.zeros_like(network.parameters), []
    for _ in range(batches):
        gradient, mine = (worked(each, network, x, t) for each in (Backpropagation(), rule))
        cosine = gradient[first] @ mine[first] / np.linalg.norm(gradient[first]) / np.linalg.norm(mine[first])
        found.append(np.degrees(np.arccos(cosine)))
        GradientDescent(0.5, 0.9).step(network.parameters, mine, velocity)
    return np.array(found)


def check_alignment(rule: Any, seed: int = 0, hidden: tuple[int, ...] = (100,), batches: int = 60) -> None:
    """The angle starts near 90 degrees, as between random directions, falls well below and stays there."""
    course = angles(rule(seed=seed), hidden, batches)
    assert abs(course[0] - 90) < 15
    assert np.all(course[-batches // 3 :] < 85)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16), st.lists(st.integers(1, 6), min_size=2, max_size=5), st.integers(2, 4))
@pytest.mark.parametrize("rule", RULES)
def test_rule_equals_its_formula(rule, seed, sizes, classes):
    check_formula(rule, seed, (*sizes, classes))


@pytest.mark.parametrize("rule", RULES)
def test_matrices_come_from_the_seed_and_have_the_stated_spread(rule):
    check_matrices(rule)


@pytest.mark.parametrize("rule", RULES)
def test_matrices_differ_with_the_seed_and_cannot_be_written_to(rule):
    network = Network.random((5, 4, 3), Sigmoid(), CrossEntropy().output, np.random.default_rng(0))
    (one,), (other,) = (rule(seed=seed).matrices(network) for seed in (0, 1))
    assert np.all(one != other)
    with pytest.raises(ValueError, match="read-only"):
        one += 1


@pytest.mark.parametrize("hidden", [(100,), (100, 50)], ids=len)
@pytest.mark.parametrize("rule", RULES)
def test_digits_are_learned(rule, hidden: tuple[int, ...]):
    check_digits(rule, hidden)


@pytest.mark.parametrize("seed", range(3))
def test_angle_to_the_gradient_falls_below_90_degrees(seed: int):
    check_alignment(FeedbackAlignment, seed)


@pytest.mark.parametrize("rule", RULES)
def test_angle_falls_below_90_degrees_two_layers_down_too(rule):
    check_alignment(rule, hidden=(60, 40), batches=200)


def test_with_one_hidden_layer_both_are_the_same():
    network = Network.random((6, 5, 3), Sigmoid(), CrossEntropy().output, np.random.default_rng(0))
    x, t = np.random.default_rng(1).normal(size=(4, 6)), np.eye(3)[[0, 1, 2, 0]]
    one, other = (worked(rule(seed=7), network, x, t) for rule in RULES)
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("rule", RULES)
def test_without_hidden_layers_it_is_backpropagation(rule):
    network = Network.random((6, 3), Sigmoid(), CrossEntropy().output, np.random.default_rng(0))
    x, t = np.random.default_rng(1).normal(size=(4, 6)), np.eye(3)[[0, 1, 2, 0]]
    np.testing.assert_array_equal(worked(rule(), network, x, t), worked(Backpropagation(), network, x, t))


@pytest.mark.parametrize("rule", [FeedbackAlignment(seed=1), Following(DirectFeedbackAlignment(), Adam())], ids=repr)
def test_a_clone_of_a_classifier_learns_the_same_bytes(rule):
    x, _, y, _ = digits()
    model = SigmoidClassifier((12,), rule=rule, epochs=2, random_state=0).fit(x[:200], y[:200])
    copy: Any = clone(model)
    assert copy.fit(x[:200], y[:200]).trained_weights_[1].tobytes() == model.trained_weights_[1].tobytes()


CARRIED, DESCEND = backpropagation.carried_down, backpropagation._descend
SLIPS = {
    "transposed feedback": Slip("feedback[layer - 1],", "feedback[layer - 1].T,", CARRIED),
    "feedback of another layer": Slip("feedback[layer - 1],", "feedback[-layer],", CARRIED),
    "sign flipped": Slip("feedback[layer - 1],", "-feedback[layer - 1],", CARRIED),
    "the weights themselves": Slip("feedback[layer - 1],", "network.connections[layer].weight.T,", CARRIED),
    "direct and indirect exchanged": Slip("top if direct else delta", "delta if direct else top", CARRIED),
    "slope missing": Slip("network.neuron.slope(below, out=work.slopes[layer - 1])", "1", CARRIED),
    "slope of the layer above": Slip("slope(below,", "slope(activations[layer],", CARRIED),
    "pre and post exchanged": Slip("np.matmul(below.T, delta,", "np.matmul(delta.T, below,", DESCEND),
    "bias of the wrong sign": Slip("np.sum(delta,", "np.sum(-delta,", DESCEND),
}


@pytest.mark.parametrize("name", SLIPS)
@pytest.mark.parametrize("rule", RULES)
def test_a_mutant_is_rejected(rule, name: str):
    assert rejected(check_formula, rule, SLIPS[name])
