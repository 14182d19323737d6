"""Neurons come to the solution of their equations as the step shrinks, at the order of their method (N1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking.motion import solved
from brainnet.conformance.spiking.observe import observe
from brainnet.spiking.neurons import (
    FAST_SPIKING,
    LIF,
    NAUD_2008,
    REGULAR_SPIKING,
    WHOLE,
    AdaptiveLIF,
    AdEx,
    ConductanceLIF,
    ExponentialIF,
    HodgkinHuxley,
    SynapticLIF,
)

FINER = 4  # the second step is so many times shorter than the first
REFERENCE = 10  # and that of the solution so many times
NEAR = 0.1  # of an order
ROUNDING = 1e-12  # in units of the threshold
EXACT = np.inf  # the order of a method without error
ONE_PERCENT = 0.013  # the steps of the docstrings are rounded to one digit


@dataclass(frozen=True)
class Path:
    """Eight neurons that do not spike, or do not reset; their method's order by its name, or by "" if it has one."""

    neuron: Any
    ms: float
    dt_ms: float
    current: np.ndarray | None
    begin: Mapping[str, np.ndarray] = field(default_factory=dict)
    orders: Mapping[str, float] = field(default_factory=lambda: {"": 1.0})


METHODS = {"exponential_euler": 1.0, "euler": 1.0, "rk2": 2.0, "rk4": 4.0}
PATHS = (
    Path(LIF(), 20.0, 0.1, np.linspace(0.2, 0.95, 8), orders={"": EXACT}),
    Path(SynapticLIF(), 10.0, 0.1, None, {"s": np.linspace(0.5, 2, 8)}),
    Path(AdaptiveLIF(), 20.0, 0.2, np.linspace(0.2, 0.95, 8), {"adaptation": np.linspace(0.1, 0.8, 8)}),
    Path(ConductanceLIF(), 10.0, 0.1, None, {"ge": np.linspace(0.5, 3, 8), "gi": np.linspace(2, 0.1, 8)}, METHODS),
    Path(ExponentialIF(), 10.0, 0.1, np.linspace(2, 5, 8)),
    Path(NAUD_2008["tonic"][0], 10.0, 0.1, np.linspace(200, 500, 8)),
    Path(REGULAR_SPIKING, 2.0, 0.02, np.linspace(4, 10, 8)),
    Path(HodgkinHuxley(), 8.0, 0.02, np.linspace(7, 12, 8), orders=METHODS),
)


@dataclass(frozen=True)
class Claim:
    """A step at which a rate is wrong by 1 %, as a docstring has it. Rates, by currents, are those of `motion` with
    spikes found between its steps, or the closed form."""

    neuron: Any
    currents: np.ndarray
    rates_hz: np.ndarray
    ms: float
    dt_ms: float


def _claim(neuron: Any, current: float, rate_hz: float, ms: float, dt_ms: float) -> Claim:
    return Claim(neuron, np.array([current]), np.array([rate_hz]), ms, dt_ms)


def _closed(neuron: Any, currents: np.ndarray, ms: float, dt_ms: float) -> Claim:
    return Claim(neuron, currents, neuron.rate_hz(currents), ms, dt_ms)


CLAIMS = {
    "AdaptiveLIF": _closed(AdaptiveLIF(), np.linspace(1.2, 3, 31), 600.0, 0.5),
    "ExponentialIF": _closed(ExponentialIF(), np.linspace(3, 20, 31), 300.0, 0.04),
    "AdEx, 28 Hz": _claim(AdEx(), 1000.0, 27.715, 1500.0, 0.2),
    "AdEx, 104 Hz": _claim(NAUD_2008["tonic"][0], 500.0, 104.343, 200.0, 0.02),
    "Izhikevich, RS": _claim(REGULAR_SPIKING, 10.0, 22.315, 450.0, 0.15),
    "Izhikevich, FS": _claim(FAST_SPIKING, 10.0, 136.191, 200.0, 0.02),
    "HodgkinHuxley": _claim(HodgkinHuxley(), 10.0, 68.324, 150.0, 0.02),
}


def path_of(kind: Any) -> tuple[int, Path]:
    """Which path is that of neurons of this class, and the path."""
    return next((i, path) for i, path in enumerate(PATHS) if type(path.neuron).__name__ == kind.__name__)


@cache
def end(number: int) -> np.ndarray:
    """The potentials at the end of a path, by the published equations."""
    path = PATHS[number]
    rest = {name: value for name, (value, unit) in path.neuron.dynamics().rest.items() if unit not in WHOLE}
    begin = {name: np.broadcast_to(np.asarray(value, float), 8) for name, value in {**rest, **path.begin}.items()}
    current = np.zeros(8) if path.current is None else path.current
    return solved(path.neuron, begin, current, path.ms, REFERENCE * round(path.ms / path.dt_ms))["v"]


