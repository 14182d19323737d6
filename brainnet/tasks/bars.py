"""Bars on a grid: one bar to be named, or many at once to be taken apart.

Source: Foldiak (1990), Forming sparse representations by local anti-Hebbian learning,
Biological Cybernetics 64, 165-170.
"""

from __future__ import annotations

import numpy as np

from brainnet import checks
from brainnet.tasks import split
from brainnet.tasks.task import Examples, Kind, Task


def templates(size: int = 8) -> np.ndarray:
    """The clean bars of a size x size grid, (bar, pixel), 0 or 1: rows from the top, then columns from the left."""
    eye = np.eye(checks.count("size", size, at_least=2))
    rows = np.repeat(eye[:, :, None], size, axis=2)
    return np.concatenate([rows, rows.transpose(0, 2, 1)]).reshape(2 * size, size * size)


def superpositions(count: int, size: int = 8, probability: float = 0.125, seed: int = 0) -> np.ndarray:
    """Foldiak's patterns without labels: every bar is there or not, independently of the others.

        x = max over bars b of  s_b * template_b        s_b ~ Bernoulli(probability)

    Args:
        count: number of patterns.
        size: height and width of the grid, at least 2.
        probability: of each bar, 0 to 1; Foldiak's is 1/8.
        seed: non-negative.

    Returns:
        Patterns, (pattern, pixel), 0 or 1.

    Raises:
        BrainnetError: a setting outside its range.
    """
    count = checks.count("count", count, at_least=1)
    probability = checks.fraction("probability", probability)
    rng = split.generator(checks.count("seed", seed, at_least=0), "superpositions")
    bars = templates(size)
    present = rng.random((count, len(bars))) < probability
    return np.minimum(present @ bars, 1.0)


def build(
    seed: int,
    *,
    size: int = 8,
    noise: float = 0.1,
    occlusion: float = 0.0,
    train: int = 800,
    validation: int = 160,
    test: int = 320,
) -> Task:
    """One bar per pattern; the label says which of the 2 * size bars it is.

    First each pixel is flipped with probability `noise`, then a fraction `occlusion` of the grid, pixels drawn anew for
    each pattern, is set to 0. One seed draws the same bars at every noise and occlusion, and what is flipped or hidden
    at a low level stays so at a higher one: levels can be compared pattern by pattern.

    Args:
        seed: non-negative seed of bars, noise and occlusion.
        size: height and width of the grid, at least 2.
        noise: probability of a flip, 0 to 0.5; with 0 and no occlusion, the splits share their 2 * size patterns.
        occlusion: fraction of the pixels blanked, 0 to 1.
        train, validation, test: numbers of patterns, at least one per bar.

    Raises:
        BrainnetError: a setting outside its range.
    """
    bars = templates(size)
    noise = checks.number("noise", noise, 0, 0.5)
    occlusion = checks.fraction("occlusion", occlusion)
    counts = {"train": train, "validation": validation, "test": test}
    rng = split.generator(seed, "bars")
    sizes = [checks.count(name, count, at_least=len(bars)) for name, count in counts.items()]
    parts = [_spoilt(bars, count, noise, occlusion, rng) for count in sizes]
    classes = tuple(f"{kind} {place}" for kind in ("row", "column") for place in range(1, size + 1))
    return Task("bars", seed, *parts, classes=classes, shape=(size, size))


def _spoilt(bars: np.ndarray, count: int, noise: float, occlusion: float, rng: np.random.Generator) -> Examples:
    labels = rng.permutation(np.arange(count) % len(bars))
    flipped = rng.random((count, bars.shape[1])) < noise
    hiding_order = rng.random(flipped.shape).argsort(axis=1)
    patterns = np.where(flipped, 1 - bars[labels], bars[labels])
    patterns[hiding_order < round(occlusion * bars.shape[1])] = 0
    return Examples(patterns, labels)


KIND = Kind("bars", "one bar on an 8 x 8 grid, which of the 16? With pixel noise, or occlusion", build)
