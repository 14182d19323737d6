"""Whether code adds and compares quantities of one kind alone: the simulator refuses what does not."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from fractions import Fraction

Dimension = tuple[Fraction, ...]  # powers of the second, the volt and the ampere
POWERS = {
    "second": (1, 0, 0), "volt": (0, 1, 0), "amp": (0, 0, 1), "siemens": (0, -1, 1), "farad": (1, -1, 1),
    "ms": (1, 0, 0), "mV": (0, 1, 0), "pA": (0, 0, 1), "nS": (0, -1, 1), "pF": (1, -1, 1), "Hz": (-1, 0, 0),
    "dt": (1, 0, 0), "t": (1, 0, 0), "period": (1, 0, 0),
}  # fmt: skip
ALIKE = ("clip", "abs", "min", "max")  # of the kind of their arguments


def kinds(code: str, units: Mapping[str, str]) -> list[Dimension] | None:
    """The kind of quantity of each statement, or of an expression; None where a sum, a comparison or an assignment is
    of quantities of two kinds. `units` are those of variables; others are numbers."""
    try:
        return [_of_statement(statement, units) for statement in ast.parse(code).body]
    except _Misfit:
        return None


class _Misfit(Exception):  # noqa: N818 - is caught above, and no error
    """Quantities of two kinds where one is needed."""


def _known(name: str, units: Mapping[str, str]) -> Dimension:
    powers = POWERS.get(units.get(name, name if name in POWERS else "1"), (0, 0, 0))
    return tuple(map(Fraction, powers))


def _same(*dimensions: Dimension) -> Dimension:
    if any(each != dimensions[0] for each in dimensions):
        raise _Misfit
    return dimensions[0]


def _of_statement(node: ast.stmt, units: Mapping[str, str]) -> Dimension:
    match node:
        case ast.Assign([ast.Name(name)], value) | ast.AugAssign(ast.Name(name), ast.Add() | ast.Sub(), value):
            if name in units:
                return _same(_known(name, units), _of(value, units))
            return _of(value, units)
        case ast.Expr(value):
            return _of(value, units)
    raise NotImplementedError(ast.unparse(node))


def _of(node: ast.expr, units: Mapping[str, str]) -> Dimension:
    number = _known("", units)
    match node:
        case ast.Name(name):
            return _known(name, units)
        case ast.UnaryOp(_, operand):
            return _of(operand, units)
        case ast.BinOp(left, ast.Pow(), ast.Constant(int() | float() as power)):
            return tuple(each * Fraction(power) for each in _of(left, units))
        case ast.BinOp(left, ast.Pow(), right):
            return _same(number, _of(left, units), _of(right, units))
        case ast.BinOp(left, op, right):
            one, other = _of(left, units), _of(right, units)
            if isinstance(op, ast.Mult | ast.Div):
                sign = 1 if isinstance(op, ast.Mult) else -1
                return tuple(a + sign * b for a, b in zip(one, other, strict=True))
            return _same(one, other)
        case ast.Compare(left, _, [right]):
            return _same(_of(left, units), _of(right, units)) and number
        case ast.BoolOp(_, values):
            return _same(number, *(_of(value, units) for value in values))
        case ast.Call(ast.Name("timestep"), args):
            return _same(_known("dt", {}), *(_of(arg, units) for arg in args)) and number
        case ast.Call(ast.Name("sqrt"), [arg]):
            return tuple(each / 2 for each in _of(arg, units))
        case ast.Call(ast.Name(name), args):
            found = _same(*(_of(arg, units) for arg in args))
            return found if name in ALIKE else _same(number, found)
    return number
