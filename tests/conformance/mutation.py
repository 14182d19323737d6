"""Slips in a syntax tree: copies of a formula with one thing wrong, as happens to who types it in.

What may go wrong is a function of a node, in `CHANGES`, which gives kinds and what then stands in the node's place. A
slip has a name by what the tree says, and not by where it stands: spaces, brackets and line breaks change nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise

Change = tuple[str, ast.AST]  # the kind, and what stands in the node's place
OTHER_SIGN: Mapping[type, type] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
TURNED: Mapping[type, type] = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.NotEq,
          ast.Is: ast.IsNot}  # fmt: skip
PAIRS = (("sum", "mean"), ("triu", "tril"), ("maximum", "minimum"), ("max", "min"), ("argmax", "argmin"),
         ("any", "all"), ("exp", "expm1"))  # fmt: skip
SWAPPED = {name: other for pair in PAIRS for name, other in (pair, pair[::-1])}
UFUNC_SIGNS = {"add": "subtract", "subtract": "add"}
BOUNDS = ("maximum", "minimum", "clip", "max", "min")
FUNCTIONS = ("abs", "sqrt", "square", "sign", "tanh", "log", "log1p", "exp", "triu", "erfc")


@dataclass(frozen=True)
class Slip:
    """One thing wrong: its kind, its name, and by what to replace which nodes of the tree, by their id."""

    kind: str
    name: str
    nodes: Mapping[int, ast.AST] = field(repr=False)

    def planted(self, tree: ast.AST) -> ast.AST:
        """A copy of the tree with the slip in it."""
        return ast.fix_missing_locations(deepcopy(tree, dict(self.nodes)))


def slips(tree: ast.AST, groups: Sequence[Sequence[str]] = (), kept: Collection[str] = ()) -> list[Slip]:
    """All slips in a tree, each under a name of its own.

    `groups` are names of one kind, of which one may stand where the next should; "self.rate" is a name, too. `kept` are
    variables that have a value before.
    """
    following = {name: group[i - len(group) + 1] for group in groups for i, name in enumerate(group) if len(group) > 1}
    found: list[Slip] = []
    for node in _nodes(tree):
        for kind, new in (*_changes(node), *_names(node, following), *_added(node, kept)):
            found.append(Slip(kind, f"{kind}: {_said(node)} -> {_said(new)}", {id(node): new}))
        for one, other in _neighbours(node, kept):
            name = f"order of statements: {_said(one)} after {_said(other)}"
            found.append(Slip("order of statements", name, {id(one): other, id(other): one}))
    return numbered(found)


def numbered(found: Sequence[Slip]) -> list[Slip]:
    """The same, the second of one name with a 2 after it."""
    seen: dict[str, int] = {}
    named = []
    for slip in found:
        seen[slip.name] = seen.get(slip.name, 0) + 1
        name = slip.name if seen[slip.name] == 1 else f"{slip.name} ({seen[slip.name]})"
        named.append(Slip(slip.kind, name, slip.nodes))
    return named


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes, but for those that say what is asked of settings and arguments, and where in memory results go."""
    yield tree
    for name, value in ast.iter_fields(tree):
        if name in ("decorator_list", "args", "returns", "annotation") and not isinstance(tree, ast.Call):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_no_formula(child):
                yield from _nodes(child)


def _is_no_formula(node: ast.AST) -> bool:
    match node:
        case ast.Raise() | ast.If(_, [*_, ast.Raise()]) | ast.keyword("out" | "scratch" | "axis" | "keepdims"):
            return True
        case ast.For(body=[only]):
            return _is_no_formula(only)
        case ast.Expr(ast.Call(ast.Attribute(_, "room"))):  # whether there is memory for it
            return True
    return False


