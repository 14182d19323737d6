"""What a structure is, and the wiring that it draws: the same for both twins from the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np

from brainnet.data.shapes import Shape
from brainnet.structure.graph import Graph


@dataclass(frozen=True, eq=False)
class Wiring:
    """Who reaches whom between two layers, and how.

    Attributes:
        n_sources, n_targets: numbers of neurons.
        graph: from sources to targets; None where every source reaches every target.
        signs: of each source, (source,), +1 or -1, by Dale's law; None where weights may have both.
        lateral: who inhibits whom among the targets, a graph or "all_but_one"; None where they leave each other alone.
        fields: weights that the structure prescribes, (source, target), of unit L1 norm for each target, or None.
    """

    n_sources: int
    n_targets: int
    graph: Graph | None = None
    signs: np.ndarray | None = None
    lateral: Graph | Literal["all_but_one"] | None = None
    fields: np.ndarray | None = None

    @property
    def n_synapses(self) -> int:
        """Connections from sources to targets."""
        return self.n_sources * self.n_targets if self.graph is None else self.graph.n_synapses

    @property
    def n_lateral(self) -> int:
        """Connections among the targets."""
        if isinstance(self.lateral, Graph):
            return self.lateral.n_synapses
        return 0 if self.lateral is None else self.n_targets * (self.n_targets - 1)


@runtime_checkable
class Structure(Protocol):
    """How layers are wired."""

    @property
    def signed(self) -> bool:
        """Whether weights obey Dale's law."""
        ...

    @property
    def competes(self) -> bool:
        """Whether neurons of a layer inhibit each other."""
        ...

    @property
    def readout(self) -> Structure:
        """How the readout is wired to the last hidden layer."""
        ...

    def fitted(self, shape: Shape) -> Structure:
        """The structure once (rows, columns) of a pattern are known."""
        ...

    def draw(self, n_inputs: int, n_hidden: int, rng: np.random.Generator) -> Wiring:
        """Wiring from a layer's inputs to its neurons."""
        ...
