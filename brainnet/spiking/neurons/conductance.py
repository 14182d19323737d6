"""A leaky integrate-and-fire neuron with synaptic conductances and an adaptive threshold."""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.checks import require_positive, require_that
from brainnet.spiking.neurons.dynamics import METHODS, REFRACTORY, Dynamics


@dataclass(frozen=True)
class ConductanceLIF:
    """A leaky integrate-and-fire neuron with synaptic conductances and a threshold that may adapt.

        tau dv/dt = (v_rest - v) + ge (e_exc - v) + gi (e_inh - v)
        tau_e dge/dt = -ge    tau_i dgi/dt = -gi
        v > v_th + theta  ->  spike, v := v_reset, theta := theta + theta_plus
        tau_theta dtheta/dt = -theta   (while learning; applied once per presentation)

    Conductances are relative to the leak. `v_th_mV` is the threshold at theta = 0. `method` integrates: "euler" or
    "rk2" are there to be compared, and become unstable where the conductances are large. Defaults: the excitatory
    neurons of Diehl & Cook 2015, Frontiers in Computational Neuroscience 9:99, as in the authors' program (theta starts
    at 20 mV).

    Exponential Euler is exact while conductances stay, but for intervals up to one step short: a rate f is wrong by
    f dt at most, by 1 % at dt = 0.1 ms and 100 Hz; by half as much again where t_ref, which is taken to the nearest
    step, is no whole number of them. The charge of a synaptic event is (dt / tau_e) / (1 - exp(-dt / tau_e)) times what
    it should be: wrong by 1 % at dt = 0.02 tau_e. The published settings fit steps of 0.5 ms.
    """

    tau_ms: float = 100.0
    v_rest_mV: float = -65.0
    v_reset_mV: float = -65.0
    v_th_mV: float = -72.0
    e_inh_mV: float = -100.0
    refractory_ms: float = 5.0
    tau_e_ms: float = 1.0
    tau_i_ms: float = 2.0
    theta_start_mV: float = 20.0
    theta_plus_mV: float = 0.05
    tau_theta_ms: float = 1e7
    method: str = "exponential_euler"

    def __post_init__(self) -> None:
        require_that(self, "method", self.method in METHODS, f"be one of {', '.join(METHODS)}")
        require_positive(self, "tau_ms", "tau_e_ms", "tau_i_ms", "tau_theta_ms", "refractory_ms")
        threshold = self.v_th_mV + self.theta_start_mV
        require_that(self, "v_reset_mV", self.v_reset_mV < threshold, f"lie below the threshold {threshold!r} mV")

    def dynamics(self) -> Dynamics:
        """Equations with v in mV; theta is what the neuron learns."""
        return Dynamics(
            equations="""dv/dt = ((v_rest - v) + ge * (0*mV - v) + gi * (e_inh - v)) / tau : volt
dge/dt = -ge / tau_e : 1
dgi/dt = -gi / tau_i : 1
theta : volt
free : integer""",
            threshold="v > v_th + theta and t_in_timesteps >= free",
            reset="v = v_reset\n" + REFRACTORY + "\ntheta += theta_plus",
            method=self.method,
            parameters={
                "tau": (self.tau_ms, "ms"),
                "v_rest": (self.v_rest_mV, "mV"),
                "v_reset": (self.v_reset_mV, "mV"),
                "v_th": (self.v_th_mV, "mV"),
                "e_inh": (self.e_inh_mV, "mV"),
                "t_ref": (self.refractory_ms, "ms"),
                "tau_e": (self.tau_e_ms, "ms"),
                "tau_i": (self.tau_i_ms, "ms"),
                "theta_plus": (self.theta_plus_mV, "mV"),
                "tau_theta": (self.tau_theta_ms, "ms"),
            },
            rest={"v": (self.v_rest_mV, "mV"), "ge": (0.0, "1"), "gi": (0.0, "1"), "free": (0, "step")},
            memory={"theta": (self.theta_start_mV, "mV")},
            onset="theta = theta * (1 - showing * period / tau_theta)",
            held="v = v + int(t_in_timesteps < free) * (v_reset - v)",
        )


INHIBITORY = ConductanceLIF(
    tau_ms=10.0, v_rest_mV=-60.0, v_reset_mV=-45.0, v_th_mV=-40.0, e_inh_mV=-85.0, refractory_ms=2.0,
    theta_start_mV=0.0, theta_plus_mV=0.0,
)  # fmt: skip
"""Diehl & Cook's inhibitory neuron: fires once for each spike of its excitatory partner; its threshold is fixed."""
