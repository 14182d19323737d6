"""Slips are found by what a formula says; a copy has one of them, and the original none."""

from __future__ import annotations

import ast

import numpy as np
import pytest
from mutants import Mutant, Told, first_of_each, of_code, of_neuron, of_rule
from mutation import slips
from sources import faithful, of_source
from trials import Trial, accepts_what_is_right, every, finds_out
from units import kinds

from brainnet.artificial import Oja, Perceptron
from brainnet.artificial.learning import supervised
from brainnet.conformance.agreement import require
from brainnet.errors import BrainnetError
from brainnet.spiking.learning import PairSTDP, TsodyksMarkram
from brainnet.spiking.neurons import LIF, HodgkinHuxley

GROUPS = [("x", "y"), ("self.a", "self.b")]
SLIPS = [
    ("x - y", "sign", "x + y"),
    ("-x", "sign", "x"),
    ("np.add(x, y)", "sign", "np.subtract(x, y)"),
    ("x += y", "sign", "x -= y"),
    ("x - y", "term left out", "x"),
    ("x * y", "factor left out", "y"),
    ("np.multiply(x, y, out=x)", "factor left out", "np.positive(x, out=x)"),
    ("x / y", "divisor left out", "x"),
    ("x / y", "divisor multiplies", "x * y"),
    ("x ** 2", "exponent left out", "x"),
    ("x and y", "condition left out", "y"),
    ("x.T @ y", "pre and post exchanged", "y.T @ x"),
    ("x.T", "transposed", "x"),
    ("x @ y", "operands exchanged", "y @ x"),
    ("x if y else 3", "branches exchanged", "3 if y else x"),
    ("x * (y - 1)", "brackets forgotten", "x * y - 1"),
    ("(x + y) / 3", "brackets forgotten", "x + y / 3"),
    ("x + 3", "constant", "x + 4"),
    ("x + 0.5", "constant", "x + 1.0"),
    ("x < y", "comparison turned", "x > y"),
    ("clip(x, 0, 1)", "bound removed", "x"),
    ("np.abs(x)", "function left out", "x"),
    ("np.sum(x)", "another function", "np.mean(x)"),
    ("x += y", "set for add", "x = y"),
    ("x = y", "add for set", "x += y"),
    ("x += y", "statement left out", "x += 0"),
    ("fill(x, 0)", "statement left out", "pass"),
    ("x += y\ny += x", "order of statements", "y += x\nx += y"),
    ("x * 3", "operand", "y * 3"),
    ("self.a * 3", "operand", "self.b * 3"),
]


@pytest.mark.parametrize(("right", "kind", "wrong"), SLIPS)
def test_what_may_go_wrong(right, kind, wrong):
    tree = ast.parse(right)
    found = [ast.unparse(slip.planted(tree)) for slip in slips(tree, GROUPS, ("x",)) if slip.kind == kind]
    assert wrong in found
    assert ast.unparse(tree) == right


def test_layout_changes_no_slip():
    here = "w = clip(w + eta * (y - alpha), 0, w_max)"
    there = "w = clip(\n    w + eta*( y-alpha ),  # comment\n    0, w_max)"
    assert [slip.name for slip in slips(ast.parse(here))] == [slip.name for slip in slips(ast.parse(there))]


def test_the_second_of_one_name_has_a_number():
    names = [slip.name for slip in slips(ast.parse("(x - y) * (x - y)"))]
    assert "sign: x - y -> x + y" in names
    assert "sign: x - y -> x + y (2)" in names


def test_what_is_asked_of_settings_and_where_results_go_is_no_formula():
    code = "def f(x: int = 3):\n    if x < 0:\n        raise ValueError(x - 1)\n    np.abs(x, out=y[-1], axis=1)"
    assert [slip.kind for slip in slips(ast.parse(code))] == ["statement left out", "function left out"]


@pytest.mark.parametrize("code", ["v = v + 1", "v > tau", "v + dt", "exp(v)", "v = g * v"])
def test_quantities_of_two_kinds_are_not_added(code):
    assert kinds(code, {"v": "volt", "tau": "ms", "g": "nS"}) is None


@pytest.mark.parametrize(
    "code", ["v = v * exp(-dt / tau)", "v > 0 * mV and t >= tau", "clip(v / mV, -1, 1) ** 2 * tau"]
)
def test_quantities_of_one_kind_are(code):
    assert kinds(code, {"v": "volt", "tau": "ms"}) is not None


@pytest.mark.parametrize("thing", [PairSTDP(), TsodyksMarkram()])
def test_a_mutant_of_a_rule_differs_from_it_in_one_part(thing):
    told = thing.plasticity()
    for mutant in of_rule(thing):
        other = mutant.make().plasticity()
        parts = [name for name in vars(told) if repr(getattr(told, name)) != repr(getattr(other, name))]
        assert len(parts) == 1 or mutant.kind == "pre and post exchanged"


