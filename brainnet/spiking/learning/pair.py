"""Spike-timing-dependent plasticity of pairs of spikes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from brainnet.checks import require_fraction, require_not_negative, require_positive, require_that
from brainnet.spiking.learning.plasticity import Plasticity
from brainnet.spiking.neurons import Value


@dataclass(frozen=True)
class Additive:
    """f+ = f- = 1: a change does not depend on the weight. Song, Miller & Abbott 2000, Nature Neuroscience 3:919."""

    up, down = "1", "1"

    @property
    def parameters(self) -> dict[str, Value]:
        """None."""
        return {}


@dataclass(frozen=True)
class Multiplicative:
    """f+ = 1, f- = w / w_max: strong synapses lose more. van Rossum, Bi & Turrigiano 2000, J. Neuroscience 20:8812."""

    up, down = "1", "(w / w_max)"

    @property
    def parameters(self) -> dict[str, Value]:
        """None."""
        return {}


@dataclass(frozen=True)
class PowerLaw:
    """f+ = (1 - w / w_max)^mu, f- = (w / w_max)^mu: Guetig et al. 2003, Journal of Neuroscience 23:3697.

    mu, from 0 to 1, leads from the additive rule to one whose changes are proportional to what is left.
    """

    mu: float

    up, down = "(1 - w / w_max)**mu", "(w / w_max)**mu"

    def __post_init__(self) -> None:
        require_fraction(self, "mu")

    @property
    def parameters(self) -> dict[str, Value]:
        """The exponent."""
        return {"mu": (self.mu, "1")}


@dataclass(frozen=True)
class PairSTDP:
    """Spike-timing-dependent plasticity: pre before post strengthens, post before pre weakens.

        a pair of spikes, dt = t_post - t_pre, t_pre when the presynaptic one arrives (after the axon's delay):
        dt > 0:  w += rate w_max f+(w) a_plus exp(-dt / tau_plus)
        dt < 0:  w -= rate w_max f-(w) a_minus exp(dt / tau_minus)        0 <= w <= w_max

    f+ and f- are the `dependence` on the weight. `pairs` says which spikes are paired: "all", or "nearest": each spike
    with the last one of the other neuron. Two spikes in the same step are no pair. `rate`, `a_plus` and `a_minus` are
    numbers, the time constants in ms, w_max in units of the weight. Defaults of the window: the fit of Bi & Poo 1998,
    Journal of Neuroscience 18:10464, for the change after 60 pairs, so that the default `rate` is 1 / 60 of it.
    """

    rate: float = 1 / 60
    a_plus: float = 0.777
    a_minus: float = 0.273
    tau_plus_ms: float = 16.8
    tau_minus_ms: float = 33.7
    w_max: float = 1.0
    dependence: Additive | Multiplicative | PowerLaw = Additive()
    pairs: Literal["all", "nearest"] = "all"

    def __post_init__(self) -> None:
        require_positive(self, "rate", "tau_plus_ms", "tau_minus_ms", "w_max")
        require_not_negative(self, "a_plus", "a_minus")
        require_that(self, "pairs", self.pairs in ("all", "nearest"), "be 'all' or 'nearest'")

    def slowed(self, factor: float) -> PairSTDP:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def plasticity(self) -> Plasticity:
        """The rule above: a trace that adds pairs with all spikes, one that is set with the last."""
        step = "+= 1" if self.pairs == "all" else "= 1"
        up, down = self.dependence.up, self.dependence.down
        return Plasticity(
            on_pre=f"w = clip(w - eta * w_max * {down} * a_minus * y_post, 0, w_max)",
            on_post=f"w = clip(w + eta * w_max * {up} * a_plus * x_pre, 0, w_max)",
            parameters={
                "eta": (self.rate, "1"),
                "a_plus": (self.a_plus, "1"),
                "a_minus": (self.a_minus, "1"),
                "w_max": (self.w_max, "1"),
                **self.dependence.parameters,
            },
            pre_traces={"x": ("tau_x", f"x {step}")},
            post_traces={"y": ("tau_y", f"y {step}")},
            trace_parameters={"tau_x": (self.tau_plus_ms, "ms"), "tau_y": (self.tau_minus_ms, "ms")},
        )
