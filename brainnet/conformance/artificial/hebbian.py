"""Oja's and Sanger's rules: their formulas, and the principal components they find (V12)."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.artificial import Oja, Sanger, learn
from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law


def oja(weight: np.ndarray, x: np.ndarray, rate: float) -> np.ndarray:
    """dw_i = rate y_i (x - y_i w_i), pattern by pattern and neuron by neuron."""
    weight = weight.copy()
    for pattern in x:
        for i in range(weight.shape[1]):
            y = pattern @ weight[:, i]
            weight[:, i] = weight[:, i] + rate * y * (pattern - y * weight[:, i])
    return weight


def sanger(weight: np.ndarray, x: np.ndarray, rate: float) -> np.ndarray:
    """dw_ij = rate (y_i x_j - y_i sum_{k <= i} w_kj y_k)."""
    for pattern in x:
        y, change = pattern @ weight, np.zeros_like(weight)
        for i in range(weight.shape[1]):
            for j in range(weight.shape[0]):
                change[j, i] = rate * (y[i] * pattern[j] - y[i] * sum(weight[j, k] * y[k] for k in range(i + 1)))
        weight = weight + change
    return weight


NORM, COSINE = 0.05, 0.99
EVERY = 100  # patterns
FORMULAS = {"Oja": oja, "Sanger": sanger}


def compared(rule: Any, seed: int = 0, inputs: int = 4, neurons: int = 4, rate: float = 0.05) -> agreement.Pair:
    """Weights by the rule and by its formula, from random weights and patterns."""
    rng = np.random.default_rng(seed)
    weight, x = rng.normal(size=(inputs, neurons)) / 2, rng.normal(size=(8, inputs))
    return learn(rule(rate), weight, x), FORMULAS[rule.__name__](weight, x, rate)


def check_formula(rule: Any, seed: int = 0, inputs: int = 4, neurons: int = 4, rate: float = 0.05) -> None:
    """The rule's weights are the formula's."""
    np.testing.assert_allclose(*compared(rule, seed, inputs, neurons, rate), rtol=1e-10, atol=1e-12)


def gaussian(patterns: int, inputs: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Patterns of known principal components, and the components, (input, component), in order."""
    rng = np.random.default_rng(seed)
    components = np.linalg.qr(rng.normal(size=(inputs, inputs)))[0]
    spread = 2.0 ** -np.arange(inputs)
    return rng.normal(size=(patterns, inputs)) * spread @ components.T, components


def course(rule: Any, seed: int = 0) -> np.ndarray:
    """Norm, and cosine with the first component, after every 100 patterns, (point, norm or cosine, neuron)."""
    x, _ = gaussian(5000, 8, seed)
    first = np.linalg.svd(x, full_matrices=False)[2][0]
    weight, points = np.random.default_rng(seed).normal(size=(8, 3)), []
    for start in range(0, 5000, EVERY):
        weight = learn(rule(0.01), weight, x[start : start + EVERY])
        norm = np.linalg.norm(weight, axis=0)
        points.append((norm, np.abs(first @ weight) / norm))
    return np.array(points)


def check_first_component(rule: Any, seed: int = 0) -> None:
    """V12: norm 1 and a cosine above .99 with the first principal component of the patterns."""
    norm, cosine = course(rule, seed)[-1]
    np.testing.assert_allclose(norm, 1, atol=NORM)
    require(np.all(cosine > COSINE), f"cosine with the first component above {COSINE} (got {cosine.min():.4f})")


def overlaps(rule: Any, seed: int = 0) -> np.ndarray:
    """Absolute products of the leading components and the weights learned, (component, neuron)."""
    x, _ = gaussian(4000, 6, seed)
    weight = np.random.default_rng(seed).normal(size=(6, 3)) / 6**0.5
    for rate in (0.05,) * 4 + (0.01,):  # a start nearly at right angles to the third component takes three passes
        weight = learn(rule(rate), weight, x, batch_size=4)
    leading = np.linalg.svd(x, full_matrices=False)[2][:3].T
    return np.abs(leading.T @ weight)


def check_components_in_order(rule: Any, seed: int = 0) -> None:
    """Neuron i comes to the i-th principal component, at norm 1."""
    np.testing.assert_allclose(overlaps(rule, seed), np.eye(3), atol=NORM)


def find_oja(full: bool) -> Finding:
    """Norms and cosines of three neurons in several runs."""
    courses = np.concatenate([course(Oja, seed) for seed in range(10 if full else 3)], axis=2)
    (norm, cosine), pair = courses[-1], agreement.over_seeds(compared, Oja)

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        seen = EVERY * np.arange(1, len(courses) + 1)
        for axes, values, target in ((left, courses[:, 0], 1.0), (right, courses[:, 1], COSINE)):
            axes.plot(seen, values, color=agreement.MEASURED, linewidth=0.8)
            axes.axhline(target, color=agreement.PUBLISHED, linestyle="--")
            axes.set(xlabel="Patterns seen")
        left.axhspan(1 - NORM, 1 + NORM, color=agreement.PUBLISHED, alpha=0.15, linewidth=0)
        left.set(ylabel="Norm of a neuron's weights")
        right.set(ylabel="Cosine with the first component")

    measured = f"norm {norm.min():.3f} to {norm.max():.3f}, cosine {cosine.min():.4f} or more; {agreement.words(pair)}"
    near = np.abs(norm - 1).max() <= NORM and cosine.min() > COSINE
    return Finding(measured, bool(near and agreement.error(pair) < agreement.CLOSE), draw)


def find_sanger(full: bool) -> Finding:
    """Products with the leading components in several runs."""
    found = np.array([overlaps(Sanger, seed) for seed in range(10 if full else 2)])
    pair, off = agreement.over_seeds(compared, Sanger), float(np.abs(found - np.eye(3)).max())

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        image = left.imshow(found.mean(axis=0), cmap="Blues", vmin=0, vmax=1)
        figure.colorbar(image, ax=left, label="Absolute product, mean of runs")
        numbers = ("1", "2", "3")
        left.set(xlabel="Neuron", ylabel="Principal component", xticks=range(3), yticks=range(3))
        left.set(xticklabels=numbers, yticklabels=numbers)
        agreement.draw(right, pair, "Weight")

    measured = f"identity within {off:.3f}; {agreement.words(pair)}"
    return Finding(measured, off <= NORM and agreement.error(pair) < agreement.CLOSE, draw)


OJA = Law(
    key="V12",
    name="oja",
    what="Oja's rule finds the first principal component",
    source="Oja 1982, J. Math. Biol. 15",
    target="norm 1, cosine with the first principal component above .99",
    tolerance=f"norm {NORM}, cosine as published; formula 1e-9",
    reason="at a rate of 0.01 the weights go on moving with each pattern; " + agreement.CLOSE_REASON,
    find=find_oja,
    caption="Blue: each neuron of each run. Dashed: published; band: tolerance.",
)
SANGER = Law(
    key="A1",
    name="sanger",
    what="Sanger's rule finds the principal components in order",
    source="Sanger 1989, Neural Networks 2",
    target="neuron i at component i: products with the leading three are the identity",
    tolerance=f"{NORM} for each product; formula 1e-9",
    reason="at a rate of 0.01 the weights go on moving with each pattern; " + agreement.CLOSE_REASON,
    find=find_sanger,
    caption="Left: published are ones on the diagonal and noughts elsewhere. Right: weights, by rule and by formula.",
)
