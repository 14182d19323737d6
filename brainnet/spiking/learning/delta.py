"""The delta rule, with what a synapse's own neuron knows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from brainnet.checks import require_not_negative, require_positive
from brainnet.spiking.learning.plasticity import Plasticity


@dataclass(frozen=True)
class DeltaRule:
    """The delta rule at presynaptic spikes, with what the synapse's own neuron knows.

        when a presynaptic spike of j arrives:  w_jk += rate (T_k - z_k)
        tau_z dz/dt = -z,  z += 1 / (max_rate tau_z) at a spike of k

    z is the neuron's own firing rate, low-pass filtered, in units of `max_rate_hz`; T_k, the target, is 1 for the
    neuron of the pattern's class and 0 for the others. Learning begins `settle_ms` after the onset, when z has had
    time to follow. Source: Illing, Gerstner & Brea 2019, Neural Networks 118:90; Widrow & Hoff 1960.
    """

    rate: float = 0.004
    max_rate_hz: float = 200.0
    tau_z_ms: float = 20.0
    settle_ms: float = 20.0

    def __post_init__(self) -> None:
        require_positive(self, "rate", "max_rate_hz", "tau_z_ms")
        require_not_negative(self, "settle_ms")

    def slowed(self, factor: float) -> DeltaRule:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def plasticity(self) -> Plasticity:
        """The rule above; `settled` is 1 once the time since the onset is up."""
        return Plasticity(
            on_pre="settled = int(t_in_timesteps - began_post >= timestep(settle + 0.5 * dt, dt))\n"
            "w += eta * (target_post - z_post) * settled",
            on_post="",
            parameters={"eta": (self.rate, "1"), "settle": (self.settle_ms, "ms")},
            post_traces={"z": ("tau_z", "z += 1 / (max_rate * tau_z)")},
            trace_parameters={"tau_z": (self.tau_z_ms, "ms"), "max_rate": (self.max_rate_hz, "Hz")},
            post_signals={"target": "1"},
        )
