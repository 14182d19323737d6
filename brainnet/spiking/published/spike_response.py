"""A neuron that sums kernels of spikes."""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.spiking.neurons import Dynamics
from brainnet.spiking.neurons.dynamics import REFRACTORY


@dataclass(frozen=True)
class SpikeResponse:
    """Gerstner's spike response model, as in the publication; the sum is over spikes since the neuron's own last one.

        u = eta(t - t_own) + sum_j w_j epsilon(t - t_j)        u > threshold  ->  spike
        epsilon(s) = K (exp(-s/tau) - exp(-s/tau_s)), its peak 1
        eta(s) = threshold [2 exp(-s/tau) - 4 (exp(-s/tau) - exp(-s/tau_s))]

    Both kernels solve tau dv/dt = k s - v, tau_s ds/dt = -s; v is u / threshold.
    """

    tau_ms: float = 10.0
    tau_s_ms: float = 2.5
    threshold: float = 500.0
    refractory_ms: float = 2.0

    def dynamics(self) -> Dynamics:
        """The equations above; a spike of weight w adds w to s."""
        ratio = self.tau_ms / self.tau_s_ms
        peak = ratio ** (-1 / (ratio - 1)) - ratio ** (-ratio / (ratio - 1))
        kick = (ratio - 1) / peak / self.threshold
        return Dynamics(
            equations="dv/dt = (kick * s - v) / tau : 1\nds/dt = -s / tau_s : 1\nfree : integer",
            threshold="v > 1 and t_in_timesteps >= free",
            reset="v = 2\ns = -4 * (tau / tau_s - 1) / kick\n" + REFRACTORY,
            method="exact",
            parameters={
                "tau": (self.tau_ms, "ms"),
                "tau_s": (self.tau_s_ms, "ms"),
                "t_ref": (self.refractory_ms, "ms"),
                "kick": (kick, "1"),
            },
            rest={"v": (0.0, "1"), "s": (0.0, "1"), "free": (0, "step")},
        )
