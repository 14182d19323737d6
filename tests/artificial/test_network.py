"""Laws of forward propagation."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.artificial import Linear, Network, Sigmoid, Softmax
from brainnet.artificial.connections import n_parameters


def network(*sizes: int, dtype: str = "float64") -> Network:
    return Network.random(sizes, Sigmoid(), Softmax(), np.random.default_rng(0), dtype)


def test_output_is_the_hand_computed_f_of_wx_plus_b():
    w1, b1 = np.array([[0.5, -1.0], [1.5, 2.0]]), np.array([0.1, -0.2])
    w2, b2 = np.array([[1.0], [-2.0]]), np.array([0.3])
    parameters = np.concatenate([w1.ravel(), b1, w2.ravel(), b2])
    by_hand = []
    for x1, x2 in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]:
        h1 = 1 / (1 + np.exp(-(0.5 * x1 + 1.5 * x2 + 0.1)))
        h2 = 1 / (1 + np.exp(-(-1.0 * x1 + 2.0 * x2 - 0.2)))
        by_hand.append([1 / (1 + np.exp(-(1.0 * h1 - 2.0 * h2 + 0.3)))])
    patterns = np.array([(0, 0), (1, 0), (0, 1), (1, 1)], float)
    out = Network((2, 2, 1), parameters, Sigmoid(), Sigmoid()).respond(patterns)
    np.testing.assert_allclose(out, by_hand, rtol=1e-14)


def test_without_hidden_layers_a_linear_network_is_its_matrix():
    rng = np.random.default_rng(1)
    net = Network.random((4, 3), Sigmoid(), Linear(), rng, "float64")
    patterns = rng.random((6, 4))
    np.testing.assert_allclose(net.respond(patterns), patterns @ net.connections[0].weight)


@pytest.mark.parametrize("hidden", [(), (6,), (6, 5), (6, 5, 4)])
def test_a_batch_gives_what_its_patterns_give_one_by_one(hidden: tuple[int, ...]):
    net = network(7, *hidden, 3)
    patterns = np.random.default_rng(1).random((11, 7))
    singles = np.concatenate([net.respond(pattern[None]) for pattern in patterns])
    np.testing.assert_allclose(net.respond(patterns), singles, rtol=1e-12)
    np.testing.assert_allclose(net.respond(patterns, batch_size=4), singles, rtol=1e-12)


def test_permuting_hidden_neurons_leaves_the_output_unchanged():
    net = network(5, 8, 3)
    order = np.random.default_rng(2).permutation(8)
    below, above = net.connections
    parameters = np.concatenate(
        [below.weight[:, order].ravel(), below.bias[order], above.weight[order].ravel(), above.bias]
    )
    permuted = Network(net.sizes, parameters, net.neuron, net.output)
    patterns = np.random.default_rng(1).random((10, 5))
    np.testing.assert_allclose(permuted.respond(patterns), net.respond(patterns), rtol=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_layer_keeps_the_dtype(dtype: str):
    net = network(5, 4, 3, dtype=dtype)
    layers = net.propagate(np.ones((2, 5), dtype))
    assert [layer.dtype for layer in layers] == [dtype, dtype]
    assert net.parameters.dtype == dtype
    assert net.parameters.size == n_parameters((5, 4, 3)) == 5 * 4 + 4 + 4 * 3 + 3


def test_propagate_fills_the_buffers_it_is_given():
    net = network(5, 4, 3)
    buffers = net.buffers(2)
    layers = net.propagate(np.ones((2, 5)), out=buffers)
    assert all(layer is buffer for layer, buffer in zip(layers, buffers, strict=True))
    np.testing.assert_array_equal(layers[-1], net.respond(np.ones((2, 5))))
