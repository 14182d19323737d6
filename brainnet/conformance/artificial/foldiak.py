"""Földiák's network: its formulas, and the bars (V16)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.artificial import Foldiak, learn
from brainnet.artificial.learning import LateralLayer
from brainnet.conformance import agreement
from brainnet.conformance.law import Finding, Law


def settled(x: np.ndarray, q: np.ndarray, w: np.ndarray, t: np.ndarray, slope: float) -> np.ndarray:
    """y* of one pattern: dy*/dt = f(sum_j q_ij x_j + sum_j w_ij y*_j - t_i) - y*, in small steps from 0."""
    y, change = np.zeros(len(t)), np.ones(len(t))
    while np.abs(change).max() > 1e-9:
        change = 1 / (1 + np.exp(-slope * (x @ q + w @ y - t))) - y
        y = y + 0.02 * change
    return y


def formula(layer: LateralLayer, patterns: np.ndarray, rule: Foldiak) -> LateralLayer:
    q, w, t = layer.weight.copy(), layer.lateral.copy(), layer.threshold.copy()
    for x in patterns:
        y = np.where(settled(x, q, w, t, rule.slope) > 0.5, 1.0, 0.0)
        for i in range(len(t)):
            q[:, i] += rule.rate * y[i] * (x - q[:, i])
            t[i] += rule.rate_threshold * (y[i] - rule.probability)
            for j in range(len(t)):
                w[i, j] -= rule.rate_lateral * (y[i] * y[j] - rule.probability**2)
                w[i, j] = 0 if i == j or w[i, j] > 0 else w[i, j]
    return LateralLayer(q, w, t)


def some_layer(rng: np.random.Generator, inputs: int, neurons: int) -> LateralLayer:
    half = np.triu(-0.5 * rng.random((neurons, neurons)) ** 3, 1)
    return LateralLayer(rng.random((inputs, neurons)), half + half.T, rng.uniform(0.2, 1, neurons))


def compared(rule: Any, seed: int = 0, inputs: int = 4, neurons: int = 4) -> agreement.Pair:
    """Weights, lateral weights and thresholds by the rule and by its formulas, each (number,)."""
    rng = np.random.default_rng(seed)
    layer, x = some_layer(rng, inputs, neurons), rng.integers(2, size=(5, inputs)).astype(float)
    rates: dict[str, Any] = {"rate": 0.1, "rate_lateral": 0.2, "rate_threshold": 0.05, "probability": 0.3}
    return _numbers(learn(rule(**rates), layer, x)), _numbers(formula(layer, x, Foldiak(**rates)))


def _numbers(layer: LateralLayer) -> np.ndarray:
    return np.concatenate([layer.weight.ravel(), layer.lateral.ravel(), layer.threshold])


def check_formula(rule: Any, seed: int = 0, inputs: int = 4, neurons: int = 4) -> None:
    """The rule's layer is the formulas'."""
    np.testing.assert_allclose(*compared(rule, seed, inputs, neurons), rtol=1e-9, atol=1e-12)


def check_settling(rule: Any, seed: int = 0) -> None:
    rng = np.random.default_rng(seed)
    layer, x = some_layer(rng, 5, 4), rng.random((6, 5))
    expected = [settled(pattern, layer.weight, layer.lateral, layer.threshold, 10.0) for pattern in x]
    np.testing.assert_allclose(rule().settle(layer, x), expected, atol=1e-6)


def grids(on: np.ndarray) -> np.ndarray:
    """8 x 8 images, (pattern, pixel), of the 8 rows and 8 columns that are `on`, (pattern, bar)."""
    return (on[:, :8, None] | on[:, None, 8:]).reshape(len(on), 64).astype(float)


def answers_to_bars(rule: Any, seed: int, patterns: int) -> np.ndarray:
    """Which of 16 neurons answer to each bar alone, (bar, neuron), after so many patterns."""
    rng = np.random.default_rng(seed)
    foldiak, layer = rule(), LateralLayer.random(64, 16, rng)
    # First the thresholds alone, until the neurons are about as active as they should be.
    thresholds_alone = replace(foldiak, rate=0.0, rate_lateral=0.0, rate_threshold=0.1)
    layer = learn(thresholds_alone, layer, grids(rng.random((100, 16)) < 1 / 8))
    layer = learn(foldiak, layer, grids(rng.random((patterns, 16)) < 1 / 8))
    return foldiak.respond(layer, grids(np.eye(16, dtype=bool)))


def check_bars(rule: Any, seed: int = 0, patterns: int = 1600) -> None:
    """V16: every bar gets a unit of its own."""
    answers = answers_to_bars(rule, seed, patterns)
    np.testing.assert_array_equal(answers.sum(axis=0), 1)
    np.testing.assert_array_equal(answers.sum(axis=1), 1)


def own(answers: np.ndarray) -> int:
    """How many bars, of (bar, neuron), have a neuron that answers to them and to nothing else."""
    alone = (answers.sum(axis=0) == 1) & (answers > 0)
    return int(np.count_nonzero((alone.sum(axis=1) == 1) & (answers.sum(axis=1) == 1)))


def find(full: bool) -> Finding:
    """Answers to each bar alone after learning, in several runs."""
    runs = [answers_to_bars(Foldiak, seed, 1600) for seed in range(10 if full else 2)]
    bars, pair = [own(answers) for answers in runs], agreement.over_seeds(compared, Foldiak, seeds=5)

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        order = np.argsort(runs[0].argmax(axis=0), kind="stable")
        left.imshow(runs[0][:, order], cmap="Blues", vmin=0, vmax=1)
        left.plot(range(16), range(16), "s", mfc="none", mec=agreement.PUBLISHED, label="published", markersize=8)
        left.set(xlabel="Unit, sorted by the first bar it answers to", ylabel="Bar shown alone")
        left.legend(loc="upper right")
        right.bar(range(len(bars)), bars, color=agreement.MEASURED)
        right.axhline(16, color=agreement.PUBLISHED, linestyle="--")
        right.set(xlabel="Run", ylabel="Bars with a unit of their own", xticks=range(len(bars)))

    counts = " and ".join(map(str, sorted(set(bars))))
    measured = f"{counts} of 16 bars after 1,600 patterns in {len(bars)} runs; {agreement.words(pair)}"
    return Finding(measured, min(bars) == 16 and agreement.error(pair) < agreement.CLOSE, draw)


LAW = Law(
    key="V16",
    name="bars",
    what="Földiák's network takes bars apart",
    source="Földiák 1990, Biol. Cybern. 64",
    target="every one of 16 bars gets a unit of its own",
    tolerance="none: 16 of 16 in every run; formula 1e-9",
    reason="as published; " + agreement.CLOSE_REASON,
    find=find,
    caption="Left: blue where a unit answers, squares where the publication has it answer. Right: the same, counted.",
)
