"""A trained spiking network, and what can be asked of it and done to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from brainnet import counter
from brainnet.cell import Cell, Cost, Weights, check_labels, check_weights
from brainnet.data.scaling import UNIT, Scaling
from brainnet.spiking.answers import respond
from brainnet.spiking.build import Built
from brainnet.spiking.coding import State
from brainnet.spiking.network import Network, Recording
from brainnet.spiking.simulator import CHUNK, Backend, record
from brainnet.spiking.training.training import Patterns, Training


@dataclass(frozen=True, eq=False)
class Model:
    """A network that was built from a cell, its state, and the seed and the scaling that it learned with.

    `state` holds what learned, by "object.variable", `readout` the classes of hidden neurons, where they have any.
    Patterns, (pattern, value), are of the range that `scaling` is for. `artificial.model.Model` has the same methods.
    """

    built: Built
    state: State
    readout: State
    seed: int
    scaling: Scaling = UNIT
    backend: Backend = "auto"

    @property
    def cell(self) -> Cell:
        """The cell that the network was built from."""
        return self.built.cell

    @property
    def network(self) -> Network:
        """Its description."""
        return self.built.network()

    def predict(self, patterns: np.ndarray) -> np.ndarray:
        """Index of the class with the highest score, (pattern,)."""
        return self.scores(patterns).argmax(axis=1)

    def scores(self, patterns: np.ndarray) -> np.ndarray:
        """Spikes that speak for each class, (pattern, class)."""
        return np.concatenate([self._scored(counts) for counts in self._answers(patterns)])

    def hidden(self, patterns: np.ndarray) -> tuple[np.ndarray, ...]:
        """Spike counts of each hidden layer, (pattern, neuron): there is one."""
        return (np.concatenate([counts["hidden"] for counts in self._answers(patterns)]),)

    def weights(self) -> tuple[Weights, ...]:
        """The weights, layer by layer: "hidden 1", and "readout" where it has any."""
        shown = self.built.inputs.weights(self.cell, self.built.frozen, self.state)
        return (shown, *self.cell.rule.readout.weights(self.state, self.built.n_classes))

    def with_weights(self, values: Mapping[str, Any]) -> Model:
        """The same with these weights, by name, in the place of its own. Raises BrainnetError for others."""
        check_weights(self.weights(), values)
        frozen, state = self.built.frozen, self.state
        if "hidden 1" in values:
            frozen, state = self.built.inputs.replaced(values["hidden 1"], frozen, state)
        if "readout" in values:
            state = self.cell.rule.readout.replaced(values["readout"], state)
        return replace(self, built=replace(self.built, frozen=frozen), state=state)

    def cost(self) -> Cost:
        """What the network is made of: weights, thresholds and classes of neurons that learn; what was drawn once."""
        built, memory = self.built, len([name for name in self.state if name.startswith("hidden.")])
        learned, frozen = built.inputs.parameters(self.cell)
        learned += built.n_hidden * memory + self.cell.rule.readout.n_trained(built.n_hidden, built.n_classes)
        return Cost(self.network.n_units, learned, frozen + built.n_fixed())

    def partial_fit(self, patterns: np.ndarray, labels: np.ndarray, epoch: int = 0) -> Model:
        """The model after one more pass over patterns and labels, (pattern,), indices of classes; this one stays."""
        check_labels(labels, self.built.n_classes)
        given, classes = Patterns(patterns, labels, self.scaling), self.built.n_classes
        training = Training(self.cell, given, None, classes, epoch + 1, self.seed, self.backend)
        reached = training.pass_over(self.built, self.state, epoch)
        return replace(self, state={name: reached.state[name] for name in self.state}, readout=reached.readout)

    def record(self, pattern: np.ndarray) -> Recording:
        """Spikes of all populations, and the most active hidden neuron's potential, while a pattern, (1, value), is
        shown."""
        shown = self.scaling(pattern)
        keys = counter.keys_by_content(self.seed, shown)
        return record(self.network, self.built.signals(shown, None, keys), self.state, keys, of="hidden")

    def _scored(self, counts: Mapping[str, np.ndarray]) -> np.ndarray:
        return self.cell.rule.readout.scores(counts, self.readout, self.built.n_classes)

    def _answers(self, patterns: np.ndarray) -> Iterator[dict[str, np.ndarray]]:
        for begin in range(0, len(patterns), CHUNK):
            shown = self.scaling(patterns[begin : begin + CHUNK])
            yield respond(self.built, self.state, shown, self.seed, self.backend)
