"""The laws of neurons accept them, and reject what has a slip in its equations or in its closed form.

To simulate a neuron takes longer than to learn: of each kind of slip, the first in each equation is tried.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mutants import first_of_each, of_neuron
from sources import faithful, of_source
from trials import Trial, every

from brainnet.conformance.spiking import adex, convergence, fi_curve, hodgkin_huxley, izhikevich
from brainnet.spiking.neurons import (
    LIF,
    AdaptiveLIF,
    AdEx,
    ConductanceLIF,
    ExponentialIF,
    HodgkinHuxley,
    Izhikevich,
    IzhikevichMixture,
)

KINDS = ("sign", "set for add", "add for set", "operand", "factor left out", "term left out", "exponent left out",
         "brackets forgotten", "constant", "time constant", "time constants exchanged", "parameters exchanged",
         "code left out")  # fmt: skip
CLOSED = ("sign", "term left out", "factor left out", "operand", "brackets forgotten", "branches exchanged",
          "bound removed")  # fmt: skip
ORDERS = ("method", "sign", "operand", "constant")
HELD = "a neuron that is held is at its reset"
UPSWING = "the upswing passes it in a step"
NEW = "u is 0 where a neuron has just been put to rest"
LOW = "the exponent is never so low"
ALIKE = {
    ExponentialIF: {
        "reset, add for set: ...": HELD,
        "reset, operand: v_reset -> v_peak": HELD,
        "equations, dv/dt, constant: 100 -> 200": LOW,
    },
    AdEx: {"equations, dv/dt, constant: 100 -> 200": LOW},
    Izhikevich: {
        "threshold, factor left out: 30 * mV -> mV": UPSWING,
        "threshold, constant: 30 -> 60": UPSWING,
    },
    IzhikevichMixture: {
        "onset, add for set: ...": NEW,
        "onset, factor left out: ... -> b * v - u": NEW,
        "onset, brackets forgotten: ...": NEW,
    },
    HodgkinHuxley: {"reset, add for set: ...": "it is 0 before", "reset, constant: ...": "it is asked whether it is 0"},
}


PARTED = {
    "rate_hz, ...: self.rheobase_mV + 1 -> ...": "a rate that is not asked for, for the neuron is silent",
    "_slowness, bound removed: ..., 700.0) -> ...": "the exponent is never so high",
} | dict.fromkeys(
    ("rate_hz, bound removed: ...", "rate_hz, operand: self.v_T_mV -> self.delta_T_mV",
     "rate_hz, operand: self.v_reset_mV -> self.v_peak_mV", "rate_hz, operand: self.v_peak_mV -> self.refractory_ms"),
    "the integral is parted elsewhere, and is the same",
)  # fmt: skip
ALIKE_IN_ORDER = {
    ConductanceLIF: {"equations, dv/dt, operand: v_rest -> v_reset": "both are the same by default"},
    ExponentialIF: {"equations, dv/dt, constant: 100 -> 200": LOW},
    AdEx: {"equations, dv/dt, constant: 100 -> 200": LOW},
}


def simulated(law: str, check: Callable[[Any], object], kind: Any, *more: str) -> Trial:
    """A neuron's check, tried with slips in its equations and constants, and `more` of them by their names.

    Slips in how times are rounded are left out: they are whole steps here.
    """
    mutants = [mutant for mutant in of_neuron(kind) if "0.5" not in mutant.name]
    chosen = [*first_of_each(mutants, *KINDS), *(mutant for mutant in mutants if mutant.name in more)]
    return Trial(law, every(check), lambda: kind, chosen, ALIKE.get(kind, {}))


def of_order(kind: Any) -> Trial:
    """The order at which a neuron converges, tried with another method and other equations."""
    mutants = [mutant for mutant in of_neuron(kind) if mutant.name.startswith(("equations", "method rk2"))]
    alike = ALIKE_IN_ORDER.get(kind, {})
    return Trial("N1", every(convergence.check), lambda: kind, first_of_each(mutants, *ORDERS), alike)


def closed(law: str, check: Callable[[Any], object], kind: Any, *where: Any, **more: Any) -> Trial:
    """A neuron's check, tried with slips in its closed forms."""
    return Trial(law, every(check), lambda: faithful(kind, *where),
                 [mutant for mutant in of_source(kind, *where) if mutant.kind in CLOSED], **more)  # fmt: skip


TRIALS = [
    *(simulated("V1", fi_curve.check, kind) for kind in fi_curve.CURVES),
    closed("V1", fi_curve.check, LIF, LIF.rate_hz),
    closed("V1", fi_curve.check, AdaptiveLIF, AdaptiveLIF.rate_hz, AdaptiveLIF._end),
    closed("V1", fi_curve.check, ExponentialIF, ExponentialIF.rheobase_mV, ExponentialIF.rate_hz,
           ExponentialIF._slowness, alike=PARTED),
    simulated("V2", adex.check, AdEx),
    closed("V2", adex.check, AdEx, AdEx.rheobase_pA),
    simulated("V3", izhikevich.check, Izhikevich),
    closed("V3", izhikevich.check, Izhikevich, Izhikevich.rheobase_mV,
           alike={"rheobase_mV, bound removed: ... -> self.a": "a is below b in every kind that was published"}),
    simulated(
        "V3", izhikevich.check_mixture, IzhikevichMixture, "twice v at rest", "onset, factor left out: b * v -> v"
    ),
    simulated("V4", hodgkin_huxley.check, HodgkinHuxley),
    *(of_order(type(path.neuron)) for path in convergence.PATHS),
]  # fmt: skip
