"""Izhikevich's neuron: five cortical kinds, and the current at which it begins to fire (V3)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking import patterns
from brainnet.conformance.spiking.observe import Seen, observe
from brainnet.spiking.neurons import (
    CHATTERING,
    FAST_SPIKING,
    INTRINSICALLY_BURSTING,
    LOW_THRESHOLD_SPIKING,
    REGULAR_SPIKING,
    Izhikevich,
    IzhikevichMixture,
)

MS, DT = 400.0, 0.1
FINE_DT = 0.02
STRONG, WEAK = 10.0, 3.0  # the step of figure 2, and one that only a low threshold answers for long
STAIRS = np.array([0.6, 0.8, 0.9, 0.96, 0.98, 1.02])  # of the rheobase
STAIR_MS, STAIR_DT = 1000.0, 0.2
KINDS = {  # a, b, c, d
    "RS": (0.02, 0.2, -65.0, 8.0),
    "IB": (0.02, 0.2, -55.0, 4.0),
    "CH": (0.02, 0.2, -50.0, 2.0),
    "FS": (0.1, 0.2, -65.0, 2.0),
    "LTS": (0.02, 0.25, -65.0, 2.0),
}
NAMED = (REGULAR_SPIKING, INTRINSICALLY_BURSTING, CHATTERING, FAST_SPIKING, LOW_THRESHOLD_SPIKING)


def responses(kind: Any, dt_ms: float = DT) -> tuple[Seen, list[str]]:
    """What the five kinds do under a strong current and then, as five more neurons, a weak one; and which they are."""
    constants, current = [*KINDS.values()] * 2, {"current": np.repeat([STRONG, WEAK], 5)}
    if kind.__name__ == "IzhikevichMixture":
        seen = observe(kind(v_start_mV=-70.0), current | _signals(constants), MS, dt_ms, traces=("v",))
    else:
        seen = observe([kind(*each) for each in constants], current, MS, dt_ms, traces=("v",))
    pairs = zip(seen.spikes_ms[:5], seen.spikes_ms[5:], strict=True)
    return seen, [patterns.izhikevich_kind(strong, weak, MS, dt_ms) for strong, weak in pairs]


def _signals(constants: list[tuple[float, ...]]) -> dict[str, np.ndarray]:
    return dict(zip("abcd", np.transpose(constants), strict=True))


def last_stable(n: Izhikevich) -> float:
    """The largest constant current that has a state of rest at which the Jacobian's trace is below 0, its determinant
    above."""
    v = np.linspace(-80, -40, 40001)
    slope = 0.08 * v + 5
    stable = (slope - n.a < 0) & (n.a * (n.b - slope) > 0)
    return float((n.b * v - 0.04 * v**2 - 5 * v - 140)[stable].max())


def check(kind: Any) -> None:
    """The five kinds; and the current from which they go on firing, by stability and by simulation."""
    named = responses(kind)[1]
    require(named == list(KINDS), f"the five kinds (got {', '.join(named)})")
    if kind.__name__ == "IzhikevichMixture":
        return
    neurons = [kind(**asdict(neuron)) for neuron in (REGULAR_SPIKING, LOW_THRESHOLD_SPIKING)]
    rheobases = np.array([neuron.rheobase_mV for neuron in neurons])
    np.testing.assert_allclose(rheobases, [last_stable(neuron) for neuron in neurons], rtol=1e-3)
    counts = patterns.lasting(neurons, rheobases, STAIRS, STAIR_MS, STAIR_DT)
    require((counts[:, :-1] == 0).all(), f"rest below the rheobase (got {counts} spikes)")
    require((counts[:, -1] > 0).all(), f"lasting fire above it (got {counts} spikes)")


def check_mixture(kind: Any) -> None:
    """The five kinds as a mixture, each firing when it does as a population of its own."""
    check(kind)
    constants, current = [*KINDS.values()][:4], {"current": [STRONG] * 4}  # these all rest at -70 mV
    mixed = observe(kind(v_start_mV=-70.0), current | _signals(constants), MS, DT).spikes_ms
    alone = observe([Izhikevich(*each) for each in constants], current, MS, DT).spikes_ms
    for found, expected in zip(mixed, alone, strict=True):
        require(np.array_equal(found, expected), f"spikes at {expected} ms (got {found})")


def find(full: bool) -> Finding:
    """Each of the five kinds, alone and in a mixture."""
    seen, named = responses(Izhikevich, FINE_DT if full else DT)
    require(tuple(Izhikevich(*each) for each in KINDS.values()) == NAMED, "the published constants under their names")
    check(Izhikevich)
    check_mixture(IzhikevichMixture)
    same = sum(a == b for a, b in zip(named, KINDS, strict=True))

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        patterns.draw(left, seen, range(5), 30.0, list(KINDS), named)
        patterns.draw(right, seen, range(5, 10), 30.0, list(KINDS), named)
        left.set_title(f"Current {STRONG:g}")
        right.set_title(f"Current {WEAK:g}")

    measured = f"{same} of 5 kinds, in a mixture too; lasting fire from between 0.98 and 1.02 rheobases"
    return Finding(measured, same == 5, draw)


LAW = Law(
    key="V3",
    name="izhikevich",
    what="Izhikevich's neuron is five cortical kinds",
    source="Izhikevich 2003, IEEE Trans. Neural Netw. 14",
    target="RS, IB, CH, FS and LTS by rules on intervals: 5 of 5",
    tolerance="none for the kinds; rheobase 2 %",
    reason="near the rheobase a neuron takes longer to its first spike than a stair of the current lasts",
    find=find,
    caption="Potentials under a strong and under a weak step of current, between the names published and found.",
    height=4.6,
)
