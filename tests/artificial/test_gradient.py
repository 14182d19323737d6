"""Backpropagation gives the gradient: it is held against finite differences, which know nothing of the chain rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import Slip, rejected

from brainnet.artificial import Backpropagation, CrossEntropy, Linear, Network, ReLU, Sigmoid, SquaredError, Tanh
from brainnet.artificial.connections import views
from brainnet.artificial.learning import Loss, Workspace, backpropagation, losses
from brainnet.artificial.neurons import Neuron

NEURONS = [Sigmoid(), Tanh(), Linear(), ReLU()]
LOSSES = [CrossEntropy(), *(SquaredError(neuron) for neuron in NEURONS)]
STEP = 1e-3
ROUNDING = 1e-13  # of the differences
KINK = 0.05  # a rectified neuron nearer to its kink than this is not put to the test


def backpropagated(
    network: Network, loss: Loss, drive: np.ndarray, target: np.ndarray, rule: Any = Backpropagation
) -> np.ndarray:
    work = Workspace.of(network, len(drive))
    work.drive[...], work.target[...] = drive, target
    return rule().gradient(network, loss, work)


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


def check_gradient(
    rule: Any,
    sizes: tuple[int, ...] = (4, 4, 4, 4),
    neuron: Neuron = NEURONS[0],
    loss: Loss = LOSSES[1],
    patterns: int = 3,
    seed: int = 1,
) -> None:
    """V15: the weights' and the biases' gradients of every layer are within 1e-7 of finite differences."""
    network, drive, target = off_the_kinks(sizes, neuron, loss, patterns, seed)
    mine = views(backpropagated(network, loss, drive, target, rule), sizes)
    for layer, (one, other) in enumerate(zip(mine, views(measured(network, loss, drive, target), sizes), strict=True)):
        for part in ("weight", "bias"):
            got, exact = getattr(one, part), getattr(other, part)
            error = np.linalg.norm(got - exact)
            assert error <= 1e-7 * np.linalg.norm(exact) + ROUNDING, f"{part} of layer {layer}: {error}"


@pytest.mark.parametrize("hidden", [(), (5,), (5, 4), (5, 4, 3)], ids=len)
@pytest.mark.parametrize("loss", LOSSES, ids=repr)
@pytest.mark.parametrize("neuron", NEURONS, ids=repr)
def test_gradient_agrees_with_finite_differences(neuron: Neuron, loss: Loss, hidden: tuple[int, ...]):
    check_gradient(Backpropagation, (4, *hidden, 3), neuron, loss)


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
    check_gradient(Backpropagation, (*sizes, classes), neuron, loss, patterns, seed)


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


CARRIED, DESCEND = backpropagation.carried_down, backpropagation._descend
SLIPS = {
    "weights not transposed": Slip("layer.weight.T for", "layer.weight for"),
    "weights of the layer below": Slip("network.connections[1:]", "network.connections[:-1]"),
    "error taken from the top": Slip("top if direct else delta", "top", CARRIED),
    "sign flipped on the way": Slip("feedback[layer - 1],", "-feedback[layer - 1],", CARRIED),
    "slope missing": Slip("network.neuron.slope(below, out=work.slopes[layer - 1])", "1", CARRIED),
    "slope of the layer above": Slip("slope(below,", "slope(activations[layer],", CARRIED),
    "pre and post exchanged": Slip("np.matmul(below.T, delta,", "np.matmul(delta.T, below,", DESCEND),
    "bias averaged": Slip("np.sum(delta,", "np.mean(delta,", DESCEND),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_mutant_is_rejected(name: str):
    assert rejected(check_gradient, Backpropagation, SLIPS[name])


@pytest.mark.parametrize(
    "slip",
    [
        Slip("np.multiply(out, self.output.slope(output, out=scratch), out=out)", "out"),
        Slip("(output, target, out=out)", "(target, output, out=out)"),
        Slip("1 / len(output)", "1"),
    ],
    ids=["slope missing", "sign flipped", "summed"],
)
def test_a_mutant_of_the_loss_is_rejected(slip: Slip):
    def check(kind: Any) -> None:
        check_gradient(Backpropagation, loss=kind())

    assert rejected(check, losses.SquaredError, slip)
