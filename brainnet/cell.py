"""A cell of the design: one neuron, one code, one structure, one rule; and what both twins say of a trained network.

    Cell(neuron, code, structure, rule) -> build -> network -> training -> model

A cell is frozen data. Each twin's `build` makes its own network of it; exchange one of the four with
`dataclasses.replace`, or search over one setting of one of them (`brainnet.parts`), and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from brainnet.checks import is_count, require_count, require_fraction, require_positive, require_that, shown
from brainnet.codes import Presentation
from brainnet.data.shapes import Shape
from brainnet.errors import BrainnetError
from brainnet.structure import Graph, check_signs


@dataclass(frozen=True)
class Local:
    """Hidden layer and readout learn each by a rule of its own, which sees what is at hand and no error from above.

    `hidden` is the rule of the hidden layer, None where it stays as it was drawn; `readout` that of the readout. Rates
    shrink by `decay` from pass to pass; `epochs` is the number of passes where the classifier is given none. In the
    spiking twin both learn at once, and `total_weight`, if given, is the sum to which every hidden neuron's incoming
    weights are scaled (synaptic scaling). In the artificial twin the hidden layers learn first, one after the other,
    then the readout, at the rate that its own rule has.
    """

    hidden: Any
    readout: Any
    total_weight: float | None = None
    epochs: int = 10
    decay: float = 1.0

    def __post_init__(self) -> None:
        require_count(self, "epochs", 1)
        require_fraction(self, "decay")
        if self.total_weight is not None:
            require_positive(self, "total_weight")

    def annealed(self, epoch: int) -> Local:
        """The rule with the learning rates of that pass."""
        slowed = {name: getattr(self, name) for name in ("hidden", "readout")}
        return replace(self, **{name: part and part.slowed(self.decay**epoch) for name, part in slowed.items()})


@dataclass(frozen=True)
class Cell:
    """The four ingredients of a network, and two things that are none: how large it is, and how patterns are shown.

    Args:
        neuron: the kind of hidden neuron, of `brainnet.artificial` or `brainnet.spiking`; it says which twin this is.
        code: what a pattern is to the network (`brainnet.codes`).
        structure: how layers are wired (`brainnet.structure`).
        rule: how the weights learn: along an error, or `Local`.
        hidden: neurons of each hidden layer.
        presentation: how long a pattern is shown, and in which steps. To neurons without time it is the window in which
            the spikes of a code are counted.
    """

    neuron: Any
    code: Any
    structure: Any
    rule: Any
    hidden: tuple[int, ...] = (100,)
    presentation: Presentation = field(default_factory=lambda: Presentation(100.0))

    def __post_init__(self) -> None:
        counts = isinstance(self.hidden, tuple) and all(is_count(size, at_least=1) for size in self.hidden)
        require_that(self, "hidden", counts, "be a tuple of whole numbers, 1 or more, one for each hidden layer")

    @property
    def is_spiking(self) -> bool:
        """Whether it is one of the spiking twin."""
        return hasattr(self.neuron, "dynamics")

    def fitted(self, shape: Shape, mean: np.ndarray) -> Cell:
        """The cell once (rows, columns) of a pattern and the average training pattern, (value,), are known."""
        return replace(self, code=self.code.fitted(shape, mean), structure=self.structure.fitted(shape))

    def impossible(self) -> str | None:
        """Why these four cannot meet, in a sentence, or None if they can."""
        return next((reason for meets, reason in _meetings(self) if not meets), None)

    def require_possible(self) -> None:
        """Raise BrainnetError with the reason if these four cannot meet."""
        if reason := self.impossible():
            raise BrainnetError(f"this cell cannot be built: {reason}")


def _meetings(cell: Cell) -> Iterator[tuple[bool, str]]:
    """What has to hold, and what to say where it does not."""
    neuron, local = type(cell.neuron).__name__, isinstance(cell.rule, Local)
    hidden = cell.rule.hidden if local else None
    learner = cell.rule.readout if local else cell.rule  # what is told of errors
    name, at_spikes = type(learner).__name__, hasattr(hidden, "plasticity")
    if not cell.is_spiking:
        yield hasattr(learner, "gradient"), f"{neuron} neurons learn along an error, and {name} follows none"
        yield not at_spikes, f"{type(hidden).__name__} learns at spikes, and {neuron} neurons have none"
        yield hidden is None or hasattr(hidden, "begin"), f"{type(hidden).__name__} trains no hidden layer"
        yield not local or len(cell.hidden) > 0, "Local needs a hidden layer (got hidden=())"
        yield not cell.structure.competes, f"lateral inhibition between {neuron} neurons has no equation here"
        return
    yield bool(cell.neuron.dynamics().rest), f"{neuron} fires by itself, and no input moves it"
    yield local, f"{name} needs the slope of an activation, and {neuron} has none"
    yield hasattr(learner, "tallied"), f"{name} reads no spikes, and {neuron} has nothing else"
    yield at_spikes or hidden is None, f"{type(hidden).__name__} needs activities, and {neuron} has spikes"
    yield not at_spikes or cell.code.kind != "value", "a rule at spikes needs a code of spikes, not of real values"
    yield len(cell.hidden) == 1, f"the spiking twin has one hidden layer (got {len(cell.hidden)})"
    yield not cell.structure.signed, "no rule of the spiking twin keeps Dale's law at the inputs"
    partner = hasattr(cell.neuron, "partner")
    yield partner or not cell.structure.competes, f"{neuron} has no inhibitory partner to compete by"
    yield cell.hidden[0] > 1 or not cell.structure.competes, "one neuron alone has nobody to compete with"


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights from one layer to the next: (source, target), or (synapse,) in the order of a graph.

    `signs` are those of the sources, (source,), under Dale's law, else None; `learned` says whether they may change.
    """

    name: str
    values: np.ndarray
    graph: Graph | None = None
    signs: np.ndarray | None = None
    learned: bool = True

    def dense(self) -> np.ndarray:
        """The weights, (source, target), 0 where there is no connection."""
        if self.graph is None or self.values.ndim == 2:
            return self.values
        found = np.zeros((self.graph.n_sources, self.graph.n_targets), self.values.dtype)
        found[self.graph.sources(), self.graph.targets] = self.values
        return found


@dataclass(frozen=True)
class Cost:
    """What a network is made of: hidden and output neurons, numbers that may learn, and numbers drawn once."""

    n_units: int
    n_trained_parameters: int
    n_frozen_parameters: int


def check_weights(weights: tuple[Weights, ...], values: Mapping[str, Any]) -> None:
    """Raise BrainnetError for values that are not of the weights' names and shapes, or not as they are wired."""
    known = {each.name: each for each in weights}
    for name, array in values.items():
        if name not in known:
            raise BrainnetError(f"there are no weights {shown(name)}: there are {', '.join(known)}")
        own, new = known[name], np.asarray(array)
        if new.shape != own.values.shape:
            raise BrainnetError(f"the weights {name!r} must be of shape {own.values.shape} (got {new.shape})")
        if own.graph is not None and new.ndim == 2 and new[~own.graph.mask()].any():
            raise BrainnetError(
                f"the weights {name!r} must be 0 where there is no connection: multiply by graph.mask()"
            )
        if own.signs is not None:
            check_signs(new, own.signs)


def check_labels(labels: np.ndarray, n_classes: int) -> None:
    """Raise BrainnetError unless labels, (pattern,), are indices of so many classes."""
    strange = labels[~np.isin(labels, np.arange(n_classes))]
    if strange.size:
        raise BrainnetError(f"labels must be indices of classes, 0 to {n_classes - 1} (got {strange[0]})")
