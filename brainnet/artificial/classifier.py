"""A classifier made of sigmoid neurons that learns by backpropagation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from brainnet.artificial.build import build
from brainnet.artificial.coding import DTYPES, answering, drive, learning
from brainnet.artificial.learning import Backpropagation, CrossEntropy, Loss, Rule
from brainnet.artificial.model import Model
from brainnet.artificial.neurons import Neuron, Sigmoid
from brainnet.artificial.training import Drives
from brainnet.cell import Cell, Local
from brainnet.checks import require_count, require_that, shown
from brainnet.codes import Code, RealValues
from brainnet.data import estimator
from brainnet.data.scaling import Choice, fitted
from brainnet.data.shapes import Shape
from brainnet.errors import BrainnetError
from brainnet.order import seed_of
from brainnet.parts import Parts, cell_for
from brainnet.structure import Dense, Structure
from brainnet.warn import unless_learned


class SigmoidClassifier(Parts, ClassifierMixin, BaseEstimator):
    """Layers of sigmoid neurons, trained by gradient descent along the backpropagated gradient.

        a_0 = x        a_l = f(a_{l-1} W_l + b_l)        p = softmax(a_{L-1} W_L + b_L)

    `cell` is the network's `Cell`; `neuron`, `code`, `structure`, `rule` and `hidden`, the number of neurons of each
    hidden layer, take the place of the cell's own where they are given. Without any it is `Cell(Sigmoid(),
    RealValues(), Dense(), Backpropagation(), hidden=(100,))`; with `hidden=()`, softmax regression. A setting of a part
    has the name "rule__rate" in searches (`brainnet.parts`). `loss` is what is to become small, and with it the kind of
    output neuron (default `CrossEntropy()`). Training shows all patterns `epochs` times in batches of `batch_size`, and
    works in `dtype`, "float32" or "float64". The same `random_state` gives the same weights, to the byte.

    Patterns of any range are scaled to [0, 1] first, as training values say and later ones are clipped to: with
    `scaling` "global" from the least to the greatest of them all, with "columns" column by column, and with "auto" in
    the first way if the columns share a scale, as pixels do, else in the second (`brainnet.data.scaling.fitted` has the
    rule). A `value_range` of (low, high), the values that become 0 and 1, leaves nothing to the training values; those
    outside it raise `BrainnetError`. `shape`, (rows, columns), tells images from the rows of tables to parts that see a
    difference; without it, a square number of values is an image.

    After `fit`: `model_`, the trained `Model`; `network_`; `curve_`, (point, 2), examples seen and accuracy;
    `receptive_fields_`, (hidden neuron, value), of the outputs where nothing is hidden; `trained_weights_`, weights and
    biases that learn, before and after; `n_units_`, `n_trained_parameters_`, `n_frozen_parameters_`; `scaling_`, with
    its `kind`; `cell_`; `classes_`, `n_features_in_`. A fit that is stopped leaves the estimator as it was.
    """

    classes_: np.ndarray
    n_features_in_: int

    def __init__(
        self,
        hidden: tuple[int, ...] | None = None,
        neuron: Neuron | None = None,
        loss: Loss | None = None,
        rule: Rule | Local | None = None,
        epochs: int = 40,
        batch_size: int = 8,
        dtype: str = "float32",
        value_range: tuple[float, float] | None = None,
        scaling: Choice = "auto",
        random_state: int | np.random.RandomState | None = None,
        code: Code | None = None,
        structure: Structure | None = None,
        cell: Cell | None = None,
        shape: Shape | None = None,
    ) -> None:
        self.hidden = hidden
        self.neuron = neuron
        self.loss = loss
        self.rule = rule
        self.epochs = epochs
        self.batch_size = batch_size
        self.dtype = dtype
        self.value_range = value_range
        self.scaling = scaling
        self.random_state = random_state
        self.code = code
        self.structure = structure
        self.cell = cell
        self.shape = shape

    def default_cell(self) -> Cell:
        """A hidden layer of 100 sigmoid neurons that learns by backpropagation."""
        return Cell(Sigmoid(), RealValues(), Dense(), Backpropagation(), hidden=(100,))

    def fit(
        self,
        X: Any,
        y: Any,
        validation: tuple[Any, Any] | None = None,
        progress: Callable[[float, str], None] | None = None,
    ) -> SigmoidClassifier:
        """Learn from patterns X, (pattern, input), and their labels y, (pattern,).

        `validation`, patterns and labels, is used to measure the learning curve and for nothing else. Without it the
        curve holds accuracy on the training patterns: of each epoch, the share that was right when its batch came.
        `progress(fraction, note)` is called after each epoch. Raises BrainnetError for settings and data that cannot
        be used, and for training that diverges.
        """
        with estimator.whole_or_not_at_all(self) as fresh:
            fresh._fit(X, y, validation, progress)
        return self

    def predict(self, X: Any) -> np.ndarray:
        """Class, (pattern,), of the most active output neuron for patterns X, (pattern, input)."""
        best = self._scores(X).argmax(axis=1)
        return self.classes_[best]

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probability of each class, (pattern, class), in the order of `classes_`, for patterns X, (pattern, input)."""
        scores = self._scores(X)
        return self.model_.loss.probabilities(scores)

    def _scores(self, X: Any) -> np.ndarray:
        values = estimator.new(self, X)
        return self.model_.scores(values)

    def _fit(self, X: Any, y: Any, validation: Any, progress: Callable[[float, str], None] | None) -> None:
        cell, loss = self._settings()
        values, labels, self.classes_ = estimator.training(self, X, y)
        held_out = estimator.validation(self, validation, self.classes_)
        self.scaling_ = fitted(self, values)
        cell = self.cell_ = cell_for(self, cell, values)
        seed = seed_of(self.random_state)
        network = build(cell, loss, values.shape[1], len(self.classes_), np.random.default_rng(seed), self.dtype)
        model = Model(cell, network, loss, seed, self.scaling_)
        before = network.parameters[model.learns()]
        measured = held_out or (values, labels)
        curve = [(0, _accuracy(model, *measured))]
        given = {"epochs": self.epochs, "batch_size": self.batch_size}
        course = model.trained(self._drives(cell, values, seed), labels, **given)
        for epoch, (running, model) in enumerate(course, start=1):
            accuracy = _accuracy(model, *held_out) if held_out else running
            curve.append((epoch * len(values), accuracy))
            if progress is not None:
                progress(epoch / self.epochs, f"epoch {epoch} of {self.epochs}, accuracy {accuracy:.1%}")
        unless_learned(self, _accuracy(model, values, labels), labels)
        self._keep(model, before, np.array(curve, float))

    def _settings(self) -> tuple[Cell, Loss]:
        """Cell and loss, once all settings have been checked."""
        require_count(self, "epochs", 1)
        require_count(self, "batch_size", 1)
        require_that(self, "dtype", self.dtype in DTYPES, f"be one of {', '.join(DTYPES)}")
        loss = CrossEntropy() if self.loss is None else self.loss
        # A class has the methods too: SquaredError for SquaredError() would fail much later.
        if isinstance(loss, type) or not isinstance(loss, Loss):
            raise BrainnetError(f"SigmoidClassifier.loss must be an object such as CrossEntropy() (got {shown(loss)})")
        cell = self.chosen_cell()
        if cell.is_spiking:
            raise BrainnetError(f"SigmoidClassifier has no spikes (got {cell.neuron!r}): take SpikingClassifier")
        return cell, loss

    def _drives(self, cell: Cell, values: np.ndarray, seed: int) -> Drives:
        """The drive of each epoch: always the same where the code draws nothing."""
        if cell.code.kind == "value":
            same = drive(cell, values, self.scaling_, answering(cell, seed), self.dtype)
            return lambda epoch: same
        return lambda epoch: drive(cell, values, self.scaling_, learning(seed, epoch, len(values)), self.dtype)

    def _keep(self, model: Model, before: np.ndarray, curve: np.ndarray) -> None:
        self.model_, self.network_, self.curve_ = model, model.network, curve
        fields = model.network.connections[0].weight.T.copy()
        self.receptive_fields_ = model.cell.code.fields(fields, self.n_features_in_)
        self.trained_weights_ = (before, model.network.parameters[model.learns()])
        cost = model.cost()
        self.n_units_ = cost.n_units
        self.n_trained_parameters_, self.n_frozen_parameters_ = cost.n_trained_parameters, cost.n_frozen_parameters


def _accuracy(model: Model, values: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(model.predict(values) == labels))
