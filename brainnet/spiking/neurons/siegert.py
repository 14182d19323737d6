"""The firing rate of a leaky integrate-and-fire neuron under a noisy current."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.neurons.integrate_and_fire import LIF

NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)
PANELS_PER_UNIT = 2
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
    return np.array([_rate_hz(neuron, *pair) for pair in zip(mean.flat, sd.flat, strict=True)]).reshape(mean.shape)


def _rate_hz(neuron: LIF, mean: float, sd: float) -> float:
    s, gap = math.sqrt(2) * sd, 1 - mean
    if s < TINY or gap > HIGHEST * s or gap < LOWEST * s:
        return float(neuron.rate_hz(np.array(mean)))
    integral = _integral((neuron.v_reset - mean) / s, gap / s)
    return 1000 / (neuron.refractory_ms + neuron.tau_ms * math.sqrt(math.pi) * integral)


def _integral(low: float, high: float) -> float:
    """Of exp(u^2) (1 + erf u), by Gauss and Legendre's rule on panels of u, and of log(-u) below -1."""
    bend = min(max(low, -1.0), high)
    total = _panels(_integrand, bend, high)
    if low < bend:
        total += _panels(lambda s: _integrand(-math.exp(s)) * math.exp(s), math.log(-bend), math.log(-low))
    return total


def _panels(function: Callable[[float], float], low: float, high: float) -> float:
    ends = np.linspace(low, high, math.ceil(PANELS_PER_UNIT * (high - low)) + 1)
    half = np.diff(ends)[:, None] / 2
    x = ends[:-1, None] + half * (NODES + 1)
    return float((half * WEIGHTS * np.vectorize(function, [float])(x)).sum()) if x.size else 0.0


def _integrand(u: float) -> float:
    """exp(u^2) erfc(-u), by its continued series where the two factors would leave the range of numbers."""
    if u > -20:
        return math.exp(u * u) * math.erfc(-u)
    x = 0.5 / u / u
    return (1 - x * (1 - 3 * x * (1 - 5 * x * (1 - 7 * x * (1 - 9 * x))))) / (-u * math.sqrt(math.pi))
