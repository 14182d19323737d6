"""The statistics are tested on data whose answer is known."""

from itertools import product

import numpy as np
import pytest

from brainnet.comparison.results import Row
from brainnet.comparison.scores import differences, scores
from brainnet.statistics import Estimate, estimate, intervals, paired, verdict
from brainnet.statistics.intervals import student_quantile

REPEATS = 1000
# Of 10,000 simulated samples 92.2 % were covered with 5 seeds and 94.4 % with 10; REPEATS leave an error of 0.8 points.
COVERAGE = [(5, 0.90, 0.95), (10, 0.92, 0.97)]


def row(model: str, seed: int, accuracy: float) -> Row:
    return Row("digits", model, seed, {"accuracy": accuracy})


@pytest.mark.parametrize(
    ("probability", "freedom", "expected"),
    # Table of Student's distribution; Fisher and Yates (1963), Statistical Tables.
    [(0.975, 4, 2.776445), (0.975, 9, 2.262157), (0.95, 4, 2.131847), (0.995, 10, 3.169273), (0.5, 7, 0.0)],
)
def test_student_quantile_equals_the_tables(probability, freedom, expected):
    assert student_quantile(probability, freedom) == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize(("n", "least", "most"), COVERAGE)
def test_interval_covers_the_true_mean_nearly_95_times_in_100(n, least, most):
    samples = np.random.default_rng(1).normal(3.0, 2.0, size=(REPEATS, n))
    found = [estimate(sample) for sample in samples]
    coverage = np.mean([e.low <= 3.0 <= e.high for e in found if e.low is not None and e.high is not None])
    assert least <= coverage <= most


@pytest.mark.parametrize(("n", "least", "most"), COVERAGE)
def test_equal_models_are_called_different_as_rarely_as_the_coverage_says(n, least, most):
    rng = np.random.default_rng(2)
    pairs = rng.normal(0.9, 0.02, size=(REPEATS, 2, n))
    called = np.mean([paired(a, b)[1] == "differs" for a, b in pairs])
    assert 1 - most <= called <= 1 - least


def test_a_real_difference_is_found_nearly_always():
    rng = np.random.default_rng(3)
    pairs = rng.normal([[[0.92]], [[0.90]]], 0.003, size=(2, 100, 5)).swapaxes(0, 1)
    assert np.mean([paired(a, b)[1] == "differs" for a, b in pairs]) > 0.95


def test_pairing_by_seed_removes_what_the_seeds_have_in_common():
    rng = np.random.default_rng(4)
    by_split = rng.normal(0.9, 0.05, 10)  # easy and hard splits
    ours, theirs = by_split + 0.01 + rng.normal(0, 0.002, 10), by_split + rng.normal(0, 0.002, 10)
    matched, _ = paired(ours, theirs)
    unmatched, _ = paired(ours, np.roll(theirs, 1))
    assert matched.mean == pytest.approx(unmatched.mean)
    assert width(matched) < width(unmatched) / 5


def width(found: Estimate) -> float:
    assert found.low is not None
    assert found.high is not None
    return found.high - found.low


def test_interval_of_five_values_agrees_with_all_3125_resamples():
    values = np.array([0.91, 0.93, 0.94, 0.96, 0.97])
    means = np.array([np.mean(choice) for choice in product(values, repeat=5)])
    _, tail = intervals.resampling(5)
    found = estimate(values)
    assert found.mean == pytest.approx(values.mean())
    assert found.low == pytest.approx(np.quantile(means, tail), abs=0.004)
    assert found.high == pytest.approx(np.quantile(means, 1 - tail), abs=0.004)


def test_interval_is_wider_than_the_plain_percentiles():
    values = np.random.default_rng(5).normal(size=6)
    means = np.random.default_rng(6).choice(values, (20_000, 6)).mean(axis=1)
    plain = np.quantile(means, [0.025, 0.975])
    assert width(estimate(values)) > 1.2 * (plain[1] - plain[0])


def test_equal_values_have_an_interval_of_no_width():
    assert estimate([0.1] * 5) == Estimate(0.1, 0.1, 0.1)


def test_the_same_values_give_the_same_interval():
    values = np.random.default_rng(7).random(8)
    assert estimate(values) == estimate(values.copy())


@pytest.mark.parametrize("n", [1, 2, 4])
def test_too_few_seeds_give_a_mean_and_no_interval(n):
    found, word = paired(np.full(n, 0.9), np.full(n, 0.8))
    assert (found.low, found.high, word) == (None, None, "too few seeds")
    assert found.mean == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (0.001, 0.02, "differs"),
        (-0.02, -0.001, "differs"),
        (0.001, 0.002, "differs"),
        (-0.004, 0.004, "equivalent"),
        (0.0, 0.0, "equivalent"),
        (-0.005, 0.004, "inconclusive"),
        (-0.004, 0.006, "inconclusive"),
        (0.0, 0.02, "inconclusive"),
    ],
)
def test_verdict_follows_from_the_interval(low, high, word):
    assert verdict(Estimate((low + high) / 2, low, high)) == word


def test_values_of_different_seeds_cannot_be_paired():
    with pytest.raises(ValueError, match="same seeds"):
        paired(np.ones(5), np.ones(6))


def test_differences_pair_by_seed_whatever_the_order_of_the_rows():
    ours = [row("a", seed, 0.5 + seed / 100) for seed in (3, 1, 0, 4, 2)]
    reference = [row("b", seed, 0.4 + seed / 100) for seed in range(5)]
    (found,) = differences(ours + reference, reference="b")
    assert (found.model, found.reference, found.verdict) == ("a", "b", "differs")
    assert found.accuracy.low == pytest.approx(0.1)
    assert found.accuracy.high == pytest.approx(0.1)


def test_differences_hold_every_pair_once_and_the_reference_first():
    rows = [row(model, seed, 0.5) for model in "abcd" for seed in range(5)]
    found = [(d.model, d.reference) for d in differences(rows, reference="b")]
    assert found[:3] == [("a", "b"), ("c", "b"), ("d", "b")]
    assert {frozenset(pair) for pair in found} == {frozenset(p) for p in ("ab", "ac", "ad", "bc", "bd", "cd")}
    assert len(found) == 6


def test_scores_keep_the_order_of_the_models():
    rows = [row(model, seed, 0.1) for model in "zay" for seed in range(5)]
    assert [score.model for score in scores(rows)] == ["z", "a", "y"]
