"""Leaky integrate-and-fire neurons that inhibit one another and learn by spike timing, labelled afterwards."""

from __future__ import annotations

from brainnet.comparison.model import UNIT, Classifier, Model, Outline, of_task, passes


def build(outline: Outline, seed: int, quick: bool) -> Classifier:
    """A competitive layer; where what a pattern leaves dark tells its class, with inputs for absence too."""
    from brainnet.codes import PoissonRate
    from brainnet.spiking import SpikingClassifier, competitive

    epochs = passes(of_task(outline, 4, logic=2), quick)
    code = of_task(outline, None, logic=PoissonRate(250.0, complement=True), bars=PoissonRate(250.0, complement=True))
    cell = competitive(of_task(outline, 200, logic=20), code, epochs=epochs)
    return SpikingClassifier(cell, value_range=UNIT, random_state=seed, shape=outline.shape)


LIF_STDP = Model(
    "lif-stdp",
    "LIF + STDP with inhibition",
    neuron="leaky integrate-and-fire",
    code="Poisson spikes",
    structure="dense, excitatory and inhibitory neurons, lateral inhibition",
    rule="STDP, neurons labelled on training data",
    seconds=8,
    build=build,
    spiking=True,
)
