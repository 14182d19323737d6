"""Hebbian neurons that inhibit each other by anti-Hebbian connections, so that each learns a part of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from brainnet.checks import require_inside_unit, require_not_negative, require_positive
from brainnet.errors import BrainnetError

STEP = 0.1  # of the settling, in the neurons' time constant, at most
STEPS = 10_000
SETTLED = 1e-7
DECIDED = 1e-4  # is near enough to tell which side of 1/2 a neuron comes to rest on


@dataclass(frozen=True, eq=False)
class LateralLayer:
    """Weights q, (input, neuron), lateral weights w, (neuron, neuron), symmetric, and thresholds t, (neuron,)."""

    weight: np.ndarray
    lateral: np.ndarray
    threshold: np.ndarray

    @classmethod
    def random(cls, inputs: int, neurons: int, rng: np.random.Generator) -> LateralLayer:
        """Weights from U(0, 1), scaled to unit length for each neuron, no lateral weights, thresholds 1."""
        return cls.of(rng.random((inputs, neurons)))

    @classmethod
    def of(cls, weight: np.ndarray) -> LateralLayer:
        """These weights, scaled to unit length for each neuron, no lateral weights, thresholds 1."""
        neurons = weight.shape[1]
        lateral, threshold = np.zeros((neurons, neurons), weight.dtype), np.ones(neurons, weight.dtype)
        return cls(weight / np.linalg.norm(weight, axis=0), lateral, threshold)


@dataclass(frozen=True)
class Foldiak:
    """Neurons that fire equally often and as independently as they can.

        settle:  dy*_i/dt = f(sum_j q_ij x_j + sum_j w_ij y*_j - t_i) - y*_i,   f(u) = 1 / (1 + exp(-slope u))
        then with y_i = 1 if y*_i > 1/2, else 0:
        dq_ij = rate y_i (x_j - q_ij)                       Hebbian, with decay
        dw_ij = -rate_lateral (y_i y_j - probability^2)     anti-Hebbian; w_ij := 0 where it is > 0, or i = j
        dt_i = rate_threshold (y_i - probability)

    The defaults are the publication's for its bars: probability 1/8, alpha (lateral) 0.1, beta 0.02, gamma (threshold)
    0.02, lambda (slope) 10.
    P. Földiák, Forming sparse representations by local anti-Hebbian learning, Biological Cybernetics 1990.
    """

    rate: float = 0.02
    rate_lateral: float = 0.1
    rate_threshold: float = 0.02
    probability: float = 0.125
    slope: float = 10.0

    def __post_init__(self) -> None:
        require_not_negative(self, "rate", "rate_lateral", "rate_threshold")
        require_inside_unit(self, "probability")
        require_positive(self, "slope")

    def slowed(self, factor: float) -> Foldiak:
        """The rule with its rates times `factor`."""
        rates = {name: getattr(self, name) * factor for name in ("rate", "rate_lateral", "rate_threshold")}
        return replace(self, **rates)

    def begin(self, weight: np.ndarray) -> LateralLayer:
        """A layer whose first weights are the magnitudes of these, of unit length for each neuron."""
        return LateralLayer.of(np.abs(weight))

    def settle(self, layer: LateralLayer, x: np.ndarray, within: float = SETTLED) -> np.ndarray:
        """y*, (pattern, neuron), at which patterns x, (pattern, input), rest from y* = 0: |dy*/dt| < `within`."""
        drive = x @ layer.weight - layer.threshold
        y, step = np.zeros_like(drive), _step(self.slope, layer.lateral)
        for _ in range(STEPS):
            # f in a form that overflows nowhere
            rest = 0.5 + 0.5 * np.tanh(self.slope / 2 * (drive + y @ layer.lateral)) - y
            if np.abs(rest).max(initial=0) < within:
                return y
            y += step * rest
        raise BrainnetError(
            f"the neurons do not settle: choose a Foldiak.slope smaller than {self.slope!r}, "
            f"or a Foldiak.rate_lateral smaller than {self.rate_lateral!r}"
        )

    def respond(self, layer: LateralLayer, x: np.ndarray) -> np.ndarray:
        """y, (pattern, neuron), for patterns x, (pattern, input)."""
        return (self.settle(layer, x, DECIDED) > 0.5).astype(layer.weight.dtype)

    def update(self, layer: LateralLayer, x: np.ndarray) -> LateralLayer:
        """The layer after a batch of patterns x, (pattern, input)."""
        y = self.respond(layer, x)
        together, mean = y.T @ y / len(x), y.mean(axis=0)
        lateral = layer.lateral - self.rate_lateral * (together - self.probability**2)
        np.fill_diagonal(lateral, 0)
        return LateralLayer(
            weight=layer.weight + self.rate * (x.T @ y / len(x) - mean * layer.weight),
            lateral=np.minimum(lateral, 0),
            threshold=layer.threshold + self.rate_threshold * (mean - self.probability),
        )


def _step(slope: float, lateral: np.ndarray) -> float:
    """A step that does not overshoot: f is no steeper than slope / 4, and nothing that comes back to a neuron larger
    than its sum of inhibition."""
    return min(STEP, 1 / (1 + slope / 4 * float(np.abs(lateral).sum(axis=0).max(initial=0))))
