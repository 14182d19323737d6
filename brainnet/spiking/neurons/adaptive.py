"""A leaky integrate-and-fire neuron that tires."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import require_not_negative, require_positive
from brainnet.spiking.neurons.dynamics import REFRACTORY, Dynamics


@dataclass(frozen=True)
class AdaptiveLIF:
    """A leaky integrate-and-fire neuron whose spikes call forth a current w against it.

        tau dv/dt = -v + I - w    tau_w dw/dt = -w    v > 1  ->  spike, v := 0, held for t_ref, w := w + b

    The potential v, the injected current I (times the membrane resistance), w and the jump b are in units of the
    distance from rest to threshold, times in ms. Source: Treves 1993, Network 4:259; Liu & Wang 2001, Journal of
    Computational Neuroscience 10:25. tau and t_ref are those of `LIF`; tau_w = 100 ms is in the range of the calcium
    decay there, b = 0.2 is an example's and slows the neuron to six tenths at I = 2.

    t_ref is 0 or at least one step, and taken to the nearest one.
    Integrated by exponential Euler, of order 1. Its rate at 11 to 51 Hz becomes wrong by 1 % at dt = 0.5 ms.
    """

    tau_ms: float = 25.0
    refractory_ms: float = 2.0
    tau_w_ms: float = 100.0
    b: float = 0.2

    def __post_init__(self) -> None:
        require_positive(self, "tau_ms", "tau_w_ms")
        require_not_negative(self, "refractory_ms", "b")

    def dynamics(self) -> Dynamics:
        """Equations in the units above; `current` is a signal, one value per neuron and pattern."""
        return Dynamics(
            equations="""dv/dt = (current - adaptation - v) / tau : 1
dadaptation/dt = -adaptation / tau_w : 1
free : integer""",
            threshold="v > 1",
            reset="v = 0\nadaptation += b\n" + REFRACTORY,
            method="exponential_euler",
            parameters={
                "tau": (self.tau_ms, "ms"),
                "t_ref": (self.refractory_ms, "ms"),
                "tau_w": (self.tau_w_ms, "ms"),
                "b": (self.b, "1"),
            },
            rest={"v": (0.0, "1"), "adaptation": (0.0, "1"), "free": (0, "step")},
            signals={"current": "1"},
            held="v = v * int(t_in_timesteps >= free)",
        )

    def rate_hz(self, current: np.ndarray) -> np.ndarray:
        """Firing rate in the long run under a constant current.

            f = 1 / T    where  I (1 - e^(-S / tau)) - w_0 (e^(-S / tau_w) - e^(-S / tau)) / (1 - tau / tau_w) = 1
            S = T - t_ref    w_0 = b e^(-t_ref / tau_w) / (1 - e^(-T / tau_w))

        or 0 for I <= 1. `current` of any shape, in units of the threshold; the answer has its shape, in Hz. There is
        one root: where the potential reaches the threshold it rises with S, and the more so as w_0 falls with T.
        """
        from scipy.optimize.elementwise import find_root  # slow to import

        current = np.asarray(current, dtype=float)
        drive = np.where(current > 1, current, 2.0)
        log_s = find_root(lambda log_s, drive: self._end(np.exp(log_s), drive) - 1, (-40.0, 30.0), args=(drive,)).x
        return np.where(current > 1, 1000.0 / (np.exp(log_s) + self.refractory_ms), 0.0)

    def _end(self, free_ms: np.ndarray, current: np.ndarray) -> np.ndarray:
        """The potential after so long without a spike, in the steady state of that interval."""
        whole = free_ms + self.refractory_ms
        left = self.b * np.exp(-self.refractory_ms / self.tau_w_ms) / -np.expm1(-whole / self.tau_w_ms)
        difference = 1 / self.tau_ms - 1 / self.tau_w_ms
        gap = free_ms if difference == 0 else np.expm1(np.minimum(difference * free_ms, 700.0)) / difference
        return -current * np.expm1(-free_ms / self.tau_ms) - left * gap * np.exp(-free_ms / self.tau_ms) / self.tau_ms
