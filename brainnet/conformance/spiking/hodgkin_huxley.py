"""The squid's giant axon: one spike, none, or many (V4)."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking.observe import Seen, observe
from brainnet.spiking.neurons import HodgkinHuxley

DT, FINE_DT = 0.05, 0.02  # at which the rate of method rk2 is wrong by less than 0.1 %
STEP_MS, STEPS = 40.0, np.array([0.0, 2.20, 2.24, 2.5])  # uA/cm2
LONG_MS, CURRENTS = 300.0, np.array([6.25, 6.30, 7.0, 8.0, 10.0])
RATES = ((6.25, 6.30, 50.0), (10.0, 10.0, 70.0))  # between which currents there is which rate in Hz, as published
NEAR_HZ = 3.0
REST = 5e-4  # relative


def stepped(kind: Any, dt_ms: float = DT) -> Seen:
    """What steps near the threshold call forth, and what becomes of an axon at rest."""
    return observe(kind(method="rk2"), {"current": STEPS}, STEP_MS, dt_ms, traces=("v", "m", "h", "n"))


def sustained(kind: Any, dt_ms: float = DT) -> tuple[np.ndarray, np.ndarray]:
    """Under long currents, the time of each one's last spike, in ms, and its last rate, in Hz."""
    trains = observe(kind(method="rk2"), {"current": CURRENTS}, LONG_MS, dt_ms).spikes_ms
    last = np.array([spikes[-1] if len(spikes) else 0.0 for spikes in trains])
    return last, np.array([1000 / (spikes[-1] - spikes[-2]) if len(spikes) > 1 else 0.0 for spikes in trains])


def lasting(last_ms: np.ndarray) -> np.ndarray:
    """Which of the long currents the axon answers to the end."""
    return last_ms > LONG_MS - 25


def check(kind: Any) -> None:
    """Rest, one spike from 2.24, firing that lasts from 6.30, and its rates."""
    seen = stepped(kind)
    counts = seen.counts[0]
    require(np.array_equal(counts, [0, 0, 1, 1]), f"one spike from 2.24 uA/cm2 (got {counts} at {STEPS})")
    for name, (value, _) in kind().dynamics().rest.items():
        if name != "above":
            np.testing.assert_allclose(seen.traces[name][-1, 0], value, rtol=REST, err_msg=f"{name} at rest")
    last, rates = sustained(kind)
    require(lasting(last).tolist() == [False] + [True] * 4, f"lasting from 6.30 (last spikes at {last} ms)")
    for _, current, expected in RATES:
        rate = rates[current == CURRENTS][0]
        require(abs(rate - expected) <= NEAR_HZ, f"{expected:g} Hz at {current:g} (got {rate:.1f})")


def find(full: bool) -> Finding:
    """Steps below and above both thresholds."""
    dt_ms = FINE_DT if full else DT
    seen, (last, rates) = stepped(HodgkinHuxley, dt_ms), sustained(HodgkinHuxley, dt_ms)
    check(HodgkinHuxley)
    low, high = rates[[1, -1]]
    measured = (
        f"0 spikes at 2.20, 1 at 2.24; at 6.25 the last after {last[0]:.0f} ms, {low:.1f} Hz at 6.30, {high:.1f} at 10"
    )

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        for neuron, line in ((1, "--"), (2, "-")):
            label = f"{STEPS[neuron]:.2f} \N{MICRO SIGN}A/cm\N{SUPERSCRIPT TWO}"
            left.plot(seen.times_ms, seen.traces["v"][:, neuron], line, color=agreement.MEASURED, label=label)
        left.set(xlabel="Time since the step (ms)", ylabel="Potential (mV)", xlim=(0, 30))
        left.legend()
        for begin, end, rate in RATES:
            right.plot([begin, end], [rate, rate], "s", color=agreement.PUBLISHED, markersize=8, label="published")
        right.plot(CURRENTS, np.where(lasting(last), rates, 0), "o", color=agreement.MEASURED, label="measured")
        right.set(xlabel="Current (\N{MICRO SIGN}A/cm\N{SUPERSCRIPT TWO})", ylabel="Lasting rate (Hz)")
        right.legend(handles=[right.lines[0], right.lines[-1]])

    return Finding(measured, True, draw)


LAW = Law(
    key="V4",
    name="hodgkin-huxley",
    what="The squid's giant axon fires once, or on and on",
    source="Hodgkin & Huxley 1952, J. Physiol. 117, at 6.3 C",
    target="one spike from 2.20 to 2.24 uA/cm2 on; lasting fire from 6.25 to 6.30 on, near 50 Hz; near 70 Hz at 10",
    tolerance=f"none for the currents; {NEAR_HZ:g} Hz; the state of rest {REST:g}",
    reason="the publication's curve is read to a few Hz; its state of rest is rounded to -65 mV",
    find=find,
    caption="Left: steps on both sides of the first threshold. Right: rates that last; 0 where the axon falls silent.",
)
