"""An artificial network: a stack of layers, and forward propagation through it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from brainnet.artificial.connections import Connections, Constraint, initial_weights, n_parameters, views
from brainnet.artificial.neurons import Neuron, Softmax
from brainnet.structure import Dense, Structure, Wiring


@dataclass(frozen=True, eq=False)
class Network:
    """Layers of neurons, each driven by the layer before.

        a_0 = x        a_l = f(a_{l-1} W_l + b_l)

    `sizes` are the numbers of inputs, of each hidden layer's neurons (there may be none), and of outputs; `parameters`,
    (weights and biases,), holds all layers in their order; hidden layers are of `neuron`s, the last one of `output`s.
    `wirings` say who is connected, layer by layer, and with which sign; weights without a connection are 0.
    `responders` are (rule, state) of hidden layers whose neurons interact, so that a local rule answers for them, and
    None of the others.
    """

    sizes: tuple[int, ...]
    parameters: np.ndarray
    neuron: Neuron
    output: Neuron | Softmax
    wirings: tuple[Wiring, ...] = ()  # without any, all layers are dense
    responders: tuple[Any, ...] = ()

    @classmethod
    def random(
        cls,
        sizes: tuple[int, ...],
        neuron: Neuron,
        output: Neuron | Softmax,
        rng: np.random.Generator,
        dtype: str = "float32",
        structure: Structure | None = None,
    ) -> Network:
        """A network with random weights and no biases (see `connections.initial_weights`).

        All wirings are drawn first, so that both twins get the same ones from the same generator.
        """
        kinds = [structure or Dense()] * (len(sizes) - 2) + [(structure or Dense()).readout]
        wirings = tuple(kind.draw(*pair, rng) for kind, pair in zip(kinds, pairwise(sizes), strict=True))
        network = cls(sizes, np.empty(n_parameters(sizes), dtype), neuron, output, wirings)
        for layer, wiring, kind in zip(network.connections, wirings, network.neurons, strict=True):
            initial_weights(layer, wiring, kind.gain, rng)
        return network

    @cached_property
    def connections(self) -> tuple[Connections, ...]:
        """Connections into each layer: views of `parameters`."""
        return views(self.parameters, self.sizes)

    @property
    def neurons(self) -> tuple[Neuron | Softmax, ...]:
        """The kind of neuron of each layer."""
        return (self.neuron,) * (len(self.sizes) - 2) + (self.output,)

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """What the wirings ask of the weights of each layer."""
        return tuple(map(Constraint.of, self.wirings or (Wiring(*pair) for pair in pairwise(self.sizes))))

    def constrain(self) -> None:
        """Put all weights back under the constraints, in place."""
        for layer, constraint in zip(self.connections, self.constraints, strict=True):
            constraint.keep(layer.weight)

    def existing(self) -> np.ndarray:
        """Which parameters stand for something, (parameter,): all but the weights of pairs that are not connected."""
        found = np.ones(self.parameters.size, bool)
        for layer, constraint in zip(views(found, self.sizes), self.constraints, strict=True):
            layer.weight[...] = True if constraint.mask is None else constraint.mask
        return found

    def readout(self) -> Network:
        """The last layer as a network of its own, with the same parameters: views."""
        tail = n_parameters(self.sizes[-2:])
        return Network(self.sizes[-2:], self.parameters[-tail:], self.neuron, self.output, self.wirings[-1:])

    def with_parameters(self, parameters: np.ndarray) -> Network:
        """The same network with others."""
        return replace(self, parameters=parameters)

    def buffers(self, patterns: int) -> list[np.ndarray]:
        """Uninitialised arrays, (pattern, neuron), one for each layer."""
        return [np.empty((patterns, neurons), self.parameters.dtype) for neurons in self.sizes[1:]]

    def propagate(self, x: np.ndarray, out: list[np.ndarray] | None = None) -> list[np.ndarray]:
        """Activations of each layer, (pattern, neuron), for the drive x, (pattern, input); `out` as from `buffers`."""
        out = self.buffers(len(x)) if out is None else out
        responders: tuple[Any, ...] = self.responders or (None,) * len(out)
        for layer, kind, activation, responder in zip(self.connections, self.neurons, out, responders, strict=True):
            if responder is None:
                layer.propagate(x, out=activation)
                kind.activation(activation, out=activation)
            else:
                rule, state = responder
                activation[...] = rule.respond(replace(state, weight=layer.weight), x)
            x = activation
        return out

    def respond(self, x: np.ndarray, batch_size: int = 1024) -> np.ndarray:
        """Activation of the output neurons, (pattern, output), keeping the hidden layers of one batch at a time."""
        return self.activity(x, -1, batch_size)

    def activity(self, x: np.ndarray, layer: int, batch_size: int = 1024) -> np.ndarray:
        """Activation of a layer, (pattern, neuron), counted from 0 or, backwards, from -1."""
        batches = (x[start : start + batch_size] for start in range(0, len(x), batch_size))
        return np.concatenate([self.propagate(batch)[layer] for batch in batches])

    def __reduce__(self) -> tuple:
        # Views pickled beside the vector they belong to would come back as copies.
        return Network, (self.sizes, self.parameters, self.neuron, self.output, self.wirings, self.responders)
