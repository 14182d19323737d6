from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet import tasks
from brainnet.errors import BrainnetError
from brainnet.tasks import bars

SETTINGS: dict[str, Any] = {"train": 64, "validation": 32, "test": 32}


@given(size=st.integers(2, 9))
def test_a_bar_fills_one_row_or_one_column(size):
    images = bars.templates(size).reshape(2 * size, size, size)
    assert len(np.unique(images.reshape(2 * size, -1), axis=0)) == 2 * size
    for place in range(size):
        assert np.array_equal(images[place], np.arange(size)[:, None] == place + np.zeros((1, size)))
        assert np.array_equal(images[size + place], images[place].T)


def test_without_noise_the_label_names_the_bar():
    task = tasks.load("bars", size=4, noise=0, **SETTINGS)
    for part in (task.train, task.validation, task.test):
        assert np.array_equal(part.patterns, bars.templates(4)[part.labels])
    assert task.classes[0] == "row 1"
    assert task.classes[7] == "column 4"


@given(size=st.integers(2, 6), seed=st.integers(0, 2**40), extra=st.integers(0, 9))
@settings(deadline=None)
def test_bars_are_balanced_in_every_split(size, seed, extra):
    count = 2 * size + extra
    task = tasks.load("bars", seed=seed, size=size, train=count, validation=count, test=count)
    for part in (task.train, task.validation, task.test):
        assert np.ptp(np.bincount(part.labels, minlength=2 * size)) <= 1


@pytest.mark.parametrize("noise", [0.05, 0.3])
def test_noise_flips_that_fraction_of_pixels(noise):
    task = tasks.load("bars", noise=noise, train=2000)
    flipped = task.train.patterns != bars.templates()[task.train.labels]
    assert flipped.mean() == pytest.approx(noise, rel=0.05)


@pytest.mark.parametrize("occlusion", [0.25, 0.5, 1.0])
def test_occlusion_blanks_that_fraction_of_every_pattern_and_touches_nothing_else(occlusion):
    whole, hidden = (tasks.load("bars", noise=0.5, occlusion=level, **SETTINGS).train for level in (0, occlusion))
    changed = whole.patterns != hidden.patterns
    assert (hidden.patterns[changed] == 0).all()
    assert changed.sum(axis=1).max() <= occlusion * 64
    assert changed.mean() == pytest.approx(occlusion / 2, abs=0.03)  # half of the pixels were 0 before


@given(levels=st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)).map(sorted))
@settings(deadline=None, max_examples=25)
def test_what_a_low_noise_flips_a_higher_noise_flips_too(levels):
    low, high = (tasks.load("bars", noise=level, **SETTINGS).train for level in levels)
    clean = bars.templates()[low.labels]
    assert np.array_equal(low.labels, high.labels)
    assert not np.any((low.patterns != clean) & (high.patterns == clean))


@given(levels=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted))
@settings(deadline=None, max_examples=25)
def test_what_a_low_occlusion_hides_a_higher_occlusion_hides_too(levels):
    low, high = (tasks.load("bars", occlusion=level, **SETTINGS).train for level in levels)
    assert np.all(high.patterns <= low.patterns)


@given(size=st.integers(2, 8), probability=st.floats(0, 1), seed=st.integers(0, 1000))
@settings(deadline=None)
def test_a_superposition_is_the_union_of_the_bars_it_contains(size, probability, seed):
    patterns = tasks.superpositions(20, size, probability, seed)
    templates = bars.templates(size)
    contained = patterns @ templates.T == size
    assert np.array_equal(patterns, np.minimum(contained @ templates, 1))


def test_a_pixel_of_a_superposition_is_dark_when_both_its_bars_are_absent():
    patterns = tasks.superpositions(20_000, size=5, probability=0.125)
    assert patterns.mean() == pytest.approx(1 - 0.875**2, rel=0.02)
    assert np.array_equal(patterns, tasks.superpositions(20_000, size=5, probability=0.125))


@pytest.mark.parametrize(
    "wrong",
    [{"size": 1}, {"size": 2.0}, {"noise": 0.6}, {"occlusion": 1.1}, {"occlusion": np.inf}, {"train": 15}, {"test": 0}],
)
def test_settings_out_of_range_are_named_with_their_value(wrong):
    ((key, value),) = wrong.items()
    with pytest.raises(BrainnetError, match=f"^{key} must be .*") as caught:
        tasks.load("bars", **wrong)
    assert repr(value) in str(caught.value)


@pytest.mark.parametrize("wrong", [{"count": 0}, {"probability": -0.5}, {"seed": -1}, {"size": 0}])
def test_superpositions_refuse_settings_out_of_range(wrong):
    ((key, value),) = wrong.items()
    with pytest.raises(BrainnetError, match=f"^{key} must be .*got {value}"):
        tasks.superpositions(**{"count": 5, **wrong})
