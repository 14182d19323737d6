"""Spike-timing-dependent plasticity of pairs and triplets of spikes, which depends on how often they come."""

from __future__ import annotations

from dataclasses import dataclass, replace

from brainnet.checks import require_not_negative, require_positive
from brainnet.spiking.learning.plasticity import Plasticity


@dataclass(frozen=True)
class PfisterGerstnerSTDP:
    """The full triplet rule, all-to-all.

        when a presynaptic spike arrives:  w -= rate w_max o1 (a2_minus + a3_minus r2)   then r1 += 1, r2 += 1
        at a postsynaptic spike:           w += rate w_max r1 (a2_plus + a3_plus o2)     then o1 += 1, o2 += 1
        tau_plus dr1/dt = -r1    tau_x dr2/dt = -r2    tau_minus do1/dt = -o1    tau_y do2/dt = -o2    0 <= w <= w_max

    r1 and r2 are traces of presynaptic spikes, o1 and o2 of postsynaptic ones, as they were before the spike. `rate`
    and the amplitudes are numbers, the time constants in ms, w_max in units of the weight. Defaults: the fit to pairs
    in visual cortex, Pfister & Gerstner 2006, Journal of Neuroscience 26:9673, table 4 (all-to-all, full model).
    """

    rate: float = 1.0
    a2_plus: float = 5e-10
    a3_plus: float = 6.2e-3
    a2_minus: float = 7e-3
    a3_minus: float = 2.3e-4
    tau_plus_ms: float = 16.8
    tau_minus_ms: float = 33.7
    tau_x_ms: float = 101.0
    tau_y_ms: float = 125.0
    w_max: float = 1.0

    def __post_init__(self) -> None:
        require_positive(self, "rate", "tau_plus_ms", "tau_minus_ms", "tau_x_ms", "tau_y_ms", "w_max")
        require_not_negative(self, "a2_plus", "a3_plus", "a2_minus", "a3_minus")

    def slowed(self, factor: float) -> PfisterGerstnerSTDP:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def plasticity(self) -> Plasticity:
        """The rule above."""
        return Plasticity(
            on_pre="w = clip(w - eta * w_max * o1_post * (a2_minus + a3_minus * r2_pre), 0, w_max)",
            on_post="w = clip(w + eta * w_max * r1_pre * (a2_plus + a3_plus * o2_post), 0, w_max)",
            parameters={
                "eta": (self.rate, "1"),
                "w_max": (self.w_max, "1"),
                "a2_plus": (self.a2_plus, "1"),
                "a3_plus": (self.a3_plus, "1"),
                "a2_minus": (self.a2_minus, "1"),
                "a3_minus": (self.a3_minus, "1"),
            },
            pre_traces={"r1": ("tau_r1", "r1 += 1"), "r2": ("tau_r2", "r2 += 1")},
            post_traces={"o1": ("tau_o1", "o1 += 1"), "o2": ("tau_o2", "o2 += 1")},
            trace_parameters={
                "tau_r1": (self.tau_plus_ms, "ms"),
                "tau_r2": (self.tau_x_ms, "ms"),
                "tau_o1": (self.tau_minus_ms, "ms"),
                "tau_o2": (self.tau_y_ms, "ms"),
            },
        )
