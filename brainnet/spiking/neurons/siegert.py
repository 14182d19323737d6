"""The firing rate of a leaky integrate-and-fire neuron under a noisy current."""

from __future__ import annotations

import math

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.neurons.integrate_and_fire import LIF

HIGHEST = 25.0  # exp(u^2) overflows above 26.6; a neuron with this limit fires once in 10^260 years
LOWEST, TINY = -1e8, 1e-300  # noise that is too weak to be seen in double precision


def siegert_hz(
    mean: np.ndarray, sd: np.ndarray, tau_ms: float, refractory_ms: float, v_reset: float = 0.0
) -> np.ndarray:
    """Firing rate, for Gaussian white noise.

        1 / f = t_ref + tau sqrt(pi) integral over u of exp(u^2) (1 + erf u)
        from (v_reset - mean) / s to (1 - mean) / s    s = sqrt(2) sd

    `mean` and `sd` are those the potential would have without a threshold, in units of the distance from rest to
    threshold, as is `v_reset`; they are broadcast against each other, and the answer, in Hz, has their shape. Where
    `sd` is 0 it is the rate under a constant current. Raises `BrainnetError` for a `sd` below 0, numbers that are not
    finite, and constants that `LIF` refuses. Source: Siegert 1951, Physical Review 81:617; Brunel 2000, Journal of
    Computational Neuroscience 8:183, equation 21.
    """
    neuron = LIF(tau_ms, refractory_ms, v_reset)
    mean, sd = np.broadcast_arrays(np.asarray(mean, float), np.asarray(sd, float))
    for name, values, right in (("mean", mean, np.isfinite(mean)), ("sd", sd, np.isfinite(sd) & (sd >= 0))):
        if not right.all():
            rule = "be finite" if name == "mean" else "be at least 0 and finite"
            raise BrainnetError(f"siegert_hz: {name} must {rule} (got {values[~right][0]:g})")
    s, gap = math.sqrt(2) * sd, 1 - mean
    noisy = (s >= TINY) & (gap <= HIGHEST * s) & (gap >= LOWEST * s)
    rate = neuron.rate_hz(mean)
    low, high = (neuron.v_reset - mean[noisy]) / s[noisy], gap[noisy] / s[noisy]
    rate[noisy] = 1000 / (neuron.refractory_ms + neuron.tau_ms * math.sqrt(math.pi) * _integral(low, high))
    return rate


def _integral(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Of exp(u^2) (1 + erf u) = erfcx(-u), over x with u = sinh x: it falls as 1 / u below 0."""
    from scipy.integrate import tanhsinh  # slow to import
    from scipy.special import erfcx

    return tanhsinh(lambda x: erfcx(-np.sinh(x)) * np.cosh(x), np.arcsinh(low), np.arcsinh(high)).integral
