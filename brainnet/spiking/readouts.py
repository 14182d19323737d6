"""Readouts: how the spikes of the hidden neurons become the answer of the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from brainnet.cell import Weights
from brainnet.checks import require_count
from brainnet.spiking.coding import State
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import DeltaRule
from brainnet.spiking.network import Population
from brainnet.spiking.neurons import Neuron, SynapticLIF

Counts = Mapping[str, np.ndarray]
GRAIN = 10  # readouts come in tens, so that tasks with few classes share one compiled simulator


@dataclass(frozen=True)
class Assignment:
    """Each hidden neuron gets the class to which it responded most; a pattern's class is the one whose neurons respond
    most, on average.

    Classes are given after learning, on training patterns: `labelled` of them, drawn at random; None takes all. Source:
    Diehl & Cook 2015, Frontiers in Computational Neuroscience 9:99.
    """

    labelled: int | None = None

    def __post_init__(self) -> None:
        if self.labelled is not None:
            require_count(self, "labelled", 1)

    def slowed(self, factor: float) -> Assignment:
        """The same: it has no rate."""
        return self

    def populations(self, n_classes: int) -> tuple[Population, ...]:
        """None."""
        return ()

    def projections(self) -> tuple[Projection, ...]:
        """None."""
        return ()

    def begin(self, n_hidden: int, n_classes: int) -> State:
        """Nothing that learns at spikes."""
        return {}

    def targets(self, labels: np.ndarray | None, patterns: int, n_classes: int) -> State:
        """None: the network learns without labels."""
        return {}

    def patterns_to_label(self, count: int) -> int:
        """How many of `count` training patterns the trained network is shown to find the classes of its neurons."""
        return min(count, self.labelled or count)

    def tallied(self, counts: Counts) -> np.ndarray:
        """The spikes, (pattern, neuron), that tell which class a neuron gets."""
        return counts["hidden"]

    def assigned(self, sums: np.ndarray, members: np.ndarray) -> State:
        """The class of each neuron, (neuron,): the one with its highest mean count over training patterns.

        `sums`, (class, neuron), are its spikes at the patterns of each class, of which there were `members`, (class,).
        """
        return {"assignment": (sums / np.maximum(members, 1)[:, None]).argmax(axis=0)}

    def scores(self, counts: Counts, readout: State, n_classes: int) -> np.ndarray:
        """Mean spike count of each class's neurons, (pattern, class); 0 for a class that no neuron has."""
        members = np.eye(n_classes)[readout["assignment"]]
        return counts["hidden"] @ (members / np.maximum(members.sum(axis=0), 1))

    def weights(self, state: State, n_classes: int) -> tuple[Weights, ...]:
        """None."""
        return ()

    def replaced(self, values: Any, state: State) -> State:
        """The same state: there are no weights."""
        return state

    def n_trained(self, n_hidden: int, n_classes: int) -> int:
        """A class for each neuron."""
        return n_hidden


@dataclass(frozen=True)
class DeltaReadout:
    """A readout neuron for each class, whose synapses learn from its target by the delta rule.

    A class's score is its neuron's count of spikes. Source: Illing, Gerstner & Brea 2019, Neural Networks 118:90.
    """

    rule: DeltaRule = DeltaRule()
    neuron: Neuron = SynapticLIF()

    def slowed(self, factor: float) -> DeltaReadout:
        """The readout with the rate of its rule times `factor`."""
        return replace(self, rule=self.rule.slowed(factor))

    def populations(self, n_classes: int) -> tuple[Population, ...]:
        """The readout neurons, in tens."""
        return (Population("readout", _grained(n_classes), self.neuron, counted=True),)

    def projections(self) -> tuple[Projection, ...]:
        """Their synapses."""
        return (Projection("outgoing", "hidden", "readout", effect="s", rule=self.rule),)

    def begin(self, n_hidden: int, n_classes: int) -> State:
        """Weights of zero."""
        return {"outgoing.w": np.zeros((n_hidden, _grained(n_classes)))}

    def targets(self, labels: np.ndarray | None, patterns: int, n_classes: int) -> State:
        """Targets of the readout neurons, (pattern, neuron): zero without labels, and then nothing learns."""
        targets = np.zeros((patterns, _grained(n_classes)))
        if labels is not None:
            targets[np.arange(len(labels)), labels] = 1.0
        return {"readout.target": targets}

    def patterns_to_label(self, count: int) -> int:
        """None: each readout neuron has had its class from the start."""
        return 0

    def tallied(self, counts: Counts) -> np.ndarray:
        """None, for the same reason."""
        return counts["readout"][:, :0]

    def assigned(self, sums: np.ndarray, members: np.ndarray) -> State:
        """Nothing, for the same reason."""
        return {}

    def scores(self, counts: Counts, readout: State, n_classes: int) -> np.ndarray:
        """Spikes of each class's readout neuron, (pattern, class)."""
        return counts["readout"][:, :n_classes]

    def weights(self, state: State, n_classes: int) -> tuple[Weights, ...]:
        """Those of readout neurons that stand for a class, (hidden neuron, class)."""
        return (Weights("readout", state["outgoing.w"][:, :n_classes]),)

    def replaced(self, values: Any, state: State) -> State:
        """The state with other weights."""
        new = state["outgoing.w"].copy()
        new[:, : np.shape(values)[1]] = values
        return state | {"outgoing.w": new}

    def n_trained(self, n_hidden: int, n_classes: int) -> int:
        """A weight for each hidden neuron and class."""
        return n_hidden * n_classes


def _grained(n_classes: int) -> int:
    return GRAIN * -(-n_classes // GRAIN)
