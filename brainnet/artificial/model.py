"""A trained artificial network, and what can be asked of it and done to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from brainnet.artificial.coding import answering, drive, learning
from brainnet.artificial.connections import n_parameters
from brainnet.artificial.learning import Loss
from brainnet.artificial.learning.feedback import RandomFeedback
from brainnet.artificial.network import Network
from brainnet.artificial.training import Drives, learn_hidden, train
from brainnet.cell import Cell, Cost, Local, Weights, check_labels, check_weights
from brainnet.data.scaling import ROWS, UNIT, Scaling


@dataclass(frozen=True, eq=False)
class Model:
    """A network, the cell that it was built from, and the loss, the seed and the scaling that it learned with.

    Patterns, (pattern, value), are of the range that `scaling` is for. `spiking.model.Model` has the same methods.
    """

    cell: Cell
    network: Network
    loss: Loss
    seed: int
    scaling: Scaling = UNIT

    def predict(self, patterns: np.ndarray) -> np.ndarray:
        """Index of the most active output neuron, (pattern,)."""
        return self.scores(patterns).argmax(axis=1)

    def scores(self, patterns: np.ndarray) -> np.ndarray:
        """Activity of the output neurons, (pattern, class)."""
        return np.concatenate([layers[-1] for layers in self._answers(patterns)])

    def hidden(self, patterns: np.ndarray) -> tuple[np.ndarray, ...]:
        """Activity of each hidden layer, (pattern, neuron)."""
        return tuple(map(np.concatenate, zip(*(layers[:-1] for layers in self._answers(patterns)), strict=True)))

    def weights(self) -> tuple[Weights, ...]:
        """The weights, (source, target), layer by layer: "hidden 1", "hidden 2", ..., "readout"."""
        frozen = isinstance(self.cell.rule, Local) and self.cell.rule.hidden is None
        network, last = self.network, len(self.network.sizes) - 2
        return tuple(
            Weights(_name(number, last), layer.weight.copy(), wiring.graph, wiring.signs, number == last or not frozen)
            for number, (layer, wiring) in enumerate(zip(network.connections, network.wirings, strict=True))
        )

    def with_weights(self, values: Mapping[str, Any]) -> Model:
        """The same with these weights, by name, in the place of its own. Raises BrainnetError for others."""
        check_weights(self.weights(), values)
        network = self.network.with_parameters(self.network.parameters.copy())
        for number, layer in enumerate(network.connections):
            layer.weight[...] = values.get(_name(number, len(network.sizes) - 2), layer.weight)
        return replace(self, network=network)

    def cost(self) -> Cost:
        """What the network is made of: random feedback, and hidden layers that stay as drawn, count as frozen."""
        exists, learns = self.network.existing(), self.learns()
        feedback = self.cell.rule.matrices(self.network) if isinstance(self.cell.rule, RandomFeedback) else ()
        frozen = int(exists.sum() - learns.sum()) + sum(matrix.size for matrix in feedback)
        return Cost(sum(self.network.sizes[1:]), int(learns.sum()), frozen)

    def learns(self) -> np.ndarray:
        """Which parameters learning may change, (parameter,)."""
        found = self.network.existing()
        if isinstance(self.cell.rule, Local) and self.cell.rule.hidden is None:
            found[: -n_parameters(self.network.sizes[-2:])] = False
        return found

    def partial_fit(self, patterns: np.ndarray, labels: np.ndarray, batch_size: int = 8, epoch: int = 0) -> Model:
        """The model after one more pass over patterns and labels, (pattern,), indices of classes; this one stays."""
        check_labels(labels, self.network.sizes[-1])
        network, dtype = self.network.with_parameters(self.network.parameters.copy()), self.network.parameters.dtype
        values = drive(self.cell, patterns, self.scaling, learning(self.seed, epoch, len(patterns)), dtype)
        given = {"epochs": 1, "batch_size": batch_size, "first_epoch": epoch}
        ((_, model),) = replace(self, network=network).trained(lambda _: values, labels, **given)
        return model

    def trained(
        self, drives: Drives, labels: np.ndarray, *, epochs: int, batch_size: int, first_epoch: int = 0
    ) -> Iterator[tuple[float, Model]]:
        """Train the network in place: after each epoch, the share of patterns that were right, and the model."""
        model, rule = self, self.cell.rule
        given = {"epochs": epochs, "batch_size": batch_size, "seed": self.seed, "first_epoch": first_epoch}
        if not isinstance(rule, Local):
            yield from ((share, self) for share in train(self.network, self.loss, rule, drives, labels, **given))
            return
        if rule.hidden is not None:
            for network in learn_hidden(self.network, rule, drives, **given):
                model = replace(self, network=network)
        below, top = model.network, model.network.readout()
        seen = _once(lambda epoch: below.activity(drives(epoch), -2), changes=self.cell.code.kind != "value")
        for share in train(top, self.loss, rule.readout, seen, labels, **given):
            yield share, model

    def _answers(self, patterns: np.ndarray) -> Iterator[list[np.ndarray]]:
        keys, dtype = answering(self.cell, self.seed), self.network.parameters.dtype
        for begin in range(0, len(patterns), ROWS):
            part = drive(self.cell, patterns[begin : begin + ROWS], self.scaling, keys, dtype)
            yield self.network.propagate(part)


def _once(drives: Drives, changes: bool) -> Drives:
    """What is the same in all epochs, reckoned once."""
    if changes:
        return drives
    first = drives(0)
    return lambda epoch: first


def _name(layer: int, last: int) -> str:
    return "readout" if layer == last else f"hidden {layer + 1}"
