"""The spiking twin as a scikit-learn classifier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from brainnet.cell import Cell, Local
from brainnet.checks import count
from brainnet.codes import ByShape, Code
from brainnet.data import estimator
from brainnet.data.scaling import Choice, fitted
from brainnet.data.shapes import Shape
from brainnet.errors import BrainnetError
from brainnet.order import seed_of
from brainnet.parts import Parts, cell_for
from brainnet.spiking.model import Model
from brainnet.spiking.network import Recording
from brainnet.spiking.neurons import Neuron
from brainnet.spiking.presets import frozen_fields
from brainnet.spiking.simulator import Backend
from brainnet.spiking.training.checkpoint import TrainingState, located
from brainnet.spiking.training.training import Patterns, Progress, Training
from brainnet.structure import Structure
from brainnet.warn import unless_learned


class SpikingClassifier(Parts, ClassifierMixin, BaseEstimator):
    """A network of spiking neurons that learns by local rules, simulated by Brian2.

    Parameters
    ----------
    cell : the network's `Cell`, such as `frozen_fields()` (None stands for it) or `competitive()`.
    epochs : passes over the training patterns; None takes the rule's own number.
    value_range : (low, high), the values that become 0 and 1; None leaves that to `scaling`. Training values outside a
        given range raise `BrainnetError`.
    scaling : how training values become numbers in [0, 1], to which later ones are clipped: "global", from the least to
        the greatest of them all; "columns", column by column; "auto", in the first way if the columns share a scale, as
        pixels do, else in the second (`brainnet.data.scaling.fitted` has the rule).
    backend : "standalone" (compiled C++), "numpy" (Brian2's NumPy target, slow), or "auto": the first that can run.
    random_state : seed of weights, order and noise; the same seed gives the same bytes.
    neuron, code, structure, rule, hidden : in the place of the cell's own; `hidden` is a tuple, (neurons,). In searches
        a setting of a part is "cell__rule__decay", say (`brainnet.parts`).
    shape : (rows, columns) of a pattern, which tells images from the rows of tables; None takes a square for an image.

    After `fit`: `model_`, the trained `Model`; `classes_`, `curve_` (examples seen, accuracy), `receptive_fields_`
    (hidden neuron, value), `trained_weights_` (before, after), `n_presentations_` (repeats included), `history_` (chunk
    by chunk, see `Training.history`), `scaling_`, with its `kind`, `cell_`, `n_units_`, `n_trained_parameters_`,
    `n_frozen_parameters_`. A fit that is stopped leaves the estimator as it was.
    """

    n_features_in_: int
    backend: Backend

    def __init__(
        self,
        cell: Cell | None = None,
        epochs: int | None = None,
        value_range: tuple[float, float] | None = None,
        scaling: Choice = "auto",
        backend: Backend = "auto",
        random_state: Any = None,
        neuron: Neuron | None = None,
        code: Code | ByShape | None = None,
        structure: Structure | None = None,
        rule: Local | None = None,
        hidden: tuple[int, ...] | None = None,
        shape: Shape | None = None,
    ) -> None:
        self.cell = cell
        self.epochs = epochs
        self.value_range = value_range
        self.scaling = scaling
        self.backend = backend
        self.random_state = random_state
        self.neuron = neuron
        self.code = code
        self.structure = structure
        self.rule = rule
        self.hidden = hidden
        self.shape = shape

    def default_cell(self) -> Cell:
        """Frozen fields under a readout that learns."""
        return frozen_fields()

    def fit(
        self,
        X: Any,
        y: Any,
        validation: tuple[Any, Any] | None = None,
        progress: Progress | None = None,
        checkpoint: Path | str | None = None,
    ) -> SpikingClassifier:
        """Learn from patterns X, (pattern, input), and labels y, (pattern,).

        `validation`, patterns and labels, only measures the learning curve. `progress` is called with the fraction done
        and a note. `checkpoint` names an `.npz` file that is written again every few seconds: if it is there, training
        goes on where it stopped, also with more epochs than before, and ends with the same bytes as one that was never
        stopped; without a `random_state` it keeps the seed that it began with. Raises `BrainnetError` for settings and
        data that cannot be used, for values that cannot be simulated, and for a checkpoint of another training.
        """
        with estimator.whole_or_not_at_all(self) as fresh:
            fresh._fit(X, y, validation, progress or _silent, checkpoint)
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The class of each pattern, (pattern,)."""
        best = self._scores(X).argmax(axis=1)
        return self.classes_[best]

    def predict_proba(self, X: Any) -> np.ndarray:
        """Each class's share of the deciding spikes, (pattern, class); equal shares where there are none."""
        scores = self._scores(X)
        total = scores.sum(axis=1, keepdims=True)
        return np.where(total > 0, scores / np.where(total > 0, total, 1), 1 / len(self.classes_))

    def record(self, pattern: Any) -> Recording:
        """Spikes of every population, and the most active hidden neuron's potential, while one pattern is shown."""
        values = estimator.new(self, np.atleast_2d(pattern))
        if len(values) != 1:
            raise BrainnetError(f"record shows one pattern (got {len(values)}): give one of them, (input,)")
        return self.model_.record(values)

    def _scores(self, X: Any) -> np.ndarray:
        values = estimator.new(self, X)
        return self.model_.scores(values)

    def _fit(self, X: Any, y: Any, validation: Any, progress: Progress, checkpoint: Path | str | None) -> None:
        cell = self.chosen_cell()
        if not cell.is_spiking:
            raise BrainnetError(f"SpikingClassifier needs spikes (got {cell.neuron!r}): take SigmoidClassifier")
        values, labels, self.classes_ = estimator.training(self, X, y)
        held_out = estimator.validation(self, validation, self.classes_)
        self.scaling_ = fitted(self, values)
        cell = self.cell_ = cell_for(self, cell, values)
        epochs = count("SpikingClassifier.epochs", cell.rule.epochs if self.epochs is None else self.epochs, at_least=1)
        given = Patterns(values, labels, self.scaling_)
        measured = held_out and Patterns(*held_out, self.scaling_)
        seed, path = seed_of(self.random_state), None if checkpoint is None else located(checkpoint)
        training = Training(cell, given, measured, len(self.classes_), epochs, seed, self.backend)
        self._keep(training, training.run(progress, path, any_seed=self.random_state is None))

    def _keep(self, training: Training, reached: TrainingState) -> None:
        built, learned = training.built, {name: reached.state[name] for name in training.built.first}
        first = Model(built, built.first, {}, training.seed, self.scaling_, self.backend)
        self.model_ = model = Model(built, learned, reached.readout, training.seed, self.scaling_, self.backend)
        self.curve_, self.history_ = reached.curve, training.history(reached)
        self.n_presentations_ = int(self.history_["presentations"].sum())
        self.trained_weights_ = (_learned(first), _learned(model))
        fields = model.weights()[0]
        self.receptive_fields_ = model.cell.code.fields(fields.dense().T, self.n_features_in_)
        cost = model.cost()
        self.n_units_ = cost.n_units
        self.n_trained_parameters_, self.n_frozen_parameters_ = cost.n_trained_parameters, cost.n_frozen_parameters
        unless_learned(self, *training.on_training(reached))


def _learned(model: Model) -> np.ndarray:
    """The weights that learning may change, (weight,)."""
    return np.concatenate([each.values.ravel() for each in model.weights() if each.learned] or [np.empty(0)])


def _silent(fraction: float, note: str) -> None:
    """No progress shown."""
