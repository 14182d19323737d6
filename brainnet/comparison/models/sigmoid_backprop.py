"""One hidden layer of sigmoid neurons, trained by backpropagation."""

from __future__ import annotations

from brainnet.comparison.model import UNIT, Classifier, Model, Outline, of_task, passes


def build(outline: Outline, seed: int, quick: bool) -> Classifier:
    """A sigmoid network."""
    from brainnet.artificial.classifier import SigmoidClassifier

    epochs = passes(of_task(outline, 60, logic=200, digits=100, mnist=30), quick)
    hidden = (of_task(outline, 100, logic=20),)
    return SigmoidClassifier(hidden, value_range=UNIT, epochs=epochs, random_state=seed)


SIGMOID_BACKPROP = Model(
    "sigmoid-backprop",
    "Sigmoid + backpropagation",
    neuron="sigmoid",
    code="real values",
    structure="dense, one hidden layer",
    rule="backpropagation",
    seconds=1,
    build=build,
)
