"""Optimizers: how a gradient moves the parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np

from brainnet.checks import require_below_one, require_fraction, require_positive


@runtime_checkable
class Optimizer(Protocol):
    """A way of following a gradient downhill."""

    @property
    def rate(self) -> float:
        """The learning rate."""
        ...

    def memory(self, parameters: np.ndarray) -> Any:
        """What is kept from step to step, before the first one."""
        ...

    def step(self, parameters: np.ndarray, gradient: np.ndarray, memory: Any, /, s: float = 0.0) -> None:
        """Move parameters and memory in place; the gradient, as large, is overwritten.

        `s` says how much of the training is over, from 0 to 1.
        """
        ...


class Descending(Protocol):
    """Settings that say how to descend."""

    @property
    def rate(self) -> float: ...
    @property
    def momentum(self) -> float: ...
    @property
    def final(self) -> float: ...


def check_optimizer(settings: Descending) -> None:
    """Raise BrainnetError for a rate, momentum or final share that no optimizer can have."""
    require_positive(settings, "rate")
    require_below_one(settings, "momentum")
    require_fraction(settings, "final")


@dataclass(frozen=True)
class GradientDescent:
    """Gradient descent with momentum, at a rate that may fall in a straight line while training goes from s = 0 to 1.

        v <- momentum v - rate (1 - s + s final) g        theta <- theta + v

    D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating errors, Nature 1986.
    """

    rate: float
    momentum: float = 0.0
    final: float = 1.0  # the last rate, relative to the first

    def __post_init__(self) -> None:
        check_optimizer(self)

    def memory(self, parameters: np.ndarray) -> np.ndarray:
        """The velocity v, (parameter,), at rest."""
        return np.zeros_like(parameters)

    def step(self, parameters: np.ndarray, gradient: np.ndarray, velocity: np.ndarray, s: float = 0.0) -> None:
        """Move parameters and velocity in place; the gradient, as large, is overwritten."""
        # Python's floats leave the arrays' dtype alone, where NumPy's would raise it.
        np.multiply(velocity, float(self.momentum), out=velocity)
        np.multiply(gradient, float(self.rate * (1 - s + s * self.final)), out=gradient)
        np.subtract(velocity, gradient, out=velocity)
        np.add(parameters, velocity, out=parameters)


@dataclass(eq=False)
class Moments:
    """Running means, (parameter,), of gradients and of their squares, and the number of steps they hold."""

    mean: np.ndarray
    square: np.ndarray
    steps: int = 0


@dataclass(frozen=True)
class Adam:
    """Gradient descent whose steps are measured in the recent size of each parameter's gradient.

        m <- beta1 m + (1 - beta1) g        v <- beta2 v + (1 - beta2) g^2
        theta <- theta - rate (1 - s + s final) m' / (sqrt(v') + epsilon)
        m' = m / (1 - beta1^t)        v' = v / (1 - beta2^t)        t = 1, 2, 3, ...

    Defaults are the publication's; `final`, the last rate relative to the first, is 1 there.
    D. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015, algorithm 1.
    """

    rate: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    final: float = 1.0

    def __post_init__(self) -> None:
        require_positive(self, "rate", "epsilon")
        require_below_one(self, "beta1", "beta2")
        require_fraction(self, "final")

    def memory(self, parameters: np.ndarray) -> Moments:
        """Moments of no gradient yet."""
        return Moments(np.zeros_like(parameters), np.zeros_like(parameters))

    def step(self, parameters: np.ndarray, gradient: np.ndarray, moments: Moments, s: float = 0.0) -> None:
        """Move parameters and moments in place; the gradient, as large, is overwritten."""
        beta1, beta2, rate = float(self.beta1), float(self.beta2), float(self.rate * (1 - s + s * self.final))
        moments.steps += 1
        np.multiply(moments.mean, beta1, out=moments.mean)
        np.multiply(moments.square, beta2, out=moments.square)
        np.multiply(gradient, 1 - beta1, out=gradient)
        np.add(moments.mean, gradient, out=moments.mean)
        np.square(gradient, out=gradient)
        np.multiply(gradient, (1 - beta2) / (1 - beta1) ** 2, out=gradient)
        np.add(moments.square, gradient, out=moments.square)
        np.divide(moments.square, 1 - beta2**moments.steps, out=gradient)
        np.sqrt(gradient, out=gradient)
        np.add(gradient, float(self.epsilon), out=gradient)
        np.divide(moments.mean, gradient, out=gradient)
        np.multiply(gradient, rate / (1 - beta1**moments.steps), out=gradient)
        np.subtract(parameters, gradient, out=parameters)
