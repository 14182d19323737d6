"""Rules against what was published of them: the window of pairs, the dependence on frequency of triplets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from mutants import mutants
from spike_by_spike import PAIRS, STEPS, Trains, simulated

from brainnet.errors import BrainnetError
from brainnet.spiking.learning import (
    DeltaRule,
    InhibitorySTDP,
    PairSTDP,
    PfisterGerstnerSTDP,
    PostsynapticSTDP,
    PowerLaw,
    RewardSTDP,
    SymmetricSTDP,
    TripletSTDP,
)

FREQUENCIES_HZ = (0.1, 10.0, 20.0, 40.0, 50.0)
AFTER_60 = {10: (0.0, 0.13, 0.25, 0.53, 0.74), -10: (-0.31, -0.33, -0.35, 0.15, 0.73)}
LONE = 3  # pairings ten seconds apart leave nothing to each other: three are a twentieth of sixty


LAGS_MS = np.array([lag for lag in range(-PAIRS // 2, PAIRS // 2 + 1) if lag])


def single_pairs(rules: dict[str, Any]) -> dict[str, np.ndarray]:
    """Weights, from 0.5, after one pair of spikes at each of the lags."""
    pre, post = np.zeros((STEPS, PAIRS)), np.zeros((STEPS, PAIRS))
    pre[STEPS // 2] = 1
    post[STEPS // 2 + 2 * LAGS_MS, np.arange(PAIRS)] = 1
    return simulated(rules, Trains(pre, post, np.full(PAIRS, 0.5)))


def check_window(weights: np.ndarray, rate: float) -> None:
    """Raise AssertionError unless single pairs have changed the weight as the fit to Bi & Poo 1998 says."""
    kernel = np.where(LAGS_MS > 0, 0.777 * np.exp(-LAGS_MS / 16.8), -0.273 * np.exp(LAGS_MS / 33.7))
    np.testing.assert_allclose((weights - 0.5) / rate, kernel, rtol=0, atol=1e-6)


def pairings(dt_ms: float) -> tuple[Trains, np.ndarray]:
    """Trains of 60 pairings at each frequency, +10 ms and then -10 ms; and what part of 60 they are."""
    counts = np.array([LONE if frequency < 1 else 60 for frequency in FREQUENCIES_HZ] * 2)
    steps = int(LONE * 10_000 / dt_ms)
    pre, post = np.zeros((steps, 10)), np.zeros((steps, 10))
    for column, lag_ms in enumerate([10] * 5 + [-10] * 5):
        begin = 20 + np.arange(counts[column]) * 1000 / FREQUENCIES_HZ[column % 5]
        pre[np.rint(begin / dt_ms).astype(int), column] = 1
        post[np.rint((begin + lag_ms) / dt_ms).astype(int), column] = 1
    return Trains(pre, post, np.full(10, 0.5)), counts / 60


def check_frequencies(rules: dict[str, Any], rate: float) -> None:
    """Raise AssertionError unless 60 pairings change the weight by the published share, to its printed precision."""
    given, part = pairings(5.0)
    for weights in simulated(rules, given, dt_ms=5.0).values():
        change = (weights - 0.5) / rate / part
        np.testing.assert_allclose(change, AFTER_60[10] + AFTER_60[-10], rtol=0, atol=0.005)


def test_pair_window_equals_its_kernel():
    # One pair does not tell a trace that adds from one that is set.
    planted = {slip.replace(" ", "_"): mutant for slip, mutant in mutants(PairSTDP(rate=0.1)) if "for" not in slip}
    kinds = {"all_pairs": PairSTDP(rate=0.1), "nearest": PairSTDP(rate=0.1, pairs="nearest")}
    weights = single_pairs(kinds | planted)
    for kind in kinds:
        check_window(weights[kind], 0.1)
    for slip in planted:
        with pytest.raises(AssertionError):
            check_window(weights[slip], 0.1)


def test_triplets_depend_on_frequency_as_published():
    check_frequencies({"triplet": PfisterGerstnerSTDP(rate=0.1)}, 0.1)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (PairSTDP, "tau_plus_ms"),
        (PfisterGerstnerSTDP, "tau_y_ms"),
        (SymmetricSTDP, "tau_ms"),
        (InhibitorySTDP, "target_rate_hz"),
        (RewardSTDP, "tau_c_ms"),
        (PostsynapticSTDP, "rate"),
        (DeltaRule, "rate"),
    ],
)
@pytest.mark.parametrize("value", [0.0, -1.0, float("nan")])
def test_bad_constants_are_named(rule, field, value):
    with pytest.raises(BrainnetError, match=rf"{rule.__name__}\.{field} must be a positive number \(got {value}\)"):
        rule(**{field: value})


def test_bad_choices_are_named():
    with pytest.raises(BrainnetError, match=r"PairSTDP\.pairs must be 'all' or 'nearest' \(got 'some'\)"):
        PairSTDP(pairs="some")  # type: ignore[arg-type]
    with pytest.raises(BrainnetError, match=r"PowerLaw\.mu must be at most 1 \(got 2\.0\)"):
        PowerLaw(2.0)


def test_slowed_scales_the_rate():
    simple = (PairSTDP, PfisterGerstnerSTDP, SymmetricSTDP, InhibitorySTDP, RewardSTDP, DeltaRule, PostsynapticSTDP)
    for rule in simple:
        assert rule(rate=0.2).slowed(0.5) == rule(rate=0.1)
    assert TripletSTDP(rate_pre=0.2, rate_post=0.4).slowed(0.5) == TripletSTDP(rate_pre=0.1, rate_post=0.2)
