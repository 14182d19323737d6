"""Inputs wired to the classes, no hidden layer: the linear baseline."""

from __future__ import annotations

from brainnet.comparison.model import UNIT, Classifier, Model, Outline, of_task, passes


def build(outline: Outline, seed: int, quick: bool) -> Classifier:
    """Softmax regression."""
    from brainnet.artificial.classifier import SigmoidClassifier

    epochs = passes(of_task(outline, 60, digits=40, mnist=20), quick)
    return SigmoidClassifier((), value_range=UNIT, epochs=epochs, random_state=seed)


SOFTMAX = Model(
    "softmax",
    "Softmax regression",
    neuron="softmax",
    code="real values",
    structure="dense, no hidden layer",
    rule="gradient descent",
    seconds=0.2,
    build=build,
    baseline=True,
)
