"""Connections: who reaches whom, what a presynaptic spike does there, and how weights begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from brainnet.checks import one_of, require_finite, require_name, require_not_negative
from brainnet.errors import BrainnetError
from brainnet.spiking.learning import Plasticity, Rule, TsodyksMarkram
from brainnet.spiking.learning.plasticity import of_projection
from brainnet.structure import Graph

Pattern = Literal["all", "one_to_one", "all_but_one"]


@dataclass(frozen=True)
class Projection:
    """Synapses from one population to another.

        delay_ms after a presynaptic spike, when it arrives:  effect_post += w

    `effect` is a receptor of the postsynaptic neuron, by its name, or one of its variables ("v", a conductance), or ""
    for synapses that learn and move nothing. With a fixed `weight`, all synapses share that number. Without one, each
    has a weight of its own, which comes with the state, and moves if there is a learning `rule`. With `short_term`, a
    spike has its effect with the share of w that is released. `total`, if given, is the sum to which every neuron's
    incoming weights are scaled before each presentation (synaptic scaling; it needs a sum over the neuron's synapses,
    so it is local to the neuron and not to the synapse). The delay is the axon's: a spike arrives at the synapse
    `delay_ms` after it left, to the nearest step, and with a delay of 0 within the step. Rules and short-term
    plasticity live at the synapse: their presynaptic traces are of spikes that have arrived, and a pair's dt is
    t_post - (t_pre + delay_ms). `pattern` says who is connected: all, or a graph of `brainnet.structure`; weights of
    their own are then (synapse,) in the graph's order, and else (source, target).
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
    short_term: TsodyksMarkram | None = None

    def __post_init__(self) -> None:
        require_not_negative(self, "delay_ms")
        require_name(self)
        if not isinstance(self.pattern, Graph):
            one_of("pattern", self.pattern, get_args(Pattern))
        if self.weight is not None:
            require_finite(self, "weight")
        if self.weight is not None and self.rule is not None:
            raise BrainnetError(
                f"projection {self.name!r} has a fixed weight and a learning rule: leave one of them out"
            )

    def require_fit(self, sources: int, targets: int) -> None:
        """Raise `BrainnetError` unless the pattern connects so many sources and targets."""
        graph = self.pattern
        if isinstance(graph, Graph):
            if (graph.n_sources, graph.n_targets) != (sources, targets):
                raise BrainnetError(
                    f"projection {self.name!r} leads from {sources} neurons to {targets}, its graph from "
                    f"{graph.n_sources} to {graph.n_targets}: draw one that fits"
                )
            if graph.n_synapses == 0:
                raise BrainnetError(f"projection {self.name!r} has a graph without synapses: leave it out")
        elif graph != "all" and sources != targets:
            raise BrainnetError(
                f"projection {self.name!r} is {graph!r}, which takes as many sources as targets (got {sources} and "
                f"{targets}): take 'all', or a graph"
            )

    def plasticities(self) -> tuple[Plasticity, ...]:
        """What the simulator needs to know of its rules, with traces in the projection's name."""
        return tuple(
            of_projection(rule.plasticity(), self.name) for rule in (self.rule, self.short_term) if rule is not None
        )


def normalised(weights: np.ndarray, total: float) -> np.ndarray:
    """Weights, (source, target), with each target's sum scaled to `total`."""
    return weights * (total / weights.sum(axis=0, keepdims=True))


def uniform(sources: int, targets: int, total: float | None, rng: np.random.Generator) -> np.ndarray:
    """First weights, (source, target): U(0.01, 1.01), scaled so that each target's sum to `total`, if there is one."""
    drawn = rng.random((sources, targets)) + 0.01
    return drawn if total is None else normalised(drawn, total)
