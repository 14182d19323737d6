"""The laws of artificial rules, losses and optimizers accept these, and reject what has a slip in its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
from sources import faithful, of_source
from trials import Trial, every

from brainnet.artificial import (
    BCM,
    Adam,
    Backpropagation,
    Connections,
    DeltaRule,
    DirectFeedbackAlignment,
    FeedbackAlignment,
    Foldiak,
    GradientDescent,
    Hopfield,
    KrotovHopfield,
    Oja,
    Perceptron,
    RateCurve,
    Sanger,
)
from brainnet.artificial.learning import LateralLayer, SlidingLayer, backpropagation, losses, supervised
from brainnet.conformance.artificial import (
    bcm,
    competition,
    feedback,
    foldiak,
    gradient,
    hebbian,
    hopfield,
    optimizers,
)
from brainnet.conformance.artificial import supervised as taught

Check = Callable[[Any], object]
RNG = np.random.default_rng(1)
X, WEIGHT, T = RNG.normal(size=(4, 4)), RNG.normal(size=(4, 4)) / 2, RNG.integers(2, size=(4, 4)).astype(float)


def of_batches(state: Any, *data: np.ndarray, **settings: Any) -> Check:
    """A batch moves the state by the mean of what its patterns do."""

    def numbers(state: Any) -> np.ndarray:
        parts = [state] if isinstance(state, np.ndarray) else vars(state).values()
        return np.concatenate([np.ravel(part) for part in parts])

    def check(kind: Any) -> None:
        rule = kind(**settings)
        one_by_one = [rule.update(state, *(part[i : i + 1] for part in data)) for i in range(len(data[0]))]
        together = numbers(rule.update(state, *data))
        np.testing.assert_allclose(together, np.mean([numbers(each) for each in one_by_one], axis=0), rtol=1e-9)

    return check


def at_a_falling_rate(kind: Any) -> None:
    """Two fifths through the training the rate has come two fifths of its way to the last one."""
    theta, gradients = optimizers.random_course(0)
    found = optimizers.descended(kind(rate=0.1, final=0.3), theta, gradients, s=0.4)
    expected = optimizers.descended(kind(rate=0.1 * (0.6 + 0.4 * 0.3)), theta, gradients)
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def on_trial(law: str, check: Check, subject: Any, *where: Any, **more: Any) -> Trial:
    """A check tried with what has a slip in the functions `where`."""
    groups = more.pop("groups", ())
    return Trial(law, check, lambda: faithful(subject, *where), of_source(subject, *where, groups=groups), **more)


def small_changes(kind: Any) -> None:
    """The largest change of a batch is the rate, however small the patterns are."""
    rule = kind(rate=0.05, rank=3)
    np.testing.assert_allclose(rule.update(WEIGHT, 1e-3 * X), competition.formula(WEIGHT, 1e-3 * X, rule), rtol=1e-9)


def of_seeds(check: Callable[..., object], seeds: Iterable[int] = range(3), **settings: Any) -> Check:
    """The check of several draws."""

    def every_seed(subject: Any) -> None:
        for seed in seeds:
            check(subject, seed=seed, **settings)

    return every_seed


def of_curves(kind: Any, seed: int) -> None:
    """The gradient through a rate curve."""
    gradient.check_gradient(Backpropagation, neuron=kind(*gradient.CURVE), patterns=6, seed=seed)


def of_losses(kind: Any) -> None:
    """The gradient of a kind of loss."""
    gradient.check_gradient(Backpropagation, loss=kind())


DEEP = (4, 4, 4, 4, 4)
LATERAL = LateralLayer(np.abs(WEIGHT), -np.ones((4, 4)) + np.eye(4), 0.3 * np.ones(4))
BINARY = (X > 0).astype(float)
CONNECTIONS = Connections(WEIGHT, WEIGHT[0])
CARRIED, DESCEND = backpropagation.carried_down, backpropagation._descend
TRIALS = [
    on_trial("V12", every(of_batches(WEIGHT, X), hebbian.check_formula), Oja, Oja.update),
    on_trial("A1", every(of_batches(WEIGHT, X), hebbian.check_formula), Sanger, Sanger.update),
    on_trial(
        "A4", every(of_batches(SlidingLayer(WEIGHT, WEIGHT[0] ** 2), X), bcm.check_formula),
        BCM, BCM.respond, BCM.threshold, BCM.update,
    ),
    on_trial(
        "A5", every(small_changes, of_seeds(competition.check_formula, range(8), power=2.5)),
        KrotovHopfield, KrotovHopfield.drive, KrotovHopfield.update,
        alike={"update, constant: 1 -> 2": "where the last but one is in its place of the order, the last one is"},
    ),
    on_trial(
        "A6", every(of_batches(CONNECTIONS, X, T), taught.check_formula),
        Perceptron, Perceptron.respond, Perceptron.update, supervised._corrected,
    ),
    on_trial(
        "A7", every(of_batches(CONNECTIONS, X, T), taught.check_formula),
        DeltaRule, DeltaRule.respond, DeltaRule.update, supervised._corrected,
    ),
    on_trial("A8", every(optimizers.check_momentum, at_a_falling_rate), GradientDescent, GradientDescent.step),
    on_trial(
        "A9", every(optimizers.check_adam, at_a_falling_rate), Adam, Adam.step, groups=[("beta1", "beta2")],
        alike={"step, operands exchanged: 1 - beta1 -> beta1 - 1 (2)": "it is squared"},
    ),
    on_trial("A2", every(partial(feedback.check_formula, sizes=DEEP)), FeedbackAlignment, CARRIED, DESCEND),
    on_trial("A3", every(partial(feedback.check_formula, sizes=DEEP)), DirectFeedbackAlignment, CARRIED, DESCEND),
    on_trial(
        "V15", every(partial(gradient.check_gradient, sizes=DEEP)),
        Backpropagation, Backpropagation.gradient, CARRIED, DESCEND,
    ),
    on_trial("V15", every(of_losses), losses.SquaredError, losses.SquaredError.delta),
    on_trial(
        "V15", every(of_seeds(of_curves)), RateCurve, RateCurve.activation, RateCurve.slope, RateCurve._lines,
        alike={
            "_lines, constant: 1 -> 2 (3)": "it says in which direction the next number is",
            "_lines, constant: 0 -> 1 (7)": "no activation is above the last end",
        },
    ),
    on_trial(
        "V13", every(of_seeds(hopfield.check_formulas, range(20), patterns=2), hopfield.check_rest),
        Hopfield, Hopfield.store, Hopfield.energy, Hopfield.recall,
        alike={
            "recall, constant: 0 -> 1 (2)": "few sums are 0, and none of a neuron that was against its input before",
        },
    ),
    on_trial(
        "V16", every(of_batches(LATERAL, BINARY), foldiak.check_formula), Foldiak, Foldiak.respond, Foldiak.update,
        alike={"update, constant: 0 -> 1": "lateral weights above 0 are put to 0 next"},
    ),
    on_trial(
        "V16", every(foldiak.check_settling), Foldiak, Foldiak.settle,
        alike={
            "settle, function left out: np.abs(rest) -> rest": "neurons from above are as near as those from below",
            "settle, operand: self.slope -> self.rate": "another step comes to the same place",
            "settle, factor left out: step * rest -> rest": "the same",
        },
    ),
]  # fmt: skip
