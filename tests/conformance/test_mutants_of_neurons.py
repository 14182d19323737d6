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
    ExponentialIF,
    HodgkinHuxley,
    Izhikevich,
    IzhikevichMixture,
)

KINDS = ("sign", "set for add", "add for set", "operand", "factor left out", "brackets forgotten", "constant",
         "time constants exchanged", "parameters exchanged", "code left out")  # fmt: skip
CLOSED = ("sign", "term left out", "factor left out", "operand", "brackets forgotten", "branches exchanged")
ORDERS = ("method", "sign", "time constants exchanged", "constant")
ROUNDED = "dt"  # times are told in whole steps


def simulated(law: str, check: Callable[[Any], object], kind: Any, kinds: tuple[str, ...] = KINDS, **more: Any):
    """A neuron's check, tried with slips in its equations and constants."""
    return Trial(law, every(check), lambda: kind, first_of_each(of_neuron(kind), *kinds, without=ROUNDED), **more)


def closed(law: str, check: Callable[[Any], object], kind: Any, *where: Any, **more: Any) -> Trial:
    """A neuron's check, tried with slips in its closed forms."""
    mutants = first_of_each(of_source(kind, *where), *CLOSED)
    return Trial(law, every(check), lambda: faithful(kind, *where), mutants, **more)


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
    *(simulated("N1", convergence.check, type(path.neuron), ORDERS) for path in convergence.PATHS),
]


@pytest.mark.parametrize("trial", named(TRIALS))
def test_a_law_accepts_the_neuron(trial):
    accepts_what_is_right(trial)


@pytest.mark.parametrize(("trial", "mutant"), cases(TRIALS))
def test_a_law_rejects_what_has_a_slip(trial, mutant):
    finds_out(trial, mutant)
