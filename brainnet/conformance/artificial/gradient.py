"""Backpropagation gives the gradient: it is held against finite differences, which know nothing of the chain rule."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.artificial import (
    Backpropagation,
    CrossEntropy,
    Linear,
    Network,
    RateCurve,
    ReLU,
    Sigmoid,
    SquaredError,
    Tanh,
)
from brainnet.artificial.connections import views
from brainnet.artificial.learning import Loss, Workspace
from brainnet.artificial.neurons import Neuron
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law
from brainnet.report import style

CURVE = (-1.5, -0.7, 0.3, 1.2), (5.0, 20.0, 20.0, 60.0)  # points of a rate curve that has a level line in it
NEURONS = [Sigmoid(), Tanh(), Linear(), ReLU(), RateCurve(*CURVE)]
LOSSES = [CrossEntropy(), *(SquaredError(neuron) for neuron in NEURONS)]
LIMIT = 1e-7
STEP = 1e-3
ROUNDING = 1e-13  # of the differences
KINK = 0.05  # a neuron nearer to a kink of its activation than this is not put to the test


def backpropagated(
    network: Network, loss: Loss, drive: np.ndarray, target: np.ndarray, rule: Any = Backpropagation
) -> np.ndarray:
    work = Workspace.of(network, len(drive))
    work.drive[...], work.target[...], work.gradient[...] = drive, target, np.nan
    return rule().gradient(network, loss, work)


def measured(network: Network, loss: Loss, drive: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Central differences of fourth order: error near STEP^4 and rounding near 1e-16 / STEP."""

    def value(index: int, shift: float) -> float:
        parameters = network.parameters.copy()
        parameters[index] += shift
        return loss.value(Network(network.sizes, parameters, network.neuron, network.output).respond(drive), target)

    def slope(index: int) -> float:
        near = value(index, STEP) - value(index, -STEP)
        far = value(index, 2 * STEP) - value(index, -2 * STEP)
        return (8 * near - far) / (12 * STEP)

    return np.array([slope(index) for index in range(network.parameters.size)])


def kinks(kind: Any) -> tuple[float, ...]:
    """Where the slope of the neuron's activation jumps."""
    return (0.0,) if isinstance(kind, ReLU) else getattr(kind, "currents", ())


def near_a_kink(network: Network, drive: np.ndarray) -> bool:
    below, distance = drive, np.inf
    for layer, kind, activation in zip(network.connections, network.neurons, network.propagate(drive), strict=True):
        for kink in kinks(kind):
            distance = min(distance, np.abs(layer.propagate(below) - kink).min())
        below = activation
    return bool(distance < KINK)


def off_the_kinks(sizes: tuple[int, ...], neuron: Neuron, loss: Loss, patterns: int, seed: int):
    """The first network and patterns, from this seed on, whose neurons are away from their kinks."""
    rng = np.random.default_rng(seed)
    while True:
        network = Network.random(sizes, neuron, loss.output, rng, "float64")
        network.parameters[...] = rng.normal(size=network.parameters.shape) / sizes[0] ** 0.5
        drive = rng.normal(size=(patterns, sizes[0]))
        if not near_a_kink(network, drive):
            return network, drive, np.eye(sizes[-1])[rng.integers(sizes[-1], size=patterns)]


def check_gradient(
    rule: Any,
    sizes: tuple[int, ...] = (4, 4, 4, 4),
    neuron: Neuron = NEURONS[0],
    loss: Loss = LOSSES[1],
    patterns: int = 3,
    seed: int = 1,
) -> None:
    """V15: the weights' and the biases' gradients of every layer are within 1e-7 of finite differences."""
    for place, error in errors(rule, sizes, neuron, loss, patterns, seed).items():
        require(error <= LIMIT, f"{place}: relative error {error:.1e}")


def errors(
    rule: Any, sizes: tuple[int, ...], neuron: Neuron, loss: Loss, patterns: int = 3, seed: int = 1
) -> dict[str, float]:
    """Relative errors of the weights' and the biases' gradients by layer; ROUNDING does not count."""
    network, drive, target = off_the_kinks(sizes, neuron, loss, patterns, seed)
    mine = views(backpropagated(network, loss, drive, target, rule), sizes)
    found = {}
    for layer, (one, other) in enumerate(zip(mine, views(measured(network, loss, drive, target), sizes), strict=True)):
        for part in ("weight", "bias"):
            got, exact = getattr(one, part), getattr(other, part)
            error = np.linalg.norm(got - exact)
            found[f"{part} of layer {layer}"] = float(error / (np.linalg.norm(exact) + ROUNDING / LIMIT))
    return found


def find(full: bool) -> Finding:
    """The largest error of every pair of activation and loss, over depths and random networks."""
    depths = [(), (5,), (5, 4), (5, 4, 3)]
    largest = {
        (neuron, loss): max(
            max(errors(Backpropagation, (4, *hidden, 3), neuron, loss, seed=seed).values())
            for hidden in depths
            for seed in range(1, 11 if full else 2)
        )
        for neuron in NEURONS
        for loss in LOSSES
    }

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for shift, (neuron, marker) in enumerate(zip(NEURONS, style.MARKERS, strict=False)):
            values = [max(largest[neuron, loss], 1e-16) for loss in LOSSES]
            places, colour = np.arange(len(LOSSES)) + 0.12 * (shift - 2), style.COLOURS[shift]
            axes.plot(places, values, marker, color=colour, label=type(neuron).__name__)
        axes.axhline(LIMIT, color="black", linestyle="--", label="limit")
        named = [type(loss.output).__name__ for loss in LOSSES]
        axes.set(xticks=range(len(LOSSES)), xticklabels=named, yscale="log", ylabel="Largest relative error")
        axes.set_xlabel("Output neuron (Softmax with cross-entropy, others with squared error)")
        figure.legend(loc="outside right upper", title="Hidden neuron")

    worst = max(largest.values())
    return Finding(f"at most {worst:.1e} in {len(largest) * len(depths)} kinds of network", worst <= LIMIT, draw)


LAW = Law(
    key="V15",
    name="backpropagation",
    what="Backpropagation against finite differences",
    source="Rumelhart, Hinton & Williams 1986, Nature 323",
    target="the gradient: relative error below 1e-7 for every activation, loss and layer",
    tolerance="1e-7 of the gradient's norm, and 1e-13",
    reason="as the target says; central differences of fourth order round near 1e-13",
    find=find,
    caption="Largest error over up to three hidden layers, weights and biases.",
)
