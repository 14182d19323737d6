"""Noise: input that is not seen as spikes of a population, but acts on each neuron at every step."""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.checks import require_finite, require_not_negative
from brainnet.spiking.neurons.dynamics import Value


@dataclass(frozen=True)
class GaussianNoise:
    """White noise in the current of each neuron, drawn anew at every step.

        I := I + sd sqrt(1 ms / dt) n,  n ~ N(0, 1)

    `sd` is in the unit of the neuron's current; it is what the noise has at steps of 1 ms, and what the neuron makes of
    it does not depend on the step. The potential of a leaky integrator that does not fire then has the standard
    deviation sd sqrt(1 ms / (2 tau)). Source: Gerstner, Kistler, Naud & Paninski 2014, Neuronal Dynamics, section 8.1.
    """

    sd: float

    def __post_init__(self) -> None:
        require_not_negative(self, "sd")

    def parameters(self, name: str) -> dict[str, Value]:
        """Its constants, for noise of that name."""
        return {f"{name}_sd": (self.sd, "1")}

    def code(self, name: str, target: tuple[str, str]) -> str:
        """Runs at every step; `target` is the variable that it sets."""
        return f"{target[0]} = {name}_sd * sqrt(ms / dt) * counter_normal({_counter(name)})"


@dataclass(frozen=True)
class PoissonBackground:
    """Spikes from outside the network that reach each neuron by themselves, independent of those of all others.

        in each step:  effect := effect + weight k,  k ~ Poisson(rate dt)

    `rate_hz` is that of all of a neuron's outside synapses together, and `effect` what a spike moves: "v", or a
    receptor by its name. Source: Brunel 2000, Journal of Computational Neuroscience 8:183.
    """

    rate_hz: float
    weight: float
    effect: str = "v"

    def __post_init__(self) -> None:
        require_not_negative(self, "rate_hz")
        require_finite(self, "weight")

    def parameters(self, name: str) -> dict[str, Value]:
        """Its constants, for noise of that name."""
        return {f"{name}_rate": (self.rate_hz, "Hz"), f"{name}_weight": (self.weight, "1")}

    def code(self, name: str, target: tuple[str, str]) -> str:
        """Runs at every step; `target` is the variable that it adds to, and what a spike of weight 1 adds."""
        spikes = f"counter_poisson({_counter(name)}, {name}_rate * dt)"
        return f"{target[0]} = {target[0]} + {name}_weight * {target[1]} * {spikes}"


Noise = GaussianNoise | PoissonBackground


def _counter(name: str) -> str:
    """What a draw is a function of. The stream parts one population's noise from another's."""
    return f"key, {name}_stream + attempt, t_in_timesteps - began, i"
