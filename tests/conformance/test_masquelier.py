"""How runs are judged in which a neuron has to find a returning pattern."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.conformance.spiking.chance import fewest, interval
from brainnet.conformance.spiking.masquelier import SLOT_MS, Heard


def test_a_run_succeeds_with_hits_and_no_false_alarm_in_its_last_third():
    shown = np.zeros((120, 3), bool)
    shown[::4] = True
    answered = np.flatnonzero(shown[:, 0]) * SLOT_MS + 7.0
    early, late = 30 * SLOT_MS - 1, 90 * SLOT_MS - 1
    times = np.concatenate([answered, [early], answered, [late], answered[:-1]])
    runs = np.repeat([0, 1, 2], [len(answered) + 1, len(answered) + 1, len(answered) - 1])
    heard = Heard(times, runs, shown)
    assert heard.successes().tolist() == [True, False, False]
    hits, false = heard.course(1, 2.0)
    assert hits.tolist() == [1, 1, 1]
    assert false.tolist() == [0, 0, 1]


def test_as_many_runs_must_succeed_as_chance_leaves():
    assert [fewest(n, 0.96) for n in (2, 10, 100)] == [1, 8, 91]
    assert interval(10, 10) == pytest.approx((0.722, 1.0), abs=1e-3)
    assert interval(96, 100) == pytest.approx((0.902, 0.984), abs=1e-3)
