"""Diehl & Cook's network with their own settings."""

from __future__ import annotations

from dataclasses import replace

from brainnet.comparison.model import UNIT, Classifier, Outline, of_task, passes
from brainnet.comparison.models.lif_stdp import LIF_STDP


def build(outline: Outline, seed: int, quick: bool) -> Classifier:
    """400 neurons on MNIST, which it was made for."""
    from brainnet.spiking.classifier import SpikingClassifier
    from brainnet.spiking.published.diehl_cook import diehl_cook

    cell = diehl_cook(of_task(outline, 200, logic=20, mnist=400), passes(of_task(outline, 4, logic=2, mnist=1), quick))
    return SpikingClassifier(cell, value_range=UNIT, random_state=seed, shape=outline.shape)


DIEHL_COOK = replace(
    LIF_STDP,
    key="diehl-cook",
    name="Diehl & Cook (2015)",
    rule="triplet STDP, neurons labelled on training data",
    build=build,
)
