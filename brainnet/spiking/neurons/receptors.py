"""Receptors: what a presynaptic spike does to the current of the neuron it reaches, and for how long."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from brainnet.checks import require_finite, require_positive, require_that
from brainnet.spiking.neurons.dynamics import Dynamics, Value

# The mean over a step, so that the charge of a spike does not depend on the step.
MEAN = {
    "exponential": "{s} * {tau} * (1 - exp(-dt / {tau})) / dt",
    "alpha": "(({s} + {r}) * {tau} * (1 - exp(-dt / {tau})) / dt - {r} * exp(-dt / {tau}))",
}
# The exact solution of the receptor's own equations, a step further.
DECAY = {
    "exponential": "{s} = {s} * exp(-dt / {tau})",
    "alpha": "{s} = ({s} + {r} * dt / {tau}) * exp(-dt / {tau})\n{r} = {r} * exp(-dt / {tau})",
}

KNOWN = {
    "began", "showing", "attempt", "diverged", "count", "gain", "idx", "key", "learn", "shown_for", "current", "w",
    "exp", "log", "sqrt", "sin", "cos", "tan", "abs", "int", "sign", "clip", "ceil", "floor", "rand", "randn", "inf",
    "i", "j", "t", "dt", "n", "e", "pi", "in", "or", "and", "not", "if", "is", "true", "false",
    "ms", "mv", "pa", "ns", "pf", "hz", "volt", "amp", "siemens", "second", "farad",
}  # fmt: skip


def _free(name: object) -> bool:
    """Whether equations have no other use for a name."""
    usable = isinstance(name, str) and name.isidentifier() and not name.startswith(("_", "noise_"))
    return usable and str(name).lower() not in KNOWN and not str(name).endswith(("_pre", "_post"))


@dataclass(frozen=True)
class Receptor:
    """A synaptic current or conductance that adds to the current of a neuron, whatever its model.

        exponential:  tau ds/dt = -s                       at a spike:  s := s + w
        alpha:        tau ds/dt = r - s    tau dr/dt = -r    at a spike:  r := r + e w
        I := I + s                  a current, without a `reversal`
        I := I + s (reversal - v)   a conductance

    After one spike an alpha receptor's s is w (t / tau) exp(1 - t / tau), with its peak w at t = tau. s is in the unit
    of the neuron's current, for a conductance in that per unit of its potential (pA and mV: nS). A `Projection` reaches
    it by the effect `name`. One with the effect "v" needs no receptor: it moves the potential at once, as the delta
    synapse does. Solved exactly at any step, and felt by the neuron as its mean over each step. Source: Dayan & Abbott
    2001, Theoretical Neuroscience, section 5.8; for the alpha function Rall 1967, Journal of Neurophysiology 30:1138.
    """

    name: str
    tau_ms: float
    kernel: Literal["exponential", "alpha"] = "exponential"
    reversal: float | None = None

    def __post_init__(self) -> None:
        require_that(self, "name", _free(self.name), "be a name such as 'excitation', and none that equations know")
        require_positive(self, "tau_ms")
        require_that(self, "kernel", self.kernel in MEAN, "be 'exponential' or 'alpha'")
        if self.reversal is not None:
            require_finite(self, "reversal")

    @property
    def entry(self) -> str:
        """The variable that a presynaptic spike raises."""
        return f"{self.name}_rise" if self.kernel == "alpha" else self.name

    @property
    def gain(self) -> float:
        """By how much a weight of 1 raises it."""
        return math.e if self.kernel == "alpha" else 1.0

    @property
    def _names(self) -> dict[str, str]:
        return {"s": self.name, "r": f"{self.name}_rise", "tau": f"tau_{self.name}"}

    @property
    def variables(self) -> tuple[str, ...]:
        """Its state."""
        return (self.name, self.entry) if self.kernel == "alpha" else (self.name,)

    @property
    def parameters(self) -> dict[str, Value]:
        """Its time constant and reversal potential."""
        reversal = {} if self.reversal is None else {f"reversal_{self.name}": (self.reversal, "1")}
        return {f"tau_{self.name}": (self.tau_ms, "ms"), **reversal}

    @property
    def decay(self) -> str:
        """Code that takes its state a step further."""
        return DECAY[self.kernel].format(**self._names)

    def current(self, dynamics: Dynamics) -> str:
        """The current it adds to such a neuron's."""
        mean = MEAN[self.kernel].format(**self._names)
        if self.reversal is None:
            return mean
        unit = dynamics.rest["v"][1]
        return f"({mean}) * (reversal_{self.name} - v{'' if unit == '1' else f' / {unit}'})"
