"""What the report says of its intervals is what they do on data with a known answer."""

from math import sqrt

import numpy as np
import pytest

from brainnet.statistics import estimate, paired
from brainnet.statistics.coverage import (
    COLLAPSING,
    COMPARISONS,
    NORMAL,
    POPULATIONS,
    SAMPLES,
    SKEWED,
    coverage,
    false_verdicts,
)

REPEATS = 500  # so few that the slow way, one interval at a time, takes no second
SPREAD = 1.1  # standard deviation of the number of false verdicts among 10 pairs, which share their models


def error(share: float, times: int) -> float:
    """Three standard errors of a share found in so many simulations."""
    return 3 * sqrt(share * (1 - share) / times)


@pytest.mark.parametrize("n", [5, 10])
@pytest.mark.parametrize("population", POPULATIONS, ids=lambda population: population.words)
def test_coverage_is_that_of_the_interval_in_use(n, population):
    samples = population.draw(np.random.default_rng(1), (REPEATS, n))
    found = [estimate(sample) for sample in samples]
    held = [e.low <= population.mean <= e.high for e in found if e.low is not None and e.high is not None]
    slow = sum(held) / REPEATS
    assert coverage(n, population) == pytest.approx(slow, abs=error(slow, REPEATS) + error(slow, SAMPLES))


@pytest.mark.parametrize(("population", "published"), [(NORMAL, 0.92), (SKEWED, 0.89), (COLLAPSING, 0.83)])
def test_an_interval_of_five_values_covers_less_the_more_they_are_skewed(population, published):
    # These shares were found in other simulations, of a thousand samples or so, than ours.
    assert coverage(5, population) == pytest.approx(published, abs=error(published, 1000) + error(published, SAMPLES))


@pytest.mark.parametrize("population", POPULATIONS, ids=lambda population: population.words)
def test_populations_have_the_mean_that_they_say(population):
    values = population.draw(np.random.default_rng(2), (100_000,))
    assert values.mean() == pytest.approx(population.mean, abs=4 * values.std() / sqrt(100_000))


@pytest.mark.parametrize(("n", "published"), [(5, 0.73), (10, 0.51)])
def test_false_verdicts_among_five_equal_models_are_as_many_as_were_simulated_elsewhere(n, published):
    tolerance = 3 * SPREAD * (1 / sqrt(1000) + 1 / sqrt(COMPARISONS))
    called, _ = false_verdicts(n, 5)
    assert called == pytest.approx(published, abs=tolerance)
    if n == 5:  # and not the half that 10 pairs at 95 % each would have
        assert called > 0.5 + 3 * SPREAD / sqrt(COMPARISONS)


def test_false_verdicts_are_those_of_the_verdicts_in_use():
    values = np.random.default_rng(3).standard_normal((REPEATS, 2, 5))
    slow = sum(paired(one, other)[1] == "differs" for one, other in values) / REPEATS
    called, any_called = false_verdicts(5, 2)
    assert called == any_called == pytest.approx(slow, abs=error(slow, REPEATS) + error(slow, COMPARISONS))


def test_of_many_pairs_one_is_called_different_more_often_than_of_one_pair():
    called, any_called = false_verdicts(5, 5)
    assert false_verdicts(5, 2)[1] < any_called < called
    assert called == pytest.approx(10 * (1 - coverage(5, NORMAL)), abs=3 * SPREAD / sqrt(COMPARISONS) + 0.06)
