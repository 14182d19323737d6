"""One order of presentation per seed, for both twins."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from brainnet import tasks
from brainnet.order import presentation_order, seed_of

EPOCHS = 2


@given(st.integers(0, 2**31 - 2), st.integers(0, 1000), st.integers(0, 500))
def test_an_order_is_a_permutation(seed, epoch, count):
    np.testing.assert_array_equal(np.sort(presentation_order(seed, epoch, count)), np.arange(count))


def test_orders_differ_between_seeds_and_epochs():
    orders = {tuple(presentation_order(seed, epoch, 50)) for seed in range(10) for epoch in range(10)}
    assert len(orders) == 100


def test_equal_numbers_give_equal_seeds():
    assert seed_of(7) == seed_of(np.random.RandomState(7)) != seed_of(8)


def test_both_twins_are_shown_the_same_order(monkeypatch):
    asked = {}
    digits = tasks.load("digits").train
    for module, classifier in (
        ("brainnet.artificial.training", "SigmoidClassifier"),
        ("brainnet.spiking.training.training", "SpikingClassifier"),
    ):
        seen = asked.setdefault(classifier, [])

        def watched(seed, epoch, count, seen=seen):
            # The spiking one takes the order of the epoch to come for the patterns that measure accuracy, too.
            if epoch < EPOCHS and (seed, epoch, count) not in seen:
                seen.append((seed, epoch, count))
            return presentation_order(seed, epoch, count)

        monkeypatch.setattr(f"{module}.presentation_order", watched)
        _small(classifier).fit(digits.patterns[:40], digits.labels[:40])
    assert asked["SigmoidClassifier"] == asked["SpikingClassifier"]


def _small(classifier):
    import brainnet

    if classifier == "SigmoidClassifier":
        return brainnet.SigmoidClassifier(epochs=EPOCHS, random_state=5)
    return brainnet.SpikingClassifier(brainnet.frozen_fields(neurons=100), epochs=EPOCHS, random_state=5)
