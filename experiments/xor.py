"""Why does the essay's program not learn XOR, which repair makes it learn, and do spiking neurons with a local rule?

"Solved" means that all four clean patterns are on the right side of one half. Prediction: as written, the program
climbs its error, its weights reach about 1e6 and its outputs saturate. With the sign mended it settles at weights 0 and
bias 1/2, which its sigmoid turns into .622 for every pattern. Trained through that sigmoid, then along the complete
gradient, it is still one unit: at best 3 of 4 patterns, and a squared error of .25. A hidden layer of four units solves
XOR from at least 19 of 20 seeds, and so do spiking neurons whose readout learns by a local delta rule. Left open:
spiking neurons that learn by STDP, without labels.

    python experiments/xor.py

Longer than an experiment should be: it takes eight steps from the failing program to one that works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from brainnet import Cell, tasks
from brainnet.artificial import Backpropagation, Linear, Sigmoid, SigmoidClassifier, SquaredError
from brainnet.report.tables import aligned
from brainnet.spiking import PoissonRate, PostsynapticSTDP, SpikingClassifier, competitive, frozen_fields

SEEDS = range(20)
CORNERS = tasks.corners("xor")
INPUTS = np.hstack([CORNERS.patterns, np.ones((4, 1))])  # the last input, always 1, makes the bias
FIELDS = frozen_fields(neurons=100)
COMPETITIVE = competitive(20, PoissonRate(250.0, complement=True), rule=PostsynapticSTDP(w_max=5.0))


class Learned(NamedTuple):
    """What a training leaves: outputs for the clean patterns, (pattern,), and its largest weight."""

    outputs: np.ndarray
    largest_weight: float

    @property
    def right(self) -> int:
        """Clean patterns on the right side of one half; to three places, since a unit at rest there has not decided."""
        return int(np.sum((self.outputs.round(3) > 0.5) == CORNERS.labels))


def unit(
    seed: int, sign: int, rate: float, trained: Linear | Sigmoid, complete: bool = False, steps: int = 1000
) -> Learned:
    """A single unit, from random weights. It predicts sigmoid(X w), whatever it was trained as.

    w += sign rate X^T ((t - y) f) / 4        y = trained(X w)        f = 2 y' if complete, else 1
    """
    weights = np.random.default_rng(seed).standard_normal(3)
    for _ in range(steps):
        y = trained.activation(INPUTS @ weights)
        f = 2 * trained.slope(y) if complete else 1
        weights = weights + sign * rate * INPUTS.T @ ((CORNERS.labels - y) * f) / 4
    return Learned(Sigmoid().activation(INPUTS @ weights), np.abs(weights).max())


def hidden_layer(seed: int) -> Learned:
    """Four hidden sigmoid units, trained by backpropagation on the four clean patterns, as the single unit is."""
    rule = Backpropagation(rate=1.0)
    return learned(SigmoidClassifier((4,), None, SquaredError(), rule, 1000, 4, random_state=seed), CORNERS)


def spiking(seed: int, cell: Cell) -> Learned:
    """Spiking neurons, trained on noisy copies of the four patterns."""
    model = SpikingClassifier(cell, epochs=2, value_range=(0.0, 1.0), random_state=seed)
    return learned(model, tasks.load("xor", seed).train)


def learned(model: SigmoidClassifier | SpikingClassifier, examples: tasks.Examples) -> Learned:
    """The model after learning; its output is the probability of "true"."""
    model.fit(examples.patterns, examples.labels)
    return Learned(model.predict_proba(CORNERS.patterns)[:, 1], np.abs(model.trained_weights_[1]).max())


STEPS = {
    "1 the program as written": partial(unit, sign=-1, rate=0.01, trained=Linear()),
    "2 sign mended": partial(unit, sign=+1, rate=0.01, trained=Linear()),
    "3 and a rate of 0.5": partial(unit, sign=+1, rate=0.5, trained=Linear()),
    "4 and trained as a sigmoid": partial(unit, sign=+1, rate=0.5, trained=Sigmoid()),
    "5 and slope and factor 2": partial(unit, sign=+1, rate=0.5, trained=Sigmoid(), complete=True),
    "6 hidden layer of 4": hidden_layer,
    "7 spiking, delta rule": partial(spiking, cell=FIELDS),
    "8 spiking, STDP": partial(spiking, cell=COMPETITIVE),
}


def run(seeds: Iterable[int] = SEEDS) -> Iterator[tuple[str, list[Learned]]]:
    """Every step of the argument, in its order, from every seed."""
    for step, learn in STEPS.items():
        yield step, [learn(seed) for seed in seeds]


def main() -> None:
    """Print a line for each step: its first seed's outputs, means over seeds, and the seeds that failed."""
    rows = [("step", "outputs for 00, 01, 10, 11", "largest weight", "squared error", "solved", "failed seeds")]
    for step, found in run():
        print(step, flush=True)
        failed = [str(seed) for seed, one in zip(SEEDS, found, strict=True) if one.right < 4]
        error = np.mean([float(np.mean((one.outputs - CORNERS.labels) ** 2)) for one in found])
        weight = np.mean([one.largest_weight for one in found])
        solved = f"{len(found) - len(failed)} of {len(found)}"
        names = "all" if len(failed) == len(found) else ", ".join(failed) or "none"
        rows.append((step, str(found[0].outputs.round(3)), f"{weight:.2g}", f"{error:.4f}", solved, names))
    print(aligned(rows))


if __name__ == "__main__":
    main()
