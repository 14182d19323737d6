"""Spike-timing-dependent plasticity that waits for a reward."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from brainnet.checks import require_not_negative, require_positive, require_that
from brainnet.spiking.learning.plasticity import Plasticity


@dataclass(frozen=True)
class RewardSTDP:
    """Pairs of spikes leave an eligibility c at the synapse; dopamine d turns what is left of it into weight.

        dw/dt = rate c d    tau_c dc/dt = -c    tau_d dd/dt = -d    0 <= w <= w_max
        when a presynaptic spike arrives:  c -= a_minus y    then x := 1
        at a postsynaptic spike:           c += a_plus x     then y := 1
        tau_plus dx/dt = -x    tau_minus dy/dt = -y

    `pairs` says which spikes are paired: "nearest", each with the last one of the other neuron, or "all": traces then
    add, x := x + 1 and y := y + 1. Dopamine is the variable "dopamine" of the postsynaptic neuron: a reward is a spike
    that reaches it by a `Projection` with that effect, whose weight is the amount; one below 0 is a punishment. Steps
    are exact: c and d decay exponentially within them, too. `rate` is in 1/s, w_max and the amplitudes in units of the
    weight, time constants in ms. Defaults: Izhikevich 2007, Cerebral Cortex 17:2443, and the author's program (a
    postsynaptic spike first costs 1.5 times what it gains when last; dopamine rises by 0.5 at a reward), but for the
    rate, which is 100 there: c d is added to the weight every 10 ms. All pairs: Florian 2007, Neural Comput. 19:1468.
    """

    rate: float = 1.0
    a_plus: float = 0.1
    a_minus: float = 0.15
    tau_plus_ms: float = 20.0
    tau_minus_ms: float = 20.0
    tau_c_ms: float = 1000.0
    tau_d_ms: float = 200.0
    w_max: float = 4.0
    pairs: Literal["all", "nearest"] = "nearest"

    def __post_init__(self) -> None:
        require_positive(self, "rate", "tau_plus_ms", "tau_minus_ms", "tau_c_ms", "tau_d_ms", "w_max")
        require_not_negative(self, "a_plus", "a_minus")
        require_that(self, "pairs", self.pairs in ("all", "nearest"), "be 'all' or 'nearest'")

    def slowed(self, factor: float) -> RewardSTDP:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def plasticity(self) -> Plasticity:
        """The rule above; one step of Euler's method with these slopes is the exact integral."""
        both = self.tau_c_ms * self.tau_d_ms / (self.tau_c_ms + self.tau_d_ms)
        step = "+= 1" if self.pairs == "all" else "= 1"
        gain = "eta * eligible * dopamine_post * tau_both * (1 - exp(-dt / tau_both))"
        return Plasticity(
            on_pre="eligible -= a_minus * y_post",
            on_post="eligible += a_plus * x_pre",
            parameters={
                "eta": (self.rate, "Hz"),
                "a_plus": (self.a_plus, "1"),
                "a_minus": (self.a_minus, "1"),
                "tau_c": (self.tau_c_ms, "ms"),
                "tau_both": (both, "ms"),
                "w_max": (self.w_max, "1"),
            },
            pre_traces={"x": ("tau_x", f"x {step}")},
            post_traces={"y": ("tau_y", f"y {step}"), "dopamine": ("tau_d", "")},
            trace_parameters={
                "tau_x": (self.tau_plus_ms, "ms"),
                "tau_y": (self.tau_minus_ms, "ms"),
                "tau_d": (self.tau_d_ms, "ms"),
            },
            synaptic=f"""dw/dt = (clip(w + {gain}, 0, w_max) - w) / dt : 1
deligible/dt = -eligible * (1 - exp(-dt / tau_c)) / dt : 1""",
        )
