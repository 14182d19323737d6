"""What a local learning rule is to the simulator: frozen data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from brainnet.spiking.neurons import NONE, Value


@dataclass(frozen=True)
class Plasticity:
    """What the simulator needs to know of a rule.

    A trace is (time constant, code at the neuron's own spike) and decays exponentially; the code runs after the
    synapses have seen the spike. A trace without code is a modulator, one for all rules of a neuron, which spikes move
    by an effect of its name. `on_pre` and `on_post` change w; that nothing does while the network does not learn is not
    for a rule to see to. Presynaptic is what the synapse sees: a spike that has come through the delay, and a trace of
    those that have. `synaptic` declares further variables of each synapse, which begin at 0 as traces do, and may say
    how w moves between spikes: it sees its neurons' traces at the beginning of each step. `released` is the share of w
    that a presynaptic spike has its effect with, all of it if that is "".
    """

    on_pre: str
    on_post: str
    parameters: Mapping[str, Value]
    pre_traces: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    post_traces: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    trace_parameters: Mapping[str, Value] = field(default_factory=lambda: NONE)
    post_signals: Mapping[str, str] = field(default_factory=dict)
    synaptic: str = "w : 1"
    released: str = ""


def of_projection(told: Plasticity, name: str) -> Plasticity:
    """The same with traces, and their constants, that carry the projection's name: those of two never meet."""
    traces = {**told.pre_traces, **told.post_traces}
    shared = {modulator for modulator, (_, code) in traces.items() if not code}
    shared |= {tau for modulator, (tau, _) in traces.items() if modulator in shared}
    own = "|".join({*traces, *told.trace_parameters} - shared)

    def renamed(code: str) -> str:
        return re.sub(rf"\b({own})(_pre|_post)?\b", rf"{name}_\g<0>", code) if own else code

    def sides(found: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
        return {renamed(trace): (renamed(tau), renamed(code)) for trace, (tau, code) in found.items()}

    return replace(
        told,
        pre_traces=sides(told.pre_traces),
        post_traces=sides(told.post_traces),
        trace_parameters={renamed(constant): value for constant, value in told.trace_parameters.items()},
        **{part: renamed(getattr(told, part)) for part in ("on_pre", "on_post", "synaptic", "released")},
    )


class Rule(Protocol):
    """A learning rule's constants."""

    def plasticity(self) -> Plasticity:
        """Its traces and updates."""
        ...

    def slowed(self, factor: float) -> Rule:
        """The rule with its learning rates times `factor`."""
        ...
