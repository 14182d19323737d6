"""An artificial network: a stack of layers, and forward propagation through it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from brainnet.artificial.connections import Connections, initial_weights, n_parameters, views
from brainnet.artificial.neurons import Neuron, Softmax


@dataclass(frozen=True, eq=False)
class Network:
    """Layers of neurons, each driven by the layer before.

        a_0 = x        a_l = f(a_{l-1} W_l + b_l)

    `sizes` are the numbers of inputs, of each hidden layer's neurons (there may be none), and of outputs; `parameters`,
    (weights and biases,), holds all layers in their order; hidden layers are of `neuron`s, the last one of `output`s.
    """

    sizes: tuple[int, ...]
    parameters: np.ndarray
    neuron: Neuron
    output: Neuron | Softmax

    @classmethod
    def random(
        cls,
        sizes: tuple[int, ...],
        neuron: Neuron,
        output: Neuron | Softmax,
        rng: np.random.Generator,
        dtype: str = "float32",
    ) -> Network:
        """A network with random weights and no biases (see `connections.initial_weights`)."""
        network = cls(sizes, np.empty(n_parameters(sizes), dtype), neuron, output)
        for layer, kind in zip(network.connections, network.neurons, strict=True):
            initial_weights(layer, kind.gain, rng)
        return network

    @cached_property
    def connections(self) -> tuple[Connections, ...]:
        """Connections into each layer: views of `parameters`."""
        return views(self.parameters, self.sizes)

    @property
    def neurons(self) -> tuple[Neuron | Softmax, ...]:
        """The kind of neuron of each layer."""
        return (self.neuron,) * (len(self.sizes) - 2) + (self.output,)

    def buffers(self, patterns: int) -> list[np.ndarray]:
        """Uninitialised arrays, (pattern, neuron), one for each layer."""
        return [np.empty((patterns, neurons), self.parameters.dtype) for neurons in self.sizes[1:]]

    def propagate(self, x: np.ndarray, out: list[np.ndarray] | None = None) -> list[np.ndarray]:
        """Activations of each layer, (pattern, neuron), for the drive x, (pattern, input); `out` as from `buffers`."""
        out = self.buffers(len(x)) if out is None else out
        for layer, kind, activation in zip(self.connections, self.neurons, out, strict=True):
            layer.propagate(x, out=activation)
            x = kind.activation(activation, out=activation)
        return out

    def respond(self, x: np.ndarray, batch_size: int = 1024) -> np.ndarray:
        """Activation of the output neurons, (pattern, output), keeping the hidden layers of one batch at a time."""
        batches = (x[start : start + batch_size] for start in range(0, len(x), batch_size))
        return np.concatenate([self.propagate(batch)[-1] for batch in batches])

    def __reduce__(self) -> tuple:
        # Views pickled beside the vector they belong to would come back as copies.
        return Network, (self.sizes, self.parameters, self.neuron, self.output)
