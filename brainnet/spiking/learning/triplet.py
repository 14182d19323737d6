"""Triplet STDP with nearest-spike traces, as in the program of Diehl & Cook."""

from __future__ import annotations

from dataclasses import dataclass, replace

from brainnet.checks import require_positive
from brainnet.spiking.learning.plasticity import Plasticity


@dataclass(frozen=True)
class TripletSTDP:
    """The rule of Diehl & Cook's program: triplet STDP with nearest-spike traces.

        when a presynaptic spike arrives:  w -= rate_pre y1            then x := 1
        at a postsynaptic spike:           w += rate_post x y2         then y1 := y2 := 1
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
            on_pre="w = clip(w - eta_minus * y1_post, 0, w_max)",
            on_post="w = clip(w + eta_plus * x_pre * y2_post, 0, w_max)",
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
