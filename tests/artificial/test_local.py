"""How patterns are shown to local rules, and what no rule's settings may be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from brainnet.artificial import (
    BCM,
    Adam,
    Connections,
    DeltaRule,
    DirectFeedbackAlignment,
    FeedbackAlignment,
    Foldiak,
    Hopfield,
    KrotovHopfield,
    Oja,
    Perceptron,
    Sanger,
    learn,
)
from brainnet.artificial.learning import LateralLayer, SlidingLayer
from brainnet.errors import BrainnetError

RNG = np.random.default_rng(0)
WEIGHT = RNG.normal(size=(4, 3)) / 2
STATES: dict[Any, Any] = {
    Oja(): WEIGHT,
    Sanger(): WEIGHT,
    KrotovHopfield(): WEIGHT,
    BCM(): SlidingLayer.of(WEIGHT),
    Foldiak(): LateralLayer.random(4, 3, RNG),
    Perceptron(): Connections(WEIGHT, np.zeros(3)),
    DeltaRule(): Connections(WEIGHT, np.zeros(3)),
}


def arrays(state: Any) -> list[np.ndarray]:
    return [state] if isinstance(state, np.ndarray) else list(vars(state).values())


def data_for(rule: Any, patterns: int = 6) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(1)
    x, target = rng.normal(size=(patterns, 4)), rng.integers(2, size=(patterns, 3)).astype(float)
    return (x, target) if isinstance(rule, Perceptron | DeltaRule) else (x,)


@pytest.mark.parametrize("rule", STATES, ids=lambda rule: type(rule).__name__)
def test_learning_returns_a_new_state_and_leaves_the_old_one(rule: Any):
    before = [array.copy() for array in arrays(STATES[rule])]
    after = learn(rule, STATES[rule], *data_for(rule))
    assert any(np.any(one != other) for one, other in zip(arrays(after), before, strict=True))
    for old, copy in zip(arrays(STATES[rule]), before, strict=True):
        np.testing.assert_array_equal(old, copy)


@pytest.mark.parametrize("rule", STATES, ids=lambda rule: type(rule).__name__)
def test_a_pattern_shown_twice_in_a_batch_counts_as_one(rule: Any):
    single = data_for(rule, patterns=1)
    double = tuple(np.repeat(part, 2, axis=0) for part in single)
    for one, other in zip(
        arrays(rule.update(STATES[rule], *single)), arrays(rule.update(STATES[rule], *double)), strict=True
    ):
        np.testing.assert_allclose(one, other, rtol=1e-12)


def test_patterns_come_in_their_order_or_in_that_of_the_generator():
    (x,) = data_for(Oja())
    order = np.random.default_rng(5).permutation(6)
    np.testing.assert_array_equal(learn(Oja(), WEIGHT, x[order]), learn(Oja(), WEIGHT, x, rng=np.random.default_rng(5)))
    twice = learn(Oja(), learn(Oja(), WEIGHT, x, batch_size=4), x, batch_size=4)
    np.testing.assert_array_equal(learn(Oja(), WEIGHT, x, batch_size=4, epochs=2), twice)
    by_hand = Oja().update(Oja().update(WEIGHT, x[:4]), x[4:])
    np.testing.assert_array_equal(learn(Oja(), WEIGHT, x, batch_size=4), by_hand)


def test_targets_must_be_as_many_as_patterns():
    x, target = data_for(DeltaRule())
    with pytest.raises(BrainnetError, match=r"^DeltaRule needs as many targets as patterns \(got \[6, 5\]\)$"):
        learn(DeltaRule(), Connections(WEIGHT, np.zeros(3)), x, target[:5])


def test_learning_that_diverges_names_the_rate():
    with pytest.raises(BrainnetError, match=r"^Oja diverged: choose a rate smaller than 50\.0, or scale"):
        learn(Oja(50.0), WEIGHT, *data_for(Oja()), epochs=20)


@pytest.mark.parametrize("name", ["batch_size", "epochs"])
@pytest.mark.parametrize("value", [0, -1, 1.5, float("nan"), True])
def test_batches_and_epochs_are_positive_whole_numbers(name: str, value: Any):
    with pytest.raises(BrainnetError, match=rf"^learn's {name} must be a whole number, 1 or more \(got "):
        learn(Oja(), WEIGHT, *data_for(Oja()), **{name: value})


NAN, INF = float("nan"), float("inf")
POSITIVE, NOT_NEGATIVE, BELOW_ONE = (0, -1, NAN, INF, "much", None, True), (-0.1, NAN, INF, "much"), (-0.1, 1, NAN)
BAD = {
    FeedbackAlignment: {"rate": POSITIVE, "momentum": BELOW_ONE, "final": (-1, 2, NAN), "scale": POSITIVE},
    DirectFeedbackAlignment: {"rate": POSITIVE, "scale": POSITIVE, "seed": (-1, 0.5, NAN, None)},
    Adam: {"rate": POSITIVE, "beta1": BELOW_ONE, "beta2": BELOW_ONE, "epsilon": POSITIVE, "final": (-1, 2, NAN)},
    Perceptron: {"rate": POSITIVE},
    DeltaRule: {"rate": POSITIVE},
    Oja: {"rate": POSITIVE},
    Sanger: {"rate": POSITIVE},
    BCM: {"rate": POSITIVE, "target": POSITIVE, "power": POSITIVE, "tau": (0.5, NAN), "decay": NOT_NEGATIVE},
    KrotovHopfield: {"rate": POSITIVE, "power": (0.5, NAN), "rank": (1, 2.5, NAN), "repulsion": NOT_NEGATIVE},
    Foldiak: {
        "rate": NOT_NEGATIVE,
        "rate_lateral": NOT_NEGATIVE,
        "rate_threshold": NOT_NEGATIVE,
        "probability": (0, 1, NAN),
        "slope": POSITIVE,
    },
    Hopfield: {"sweeps": (0, 1.5, NAN, True)},
}
CASES = [(rule, name, value) for rule, fields in BAD.items() for name, values in fields.items() for value in values]


@pytest.mark.parametrize(("rule", "name", "value"), CASES)
def test_a_setting_that_cannot_be_names_field_rule_and_value(rule: Any, name: str, value: Any):
    with pytest.raises(BrainnetError) as caught:
        rule(**{name: value})
    message = str(caught.value)
    assert message.startswith(f"{rule.__name__}.{name} must ")
    assert message.endswith(f"(got {value!r})")
    assert "\n" not in message
