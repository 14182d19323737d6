"""BCM: its formula, and the selectivity it comes to."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.artificial import BCM, learn
from brainnet.artificial.learning import SlidingLayer
from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law

NEAR = 0.01  # of the answer to the one pattern


def formula(weight: np.ndarray, x: np.ndarray, rule: BCM) -> tuple[np.ndarray, np.ndarray]:
    """dw = rate (y (y - theta) x - decay w), theta = (c / c_0)^p c, c the running mean of y."""
    weight, average = weight.copy(), np.zeros(weight.shape[1])
    for pattern in x:
        for i in range(weight.shape[1]):
            y = max(0.0, float(np.dot(weight[:, i], pattern)))
            theta = (average[i] / rule.target) ** rule.power * average[i]
            weight[:, i] += rule.rate * (y * (y - theta) * pattern - rule.decay * weight[:, i])
            average[i] = (1 - 1 / rule.tau) * average[i] + y / rule.tau
    return weight, average


def compared(rule: Any, seed: int = 0, inputs: int = 4, neurons: int = 4, power: float = 2.0) -> agreement.Pair:
    """Weights and averages by the rule and by its formula, (input or average, neuron)."""
    rng = np.random.default_rng(seed)
    weight, x = rng.normal(size=(inputs, neurons)), rng.normal(size=(12, inputs))
    settings = {"rate": 0.005, "target": 0.7, "power": power, "tau": 5.0, "decay": 0.1}
    expected, average = formula(weight, x, BCM(**settings))
    after = learn(rule(**settings), SlidingLayer.of(weight), x)
    return np.vstack([after.weight, after.average]), np.vstack([expected, average])


def check_formula(rule: Any, seed: int = 0, inputs: int = 4, neurons: int = 4, power: float = 2.0) -> None:
    """The rule's layer is the formula's."""
    np.testing.assert_allclose(*compared(rule, seed, inputs, neurons, power), rtol=1e-9, atol=1e-12)


def orientations(count: int, inputs: int = 12) -> np.ndarray:
    """Bumps of activity, (pattern, input), evenly spread on a ring of inputs."""
    angle = 2 * np.pi * (np.arange(inputs) / inputs - np.arange(count)[:, None] / count)
    bumps = np.exp((np.cos(angle) - 1) / 0.36)
    return bumps / np.linalg.norm(bumps, axis=1, keepdims=True)


def answered(rule: Any, seed: int = 0, count: int = 6, power: float = 2.0) -> np.ndarray:
    """Answers, (pattern, neuron), of eight neurons after learning, relative to those of the fixed point."""
    x, weight = orientations(count), 0.1 * np.random.default_rng(seed).random((12, 8))
    target = count ** -(1 + 1 / power)
    bcm = rule(rate=0.1, target=target, power=power, tau=20)
    layer = learn(bcm, SlidingLayer.of(weight), x, batch_size=count, epochs=20_000)
    return bcm.respond(layer, x)


def check_selectivity(rule: Any, seed: int = 0, count: int = 6, power: float = 2.0) -> None:
    """One pattern of K is answered, with c_0 K^(1 + 1/p), and the others are not: the most selective fixed point."""
    answers = np.sort(answered(rule, seed, count, power), axis=0)
    np.testing.assert_allclose(answers[-1], 1, atol=NEAR)
    require(np.all(answers[:-1] < NEAR), f"other patterns are not answered (got {answers[:-1].max():.3f})")
    selectivity = 1 - answers.mean(axis=0) / answers.max(axis=0)
    np.testing.assert_allclose(selectivity, 1 - 1 / count, atol=NEAR)


def find(full: bool) -> Finding:
    """Answers of neurons that have become selective."""
    runs = np.array([answered(BCM, seed) for seed in range(5 if full else 1)])
    ordered, pair = np.sort(runs, axis=1), agreement.over_seeds(compared, BCM)
    off = float(np.abs(ordered - (np.arange(6) == 5)[:, None]).max())

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        degrees = 60 * np.arange(6)
        left.plot(degrees, runs[0], "o-", color=agreement.MEASURED, linewidth=0.8)
        for level in (0, 1):
            left.axhline(level, color=agreement.PUBLISHED, linestyle="--")
        left.set(xlabel="Pattern (degrees)", ylabel="Answer / fixed point's answer", xticks=degrees)
        agreement.draw(right, pair, "Weight, average")

    measured = f"answers within {off:.1e} of the fixed point's; {agreement.words(pair)}"
    return Finding(measured, off <= NEAR and agreement.error(pair) < agreement.CLOSE, draw)


LAW = Law(
    key="A4",
    name="bcm",
    what="BCM neurons become selective",
    source="Bienenstock, Cooper & Munro 1982, J. Neurosci. 2",
    target="one pattern of K answered, at target K^(1 + 1/p), all others at 0",
    tolerance=f"{NEAR} of the answer; formula 1e-9",
    reason="the fixed point is neared exponentially and never reached; " + agreement.CLOSE_REASON,
    find=find,
    caption="Left: a line for each of eight neurons, dashed the levels of the most selective fixed point.",
)
