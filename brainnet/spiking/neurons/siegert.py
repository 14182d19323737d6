"""The firing rate of a leaky integrate-and-fire neuron under a noisy current."""

from __future__ import annotations

import math

import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)
PANELS = 40


def siegert_hz(mean: np.ndarray, sd: np.ndarray, tau_ms: float, refractory_ms: float) -> np.ndarray:
    """Firing rate, for Gaussian white noise.

        1 / f = t_ref + tau sqrt(pi) integral over u of exp(u^2) (1 + erf u), from -mean / s to (1 - mean) / s
        s = sqrt(2) sd

    `mean` and `sd` are those the potential would have without a threshold, in units of the distance from reset to
    threshold; they are broadcast against each other, and the answer, in Hz, has their shape. Where `sd` is 0 it is the
    rate under a constant current. Source: Siegert 1951, Physical Review 81:617; Brunel 2000, Journal of Computational
    Neuroscience 8:183, equation 21.
    """
    mean, sd = np.broadcast_arrays(np.asarray(mean, float), np.asarray(sd, float))
    rates = [_rate_hz(m, s, tau_ms, refractory_ms) for m, s in zip(mean.flat, sd.flat, strict=True)]
    return np.array(rates).reshape(mean.shape)


def _rate_hz(mean: float, sd: float, tau_ms: float, refractory_ms: float) -> float:
    if sd == 0:
        return 0.0 if mean <= 1 else 1000 / (refractory_ms - tau_ms * math.log1p(-1 / mean))
    low, high = -mean / (math.sqrt(2) * sd), (1 - mean) / (math.sqrt(2) * sd)
    if high > 25:  # exp(u^2) overflows; the neuron fires once in 10^250 years
        return 0.0
    return 1000 / (refractory_ms + tau_ms * math.sqrt(math.pi) * _integral(low, high))


def _integral(low: float, high: float) -> float:
    """Of exp(u^2) (1 + erf u), by Gauss and Legendre's rule on panels."""
    ends = np.linspace(low, high, PANELS + 1)
    half = np.diff(ends)[:, None] / 2
    u = ends[:-1, None] + half * (NODES + 1)
    return float((half * WEIGHTS * np.vectorize(_integrand)(u)).sum())


def _integrand(u: float) -> float:
    """exp(u^2) erfc(-u), by its continued series where the two factors would leave the range of numbers."""
    if u > -5:
        return math.exp(u * u) * math.erfc(-u)
    x = 1 / (2 * u * u)
    return (1 - x * (1 - 3 * x * (1 - 5 * x * (1 - 7 * x * (1 - 9 * x))))) / (-u * math.sqrt(math.pi))
