"""Backpropagation gives the gradient: it is held against finite differences, which know nothing of the chain rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.artificial import Backpropagation, CrossEntropy, Linear, Network, ReLU, Sigmoid, SquaredError, Tanh
from brainnet.artificial.learning import Loss, Workspace
from brainnet.artificial.neurons import Neuron

NEURONS = [Sigmoid(), Tanh(), Linear(), ReLU()]
LOSSES = [CrossEntropy(), *(SquaredError(neuron) for neuron in NEURONS)]
STEP = 1e-3
KINK = 0.05  # a rectified neuron nearer to its kink than this is not put to the test


def backpropagated(network: Network, loss: Loss, drive: np.ndarray, target: np.ndarray) -> np.ndarray:
    work = Workspace.of(network, len(drive))
    work.drive[...], work.target[...] = drive, target
    return Backpropagation().gradient(network, loss, work)


def measured(network: Network, loss: Loss, drive: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Central differences of fourth order: error near STEP^4 and rounding near 1e-16 / STEP."""

    def value(index: int, shift: float) -> float:
        parameters = network.parameters.copy()
        parameters[index] += shift
        return loss.value(Network(network.sizes, parameters, network.neuron, network.output).respond(drive), target)

    def slope(index: int) -> float:
        near = value(index, STEP) - value(index, -STEP)
        far = value(index, 2 * STEP) - value(index, -2 * STEP)
        return (8 * near - far) / (12 * STEP)

    return np.array([slope(index) for index in range(network.parameters.size)])


def near_a_kink(network: Network, drive: np.ndarray) -> bool:
    below, distance = drive, np.inf
    for layer, kind, activation in zip(network.connections, network.neurons, network.propagate(drive), strict=True):
        if isinstance(kind, ReLU):
            distance = min(distance, np.abs(layer.propagate(below)).min())
        below = activation
    return bool(distance < KINK)


def off_the_kinks(sizes: tuple[int, ...], neuron: Neuron, loss: Loss, patterns: int, seed: int):
    """The first network and patterns, from this seed on, whose rectified neurons are away from their kinks."""
    rng = np.random.default_rng(seed)
    while True:
        network = Network.random(sizes, neuron, loss.output, rng, "float64")
        network.parameters[...] = rng.normal(size=network.parameters.shape) / sizes[0] ** 0.5
        drive = rng.normal(size=(patterns, sizes[0]))
        if not near_a_kink(network, drive):
            return network, drive, np.eye(sizes[-1])[rng.integers(sizes[-1], size=patterns)]


def relative_error(network: Network, loss: Loss, drive: np.ndarray, target: np.ndarray) -> float:
    exact = measured(network, loss, drive, target)
    return float(np.linalg.norm(backpropagated(network, loss, drive, target) - exact) / np.linalg.norm(exact))


@pytest.mark.parametrize("hidden", [(), (5,), (5, 4), (5, 4, 3)], ids=len)
@pytest.mark.parametrize("loss", LOSSES, ids=repr)
@pytest.mark.parametrize("neuron", NEURONS, ids=repr)
def test_gradient_agrees_with_finite_differences(neuron: Neuron, loss: Loss, hidden: tuple[int, ...]):
    network, drive, target = off_the_kinks((4, *hidden, 3), neuron, loss, patterns=3, seed=1)
    assert relative_error(network, loss, drive, target) < 1e-7


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 6), min_size=1, max_size=4),
    classes=st.integers(2, 5),
    patterns=st.integers(1, 7),
    loss=st.sampled_from([CrossEntropy(), SquaredError(), SquaredError(Tanh()), SquaredError(Linear())]),
    neuron=st.sampled_from([Sigmoid(), Tanh(), Linear()]),
    seed=st.integers(0, 2**16),
)
def test_gradient_agrees_for_networks_of_every_shape(sizes, classes, patterns, loss, neuron, seed):
    network, drive, target = off_the_kinks((*sizes, classes), neuron, loss, patterns, seed)
    assert relative_error(network, loss, drive, target) < 1e-7


@pytest.mark.parametrize("loss", [CrossEntropy(), SquaredError()], ids=repr)
def test_gradient_of_a_batch_is_the_mean_of_its_patterns(loss: Loss):
    network, drive, target = off_the_kinks((4, 6, 3), Sigmoid(), loss, patterns=5, seed=2)
    singles = [backpropagated(network, loss, drive[i : i + 1], target[i : i + 1]) for i in range(5)]
    np.testing.assert_allclose(backpropagated(network, loss, drive, target), np.mean(singles, axis=0), rtol=1e-10)


def test_gradient_leaves_network_and_data_as_they_were():
    network, drive, target = off_the_kinks((4, 6, 3), Sigmoid(), CrossEntropy(), patterns=5, seed=2)
    work = Workspace.of(network, 5)
    work.drive[...], work.target[...] = drive, target
    before = network.parameters.copy()
    Backpropagation().gradient(network, CrossEntropy(), work)
    np.testing.assert_array_equal(network.parameters, before)
    np.testing.assert_array_equal(work.drive, drive)
    np.testing.assert_array_equal(work.target, target)
