"""The sliding threshold of Bienenstock, Cooper and Munro: neurons that come to answer to few patterns."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from brainnet.checks import require_at_least_one, require_not_negative, require_positive


@dataclass(frozen=True, eq=False)
class SlidingLayer:
    """Weights, (input, neuron), and the running mean of each neuron's activity, (neuron,)."""

    weight: np.ndarray
    average: np.ndarray

    @classmethod
    def of(cls, weight: np.ndarray) -> SlidingLayer:
        """A layer with these weights that has not been active yet."""
        return cls(weight, np.zeros_like(weight[0]))


@dataclass(frozen=True)
class BCM:
    """Activity above a threshold strengthens the active inputs, activity below it weakens them, and the threshold
    rises faster than the activity.

        y = max(x . w, 0)                               dw = rate (y (y - theta) x - decay w)
        theta = average (average / target)^power        average += (y - average) / tau

    The publication asks of the factor of x that it is 0 at y = 0 and changes its sign at theta; y (y - theta) is the
    simplest that does. `target` is its c_0, `power` its p, `decay` its epsilon; it leaves all numbers open, so that
    the defaults are ours. Where one of K equally frequent, linearly independent patterns alone is answered, the answer
    is target K^(1 + 1/power). `tau` counts updates: short enough for the threshold to be faster than the weights, and
    long against K.
    E. Bienenstock, L. Cooper and P. Munro, Theory for the development of neuron selectivity, Journal of Neuroscience
    1982.
    """

    rate: float = 0.01
    target: float = 1.0
    power: float = 2.0
    tau: float = 100.0
    decay: float = 0.0

    def __post_init__(self) -> None:
        require_positive(self, "rate", "target", "power")
        require_at_least_one(self, "tau")
        require_not_negative(self, "decay")

    def slowed(self, factor: float) -> BCM:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)

    def begin(self, weight: np.ndarray) -> SlidingLayer:
        """A layer with these first weights that has not been active yet."""
        return SlidingLayer.of(weight)

    def respond(self, layer: SlidingLayer, x: np.ndarray) -> np.ndarray:
        """y, (pattern, neuron), for patterns x, (pattern, input)."""
        return np.maximum(x @ layer.weight, 0)

    def threshold(self, layer: SlidingLayer) -> np.ndarray:
        """theta of each neuron, (neuron,)."""
        return layer.average * (layer.average / self.target) ** self.power

    def update(self, layer: SlidingLayer, x: np.ndarray) -> SlidingLayer:
        """The layer after a batch of patterns x, (pattern, input)."""
        y = self.respond(layer, x)
        drive = x.T @ (y * (y - self.threshold(layer))) / len(x)
        return SlidingLayer(
            weight=layer.weight + self.rate * (drive - self.decay * layer.weight),
            average=layer.average + (y.mean(axis=0) - layer.average) / self.tau,
        )
