"""Cells that are known to work, each with the settings that it was tried with."""

from __future__ import annotations

from brainnet.cell import Cell, Local
from brainnet.codes import ByShape, Code, Presentation, RealValues
from brainnet.spiking.learning import DeltaRule, PostsynapticSTDP, Rule
from brainnet.spiking.neurons import LIF, ConductanceLIF, Neuron, SynapticLIF, WithPartner
from brainnet.spiking.readouts import Assignment, DeltaReadout
from brainnet.structure import Competing, Dense, LocalFields


def competitive(
    neurons: int = 200,
    code: Code | ByShape | None = None,
    neuron: Neuron | None = None,
    rule: Rule | None = None,
    total_weight: float = 12.0,
    presentation: Presentation | None = None,
    epochs: int = 4,
    decay: float = 0.5,
    labelled: int | None = None,
) -> Cell:
    """Diehl & Cook's network at the size of the task: neurons that compete and learn by STDP, without labels.

    Inputs reach every excitatory neuron; an excitatory spike fires the neuron's inhibitory partner, which silences all
    others; thresholds rise with use, so that every neuron finds patterns of its own. Without a `code` images come as
    rates and tables as populations (`ByShape`). `total_weight` is the sum of a neuron's input weights. After learning,
    each neuron gets the class to which it responded most, on `labelled` training patterns (None: all). `decay` shrinks
    the rate of learning from epoch to epoch. Source: Diehl & Cook 2015, Frontiers in Computational Neuroscience 9:99;
    `published.diehl_cook` has their settings.
    """
    return Cell(
        neuron=WithPartner(neuron or ConductanceLIF(theta_plus_mV=0.05, tau_theta_ms=2e6)),
        code=code or ByShape(),
        structure=Competing(Dense()),
        rule=Local(rule or PostsynapticSTDP(), Assignment(labelled), total_weight, epochs, decay),
        hidden=(neurons,),
        presentation=presentation or Presentation(input_ms=250.0, min_spikes=5),
    )


def frozen_fields(
    neurons: int = 500,
    patch: int | None = None,
    code: Code | None = None,
    neuron: Neuron | None = None,
    readout: Neuron | None = None,
    rule: DeltaRule | None = None,
    presentation: Presentation | None = None,
    epochs: int = 10,
    decay: float = 0.8,
) -> Cell:
    """LIF neurons that each see a random patch of the image through a Gabor function, and a spiking readout.

        I = bias + gain (x - mean) . field        bias ~ U(0.6, 1)

    Only the readout learns: a spike of a hidden neuron moves its weights to the readout neurons towards their targets
    (`DeltaRule`); the rate shrinks by `decay` from epoch to epoch. `patch` is the side of a patch in pixels (see
    `LocalFields`). Source: Illing, Gerstner & Brea 2019, Neural Networks 118:90.
    """
    return Cell(
        neuron=neuron or LIF(),
        code=code or RealValues(gain=8.0, centred=True),
        structure=LocalFields(patch),
        rule=Local(None, DeltaReadout(rule or DeltaRule(), readout or SynapticLIF()), None, epochs, decay),
        hidden=(neurons,),
        presentation=presentation or Presentation(input_ms=100.0),
    )