def errors(kind: Any, method: str) -> tuple[float, float]:
    """Mean error of the potentials at the end of the path, at its step and at one that is `FINER` times shorter."""
    number, path = path_of(kind)
    neuron = kind(**asdict(path.neuron) | ({"method": method} if method else {}))
    signals = {} if path.current is None else {"current": path.current}

    def error(dt_ms: float) -> float:
        seen = observe(neuron, signals, path.ms, dt_ms, traces=("v",), begin=path.begin)
        return float(np.abs(seen.traces["v"][-1] - end(number)).mean())

    return error(path.dt_ms), error(path.dt_ms / FINER)


def order(kind: Any, method: str) -> float:
    """The exponent with which the error shrinks with the step; infinite if it is rounding from the first."""
    coarse, fine = errors(kind, method)
    return EXACT if max(coarse, fine) < ROUNDING else float(np.log(coarse / fine) / np.log(FINER))


def check(kind: Any) -> None:
    """Each method of the neuron is of its order."""
    for method, expected in path_of(kind)[1].orders.items():
        found = order(kind, method)
        near = found == expected or abs(found - expected) <= NEAR
        require(near, f"{kind.__name__} {method} of order {expected:g} (got {found:.2f})")


def off(claim: Claim, dt_ms: float) -> float:
    """By how much rates are wrong at most, from the second half of each train; relative."""
    trains = observe(claim.neuron, {"current": claim.currents}, claim.ms, dt_ms).spikes_ms
    late = [spikes[len(spikes) // 2 :] for spikes in trains]
    rates = np.array([1000 * (len(spikes) - 1) / (spikes[-1] - spikes[0]) for spikes in late])
    return float(np.abs(rates / claim.rates_hz - 1).max())


def find(full: bool) -> Finding:
    """Orders of all neurons and methods, and all claims of docstrings."""
    kinds = [type(path.neuron) for path in PATHS]
    pairs = [(kind, method, wanted) for kind in kinds for method, wanted in path_of(kind)[1].orders.items()]
    orders = {f"{kind.__name__} {method}".strip(): (order(kind, method), wanted) for kind, method, wanted in pairs}
    wrong = {name: (off(claim, claim.dt_ms), off(claim, 4 * claim.dt_ms)) for name, claim in CLAIMS.items()}
    for kind in kinds:
        check(kind)
    for name, claim in CLAIMS.items():
        told = f"{claim.dt_ms:g} ms"
        require(told in " ".join(str(type(claim.neuron).__doc__).split()), f"a docstring that says {told} ({name})")
    apart = max(abs(found - wanted) for found, wanted in orders.values() if wanted < EXACT)
    here, coarser = max(near for near, _ in wrong.values()), min(far for _, far in wrong.values())
    measured = (
        f"{len(orders)} orders within {apart:.2f}; at the steps told wrong by at most {here:.1%}, at 4 by {coarser:.1%}"
    )
    return Finding(measured, here < ONE_PERCENT < coarser, lambda figure: draw(figure, orders, wrong))


def draw(figure: Figure, orders: Mapping[str, tuple[float, float]], wrong: Mapping[str, tuple[float, float]]) -> None:
    """Orders, and errors at the steps that docstrings tell, each beside what was published."""
    left, right = figure.subplots(1, 2)
    finite = {name: pair for name, pair in orders.items() if pair[1] < EXACT}
    rows = np.arange(len(finite))[::-1]
    found, wanted = np.transpose([*finite.values()])
    left.plot(wanted, rows, "|", color=agreement.PUBLISHED, markersize=14, markeredgewidth=2, label="published order")
    left.plot(found, rows, "o", color=agreement.MEASURED, markersize=4, label="measured order")
    left.set_yticks(rows, [name.replace("_", " ") for name in finite])
    left.set(xlabel="Order of convergence", ylabel="Neuron and method", xlim=(0, 4.5))
    rows = np.arange(len(wrong))[::-1]
    right.axvline(1, color=agreement.PUBLISHED, label="1 %")
    for place, marker, label in ((0, "o", "at the step told"), (1, "x", "at 4 times it")):
        values = [100 * pair[place] for pair in wrong.values()]
        right.plot(values, rows, marker, color=agreement.MEASURED, label=label)
    right.set_yticks(rows, [*wrong])
    right.set(xlabel="Error of the rate (%)", ylabel="Neuron", xlim=(0, 5))
    figure.legend(loc="outside upper center", ncols=5, columnspacing=1.5)


LAW = Law(
    key="N1",
    name="convergence",
    what="Neurons converge with the step at the order of their method",
    source="each neuron's publication; Hairer, Norsett & Wanner 1993, Solving Ordinary Differential Equations I",
    target="orders 1, 2 and 4, or no error; rates wrong by 1 % at the steps that docstrings tell",
    tolerance=f"{NEAR:g} of an order; {ONE_PERCENT:.1%}",
    reason="the next power of the step has its share at these steps; steps are told to one or two digits",
    find=find,
    caption="Left: order from two steps, one a quarter of the other. Right: error of the rate in the long run.",
    height=4.6,
)
