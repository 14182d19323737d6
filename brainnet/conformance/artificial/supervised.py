"""Perceptron and delta rule: their formulas, and what theorems say they come to."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.artificial import (
    Connections,
    DeltaRule,
    Perceptron,
    learn,
)
from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law

MARGIN, SOLUTION = 0.2, 1e-8
BOUND = 3 / (MARGIN**2 / (1 + 0.3**2))  # (R / g)^2, the bias an input of 1: R^2 = 3, the line's offset at most 0.3
ANSWERS = {"Perceptron": lambda z: float(z > 0), "DeltaRule": lambda z: z}


def formula(answer: Any, layer: Connections, x: np.ndarray, target: np.ndarray, rate: float) -> Connections:
    """dw_ij = rate (t_i - y_i) x_j, db_i = rate (t_i - y_i), pattern by pattern."""
    weight, bias = layer.weight.copy(), layer.bias.copy()
    for pattern, wanted in zip(x, target, strict=True):
        error = [t - answer(sum(weight[:, i] * pattern) + bias[i]) for i, t in enumerate(wanted)]
        for i, e in enumerate(error):
            weight[:, i] += rate * e * pattern
            bias[i] += rate * e
    return Connections(weight, bias)


def compared(rule: Any, seed: int = 0, inputs: int = 3, neurons: int = 3, rate: float = 0.1) -> agreement.Pair:
    """Weights and biases by the rule and by its formula, (input or bias, neuron)."""
    rng = np.random.default_rng(seed)
    layer = Connections(rng.normal(size=(inputs, neurons)), rng.normal(size=neurons))
    x, target = rng.normal(size=(9, inputs)), rng.integers(2, size=(9, neurons)).astype(float)
    expected = formula(ANSWERS[rule.__name__], layer, x, target, rate)
    after = learn(rule(rate), layer, x, target)
    return np.vstack([after.weight, after.bias]), np.vstack([expected.weight, expected.bias])


def check_formula(rule: Any, seed: int = 0, inputs: int = 3, neurons: int = 3, rate: float = 0.1) -> None:
    """The rule's layer is the formula's."""
    np.testing.assert_allclose(*compared(rule, seed, inputs, neurons, rate), rtol=1e-10, atol=1e-12)


def separable(seed: int, margin: float = 0.2) -> tuple[np.ndarray, np.ndarray]:
    """Patterns in a square at least `margin` from a line, and on which side of it they are, (pattern, 1)."""
    rng = np.random.default_rng(seed)
    x, normal, offset = rng.uniform(-1, 1, size=(400, 2)), rng.normal(size=2), rng.uniform(-0.3, 0.3)
    distance = (x @ normal) / np.linalg.norm(normal) - offset
    kept = np.abs(distance) > margin
    return x[kept], (distance[kept, None] > 0).astype(float)


def mistakes_until_perfect(rule: Any, x: np.ndarray, target: np.ndarray, passes: int) -> int:
    """Mistakes before a pass without any, from weights 0."""
    layer, mistakes = Connections(np.zeros((x.shape[1], 1)), np.zeros(1)), [0]
    while mistakes[-1] > 0 or len(mistakes) == 1:
        require(len(mistakes) <= passes, f"still {mistakes[-1]} mistakes in pass {passes}")
        mistakes.append(0)
        for i in range(len(x)):
            mistakes[-1] += int(rule.respond(layer, x[i : i + 1])[0, 0] != target[i, 0])
            layer = rule.update(layer, x[i : i + 1], target[i : i + 1])
    return sum(mistakes)


def check_convergence(rule: Any, seed: int = 0) -> None:
    """Novikoff's theorem: at most (R / g)^2 mistakes, where the bias counts as an input of 1."""
    mistakes = mistakes_until_perfect(rule(), *separable(seed, MARGIN), passes=500)
    require(mistakes <= BOUND, f"at most {BOUND:.1f} mistakes (got {mistakes})")


def solved(rule: Any, seed: int = 0) -> agreement.Pair:
    """Weights and biases after small steps on all patterns at once, and the least-squares solution."""
    rng = np.random.default_rng(seed)
    x, target = rng.normal(size=(50, 3)), rng.normal(size=(50, 2))
    layer = Connections(np.zeros((3, 2)), np.zeros(2))
    layer = learn(rule(0.3), layer, x, target, batch_size=50, epochs=300)
    solution = np.linalg.lstsq(np.column_stack([x, np.ones(50)]), target, rcond=None)[0]
    return np.vstack([layer.weight, layer.bias]), solution


def check_least_squares(rule: Any, seed: int = 0) -> None:
    """Small steps on all patterns at once come to the least-squares solution."""
    np.testing.assert_allclose(*solved(rule, seed), atol=SOLUTION)


def find_perceptron(full: bool) -> Finding:
    """Mistakes on separable patterns, several times."""
    mistakes = [
        mistakes_until_perfect(Perceptron(), *separable(seed, MARGIN), passes=500) for seed in range(50 if full else 10)
    ]
    pair = agreement.over_seeds(compared, Perceptron)

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        left.bar(range(len(mistakes)), mistakes, color=agreement.MEASURED)
        left.axhline(BOUND, color=agreement.PUBLISHED, linestyle="--")
        left.set(xlabel="Set of separable patterns", ylabel="Mistakes until none")
        agreement.draw(right, pair, "Weight, bias")

    measured = f"at most {max(mistakes)} mistakes in {len(mistakes)} sets; {agreement.words(pair)}"
    return Finding(measured, max(mistakes) <= BOUND and agreement.error(pair) < agreement.CLOSE, draw)


def find_delta_rule(full: bool) -> Finding:
    """Where the delta rule comes to rest, several times."""
    pair = agreement.over_seeds(compared, DeltaRule)
    rest = agreement.over_seeds(solved, DeltaRule, seeds=20 if full else 3)

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        found, solution = rest
        left.plot(solution, solution, color=agreement.PUBLISHED, label="least squares")
        left.plot(solution, found, ".", color=agreement.MEASURED, label="rule")
        left.set(xlabel="Weight of least squares", ylabel="Weight after learning")
        left.legend()
        agreement.draw(right, pair, "Weight, bias")

    off = float(np.abs(rest[0] - rest[1]).max())
    measured = f"within {off:.0e} of least squares; {agreement.words(pair)}"
    return Finding(measured, off <= SOLUTION and agreement.error(pair) < agreement.CLOSE, draw)


PERCEPTRON = Law(
    key="A6",
    name="perceptron",
    what="The perceptron converges on separable patterns",
    source="Rosenblatt 1962, Principles of Neurodynamics; Novikoff 1962",
    target=f"at most (R / g)^2 = {BOUND:.1f} mistakes",
    tolerance="none beyond the bound; formula 1e-9",
    reason="the bound is a theorem; " + agreement.CLOSE_REASON,
    find=find_perceptron,
    caption="Left: dashed Novikoff's bound. Right: weights and biases, by rule and by formula.",
)
DELTA_RULE = Law(
    key="A7",
    name="delta-rule",
    what="The delta rule finds the least-squares solution",
    source="Widrow & Hoff 1960, IRE WESCON Convention Record",
    target="the least-squares solution",
    tolerance=f"{SOLUTION:.0e}; formula 1e-9",
    reason="300 steps leave a rest that shrinks exponentially; " + agreement.CLOSE_REASON,
    find=find_delta_rule,
    caption="Left: where learning ends. Right: weights and biases after nine patterns, by rule and by formula.",
)