def _said(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= 60 else f"{text[:40]}...{text[-17:]}"


def signs(node: ast.AST) -> Iterator[Change]:
    """+ for -, and the other way round; a minus left out."""
    match node:
        case ast.BinOp(left, op, right) if type(op) in OTHER_SIGN:
            yield "sign", ast.BinOp(left, OTHER_SIGN[type(op)](), right)
        case ast.UnaryOp(ast.USub(), operand):
            yield "sign", operand
        case ast.Call(ast.Attribute(value, name), args, keywords) if name in UFUNC_SIGNS and len(args) == 2:
            yield "sign", ast.Call(ast.Attribute(value, UFUNC_SIGNS[name], ast.Load()), args, keywords)


def parts(node: ast.AST) -> Iterator[Change]:
    """A term, a factor or an exponent left out; a divisor that multiplies."""
    match node:
        case ast.BinOp(left, ast.Add(), right):
            yield "term left out", left
            if not _is_sum(left):
                yield "term left out", right
        case ast.BinOp(left, ast.Sub(), right):
            yield "term left out", left
        case ast.BinOp(left, ast.Mult(), right):
            if not isinstance(right, ast.Constant) or right.value != 1:  # which is a factor of nothing
                yield "factor left out", left
            if not isinstance(left, ast.BinOp) or not isinstance(left.op, ast.Mult | ast.Div):
                yield "factor left out", right
        case ast.BinOp(left, ast.Div(), right):
            yield "divisor left out", left
            yield "divisor multiplies", ast.BinOp(left, ast.Mult(), right)
        case ast.BinOp(left, ast.Pow(), _):
            yield "exponent left out", left
        case ast.BoolOp(_, [first, second]):
            yield "condition left out", first
            yield "condition left out", second
        case ast.Call(ast.Attribute(value, "multiply" | "divide"), [first, _], keywords):
            yield "factor left out", ast.Call(ast.Attribute(value, "positive", ast.Load()), [first], keywords)


def _is_sum(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and type(node.op) in OTHER_SIGN


def exchanges(node: ast.AST) -> Iterator[Change]:
    """What stands on the left and on the right of a sign that minds; rows and columns; two branches."""
    match node:
        case ast.BinOp(ast.Attribute(left, "T") as turned, ast.MatMult() as op, right):
            if ast.dump(left) != ast.dump(right):
                yield "pre and post exchanged", ast.BinOp(ast.Attribute(right, "T", turned.ctx), op, left)
        case ast.BinOp(left, ast.Sub() | ast.MatMult() as op, right):
            yield "operands exchanged", ast.BinOp(right, op, left)
        case ast.Call(ast.Attribute(_, "subtract" | "matmul") as function, [left, right], keywords):
            yield "operands exchanged", ast.Call(function, [right, left], keywords)
            for i, one in enumerate((left, right)):
                if isinstance(one, ast.Attribute) and one.attr == "T":
                    flat = [one.value, right] if i == 0 else [left, one.value]
                    yield "transposed", ast.Call(function, flat, keywords)
        case ast.Attribute(value, "T"):
            yield "transposed", value
        case ast.IfExp(test, body, orelse):
            yield "branches exchanged", ast.IfExp(test, orelse, body)


def brackets(node: ast.AST) -> Iterator[Change]:
    """Brackets forgotten: a * (b + c) read as a * b + c, (a + b) / c as a + b / c."""
    match node:
        case ast.BinOp(left, ast.Mult() | ast.Div() as op, ast.BinOp(first, ast.Add() | ast.Sub() as sign, second)):
            yield "brackets forgotten", ast.BinOp(ast.BinOp(left, op, first), sign, second)
        case ast.BinOp(ast.BinOp(first, ast.Add() | ast.Sub() as sign, second), ast.Mult() | ast.Div() as op, right):
            yield "brackets forgotten", ast.BinOp(first, sign, ast.BinOp(second, op, right))


def numbers(node: ast.AST) -> Iterator[Change]:
    """Another number: one more if it is whole and small, else twice as much."""
    match node:
        case ast.Constant(int() | float() as value) if not isinstance(value, bool):
            near = isinstance(value, int) and value <= 10
            yield "constant", ast.Constant(value + 1 if near else 2 * value or 1.0)


def comparisons(node: ast.AST) -> Iterator[Change]:
    """A comparison turned round, or without its `not`."""
    match node:
        case ast.Compare(left, [op], right) if type(op) in TURNED:
            yield "comparison turned", ast.Compare(left, [TURNED[type(op)]()], right)
        case ast.UnaryOp(ast.Not() | ast.Invert(), operand):
            yield "comparison turned", operand


def calls(node: ast.AST) -> Iterator[Change]:
    """A bound or another function left out, and one for its counterpart: mean for sum, the lower triangle for the
    upper."""
    match node:
        case ast.Call(ast.Name(name) | ast.Attribute(_, name) as function, args, keywords):
            if name in BOUNDS and len(args) > 1:
                for arg in args[:1] if name == "clip" or isinstance(args[1], ast.Constant) else args:
                    yield "bound removed", arg
            if name in FUNCTIONS and len(args) == 1:
                yield "function left out", args[0]
            if name in SWAPPED:
                other = deepcopy(function)
                setattr(other, "attr" if isinstance(other, ast.Attribute) else "id", SWAPPED[name])
                yield "another function", ast.Call(other, args, keywords)


def updates(node: ast.AST) -> Iterator[Change]:
    """Something set where it should be added to, and the other way round; added with the wrong sign; left out."""
    match node:
        case ast.AugAssign(target, op, value):
            yield "set for add", ast.Assign([target], value)
            if type(op) in OTHER_SIGN:
                yield "sign", ast.AugAssign(target, OTHER_SIGN[type(op)](), value)
                yield "statement left out", ast.AugAssign(target, op, ast.Constant(0))
        case ast.Expr(ast.Call()):
            yield "statement left out", ast.Pass()


CHANGES: tuple[Callable[[ast.AST], Iterator[Change]], ...]
CHANGES = (signs, parts, exchanges, brackets, numbers, comparisons, calls, updates)


def _changes(node: ast.AST) -> Iterator[Change]:
    for change in CHANGES:
        yield from change(node)


def _names(node: ast.AST, following: Mapping[str, str]) -> Iterator[Change]:
    """One name for another of its kind, where it is read."""
    if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
        other = following.get(ast.unparse(node))
        if other is not None:
            yield "operand", ast.parse(other, mode="eval").body


def _added(node: ast.AST, kept: Collection[str]) -> Iterator[Change]:
    """Something added where it should be set."""
    match node:
        case ast.Assign([ast.Name(name) as target], value) if name in kept:
            yield "add for set", ast.AugAssign(target, ast.Add(), value)


def _neighbours(node: ast.AST, kept: Collection[str]) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Two statements in a row on what has a value before, where one reads what the other writes."""
    body = getattr(node, "body", None)
    for one, other in pairwise(body) if isinstance(body, list) else ():
        written = _written(one, kept), _written(other, kept)
        if None not in written and (written[0] in _read(other) or written[1] in _read(one)):
            yield one, other


def _written(node: ast.AST, kept: Collection[str]) -> str | None:
    """What a statement changes in place: the target, what is given as `out`, or the first argument."""
    match node:
        case ast.AugAssign(target):
            return ast.unparse(target)
        case ast.Assign([ast.Name(name)]) if name in kept:
            return name
        case ast.Expr(ast.Call(_, args, keywords)):
            return ast.unparse(next((each.value for each in keywords if each.arg == "out"), *args[:1]))
    return None


def _read(node: ast.AST) -> set[str]:
    return {ast.unparse(each) for each in ast.walk(node) if isinstance(each, ast.expr)}
