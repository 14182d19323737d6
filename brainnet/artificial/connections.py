"""Connections between two layers of artificial neurons: a weight for each pair, a bias for each neuron."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np


@dataclass(frozen=True, eq=False)
class Connections:
    """Weights, (input, neuron), and biases, (neuron,), of one layer.

    z = x W + b
    """

    weight: np.ndarray
    bias: np.ndarray

    def propagate(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """Summed input z of each neuron, (pattern, neuron), for the activity x, (pattern, input)."""
        z = np.matmul(x, self.weight, out=out)
        return np.add(z, self.bias, out=z)


def views(vector: np.ndarray, sizes: tuple[int, ...]) -> tuple[Connections, ...]:
    """Connections of each layer as views of one vector, so that a step of learning is a step of that vector.

    `sizes` are the numbers of inputs, of each hidden layer's neurons, and of outputs.
    """
    layers, start = [], 0
    for inputs, neurons in pairwise(sizes):
        middle, stop = start + inputs * neurons, start + (inputs + 1) * neurons
        layers.append(Connections(vector[start:middle].reshape(inputs, neurons), vector[middle:stop]))
        start = stop
    return tuple(layers)


def n_parameters(sizes: tuple[int, ...]) -> int:
    """Number of weights and biases."""
    return sum((inputs + 1) * neurons for inputs, neurons in pairwise(sizes))


def initial_weights(layer: Connections, gain: float, rng: np.random.Generator) -> None:
    """Draw the weights of a layer in place and clear its biases.

        W ~ U(-r, r),   r = gain sqrt(6 / (inputs + neurons))

    X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010.
    """
    reach = gain * (6 / sum(layer.weight.shape)) ** 0.5
    layer.weight[...] = rng.uniform(-reach, reach, layer.weight.shape)
    layer.bias[...] = 0
