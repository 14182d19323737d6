"""Spike-timing-dependent plasticity that does not ask which neuron fired first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from brainnet.checks import require_positive
from brainnet.spiking.learning.plasticity import Plasticity


@dataclass(frozen=True)
class SymmetricSTDP:
    """Every pair of spikes strengthens the synapse, in either order.

        a pair of spikes, dt = t_post - t_pre:  w += rate w_max exp(-|dt| / tau)        0 <= w <= w_max
        t_pre when the presynaptic one arrives (after the axon's delay)

    All spikes are paired; two in the same step are no pair. Nothing weakens: give the projection a `total`, or weights
    end at w_max. `rate` is a number, tau in ms, w_max in units of the weight. Source: Mishra, Kim, Guzman & Jonas 2016,
    Nature Communications 7:11552, at synapses among CA3 pyramidal neurons; the default tau gives the exponential their
    half-width of 150 ms (2 tau ln 2). The default rate is ours.
    """

    rate: float = 0.01
    tau_ms: float = 108.0
    w_max: float = 1.0

    def __post_init__(self) -> None:
        require_positive(self, "rate", "tau_ms", "w_max")

    def slowed(self, factor: float) -> SymmetricSTDP:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def plasticity(self) -> Plasticity:
        """The rule above, by a trace on either side."""
        return Plasticity(
            on_pre="w = clip(w + eta * w_max * y_post, 0, w_max)",
            on_post="w = clip(w + eta * w_max * x_pre, 0, w_max)",
            parameters={"eta": (self.rate, "1"), "w_max": (self.w_max, "1")},
            pre_traces={"x": ("tau", "x += 1")},
            post_traces={"y": ("tau", "y += 1")},
            trace_parameters={"tau": (self.tau_ms, "ms")},
        )
