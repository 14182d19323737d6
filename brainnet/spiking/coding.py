"""Coding, as the spiking twin reads it: real values are injected currents, rates are spikes through synapses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from brainnet.cell import Cell, Weights
from brainnet.codes import Encoded
from brainnet.spiking.connections import Projection, uniform
from brainnet.spiking.network import Population
from brainnet.spiking.neurons import Poisson
from brainnet.structure import Graph, Wiring

State = dict[str, np.ndarray]
GRAIN = 16  # inputs come in sixteens, the last ones silent, so that tasks of similar size share a simulator


@dataclass(frozen=True, eq=False)
class Currents:
    """Real values as currents, which are reckoned outside the simulator.

        I = bias + x W        bias ~ U(0.6, 1)

    in units of the threshold current. W are the structure's fields or else random numbers from N(0, 1) where there is a
    connection, scaled to unit L1 norm for each neuron; they stay as they are. Source: Illing, Gerstner & Brea 2019,
    Neural Networks 118:90.
    """

    wiring: Wiring

    def begin(self, cell: Cell, rng: np.random.Generator) -> tuple[State, State]:
        """Weights, (input, neuron), and bias, (neuron,), which stay; nothing that learns."""
        weights = self.wiring.fields
        if weights is None:
            weights = rng.normal(size=(self.wiring.n_targets, self.wiring.n_sources)).T
            weights = weights if self.wiring.graph is None else weights * self.wiring.graph.mask()
            weights = weights / np.maximum(np.abs(weights).sum(axis=0), np.finfo(float).tiny)
        return {"fields": weights, "bias": rng.uniform(0.6, 1.0, self.wiring.n_targets)}, {}

    def populations(self) -> tuple[Population, ...]:
        """None."""
        return ()

    def projections(self, cell: Cell, effect: str) -> tuple[Projection, ...]:
        """None."""
        return ()

    def signals(self, encoded: Encoded, frozen: State) -> State:
        """Currents, (pattern, neuron)."""
        return {"hidden.current": frozen["bias"] + encoded.values @ frozen["fields"]}

    def weights(self, cell: Cell, frozen: State, state: State) -> Weights:
        """The weights, (input, neuron)."""
        return Weights("hidden 1", frozen["fields"], self.wiring.graph, learned=False)

    def replaced(self, values: Any, frozen: State, state: State) -> tuple[State, State]:
        """What stays and what learns with other weights."""
        return frozen | {"fields": np.asarray(values, float)}, state

    def parameters(self, cell: Cell) -> tuple[int, int]:
        """Numbers that learn, and numbers that stay."""
        return 0, (self.wiring.n_sources + 1) * self.wiring.n_targets


@dataclass(frozen=True, eq=False)
class Spikes:
    """Rates as spikes of Poisson inputs, whose synapses may learn."""

    wiring: Wiring

    @property
    def size(self) -> int:
        """Inputs, the silent ones included."""
        return GRAIN * -(-self.wiring.n_sources // GRAIN)

    def begin(self, cell: Cell, rng: np.random.Generator) -> tuple[State, State]:
        """Nothing that stays; random weights, (input, neuron) or (synapse,)."""
        wiring, total = self.wiring, cell.rule.total_weight
        if wiring.graph is not None:
            drawn = rng.random(wiring.n_synapses) + 0.01
            sums = np.bincount(wiring.graph.targets, drawn, wiring.n_targets)
            return {}, {"incoming.w": drawn if total is None else drawn * total / sums[wiring.graph.targets]}
        weights = np.zeros((self.size, wiring.n_targets))
        weights[: wiring.n_sources] = uniform(wiring.n_sources, wiring.n_targets, total, rng)
        return {}, {"incoming.w": weights}

    def populations(self) -> tuple[Population, ...]:
        """The inputs."""
        return (Population("inputs", self.size, Poisson()),)

    def projections(self, cell: Cell, effect: str) -> tuple[Projection, ...]:
        """Their synapses."""
        graph, rule = self.wiring.graph, cell.rule
        pattern = "all" if graph is None else _padded(graph, self.size)
        return (Projection("incoming", "inputs", "hidden", effect, pattern, rule=rule.hidden, total=rule.total_weight),)

    def signals(self, encoded: Encoded, frozen: State) -> State:
        """Rates of the inputs, (pattern, input), in Hz."""
        rates = np.zeros((len(encoded.values), self.size))
        rates[:, : encoded.values.shape[1]] = encoded.values
        return {"inputs.rate": rates}

    def weights(self, cell: Cell, frozen: State, state: State) -> Weights:
        """The weights of inputs that stand for a value, (input, neuron), or (synapse,)."""
        values, graph = state["incoming.w"], self.wiring.graph
        shown = values[: self.wiring.n_sources] if graph is None else values
        return Weights("hidden 1", shown, graph, learned=cell.rule.hidden is not None)

    def replaced(self, values: Any, frozen: State, state: State) -> tuple[State, State]:
        """What stays and what learns with other weights."""
        new = state["incoming.w"].copy()
        new[: len(values)] = values
        return frozen, state | {"incoming.w": new}

    def parameters(self, cell: Cell) -> tuple[int, int]:
        """Numbers that learn, and numbers that stay."""
        weights = self.wiring.n_synapses
        return (weights, 0) if cell.rule.hidden is not None else (0, weights)


def _padded(graph: Graph, sources: int) -> Graph:
    """The graph with further sources that reach nobody."""
    last = np.full(sources - graph.n_sources, graph.n_synapses)
    return Graph(sources, graph.n_targets, np.concatenate([graph.offsets, last]), graph.targets)
