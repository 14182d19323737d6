"""Diehl & Cook's network, which learns to recognise digits without labels."""

from __future__ import annotations

from brainnet.cell import Cell
from brainnet.codes import PoissonRate, Presentation
from brainnet.spiking.learning import TripletSTDP
from brainnet.spiking.neurons import ConductanceLIF
from brainnet.spiking.presets import competitive


def diehl_cook(neurons: int = 100, epochs: int = 1, labelled: int | None = 10_000) -> Cell:
    """Diehl & Cook's network for MNIST with the settings of the authors' program.

    Rates up to 63.75 Hz, 350 ms of input and 150 ms without, in steps of 0.5 ms, state carried over; the triplet rule;
    input weights that sum to 78; fewer than 5 spikes, and the pattern comes again with its rates raised by half of the
    first. Source: Diehl & Cook 2015, Frontiers in Computational Neuroscience 9:99.
    """
    return competitive(
        neurons=neurons,
        code=PoissonRate(max_rate_hz=63.75),
        neuron=ConductanceLIF(),
        rule=TripletSTDP(),
        total_weight=78.0,
        presentation=Presentation(input_ms=350.0, rest_ms=150.0, dt_ms=0.5, carry_over=True, min_spikes=5),
        epochs=epochs,
        decay=1.0,
        labelled=labelled,
    )
