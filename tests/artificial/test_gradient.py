"""Backpropagation gives the gradient: it is held against finite differences, which know nothing of the chain rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.artificial import Backpropagation, CrossEntropy, Linear, Sigmoid, SquaredError, Tanh
from brainnet.artificial.learning import Loss, Workspace
from brainnet.artificial.neurons import Neuron
from brainnet.conformance.artificial.gradient import (
    LOSSES,
    NEURONS,
    backpropagated,
    check_gradient,
    off_the_kinks,
)


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
