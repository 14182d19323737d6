"""Firing patterns of AdEx and Izhikevich's neurons, told from their inter-spike intervals."""

import numpy as np
import pytest

from brainnet.spiking.neurons import (
    CHATTERING,
    FAST_SPIKING,
    INTRINSICALLY_BURSTING,
    LOW_THRESHOLD_SPIKING,
    NAUD_2008,
    REGULAR_SPIKING,
    IzhikevichMixture,
)

DT = 0.05
IZHIKEVICH = {
    "RS": REGULAR_SPIKING,
    "IB": INTRINSICALLY_BURSTING,
    "CH": CHATTERING,
    "FS": FAST_SPIKING,
    "LTS": LOW_THRESHOLD_SPIKING,
}


def period(intervals: np.ndarray, dt_ms: float, at_most: int = 8) -> int:
    """After how many intervals the second half of them repeats, to 5 % and a step; 0 for not at all."""
    late = intervals[len(intervals) // 2 :]
    for p in range(1, min(at_most, len(late) // 2) + 1):
        if np.all(np.abs(late[p:] - late[:-p]) <= 0.05 * late[:-p] + dt_ms):
            return p
    return 0


def adex_pattern(spikes_ms: np.ndarray, duration_ms: float, dt_ms: float) -> str:
    """Which of the eight patterns of Naud et al. 2008 a response to a step of current is."""
    if len(spikes_ms) and spikes_ms[-1] < duration_ms / 2:
        return "transient"
    intervals = np.diff(spikes_ms)
    repeats = period(intervals, dt_ms)
    if repeats == 0:
        return "irregular"
    if repeats > 1:
        return "delayed regular bursting" if spikes_ms[0] > intervals.max() / 2 else "regular bursting"
    if intervals[-1] < 0.75 * intervals[0]:
        return "delayed accelerating" if spikes_ms[0] > intervals.max() else "accelerating"
    if (intervals[1:] > 3 * intervals[:-1]).any():
        return "initial burst"
    return "adapting" if intervals[-1] > 2 * intervals[0] else "tonic"


def izhikevich_kind(strong_ms: np.ndarray, weak_ms: np.ndarray, duration_ms: float, dt_ms: float) -> str:
    """Which of five cortical kinds fires so under a current of 10 and of 3 (Izhikevich 2003, figure 2)."""
    intervals = np.diff(strong_ms)
    if period(intervals, dt_ms) > 1:
        return "CH"
    assert period(intervals, dt_ms) == 1, f"it neither bursts nor settles: {intervals}"
    if (intervals[1:] > 3 * intervals[:-1]).any():
        return "IB"
    adapts = intervals[-1] > 2 * intervals[0]
    if len(weak_ms) and weak_ms[-1] > duration_ms / 2:
        assert adapts, f"a low threshold, but no adaptation: {intervals}"
        return "LTS"
    if adapts:
        return "RS"
    assert intervals[-1] < 10, f"no adaptation, yet slow: {intervals}"
    return "FS"


@pytest.mark.parametrize("name", NAUD_2008)
def test_adex_has_the_eight_patterns_of_naud_2008(trains, name):
    neuron, current = NAUD_2008[name]
    assert adex_pattern(trains(neuron, [current], 900.0, DT)[0], 900.0, DT) == name


@pytest.mark.parametrize("name", IZHIKEVICH)
def test_izhikevich_has_the_five_cortical_kinds(trains, name):
    strong, weak = trains(IZHIKEVICH[name], [10.0, 3.0], 400.0, DT)
    assert izhikevich_kind(strong, weak, 400.0, DT) == name


def test_a_mixture_of_neurons_fires_as_each_would_alone(trains):
    kinds = [REGULAR_SPIKING, INTRINSICALLY_BURSTING, CHATTERING, FAST_SPIKING]
    constants = {
        name: np.array([getattr(kind, field) for kind in kinds])
        for name, field in {"a": "a", "b": "b", "c": "c_mV", "d": "d_mV"}.items()
    }
    together = trains(IzhikevichMixture(v_start_mV=-70.0), np.full(4, 10.0), 100.0, 0.1, **constants)
    for kind, mixed in zip(kinds, together, strict=True):
        np.testing.assert_allclose(mixed, trains(kind, [10.0], 100.0, 0.1)[0])
