from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from brainnet.tasks import split

LABELS = st.lists(st.integers(0, 4), min_size=12, max_size=200).map(np.array)


@given(labels=LABELS, seed=st.integers(0, 2**70), sizes=st.tuples(st.integers(1, 6), st.integers(1, 5)))
def test_parts_have_the_sizes_asked_for_and_share_nothing(labels, seed, sizes):
    parts = split.stratified(labels, sizes, split.generator(seed, "a task"))
    assert [len(part) for part in parts] == [*sizes, len(labels) - sum(sizes)]
    assert np.array_equal(np.sort(np.concatenate(parts)), np.arange(len(labels)))


@given(each=st.integers(1, 20), classes=st.integers(2, 6), seed=st.integers(0, 100))
def test_equal_classes_are_dealt_equally(each, classes, seed):
    labels = np.tile(np.arange(classes), 4 * each)
    parts = split.stratified(labels, (classes * each, 2 * classes * each), split.generator(seed, "a task"))
    for part in parts:
        assert np.ptp(np.bincount(labels[part], minlength=classes)) == 0


def test_a_rare_class_goes_to_training_first():
    labels = np.array([0] * 99 + [1])
    tested, trained = split.stratified(labels, (20,), split.generator(0, "a task"))
    assert 99 in trained
    assert len(tested) == 20


def test_order_within_a_part_does_not_follow_the_classes():
    labels = np.repeat(np.arange(4), 100)
    (_, trained) = split.stratified(labels, (40,), split.generator(0, "a task"))
    neighbours = np.mean(labels[trained][1:] == labels[trained][:-1])
    assert 0.15 < neighbours < 0.35


def test_streams_differ_by_seed_and_by_name():
    draws = {(seed, name): split.generator(seed, name).random() for seed in (0, 1) for name in ("a", "b")}
    assert len(set(draws.values())) == 4
    assert draws[0, "a"] == split.generator(0, "a").random()
