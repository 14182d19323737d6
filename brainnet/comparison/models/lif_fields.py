"""Leaky integrate-and-fire neurons with frozen receptive fields under a readout that learns at spikes."""

from __future__ import annotations

from brainnet.comparison.model import UNIT, Classifier, Model, Outline, of_task, passes


def build(outline: Outline, seed: int, quick: bool) -> Classifier:
    """Frozen fields; the more neurons and patterns, the smaller the rate of the delta rule."""
    from brainnet.spiking import SpikingClassifier, frozen_fields
    from brainnet.spiking.learning import DeltaRule

    rule, epochs = DeltaRule(rate=of_task(outline, 0.004, mnist=0.0003)), of_task(outline, 10, digits=6, mnist=3)
    cell = frozen_fields(of_task(outline, 500, logic=100, mnist=1000), rule=rule, epochs=passes(epochs, quick))
    return SpikingClassifier(cell, value_range=UNIT, random_state=seed, shape=outline.shape)


LIF_FIELDS = Model(
    "lif-fields",
    "LIF + frozen fields + delta rule",
    neuron="leaky integrate-and-fire",
    code="injected current",
    structure="frozen local receptive fields, dense readout",
    rule="local delta rule at spikes, readout only",
    seconds=6,
    build=build,
    spiking=True,
)
