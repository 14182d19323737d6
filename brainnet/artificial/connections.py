"""Connections between two layers of artificial neurons: a weight for each pair, a bias for each neuron."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from brainnet.structure import Wiring, apply_signs, keep_signs


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


def initial_weights(layer: Connections, wiring: Wiring, gain: float, rng: np.random.Generator) -> None:
    """Draw the weights of a layer in place and clear its biases.

        W ~ U(-r, r),   r = gain sqrt(6 / (inputs + neurons))

    inputs and neurons being the mean numbers of connections into a neuron and out of an input. Fields that the
    structure prescribes come in the place of random numbers, with the spread that these would have; under Dale's law
    weights have the signs of their inputs.
    X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010.
    """
    sources, targets = layer.weight.shape
    reach = gain * (6 / (wiring.n_synapses / targets + wiring.n_synapses / sources)) ** 0.5
    if wiring.fields is None:
        layer.weight[...] = rng.uniform(-reach, reach, layer.weight.shape)
    else:
        spread = np.sqrt(np.sum(wiring.fields**2) / wiring.n_synapses)
        layer.weight[...] = wiring.fields * (reach / 3**0.5 / spread)
    layer.bias[...] = 0
    if wiring.signs is not None:
        layer.weight[...] = apply_signs(np.abs(layer.weight), wiring.signs)
    Constraint.of(wiring).keep(layer.weight)


@dataclass(frozen=True, eq=False)
class Constraint:
    """What a wiring asks of weights, (input, neuron): 0 where the mask is false, and the sign of their input."""

    mask: np.ndarray | None
    sign: np.ndarray | None

    @classmethod
    def of(cls, wiring: Wiring) -> Constraint:
        """That of a wiring."""
        mask = None if wiring.graph is None else wiring.graph.mask()
        return cls(mask, wiring.signs)

    def keep(self, weight: np.ndarray) -> np.ndarray:
        """The weights, put back under the constraint in place."""
        if self.mask is not None:
            np.multiply(weight, self.mask, out=weight)
        if self.sign is not None:
            weight[...] = keep_signs(weight, self.sign)
        return weight
