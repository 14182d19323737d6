"""Optimizers: gradient descent with momentum and Adam, held against the published algorithms."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.artificial import Adam, GradientDescent
from brainnet.conformance import agreement
from brainnet.conformance.law import Finding, Law


def momentum(theta: np.ndarray, gradients: np.ndarray, rate: float, alpha: float) -> np.ndarray:
    """Rumelhart, Hinton & Williams 1986: dw(t) = -epsilon dE/dw(t) + alpha dw(t - 1)."""
    change = np.zeros_like(theta)
    for gradient in gradients:
        change = -rate * gradient + alpha * change
        theta = theta + change
    return theta


def adam(theta: np.ndarray, gradients: np.ndarray, rate: float, beta1: float, beta2: float, epsilon: float):
    """Kingma & Ba 2015, algorithm 1."""
    m, v = np.zeros_like(theta), np.zeros_like(theta)
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        theta = theta - rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return theta


def descended(optimizer: Any, theta: np.ndarray, gradients: np.ndarray, s: float = 0.0) -> np.ndarray:
    theta, memory = theta.copy(), optimizer.memory(theta)
    for gradient in gradients:
        optimizer.step(theta, gradient.copy(), memory, s)
    return theta


def random_course(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=7), rng.normal(size=(6, 7)) * 10.0 ** rng.integers(-4, 3, size=7)


def moved(rule: Any, seed: int = 0, rate: float = 0.1, alpha: float = 0.7) -> agreement.Pair:
    """Parameters by gradient descent with momentum and by its formula."""
    theta, gradients = random_course(seed)
    return descended(rule(rate, alpha), theta, gradients), momentum(theta, gradients, rate, alpha)


def check_momentum(rule: Any, seed: int = 0, rate: float = 0.1, alpha: float = 0.7) -> None:
    """The parameters are the formula's."""
    np.testing.assert_allclose(*moved(rule, seed, rate, alpha), rtol=1e-10, atol=1e-12)


def adapted(rule: Any, seed: int = 0, rate: float = 0.1, beta1: float = 0.8, beta2: float = 0.95) -> agreement.Pair:
    """Parameters by Adam and by its algorithm, for a small and for a large epsilon."""
    theta, gradients = random_course(seed)
    small, large = 1e-8, 0.1
    return (
        np.array([descended(rule(rate, beta1, beta2, e), theta, gradients) for e in (small, large)]),
        np.array([adam(theta, gradients, rate, beta1, beta2, e) for e in (small, large)]),
    )


def check_adam(rule: Any, seed: int = 0, rate: float = 0.1, beta1: float = 0.8, beta2: float = 0.95) -> None:
    """The parameters are the algorithm's."""
    np.testing.assert_allclose(*adapted(rule, seed, rate, beta1, beta2), rtol=1e-10, atol=1e-12)


def find(compared: Callable[..., agreement.Pair], rule: Any, full: bool) -> Finding:
    """Agreement with the published algorithm."""
    pair = agreement.over_seeds(compared, rule, seeds=1000 if full else 100)

    def draw(figure: Figure) -> None:
        agreement.draw(figure.subplots(), pair, "Parameter")

    return Finding(agreement.words(pair), agreement.error(pair) < agreement.CLOSE, draw)


def _law(key: str, name: str, what: str, source: str, rule: Any, compared: Any, check: Any) -> Law:
    return Law(
        key=key,
        name=name,
        what=what,
        source=source,
        target="parameters after six steps equal those of the published algorithm",
        tolerance="1e-9, relative",
        reason=agreement.CLOSE_REASON,
        find=partial(find, compared, rule),
        caption="Parameters after six steps along random gradients of very different sizes.",
    )


MOMENTUM = _law(
    "A8",
    "momentum",
    "Gradient descent with momentum",
    "Rumelhart, Hinton & Williams 1986, Nature 323",
    GradientDescent,
    moved,
    check_momentum,
)
ADAM = _law("A9", "adam", "Adam", "Kingma & Ba 2015, ICLR, algorithm 1", Adam, adapted, check_adam)
