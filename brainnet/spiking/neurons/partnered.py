"""A neuron with an inhibitory partner, by way of which it inhibits others."""

from __future__ import annotations

from dataclasses import dataclass, field

from brainnet.checks import require_not_negative
from brainnet.spiking.neurons.conductance import INHIBITORY, ConductanceLIF
from brainnet.spiking.neurons.dynamics import Dynamics, Neuron


@dataclass(frozen=True)
class WithPartner:
    """A neuron each of whose spikes excites an inhibitory partner of its own, which inhibits its competitors.

        neuron i  -- `to_partner` -->  partner i  -- `to_others` -->  every neuron j != i

    Who competes with whom is the structure's to say (`brainnet.structure.Competing`); without competition there are no
    partners. Strengths and neurons by default: Diehl & Cook 2015, Frontiers in Computational Neuroscience 9:99.
    """

    neuron: Neuron = field(default_factory=ConductanceLIF)
    partner: Neuron = INHIBITORY
    to_partner: float = 10.4
    to_others: float = 17.0

    def __post_init__(self) -> None:
        require_not_negative(self, "to_partner", "to_others")

    def dynamics(self) -> Dynamics:
        """The neuron's own."""
        return self.neuron.dynamics()