def test_a_mutant_of_a_class_takes_the_constants_of_the_class():
    (mutant,) = [each for each in of_neuron(LIF) if each.name == "twice tau"]
    neuron = mutant.make()(tau_ms=7.0)
    assert (type(neuron).__name__, neuron.tau_ms, neuron.dynamics().parameters["tau"]) == ("LIF", 7.0, (14.0, "ms"))


def test_no_slip_in_an_equation_adds_quantities_of_two_kinds():
    names = [mutant.name for mutant in of_neuron(HodgkinHuxley)]
    assert "equations, i_K, exponent left out: n ** 4 -> n" in names
    assert not [name for name in names if "g_L * (e_L - v) -> g_L" in name]


class Coded:
    """Something that gives code."""

    name = "s"

    @property
    def code(self) -> str:
        """A decay."""
        return f"{self.name} = {self.name} * a"


def test_code_is_wrong_under_the_names_that_an_object_uses():
    (mutant,) = [each for each in of_code(Coded, "code", "z = z * a") if each.name.endswith("z * a -> z")]
    assert mutant.make()().code == "s = s"
    assert Coded().code == "s = s * a"


def test_a_slip_in_a_function_of_another_module_reaches_the_class_that_calls_it():
    x, target = np.eye(2), np.ones((2, 2))
    (mutant,) = [each for each in of_source(Perceptron, supervised._corrected) if "layer.bias + step" in each.name
                 and each.kind == "sign"]  # fmt: skip
    layer = supervised.Connections(np.zeros((2, 2)), np.zeros(2))
    right, wrong = (kind().update(layer, x, target) for kind in (Perceptron, mutant.make()))
    np.testing.assert_array_equal(right.weight, wrong.weight)
    np.testing.assert_array_equal(right.bias, -wrong.bias)


def test_a_copy_without_a_slip_does_the_same():
    x, weight = np.eye(3), np.arange(9.0).reshape(3, 3)
    np.testing.assert_array_equal(faithful(Oja, Oja.update)().update(weight, x), Oja().update(weight, x))


def test_the_first_slip_of_each_kind_in_each_piece_of_code():
    mutants = [Mutant(kind, name, int) for kind, name in (("a", "p, 1"), ("a", "p, 2"), ("a", "q, 3"), ("b", "p, 4"))]
    assert [mutant.name for mutant in first_of_each(mutants, "a")] == ["p, 1", "q, 3"]


BIG, SMALL = Mutant("size", "one, big: 9 -> 10", lambda: 10), Mutant("size", "one, small: 9 -> 2", lambda: 2)


def below_five(number: int) -> None:
    require(number < 5, "below five")


def test_a_mutant_that_is_accepted_fails_unless_it_is_said_to_be_alike():
    trial = Trial("V1", below_five, lambda: 1, [BIG, SMALL])
    finds_out(trial, BIG)
    with pytest.raises(AssertionError):
        finds_out(trial, SMALL)
    finds_out(Trial("V1", below_five, lambda: 1, [SMALL], {"one, small: ...": "2 is below 5"}), SMALL)


def test_a_mutant_that_is_said_to_be_alike_and_is_rejected_fails():
    with pytest.raises(AssertionError):
        finds_out(Trial("V1", below_five, lambda: 1, [BIG], {"one, big: 9 -> 10": "is it?"}), BIG)


def test_what_is_said_to_be_alike_is_a_mutant():
    accepts_what_is_right(Trial("V1", below_five, lambda: 1, [SMALL], {"...small...": "2 is below 5"}))
    with pytest.raises(AssertionError):
        accepts_what_is_right(Trial("V1", below_five, lambda: 1, [SMALL], {"small": "no whole name"}))


def test_a_check_that_refuses_what_is_right_fails():
    with pytest.raises(AssertionError, match="below five"):
        accepts_what_is_right(Trial("V1", below_five, lambda: 9, []))


def failing(subject: object) -> None:
    raise BrainnetError("no compiler")


def test_a_failure_that_says_nothing_of_a_mutant_is_raised_unless_it_is_asked_for():
    with pytest.raises(BrainnetError):
        Trial("V1", failing, lambda: 1, [SMALL]).outcome(SMALL)
    assert Trial("V1", every(failing), lambda: 1, [SMALL]).outcome(SMALL) == "rejected"


def test_a_told_rule_stays_as_it_is_where_it_is_slowed():
    told = Told(PairSTDP().plasticity())
    assert told.slowed(0.5) is told
