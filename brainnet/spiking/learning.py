"""Local learning rules at synapses, as frozen data.

A rule sees what a synapse has at hand: its weight, traces of its two neurons, and, for the delta rule, the target its
postsynaptic neuron is given. Nothing travels backwards through the weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from brainnet.errors import BrainnetError
from brainnet.spiking.neurons import NONE, Value, require_not_negative, require_positive


@dataclass(frozen=True)
class Plasticity:
    """What the simulator needs to know of a rule.

    A trace is (time constant, code at the neuron's own spike) and decays exponentially; the code runs after the
    synapses have seen the spike. `on_pre` and `on_post` change w; `learn_post` is 1 while learning and else 0.
    `synaptic` declares further variables of each synapse, which begin at 0, and may say how w moves between spikes.
    """

    on_pre: str
    on_post: str
    parameters: Mapping[str, Value]
    pre_traces: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    post_traces: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    trace_parameters: Mapping[str, Value] = field(default_factory=lambda: NONE)
    post_signals: Mapping[str, str] = field(default_factory=dict)
    synaptic: str = "w : 1"


class Rule(Protocol):
    """A learning rule's constants."""

    def plasticity(self) -> Plasticity:
        """Its traces and updates."""
        ...

    def slowed(self, factor: float) -> Rule:
        """The rule with its learning rates times `factor`."""
        ...


@dataclass(frozen=True)
class PostsynapticSTDP:
    """Spike-timing-dependent plasticity at postsynaptic spikes: the weight moves towards the presynaptic trace.

        at a postsynaptic spike:  w += rate (w_max x - w)
        x := 1 at a presynaptic spike,  tau_x dx/dt = -x

    An input that fired just before the neuron gains, one that was silent loses; the weight settles at
    w_max E[x | post], which needs no hard bound. Sources: Grossberg 1976, Biological Cybernetics 23:121 (the instar);
    the postsynaptic rule of Diehl & Cook 2015, Frontiers in Computational Neuroscience 9:99, with a decay for its
    constant depression.
    """

    rate: float = 0.02
    w_max: float = 1.0
    tau_x_ms: float = 20.0

    def __post_init__(self) -> None:
        require_positive(self, "rate", "w_max", "tau_x_ms")
        if self.rate > 1:
            raise BrainnetError(f"PostsynapticSTDP.rate must be at most 1 (got {self.rate!r})")

    def slowed(self, factor: float) -> PostsynapticSTDP:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def plasticity(self) -> Plasticity:
        """The rule above; a presynaptic spike changes no weight."""
        return Plasticity(
            on_pre="",
            on_post="w += learn_post * eta * (w_max * x_pre - w)",
            parameters={"eta": (self.rate, "1"), "w_max": (self.w_max, "1")},
            pre_traces={"x": ("tau_x", "x = 1")},
            trace_parameters={"tau_x": (self.tau_x_ms, "ms")},
        )


@dataclass(frozen=True)
class TripletSTDP:
    """The rule of Diehl & Cook's program: triplet STDP with nearest-spike traces.

        at a presynaptic spike:   w -= rate_pre y1            then x := 1
        at a postsynaptic spike:  w += rate_post x y2         then y1 := y2 := 1
        tau_x dx/dt = -x    tau_y1 dy1/dt = -y1    tau_y2 dy2/dt = -y2    0 <= w <= w_max

    The presynaptic update is a depression. Source: Diehl & Cook 2015, Frontiers in Computational Neuroscience 9:99,
    in the authors' program; after Pfister & Gerstner 2006, Journal of Neuroscience 26:9673.
    """

    rate_pre: float = 1e-4
    rate_post: float = 1e-2
    w_max: float = 1.0
    tau_x_ms: float = 20.0
    tau_y1_ms: float = 20.0
    tau_y2_ms: float = 40.0

    def __post_init__(self) -> None:
        require_positive(self, "rate_pre", "rate_post", "w_max", "tau_x_ms", "tau_y1_ms", "tau_y2_ms")

    def slowed(self, factor: float) -> TripletSTDP:
        """The rule with both rates times `factor`."""
        return replace(self, rate_pre=self.rate_pre * factor, rate_post=self.rate_post * factor)

    def plasticity(self) -> Plasticity:
        """The rule above."""
        return Plasticity(
            on_pre="w = clip(w - learn_post * eta_minus * y1_post, 0, w_max)",
            on_post="w = clip(w + learn_post * eta_plus * x_pre * y2_post, 0, w_max)",
            parameters={
                "eta_minus": (self.rate_pre, "1"),
                "eta_plus": (self.rate_post, "1"),
                "w_max": (self.w_max, "1"),
            },
            pre_traces={"x": ("tau_x", "x = 1")},
            post_traces={"y1": ("tau_y1", "y1 = 1"), "y2": ("tau_y2", "y2 = 1")},
            trace_parameters={
                "tau_x": (self.tau_x_ms, "ms"),
                "tau_y1": (self.tau_y1_ms, "ms"),
                "tau_y2": (self.tau_y2_ms, "ms"),
            },
        )


@dataclass(frozen=True)
class DeltaRule:
    """The delta rule at presynaptic spikes, with what the synapse's own neuron knows.

        at a presynaptic spike of j:  w_jk += rate (T_k - z_k)
        tau_z dz/dt = -z,  z += 1 / (max_rate tau_z) at a spike of k

    z is the neuron's own firing rate, low-pass filtered, in units of `max_rate_hz`; T_k, the target, is 1 for the
    neuron of the pattern's class and 0 for the others. Learning begins `settle_ms` after the onset, when z has had
    time to follow. Source: Illing, Gerstner & Brea 2019, Neural Networks 118:90; Widrow & Hoff 1960.
    """

    rate: float = 0.004
    max_rate_hz: float = 200.0
    tau_z_ms: float = 20.0
    settle_ms: float = 20.0

    def __post_init__(self) -> None:
        require_positive(self, "rate", "max_rate_hz", "tau_z_ms")
        require_not_negative(self, "settle_ms")

    def slowed(self, factor: float) -> DeltaRule:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def plasticity(self) -> Plasticity:
        """The rule above; `since_onset` is the time since the pattern appeared."""
        return Plasticity(
            on_pre="settled = int(t_in_timesteps - began_post >= timestep(settle, dt))\n"
            "w += learn_post * eta * (target_post - z_post) * settled",
            on_post="",
            parameters={"eta": (self.rate, "1"), "settle": (self.settle_ms, "ms")},
            post_traces={"z": ("tau_z", "z += 1 / (max_rate * tau_z)")},
            trace_parameters={"tau_z": (self.tau_z_ms, "ms"), "max_rate": (self.max_rate_hz, "Hz")},
            post_signals={"target": "1"},
        )
