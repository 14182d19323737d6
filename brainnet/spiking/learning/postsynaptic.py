"""Plasticity at postsynaptic spikes: the weight moves towards the presynaptic trace."""

from __future__ import annotations

from dataclasses import dataclass, replace

from brainnet.checks import require_positive, require_that
from brainnet.spiking.learning.plasticity import Plasticity


@dataclass(frozen=True)
class PostsynapticSTDP:
    """Spike-timing-dependent plasticity at postsynaptic spikes: the weight moves towards the presynaptic trace.

        at a postsynaptic spike:  w += rate (w_max x - w)
        x := 1 when a presynaptic spike arrives,  tau_x dx/dt = -x

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
        require_that(self, "rate", self.rate <= 1, "be at most 1")

    def slowed(self, factor: float) -> PostsynapticSTDP:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def plasticity(self) -> Plasticity:
        """The rule above; a presynaptic spike changes no weight."""
        return Plasticity(
            on_pre="",
            on_post="w += eta * (w_max * x_pre - w)",
            parameters={"eta": (self.rate, "1"), "w_max": (self.w_max, "1")},
            pre_traces={"x": ("tau_x", "x = 1")},
            trace_parameters={"tau_x": (self.tau_x_ms, "ms")},
        )
