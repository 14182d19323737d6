"""Every spiking learning rule with its formula: how near they come in both backends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, partial

import numpy as np

from brainnet.conformance.agreement import Pair
from brainnet.conformance.spiking import formulas
from brainnet.conformance.spiking.spike_by_spike import (
    CLOSE,
    DT,
    REWARD,
    REWARDED,
    STEPS,
    TARGET,
    Subject,
    expected,
    random_trains,
    simulated,
)
from brainnet.spiking.learning import (
    DeltaRule,
    InhibitorySTDP,
    Multiplicative,
    PairSTDP,
    PfisterGerstnerSTDP,
    PostsynapticSTDP,
    PowerLaw,
    RewardSTDP,
    SymmetricSTDP,
    TripletSTDP,
)
from brainnet.spiking.simulator import Backend, resolved

GIVEN = (tuple(step * DT for step in REWARDED), REWARD, (STEPS - 1) * DT)
SUBJECTS = {
    "additive": Subject(PairSTDP(rate=0.1), formulas.pair),
    "nearest": Subject(PairSTDP(rate=0.3, pairs="nearest", dependence=Multiplicative()), formulas.pair),
    "power": Subject(PairSTDP(rate=0.3, dependence=PowerLaw(0.4), w_max=1.2), formulas.pair),
    "triplet": Subject(PfisterGerstnerSTDP(a2_plus=2e-3), formulas.pfister_gerstner),
    "symmetric": Subject(SymmetricSTDP(rate=0.02), formulas.symmetric),
    "inhibitory": Subject(InhibitorySTDP(rate=0.05, target_rate_hz=12.0), formulas.vogels),
    "reward": Subject(
        RewardSTDP(rate=20.0, tau_c_ms=100.0, tau_d_ms=30.0, w_max=1.2), partial(formulas.reward, given=GIVEN)
    ),
    "postsynaptic": Subject(PostsynapticSTDP(rate=0.1, w_max=0.8, tau_x_ms=15.0), formulas.postsynaptic),
    "diehl_cook": Subject(TripletSTDP(rate_pre=0.02, rate_post=0.1, tau_y1_ms=25.0), formulas.diehl_cook),
    "delta": Subject(
        DeltaRule(rate=0.05, max_rate_hz=100.0, settle_ms=30.0), partial(formulas.delta, target=TARGET)
    ),
}  # fmt: skip
RULES = {name: subject.rule for name, subject in SUBJECTS.items()}
NAMES: dict[Backend, str] = {"numpy": "in NumPy", "standalone": "compiled"}
DELAY_MS = 13 * DT  # of every second train
TOLERANCE = f"{CLOSE:.0e}"
REASON = "the formula is an exact sum over pairs of spikes, and only rounding in double precision lies between"


@cache
def learned(name: str, seed: int, backend: Backend) -> np.ndarray:
    """The weights of a rule after random trains, (pair,)."""
    if backend == "standalone":
        return compiled(seed)[name]
    return simulated({name: RULES[name]}, random_trains(seed), delay_ms=delay_ms(seed))[name]


def delay_ms(seed: int) -> float:
    """After which presynaptic spikes arrive, in the trains of that seed."""
    return DELAY_MS * (seed % 2)


@cache
def compiled(seed: int) -> dict[str, np.ndarray]:
    """The weights of all rules after random trains, in one network, so that few have to be built."""
    return simulated(RULES, random_trains(seed), "standalone", delay_ms=delay_ms(seed))


def backends() -> tuple[Backend, ...]:
    """Those that can run here."""
    return ("numpy",) if resolved("auto") == "numpy" else ("numpy", "standalone")


def compared(names: Iterable[str], full: bool) -> dict[Backend, Pair]:
    """Weights after every spike of random trains, by these rules and by their formulas, each (spike,)."""
    runs = [(name, seed) for name in names for seed in range(20 if full else 3)]
    found: dict[Backend, Pair] = {}
    for backend in backends():
        sides = []
        for name, seed in runs:
            given = random_trains(seed)
            fired = given.spikes > 0
            sides.append(
                (learned(name, seed, backend)[fired], expected(SUBJECTS[name], given, delay_ms=delay_ms(seed))[fired])
            )
        found[backend] = (np.concatenate([rule for rule, _ in sides]), np.concatenate([by for _, by in sides]))
    return found


def off(pair: Pair) -> float:
    """The largest difference of both sides."""
    return float(np.abs(pair[0] - pair[1]).max())


def agree(pairs: Mapping[Backend, Pair]) -> bool:
    """Whether every weight is the formula's in every backend."""
    return all(off(pair) <= CLOSE for pair in pairs.values())


def words(pairs: Mapping[Backend, Pair]) -> str:
    """How many weights there were, and how far off the worst is in each backend."""
    worst = ", ".join(f"{off(pair):.0e} {NAMES[backend]}" for backend, pair in pairs.items())
    return f"worst of {len(pairs['numpy'][0]):,} weights, part of them behind a delay, off by {worst}"
