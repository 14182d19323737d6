"""A rate curve is the curve it was given, its slope that of exactly that curve; networks of such neurons learn."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from brainnet.artificial import RateCurve, SigmoidClassifier
from brainnet.comparison.settings import settings as settings_of
from brainnet.errors import BrainnetError
from brainnet.spiking import LIF, fi_curve

CURRENTS, RATES = (-1.0, 0.0, 1.0, 3.0), (0.0, 0.0, 30.0, 50.0)
CURVE = RateCurve(CURRENTS, RATES)


@st.composite
def curves(draw) -> RateCurve:
    """Curves of up to eight points, with level lines among the others."""
    steps = draw(st.lists(st.floats(0.2, 2.0), min_size=1, max_size=7))
    rises = draw(st.lists(st.sampled_from([0.0, 1.0, 20.0]), min_size=len(steps), max_size=len(steps)))
    rises[draw(st.integers(0, len(rises) - 1))] = 5.0
    begin = draw(st.floats(-3.0, 1.0))
    return RateCurve(np.cumsum([begin, *steps]), np.cumsum([draw(st.floats(0.0, 10.0)), *rises]))


def test_it_goes_through_its_points_and_stays_level_beyond_them():
    a = CURVE.activation(np.array([-9.0, *CURRENTS, 2.0, 9.0]))
    np.testing.assert_allclose(a, [0.0, 0.0, 0.0, 0.6, 1.0, 0.8, 1.0], rtol=1e-15)


def test_the_largest_rate_may_be_given():
    z = np.linspace(-2, 4, 50)
    np.testing.assert_allclose(RateCurve(CURRENTS, RATES, 200).activation(z), CURVE.activation(z) / 4, rtol=1e-15)


@settings(deadline=None)
@given(curves(), st.sampled_from([np.float32, np.float64]))
def test_the_slope_is_the_derivative_on_every_line_and_beyond(curve, dtype):
    corners = np.array(curve.currents)
    inside = (corners[1:] + corners[:-1]) / 2
    z = np.concatenate([[corners[0] - 1], inside, [corners[-1] + 1]])
    h = 0.05  # lines: any step that stays on them
    derivative = (curve.activation(z + h) - curve.activation(z - h)) / (2 * h)
    found = curve.slope(curve.activation(z.astype(dtype)))
    assert found.dtype == dtype
    np.testing.assert_allclose(found, derivative, rtol=1e-6, atol=1e-14)
    assert found[0] == found[-1] == 0


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_it_works_in_place_and_fills_out(dtype):
    z = np.linspace(-3, 5, 12, dtype=dtype).reshape(3, 4)
    fresh = CURVE.activation(z)
    assert fresh.dtype == dtype
    assert not np.shares_memory(fresh, z)
    assert CURVE.activation(z, out=z) is z
    np.testing.assert_array_equal(z, fresh)
    out = np.full_like(fresh, np.nan)
    CURVE.slope(fresh, out=out)
    np.testing.assert_array_equal(out, CURVE.slope(fresh))


def test_nan_stays_nan_so_that_a_training_that_diverges_is_seen():
    assert np.isnan(CURVE.activation(np.array([np.nan, 0.0]))).tolist() == [True, False]


def test_curves_of_equal_points_are_equal_whatever_they_were_given_as():
    other = RateCurve(np.array(CURRENTS), list(RATES))
    assert other == CURVE
    assert hash(other) == hash(CURVE)
    assert RateCurve(CURRENTS, RATES, 51) != CURVE
    CURVE.activation(np.zeros(1))
    assert pickle.loads(pickle.dumps(CURVE)) == CURVE


def test_the_gain_is_where_nine_tenths_of_a_sigmoid_are():
    z = np.linspace(-12, 12, 2001)
    assert RateCurve(z, 1 / (1 + np.exp(-z))).gain == pytest.approx(np.log(9), abs=1e-3)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (((0, 1), (0, np.nan)), r"RateCurve\.rates_hz must be two or more finite numbers in a row \(got \(0, nan\)\)"),
        (((0,), (1,)), r"RateCurve\.currents must be two or more finite numbers in a row \(got \(0,\)\)"),
        ((("a", "b"), (0, 1)), r"RateCurve\.currents must be two or more finite numbers in a row"),
        (((0, 1, 2), (0, 1)), r"RateCurve\.rates_hz must be 3 numbers, one for each current \(got \(0\.0, 1\.0\)\)"),
        (((0, 2, 1), (0, 1, 2)), r"RateCurve\.currents must increase: sort them"),
        (((0, 1, 1), (0, 1, 2)), r"RateCurve\.currents must increase: sort them, and leave out repeats"),
        (((0, 1, 2), (0, 3, 2)), r"must not fall: leave some out, or give np\.maximum\.accumulate\(rates_hz\)"),
        (((0, 1, 2), (5, 5, 5)), r"RateCurve\.rates_hz must rise from 0 or more: give larger currents"),
        (((0, 1), (-1, 5)), r"RateCurve\.rates_hz must rise from 0 or more"),
        (((0, 1), (0, 5), 4), r"RateCurve\.largest_hz must be at least the last rate, 5 \(got 4\)"),
        (((0, 1), (0, 5), np.nan), r"RateCurve\.largest_hz must be positive and finite \(got nan\)"),
    ],
)
def test_an_error_names_field_rule_and_value(arguments, said):
    with pytest.raises(BrainnetError, match=said):
        RateCurve(*arguments)


@pytest.fixture(scope="module")
def lif() -> RateCurve:
    """The f-I curve of a leaky integrate-and-fire neuron, as simulated."""
    currents = np.linspace(0.8, 4, 33)
    curve = fi_curve(LIF(), currents, duration_ms=100, settle_ms=100, dt_ms=0.1, backend="numpy")
    return RateCurve(curve.currents, curve.rates_hz)


def test_a_network_with_the_curve_of_a_spiking_neuron_learns_digits(lif):
    patterns, labels = load_digits(return_X_y=True)
    drawn = train_test_split(patterns / 16, labels, test_size=360, stratify=labels, random_state=0)
    train, test, labels, test_labels = drawn
    model = SigmoidClassifier((50,), neuron=lif, epochs=15, random_state=0).fit(train, labels)
    assert model.score(test, test_labels) > 0.93


def test_neurons_with_the_curve_of_a_noisy_spiking_neuron_learn_xor():
    currents = np.linspace(-1, 4, 26)
    curve = fi_curve(LIF(), currents, noise_sd=3.5, duration_ms=1000, settle_ms=100, dt_ms=0.5, backend="numpy")
    neuron = RateCurve(curve.currents, np.maximum.accumulate(curve.rates_hz))
    corners, labels = np.array([(0, 0), (0, 1), (1, 0), (1, 1)], float), np.array([0, 1, 1, 0])
    models = (SigmoidClassifier((8,), neuron=neuron, epochs=500, random_state=seed) for seed in range(10))
    solved = [model.fit(corners, labels).score(corners, labels) == 1 for model in models]
    assert np.sum(solved) >= 9


def test_a_classifier_with_a_curve_can_be_cloned_printed_and_put_into_a_report(lif):
    classifier: Any = clone(SigmoidClassifier(neuron=lif))
    assert classifier.neuron == lif
    assert repr(classifier) == "SigmoidClassifier(neuron=RateCurve(33 points from 0.8 to 4, 0 to 1))"
    told = settings_of(classifier)
    assert told["neuron"] == "RateCurve"
    assert told["neuron.currents"].startswith("0.8, 0.9, 1, ")
    assert told["neuron.largest_hz"] == "the last of the rates"
