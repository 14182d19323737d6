"""The spiking twin as a scikit-learn classifier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from brainnet.checks import count
from brainnet.data import estimator
from brainnet.data.scaling import Choice, fitted
from brainnet.errors import BrainnetError
from brainnet.order import seed_of
from brainnet.spiking.network import CompetitiveLayer, FrozenFields, Network, Recording
from brainnet.spiking.simulator import CHUNK, Backend, noise, record
from brainnet.spiking.training.answers import Patterns, Trained, respond
from brainnet.spiking.training.checkpoint import TrainingState, located
from brainnet.spiking.training.training import Progress, Training
from brainnet.warn import unless_learned


class SpikingClassifier(ClassifierMixin, BaseEstimator):
    """A network of spiking neurons that learns by local rules, simulated by Brian2.

    Parameters
    ----------
    hidden : the hidden layer: `FrozenFields` (None stands for its defaults) or `CompetitiveLayer`.
    epochs : passes over the training patterns; None takes the layer's own number.
    value_range : (low, high), the values that become 0 and 1; None leaves that to `scaling`. Training values outside a
        given range raise `BrainnetError`.
    scaling : how training values become numbers in [0, 1], to which later ones are clipped: "global", from the least to
        the greatest of them all; "columns", column by column; "auto", in the first way if the columns share a scale, as
        pixels do, else in the second (`brainnet.data.scaling.fitted` has the rule).
    backend : "standalone" (compiled C++), "numpy" (Brian2's NumPy target, slow), or "auto": the first that can run.
    random_state : seed of weights, order and noise; the same seed gives the same bytes.

    After `fit`: `classes_`, `curve_` (examples seen, accuracy), `receptive_fields_` (hidden neuron, input),
    `trained_weights_` (before, after), `n_presentations_` (repeats included), `history_` (chunk by chunk, see
    `Training.history`), `scaling_`, with its `kind`, `layer_`, `n_units_`, `n_trained_parameters_`,
    `n_frozen_parameters_`. A fit that is stopped leaves the estimator as it was.
    """

    n_features_in_: int
    backend: Backend

    def __init__(
        self,
        hidden: FrozenFields | CompetitiveLayer | None = None,
        epochs: int | None = None,
        value_range: tuple[float, float] | None = None,
        scaling: Choice = "auto",
        backend: Backend = "auto",
        random_state: Any = None,
    ) -> None:
        self.hidden = hidden
        self.epochs = epochs
        self.value_range = value_range
        self.scaling = scaling
        self.backend = backend
        self.random_state = random_state

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
        scores = self._scores(X)
        return self.classes_[scores.argmax(axis=1)]

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
        patterns, network = self.scaling_(values), self._network()
        signals = self.layer_.signals(patterns, None, self._trained.frozen, network)
        return record(network, signals, self._trained.state, noise.keys_by_content(self._seed, patterns))

    def _layer(self) -> FrozenFields | CompetitiveLayer:
        layer = FrozenFields() if self.hidden is None else self.hidden
        if not isinstance(layer, FrozenFields | CompetitiveLayer):
            raise BrainnetError(
                f"SpikingClassifier.hidden must be a layer such as FrozenFields(neurons=500) (got {layer!r})"
            )
        return layer

    def _network(self) -> Network:
        return self.layer_.network(self.n_features_in_, len(self.classes_))

    def _fit(self, X: Any, y: Any, validation: Any, progress: Progress, checkpoint: Path | str | None) -> None:
        layer = self._layer()
        values, labels, self.classes_ = estimator.training(self, X, y)
        held_out = estimator.validation(self, validation, self.classes_)
        self.scaling_ = fitted(self, values)
        if self.scaling == "auto" and self.scaling_.kind == "columns" and layer.shape is None:
            layer = replace(layer, shape=(1, values.shape[1]))  # columns that share no scale are no image
        self.layer_ = layer
        epochs = count("SpikingClassifier.epochs", layer.epochs if self.epochs is None else self.epochs, at_least=1)
        given = Patterns(values, labels, self.scaling_)
        measured = held_out and Patterns(*held_out, self.scaling_)
        seed, path = seed_of(self.random_state), None if checkpoint is None else located(checkpoint)
        training = Training(layer, given, measured, len(self.classes_), epochs, seed, self.backend)
        reached = training.run(progress, path, any_seed=self.random_state is None)
        self._keep(training, reached)

    def _keep(self, training: Training, reached: TrainingState) -> None:
        layer, n_inputs, n_classes, self._seed = self.layer_, self.n_features_in_, len(self.classes_), training.seed
        learned = {name: reached.state[name] for name in training.first_state}  # answers begin at rest
        self._trained = Trained(learned, training.frozen | reached.readout, n_classes, self._seed)
        self.curve_, self.history_ = reached.curve, training.history(reached)
        self.n_presentations_ = int(self.history_["presentations"].sum())
        before, after = (
            layer.trained_weights(state, n_inputs, n_classes) for state in (training.first_state, reached.state)
        )
        self.trained_weights_ = (before, after)
        self.receptive_fields_ = layer.receptive_fields(self._trained.frozen, reached.state, n_inputs)
        self.n_units_ = self._network().n_units
        self.n_trained_parameters_, self.n_frozen_parameters_ = layer.parameters(n_inputs, n_classes)
        unless_learned(self, *training.on_training(reached))

    def _scores(self, X: Any) -> np.ndarray:
        values, layer = estimator.new(self, X), self.layer_
        scores = []
        for begin in range(0, len(values), CHUNK):
            counts = respond(layer, self.scaling_(values[begin : begin + CHUNK]), self._trained, self.backend)
            scores.append(layer.scores(counts, self._trained.frozen, len(self.classes_)))
        return np.concatenate(scores)


def _silent(fraction: float, note: str) -> None:
    """No progress shown."""
