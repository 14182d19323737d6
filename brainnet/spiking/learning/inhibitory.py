"""Plasticity of inhibitory synapses that keeps the postsynaptic neuron at a rate."""

from __future__ import annotations

from dataclasses import dataclass, replace

from brainnet.checks import require_positive
from brainnet.spiking.learning.plasticity import Plasticity


@dataclass(frozen=True)
class InhibitorySTDP:
    """Vogels' rule: inhibition grows with near-coincident spikes, and shrinks with presynaptic spikes alone.

        when a presynaptic spike arrives:  w += rate (y - alpha)    then x += 1
        at a postsynaptic spike:           w += rate x              then y += 1
        tau dx/dt = -x    tau dy/dt = -y    alpha = 2 rho tau    0 <= w <= w_max

    The weight rests where the neuron fires at rho = `target_rate_hz`: too fast, and inhibition grows. `rate` and w_max
    are in units of the weight, tau in ms. Source: Vogels, Sprekeler, Zenke, Clopath & Gerstner 2011, Science 334:1569;
    the defaults of tau and rho are theirs (alpha = 0.12), rate and w_max depend on the units of the weight.
    """

    rate: float = 1e-3
    target_rate_hz: float = 3.0
    tau_ms: float = 20.0
    w_max: float = 1.0

    def __post_init__(self) -> None:
        require_positive(self, "rate", "target_rate_hz", "tau_ms", "w_max")

    def slowed(self, factor: float) -> InhibitorySTDP:
        """The rule with its rate times `factor`; where it rests stays."""
        return replace(self, rate=self.rate * factor)

    def plasticity(self) -> Plasticity:
        """The rule above."""
        return Plasticity(
            on_pre="w = clip(w + eta * (y_post - alpha), 0, w_max)",
            on_post="w = clip(w + eta * x_pre, 0, w_max)",
            parameters={
                "eta": (self.rate, "1"),
                "alpha": (2 * self.target_rate_hz * self.tau_ms * 1e-3, "1"),
                "w_max": (self.w_max, "1"),
            },
            pre_traces={"x": ("tau", "x += 1")},
            post_traces={"y": ("tau", "y += 1")},
            trace_parameters={"tau": (self.tau_ms, "ms")},
        )
