"""Estimators made of parts: a cell, or its ingredients one by one, and every setting of each within reach of a search.

    GridSearchCV(SigmoidClassifier(), {"rule__rate": [0.1, 0.2]})
    GridSearchCV(SpikingClassifier(), {"cell__rule__readout__rule__rate": [0.002, 0.004]})

Parts are frozen data: to set one of their settings is to exchange the part for one that differs in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from brainnet.cell import Cell
from brainnet.checks import is_count, require_that, shown
from brainnet.data.shapes import say_if_unsure, shape_of
from brainnet.errors import BrainnetError

INGREDIENTS = ("neuron", "code", "structure", "rule")


class Parts:
    """What both twins' estimators share: a base class beside scikit-learn's, for `cell` and the ingredients.

    An ingredient that is given, and `hidden`, take the place of the cell's own; a cell that is not given is the twin's
    `default_cell`.
    """

    cell: Cell | None
    hidden: tuple[int, ...] | None

    def default_cell(self) -> Cell:
        """The cell of an estimator that was given none."""
        raise NotImplementedError

    def chosen_cell(self) -> Cell:
        """The cell with the ingredients that were given in the place of its own. Raises BrainnetError."""
        cell = self.default_cell() if self.cell is None else self.cell
        require_that(self, "cell", isinstance(cell, Cell), "be a Cell, or None")
        given = {name: getattr(self, name) for name in INGREDIENTS if getattr(self, name) is not None}
        for name, value in given.items():
            require_part(self, name, value, getattr(cell, name))
        if isinstance(self.hidden, Cell):
            raise BrainnetError(f"{type(self).__name__}.hidden is the number of hidden neurons: give a cell as cell=")
        if self.hidden is not None:
            counts = isinstance(self.hidden, tuple) and all(is_count(size, at_least=1) for size in self.hidden)
            require_that(self, "hidden", counts, "be a tuple of whole numbers, 1 or more, one for each hidden layer")
            given["hidden"] = self.hidden
        cell = replace(cell, **given)
        cell.require_possible()
        return cell

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Settings by name; with `deep` those of parts too, as "part__setting", also of those that None stands for."""
        found: dict[str, Any] = super().get_params(deep=False)  # type: ignore[misc]
        inner = {name: value for part in found for name, value in _settings(part, self._part(part))} if deep else {}
        return found | inner

    def set_params(self, **given: Any) -> Any:
        """Set settings by name, those of parts as "part__setting", parts first, in whatever order they are given.

        Raises BrainnetError for one that is not there.
        """
        known = self.get_params(deep=False)
        for name, value in sorted(given.items(), key=lambda setting: setting[0].count("__")):
            part, *path = name.split("__")
            if part not in known:
                raise BrainnetError(
                    f"Invalid parameter {part!r} for estimator {type(self).__name__}. Valid parameters are: "
                    + ", ".join(known)
                )
            setattr(self, part, _exchanged(name, self._part(part), path, value) if path else value)
        return self

    def _part(self, name: str) -> Any:
        """The part as it is or, where it is None, as the cell has it."""
        part = getattr(self, name)
        if part is not None or name not in ("cell", *INGREDIENTS):
            return part
        cell = self.cell if isinstance(self.cell, Cell) else self.default_cell()
        return cell if name == "cell" else getattr(cell, name)


def cell_for(estimator: Any, cell: Cell, values: np.ndarray) -> Cell:
    """The cell fitted to an estimator's training values, (pattern, value), once `scaling_` is known."""
    n_values = values.shape[1]
    shape = shape_of(estimator, n_values)
    if estimator.scaling == "auto" and estimator.scaling_.kind == "columns" and estimator.shape is None:
        return cell.fitted((1, n_values), estimator.scaling_.mean(values))  # columns that share no scale are no image
    for part in (cell.code, cell.structure):
        if consequence := getattr(part, "of_tables", ""):
            say_if_unsure(estimator, n_values, consequence)
    return cell.fitted(shape, estimator.scaling_.mean(values))


def require_part(owner: Any, name: str, value: Any, example: Any) -> None:
    """Raise BrainnetError unless the value is an object that does what the example does."""
    # A class has the methods too: Sigmoid for Sigmoid() would fail much later.
    if isinstance(value, type) or not any(hasattr(value, method) for method in CONTRACTS[name]):
        kind = type(owner).__name__
        raise BrainnetError(f"{kind}.{name} must be an object such as {example!r} (got {shown(value)})")


CONTRACTS = {
    "neuron": ("activation", "dynamics"),
    "code": ("kind",),
    "structure": ("draw",),
    "rule": ("gradient", "readout"),
}


def _settings(name: str, part: Any) -> Iterator[tuple[str, Any]]:
    """The settings of a part, and of parts of it, by name."""
    for setting in _names(part):
        value = getattr(part, setting)
        yield f"{name}__{setting}", value
        yield from _settings(f"{name}__{setting}", value)


def _names(part: Any) -> list[str]:
    """The names of a part's settings: of what it is made from, and not of what follows from that."""
    if not is_dataclass(part) or isinstance(part, type):
        return []
    return [each.name for each in fields(part) if each.init]


def _exchanged(name: str, part: Any, path: list[str], value: Any) -> Any:
    """The part with another value at the end of the path."""
    first, *rest = path
    known = _names(part)
    if first not in known:
        raise BrainnetError(
            f"Invalid parameter {name!r}: {type(part).__name__} has no setting {first!r}: it has "
            f"{', '.join(known) or 'none'}"
        )
    return replace(part, **{first: _exchanged(name, getattr(part, first), rest, value) if rest else value})
