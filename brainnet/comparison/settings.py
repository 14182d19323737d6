"""The settings of a classifier as they take effect, flat, each by its name and as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from brainnet.cell import Cell, Local
from brainnet.codes import ByShape
from brainnet.comparison.model import Classifier
from brainnet.data.shapes import Shape
from brainnet.parts import Parts
from brainnet.spiking.simulator.cache import compiler

LEFT_OPEN = {  # what None stands for
    "loss": "CrossEntropy",
    "structure.patch": "10 pixels of 28, in proportion, and at least 5",
    "shape": "the square that the inputs form, if they form one",
    "neuron.largest_hz": "the last of the rates",
}
SCALING = {  # of training values to [0, 1], where no range is given
    "auto": "from the least to the greatest training value, or column by column if columns differ in scale",
    "global": "from the least to the greatest training value",
    "columns": "from the least to the greatest training value of each column",
}


def settings(classifier: Classifier) -> dict[str, str]:
    """Every setting that has an effect, those of parts as "part.setting"; the seed has its own column."""
    given = classifier.get_params(deep=False)
    if isinstance(classifier, Parts):
        given = given | _parts(classifier.chosen_cell(), given["epochs"], given["shape"])
    found: dict[str, str] = {}
    for name, value in sorted(given.items()):
        if name == "backend" and value == "auto":
            value = "numpy" if compiler() is None else "standalone"
        if name == "scaling":
            value = SCALING[value] if given["value_range"] is None else None
        if name not in ("random_state", "cell"):
            found |= _flat(name, value)
    return found


def _parts(cell: Cell, epochs: int | None, shape: Shape | None) -> dict[str, Any]:
    """The ingredients that took effect, and what else a cell holds, where it matters."""
    parts = {each.name: getattr(cell, each.name) for each in fields(cell)}
    if not cell.is_spiking and cell.code.kind == "value":
        del parts["presentation"]  # nothing is counted
    if isinstance(cell.rule, Local):
        parts["epochs"] = cell.rule.epochs if epochs is None else epochs
    if isinstance(cell.code, ByShape) and shape is not None:
        parts["code"] = cell.code.fitted(shape, np.zeros(shape[0] * shape[1]))
    return parts


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """A setting by name, and after it those that it consists of."""
    if is_dataclass(value) and not isinstance(value, type):
        yield name, type(value).__name__
        for field in fields(value):
            if isinstance(value, Local) and field.name == "epochs":
                continue  # said once, as the classifier's
            yield from _flat(f"{name}.{field.name}", getattr(value, field.name))
    elif value is not None:
        yield name, _words(value)
    elif name in LEFT_OPEN:
        yield name, LEFT_OPEN[name]


def _words(value: Any) -> str:
    if isinstance(value, tuple) and len(value) > 8:  # the points of a curve, say
        return ", ".join(f"{x:.6g}" if isinstance(x, float) else str(x) for x in value)
    return "none" if value in ((), "") else str(value)
