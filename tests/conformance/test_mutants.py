"""The law of each model and rule accepts it, and rejects what has a slip in it."""

from __future__ import annotations

from typing import Any

import pytest
import trials_of_functions
import trials_of_graphs
import trials_of_networks
import trials_of_neurons
import trials_of_rules
import trials_of_synapses
from trials import Trial, accepts_what_is_right, finds_out

from brainnet.conformance import suite

TRIALS: list[Trial] = [
    *trials_of_rules.TRIALS,
    *trials_of_neurons.TRIALS,
    *trials_of_synapses.TRIALS,
    *trials_of_networks.TRIALS,
    *trials_of_functions.TRIALS,
    *trials_of_graphs.TRIALS,
]
LONG = {law.key for law in suite.LAWS if law.long}


def case(trial: Trial, *more: Any, name: str = "") -> Any:
    """Parameters of a test, which is long if the law is."""
    return pytest.param(trial, *more, id=f"{trial.law} {name}".strip(), marks=[pytest.mark.long] * (trial.law in LONG))


@pytest.mark.parametrize("trial", [case(trial) for trial in TRIALS])
def test_a_law_accepts_what_is_right(trial):
    accepts_what_is_right(trial)


@pytest.mark.parametrize(
    ("trial", "mutant"), [case(trial, mutant, name=mutant.name) for trial in TRIALS for mutant in trial.mutants]
)
def test_a_law_rejects_what_has_a_slip(trial, mutant):
    finds_out(trial, mutant)


@pytest.mark.parametrize("law", suite.LAWS, ids=lambda law: law.label)
def test_every_law_is_tried_with_slips(law):
    found = [
        mutant for trial in TRIALS if trial.law == law.key for mutant in trial.mutants if not trial.is_alike(mutant)
    ]
    assert len(found) >= 4


KINDS = {
    "add for set", "another function", "bound added", "bound removed", "brackets forgotten", "branches exchanged",
    "code left out", "comparison turned", "condition left out", "constant", "divisor left out", "divisor multiplies",
    "exponent left out", "factor left out", "function left out", "graph", "method", "operand", "operands exchanged",
    "order of statements", "parameter", "parameters exchanged", "pre and post exchanged", "rest", "set for add",
    "setting", "sign", "statement left out", "term left out", "time constant", "time constants exchanged",
    "transposed", "wrong graph",
}  # fmt: skip


def test_slips_of_all_kinds_are_found_out():
    assert {mutant.kind for trial in TRIALS for mutant in trial.mutants if not trial.is_alike(mutant)} == KINDS


def test_mutants_of_a_trial_have_names_of_their_own():
    for trial in TRIALS:
        names = [mutant.name for mutant in trial.mutants]
        assert len(set(names)) == len(names), trial.law
