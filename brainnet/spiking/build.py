"""From a cell to a spiking network."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from brainnet.cell import Cell
from brainnet.codes import Presentation
from brainnet.spiking.coding import Currents, Spikes, State
from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Network, Population
from brainnet.spiking.neurons import Neuron, Receptor
from brainnet.spiking.neurons.partnered import WithPartner

EXCITATION, INHIBITION = Receptor("excitation", tau_ms=5.0), Receptor("inhibition", tau_ms=10.0)


@dataclass(frozen=True, eq=False)
class Built:
    """A cell as a spiking network: inputs, hidden neurons with or without partners, readout.

    `frozen` holds what was drawn and stays, `first` what learns, as it is at first; both by "object.variable".
    """

    cell: Cell
    n_classes: int
    inputs: Currents | Spikes
    frozen: State
    first: State

    @property
    def n_hidden(self) -> int:
        """Hidden neurons."""
        return self.cell.hidden[0]

    def network(self, epoch: int = 0) -> Network:
        """The description, with the learning rates of that pass."""
        cell = replace(self.cell, rule=self.cell.rule.annealed(epoch))
        excite, inhibit, receptors = _entries(_alone(cell.neuron))
        if isinstance(self.inputs, Currents):  # they are a signal; what spikes may bring is inhibition by competitors
            inhibited = receptors[1:] if self.inputs.wiring.lateral is not None else ()
            hidden = Population("hidden", self.n_hidden, _alone(cell.neuron), counted=True, receptors=inhibited)
        else:
            hidden = _population("hidden", self.n_hidden, _alone(cell.neuron), receptors, counted=True)
        partners, competition = self._competition(excite, inhibit)
        readout = cell.rule.readout
        return Network(
            populations=(*self.inputs.populations(), hidden, *partners, *readout.populations(self.n_classes)),
            projections=(*self.inputs.projections(cell, excite), *competition, *readout.projections()),
            presentation=_watching(cell.presentation),
        )

    def _competition(self, excite: str, inhibit: str) -> tuple[tuple[Population, ...], tuple[Projection, ...]]:
        """The inhibitory partners, and the projections to and from them, where neurons compete."""
        neuron, lateral = self.cell.neuron, self.inputs.wiring.lateral
        if lateral is None or not isinstance(neuron, WithPartner):
            return (), ()
        entry, _, receptors = _entries(neuron.partner)
        partners = _population("inhibitory", self.n_hidden, neuron.partner, receptors)
        return (partners,), (
            Projection("exciting", "hidden", "inhibitory", entry, "one_to_one", weight=neuron.to_partner),
            Projection("inhibiting", "inhibitory", "hidden", inhibit, lateral, weight=neuron.to_others),
        )

    def signals(self, patterns: np.ndarray, labels: np.ndarray | None, keys: np.ndarray) -> State:
        """What drives the network, for patterns in [0, 1], and what its readout is told, if there are labels."""
        driven = self.inputs.signals(self.cell.code.encode(patterns, keys), self.frozen)
        return driven | self.cell.rule.readout.targets(labels, len(patterns), self.n_classes)

    def n_fixed(self) -> int:
        """Weights to and from partners."""
        wiring = self.inputs.wiring
        return 0 if wiring.lateral is None else self.n_hidden + wiring.n_lateral


def build(cell: Cell, n_values: int, n_classes: int, rng: np.random.Generator) -> Built:
    """The network of a fitted cell, with its first weights, for patterns of so many values and so many classes.

    The wiring is drawn before all else: from a generator in the same state, the artificial twin draws the same.
    """
    wiring = cell.structure.draw(cell.code.inputs(n_values), cell.hidden[0], rng)
    inputs = (Currents if cell.code.kind == "value" else Spikes)(wiring)
    frozen, first = inputs.begin(cell, rng)
    first |= cell.rule.readout.begin(cell.hidden[0], n_classes)
    for name, (value, _) in _alone(cell.neuron).dynamics().memory.items():
        first[f"hidden.{name}"] = np.full(cell.hidden[0], value)
    return Built(cell, n_classes, inputs, frozen, first)


def _alone(neuron: Neuron) -> Neuron:
    """The neuron without its partner."""
    return neuron.neuron if isinstance(neuron, WithPartner) else neuron


def _entries(neuron: Neuron) -> tuple[str, str, tuple[Receptor, ...]]:
    """Where excitation and inhibition reach a neuron: its own conductances, or receptors that it gets for that."""
    dynamics = neuron.dynamics()
    if "ge" in dynamics.rest:
        return "ge", "gi", ()
    return EXCITATION.name, INHIBITION.name, (EXCITATION, INHIBITION) if "current" in dynamics.signals else ()


def _population(
    name: str, size: int, neuron: Neuron, receptors: tuple[Receptor, ...], counted: bool = False
) -> Population:
    """Neurons that nothing but spikes reaches."""
    return Population(name, size, neuron, counted, current=0.0 if receptors else None, receptors=receptors)


def _watching(presentation: Presentation) -> Presentation:
    """Patterns that excite too little come again: it is the hidden neurons that tell."""
    if presentation.min_spikes > 0 and not presentation.watched:
        return replace(presentation, watched="hidden")
    return presentation
