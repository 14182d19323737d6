"""Connections: who reaches whom, what a presynaptic spike does there, and how weights begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.learning import Rule
from brainnet.spiking.neurons import require_not_negative
from brainnet.structure import Graph

Pattern = Literal["all", "one_to_one", "all_but_one"]


@dataclass(frozen=True)
class Projection:
    """Synapses from one population to another.

        at a presynaptic spike:  effect_post += w

    `effect` is the postsynaptic variable (a conductance or a synaptic current), or "" for synapses that learn and move
    nothing. With a `rule`, weights are plastic, and `weight` is None: they come with the state. Without one, all
    synapses share the number `weight`. `total`, if given, is the sum to which every neuron's incoming weights are
    scaled before each presentation (synaptic scaling; it needs a sum over the neuron's synapses, so it is local to the
    neuron and not to the synapse). A spike arrives `delay_ms` after it left; with a delay of 0, within the step.
    `pattern` says who is connected: all, or a graph of `brainnet.structure`; plastic weights are then (synapse,) in the
    graph's order, and else (source, target).
    """

    name: str
    source: str
    target: str
    effect: str
    pattern: Pattern | Graph = "all"
    weight: float | None = None
    rule: Rule | None = None
    total: float | None = None
    delay_ms: float = 0.0

    def __post_init__(self) -> None:
        if (self.weight is None) == (self.rule is None):
            raise BrainnetError(
                f"projection {self.name!r} needs either a fixed weight or a learning rule, and not both"
            )
        require_not_negative(self, "delay_ms")


def scaled(weights: np.ndarray, total: float) -> np.ndarray:
    """Weights, (source, target), with each target's sum scaled to `total`."""
    return weights * (total / weights.sum(axis=0, keepdims=True))


def uniform(sources: int, targets: int, total: float, rng: np.random.Generator) -> np.ndarray:
    """First weights, (source, target): U(0.01, 1.01), scaled so that each target's weights sum to `total`."""
    return scaled(rng.random((sources, targets)) + 0.01, total)
