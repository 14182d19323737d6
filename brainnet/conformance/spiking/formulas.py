"""Every learning rule in plain NumPy, from its publication's formula: sums over pairs of spikes, and no traces.

A formula takes the rule's constants, the first weight and the spike times in ms of one synapse's two neurons, and gives
the weight after the last. Of two spikes in one step the postsynaptic one comes first, and they are no pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

Given = tuple[tuple[float, ...], float, float]


def events(pre: np.ndarray, post: np.ndarray) -> Iterator[tuple[float, bool, np.ndarray, np.ndarray]]:
    """Spikes in order: time, whether it is postsynaptic, and how long ago the neurons fired before."""
    for t, is_pre in sorted([(t, False) for t in post] + [(t, True) for t in pre]):
        yield t, not is_pre, t - pre[pre < t], t - post[post < t]


def fading(since: np.ndarray, tau: float) -> float:
    """What all spikes have left."""
    return float(np.exp(-since / tau).sum())


def nearest(since: np.ndarray, tau: float) -> float:
    """What the last spike has left."""
    return float(np.exp(-since.min() / tau)) if since.size else 0.0


def pair(rule: Any, w: float, pre: np.ndarray, post: np.ndarray) -> float:
    """Pair STDP: Song et al. 2000, van Rossum et al. 2000, Guetig et al. 2003."""
    kernel = fading if rule.pairs == "all" else nearest
    for _, is_post, since_pre, since_post in events(pre, post):
        up, down = dependence(rule, w / rule.w_max)
        if is_post:
            w += rule.rate * rule.w_max * up * rule.a_plus * kernel(since_pre, rule.tau_plus_ms)
        else:
            w -= rule.rate * rule.w_max * down * rule.a_minus * kernel(since_post, rule.tau_minus_ms)
        w = min(max(w, 0.0), rule.w_max)
    return w


def dependence(rule: Any, share: float) -> tuple[float, float]:
    """f+ and f- at that share of w_max."""
    kind = type(rule.dependence).__name__
    if kind == "PowerLaw":
        return (1 - share) ** rule.dependence.mu, share**rule.dependence.mu
    return {"Additive": (1.0, 1.0), "Multiplicative": (1.0, share)}[kind]


def postsynaptic(rule: Any, w: float, pre: np.ndarray, post: np.ndarray) -> float:
    """The instar at postsynaptic spikes: Grossberg 1976."""
    for _, is_post, since_pre, _ in events(pre, post):
        if is_post:
            w += rule.rate * (rule.w_max * nearest(since_pre, rule.tau_x_ms) - w)
    return w


def diehl_cook(rule: Any, w: float, pre: np.ndarray, post: np.ndarray) -> float:
    """Diehl & Cook 2015, their program."""
    for _, is_post, since_pre, since_post in events(pre, post):
        if is_post:
            w += rule.rate_post * nearest(since_pre, rule.tau_x_ms) * nearest(since_post, rule.tau_y2_ms)
        else:
            w -= rule.rate_pre * nearest(since_post, rule.tau_y1_ms)
        w = min(max(w, 0.0), rule.w_max)
    return w


def pfister_gerstner(rule: Any, w: float, pre: np.ndarray, post: np.ndarray) -> float:
    """Triplet STDP: Pfister & Gerstner 2006."""
    for _, is_post, since_pre, since_post in events(pre, post):
        if is_post:
            amplitude = rule.a2_plus + rule.a3_plus * fading(since_post, rule.tau_y_ms)
            w += rule.rate * rule.w_max * fading(since_pre, rule.tau_plus_ms) * amplitude
        else:
            amplitude = rule.a2_minus + rule.a3_minus * fading(since_pre, rule.tau_x_ms)
            w -= rule.rate * rule.w_max * fading(since_post, rule.tau_minus_ms) * amplitude
        w = min(max(w, 0.0), rule.w_max)
    return w


def symmetric(rule: Any, w: float, pre: np.ndarray, post: np.ndarray) -> float:
    """Symmetric STDP: Mishra et al. 2016."""
    for _, is_post, since_pre, since_post in events(pre, post):
        w = min(w + rule.rate * rule.w_max * fading(since_pre if is_post else since_post, rule.tau_ms), rule.w_max)
    return w


def vogels(rule: Any, w: float, pre: np.ndarray, post: np.ndarray) -> float:
    """Inhibitory STDP: Vogels et al. 2011."""
    alpha = 2 * rule.target_rate_hz * rule.tau_ms / 1000
    for _, is_post, since_pre, since_post in events(pre, post):
        w += rule.rate * (fading(since_pre, rule.tau_ms) if is_post else fading(since_post, rule.tau_ms) - alpha)
        w = min(max(w, 0.0), rule.w_max)
    return w


def reward(rule: Any, w: float, pre: np.ndarray, post: np.ndarray, given: Given) -> float:
    """Reward-modulated STDP: Izhikevich 2007; the exact integral of c d.

    `given` are the times in ms at which dopamine rises, by how much, and the end.
    """
    rises, amount, end = given
    c = d = last = 0.0
    both = 1 / (1 / rule.tau_c_ms + 1 / rule.tau_d_ms)
    kernel = fading if rule.pairs == "all" else nearest
    pairs = dict.fromkeys([*rises, *pre, *post, end], 0.0)
    for t, is_post, since_pre, since_post in events(pre, post):
        pairs[t] += rule.a_plus * kernel(since_pre, rule.tau_plus_ms) if is_post else 0.0
        pairs[t] -= 0.0 if is_post else rule.a_minus * kernel(since_post, rule.tau_minus_ms)
    for t in sorted(pairs):
        w += rule.rate / 1000 * c * d * both * (1 - np.exp((last - t) / both))
        w = min(max(w, 0.0), rule.w_max)
        c, d = c * np.exp((last - t) / rule.tau_c_ms), d * np.exp((last - t) / rule.tau_d_ms)
        c, d, last = c + pairs[t], d + amount * (t in rises), t
    return w


def delta(rule: Any, w: float, pre: np.ndarray, post: np.ndarray, target: float) -> float:
    """The delta rule at presynaptic spikes: Illing et al. 2019."""
    for t, is_post, _, since_post in events(pre, post):
        if not is_post and t >= rule.settle_ms:
            z = fading(since_post, rule.tau_z_ms) / (rule.max_rate_hz * rule.tau_z_ms / 1000)
            w += rule.rate * (target - z)
    return w
