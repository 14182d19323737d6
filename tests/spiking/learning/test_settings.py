"""What the rules of learning refuse, and how they are slowed."""

from __future__ import annotations

import pytest

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
    with pytest.raises(BrainnetError, match=rf"{rule.__name__}\.{field} must be positive and finite \(got {value}\)"):
        rule(**{field: value})


def test_bad_choices_are_named():
    with pytest.raises(BrainnetError, match=r"PairSTDP\.pairs must be 'all' or 'nearest' \(got 'some'\)"):
        PairSTDP(pairs="some")  # type: ignore[arg-type]
    with pytest.raises(BrainnetError, match=r"PowerLaw\.mu must be a number from 0 to 1 \(got 2\.0\)"):
        PowerLaw(2.0)


def test_slowed_scales_the_rate():
    simple = (PairSTDP, PfisterGerstnerSTDP, SymmetricSTDP, InhibitorySTDP, RewardSTDP, DeltaRule, PostsynapticSTDP)
    for rule in simple:
        assert rule(rate=0.2).slowed(0.5) == rule(rate=0.1)
    assert TripletSTDP(rate_pre=0.2, rate_post=0.4).slowed(0.5) == TripletSTDP(rate_pre=0.1, rate_post=0.2)
