"""The laws of neurons accept them, and reject what has a slip in its equations or in its closed form.

To simulate a neuron takes longer than to learn: of each kind of slip, the first in each equation is tried.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from mutants import first_of_each, of_neuron
from sources import faithful, of_source
from trials import Trial, accepts_what_is_right, cases, every, finds_out, named

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

KINDS = ("sign", "set for add", "add for set", "operand", "factor left out", "brackets forgotten", "constant",
         "time constants exchanged", "parameters exchanged", "code left out")  # fmt: skip
CLOSED = ("sign", "term left out", "factor left out", "operand", "brackets forgotten", "branches exchanged")
ORDERS = ("method", "sign", "operand", "constant")
HELD = "a neuron that is held is at its reset"
STAY = "conductances stay as they are in this law"
UPSWING = "the upswing passes it in a step"
NEW = "u is 0 where a neuron has just been put to rest"
LOW = "the exponent is never so low"
ALIKE = {
    ConductanceLIF: {"tau_e and tau_i exchanged": STAY},
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


ALIKE_IN_ORDER = {
    ConductanceLIF: {"equations, dv/dt, operand: v_rest -> v_reset": "both are the same by default"},
    ExponentialIF: {"equations, dv/dt, constant: 100 -> 200": LOW},
    AdEx: {"equations, dv/dt, constant: 100 -> 200": LOW},
}


def simulated(law: str, check: Callable[[Any], object], kind: Any) -> Trial:
    """A neuron's check, tried with slips in its equations and constants; times are told in whole steps."""
    mutants = [mutant for mutant in of_neuron(kind) if "0.5" not in mutant.name]
    return Trial(law, every(check), lambda: kind, first_of_each(mutants, *KINDS), ALIKE.get(kind, {}))


def of_order(kind: Any) -> Trial:
    """The order at which a neuron converges, tried with another method and other equations."""
    mutants = [mutant for mutant in of_neuron(kind) if mutant.name.startswith(("equations", "method rk2"))]
    alike = ALIKE_IN_ORDER.get(kind, {})
    return Trial("N1", every(convergence.check), lambda: kind, first_of_each(mutants, *ORDERS), alike)


def closed(law: str, check: Callable[[Any], object], kind: Any, *where: Any) -> Trial:
    """A neuron's check, tried with slips in its closed forms."""
    return Trial(law, every(check), lambda: faithful(kind, *where), first_of_each(of_source(kind, *where), *CLOSED))


TRIALS = [
    *(simulated("V1", fi_curve.check, kind) for kind in fi_curve.CURVES),
    closed("V1", fi_curve.check, LIF, LIF.rate_hz),
    closed("V1", fi_curve.check, AdaptiveLIF, AdaptiveLIF.rate_hz, AdaptiveLIF._end),
    closed("V1", fi_curve.check, ExponentialIF, ExponentialIF.rheobase_mV, ExponentialIF.rate_hz),
    simulated("V2", adex.check, AdEx),
    closed("V2", adex.check, AdEx, AdEx.rheobase_pA),
    simulated("V3", izhikevich.check, Izhikevich),
    closed("V3", izhikevich.check, Izhikevich, Izhikevich.rheobase_mV),
    simulated("V3", izhikevich.check_mixture, IzhikevichMixture),
    simulated("V4", hodgkin_huxley.check, HodgkinHuxley),
    *(of_order(type(path.neuron)) for path in convergence.PATHS),
]


@pytest.mark.parametrize("trial", named(TRIALS))
def test_a_law_accepts_the_neuron(trial):
    accepts_what_is_right(trial)


@pytest.mark.parametrize(("trial", "mutant"), cases(TRIALS))
def test_a_law_rejects_what_has_a_slip(trial, mutant):
    finds_out(trial, mutant)
