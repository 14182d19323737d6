"""Short-term plasticity: what a spike releases depends on the spikes just before it."""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.checks import require_positive, require_that
from brainnet.spiking.learning.plasticity import Plasticity


@dataclass(frozen=True)
class TsodyksMarkram:
    """Synapses that tire and recover, and release more when used in quick succession.

        tau_d dx/dt = 1 - x    tau_f du/dt = -u
        when a presynaptic spike arrives:  u := u + U (1 - u)    then  effect += w u x    then  x := x - u x

    x is the share of the resources that is ready, u the share of these that a spike releases, and U (`use`) the u of a
    first spike. A `Projection` takes it as `short_term`, beside a fixed weight or a rule, for its weight w stays as it
    is. With a long tau_d the synapse depresses, with a long tau_f it is facilitated. Defaults: the depressing synapse
    of Tsodyks & Markram 1997, PNAS 94:719 (U 0.67, recovery 800 ms; without facilitation u = U at every spike, to which
    a tau_f of 1 ms comes close); the equations are those of Markram, Wang & Tsodyks 1998, PNAS 95:5323, as written by
    Mongillo, Barak & Tsodyks 2008, Science 319:1543.
    """

    use: float = 0.67
    tau_d_ms: float = 800.0
    tau_f_ms: float = 1.0

    def __post_init__(self) -> None:
        require_positive(self, "use", "tau_d_ms", "tau_f_ms")
        require_that(self, "use", self.use <= 1, "be at most 1")

    def plasticity(self) -> Plasticity:
        """The synapse above, by traces of its presynaptic neuron: u before a spike, and 1 - x."""
        return Plasticity(
            on_pre="",
            on_post="",
            parameters={},
            pre_traces={
                "u": ("tau_f", "u += use * (1 - u)"),
                "spent": ("tau_d", "spent += u * (1 - spent)"),
            },
            trace_parameters={
                "tau_f": (self.tau_f_ms, "ms"),
                "tau_d": (self.tau_d_ms, "ms"),
                "use": (self.use, "1"),
            },
            synaptic="",
            released="(u_pre + use_pre * (1 - u_pre)) * (1 - spent_pre)",
        )
