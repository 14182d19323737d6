"""The spiking twin as a scikit-learn classifier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from brainnet.checks import count
from brainnet.errors import BrainnetError, one_line
from brainnet.order import seed_of
from brainnet.spiking.learning.training import Patterns, Progress, Trained, Training, respond, scaled
from brainnet.spiking.network import CompetitiveLayer, FrozenFields, Network, Recording
from brainnet.spiking.simulator import CHUNK, Backend, noise, record
from brainnet.warn import unless_learned

DTYPES = (np.float64, np.float32, np.uint8)  # kept as they are, not copied


class SpikingClassifier(ClassifierMixin, BaseEstimator):
    """A network of spiking neurons that learns by local rules, simulated by Brian2.

    Parameters
    ----------
    hidden : the hidden layer: `FrozenFields` (None stands for its defaults) or `CompetitiveLayer`.
    epochs : passes over the training patterns; None takes the layer's own number.
    value_range : (low, high), the values that become 0 and 1; None takes the least and greatest training value.
        Training values outside a given range raise `BrainnetError`; `predict` clips to it.
    backend : "standalone" (compiled C++), "numpy" (Brian2's NumPy target, slow), or "auto": the first that can run.
    random_state : seed of weights, order and noise; the same seed gives the same bytes.

    After `fit`: `classes_`, `curve_` (examples seen, accuracy), `receptive_fields_` (hidden neuron, input),
    `trained_weights_` (before, after), `n_presentations_` (repeats included), `history_` (chunk by chunk, see
    `Training.history`), `n_units_`, `n_trained_parameters_`, `n_frozen_parameters_`.
    """

    n_features_in_: int
    backend: Backend

    def __init__(
        self,
        hidden: FrozenFields | CompetitiveLayer | None = None,
        epochs: int | None = None,
        value_range: tuple[float, float] | None = None,
        backend: Backend = "auto",
        random_state: Any = None,
    ) -> None:
        self.hidden = hidden
        self.epochs = epochs
        self.value_range = value_range
        self.backend = backend
        self.random_state = random_state

    def fit(
        self,
        X: Any,
        y: Any,
        validation: tuple | None = None,
        progress: Progress | None = None,
        checkpoint: Path | str | None = None,
    ) -> SpikingClassifier:
        """Learn from patterns X, (pattern, input), and labels y, (pattern,).

        `validation`, patterns and labels, only measures the learning curve. `progress` is called with the fraction done
        and a note. `checkpoint` names an `.npz` file that is written again every few seconds: if it is there, training
        goes on where it stopped, and ends with the same bytes as one that was never stopped. Raises `BrainnetError` for
        a single class, and for settings and values that cannot be simulated.
        """
        self._layer()
        with one_line():
            X, y = validate_data(self, X, y, dtype=DTYPES)
            check_classification_targets(y)
        self.classes_, labels = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise BrainnetError(f"a classifier needs at least 2 classes (got one class: {self.classes_[0]})")
        self._begin(X)
        self._train(X, labels, validation, progress or _silent, checkpoint)
        self._describe(X.shape[1])
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
        check_is_fitted(self)
        patterns = scaled(self._checked(np.atleast_2d(pattern)), *self._range)
        network = self._network()
        signals = self._layer().signals(patterns, None, self._trained.frozen, network)
        return record(network, signals, self._trained.state, noise.keys_by_content(self._seed, patterns))

    def _layer(self) -> FrozenFields | CompetitiveLayer:
        layer = FrozenFields() if self.hidden is None else self.hidden
        if not isinstance(layer, FrozenFields | CompetitiveLayer):
            raise BrainnetError(
                f"SpikingClassifier.hidden must be a layer such as FrozenFields(neurons=500) (got {layer!r})"
            )
        return layer

    def _network(self) -> Network:
        return self._layer().network(self.n_features_in_, len(self.classes_))

    def _begin(self, X: np.ndarray) -> None:
        """Draw the fit's seed, and settle the range of values."""
        self._seed = seed_of(self.random_state)
        self._range = self.value_range or (float(X.min()), float(X.max()))
        low, high = self._range
        if self.value_range is not None and not (low < high):
            raise BrainnetError(
                f"SpikingClassifier.value_range must be (low, high) with low < high (got {self.value_range!r})"
            )
        if X.min() < low or X.max() > high:
            outside = X.min() if X.min() < low else X.max()
            raise BrainnetError(
                f"a pattern value lies outside value_range {self._range!r} (got {outside!r}): scale the patterns"
            )

    def _checked(self, X: Any) -> np.ndarray:
        """New patterns, validated."""
        with one_line():
            return np.asarray(validate_data(self, X, reset=False, dtype=DTYPES))

    def _train(
        self, X: np.ndarray, labels: np.ndarray, validation: tuple | None, progress: Progress, checkpoint
    ) -> None:
        layer, n_classes = self._layer(), len(self.classes_)
        epochs = count("SpikingClassifier.epochs", layer.epochs if self.epochs is None else self.epochs, at_least=1)
        held_out = None
        if validation is not None:
            held_out = Patterns(
                self._checked(validation[0]), np.searchsorted(self.classes_, validation[1]), *self._range
            )
        given = Patterns(X, labels, *self._range)
        training = Training(layer, given, held_out, n_classes, epochs, self._seed, self.backend)
        standing = training.run(progress, None if checkpoint is None else Path(checkpoint))
        self._trained = Trained(standing.state, training.frozen | standing.readout, n_classes, self._seed)
        self.curve_, self.history_ = standing.curve, training.history(standing)
        self.n_presentations_ = int(self.history_["presentations"].sum())
        before, after = (
            layer.trained_weights(state, X.shape[1], n_classes) for state in (training.first_state, standing.state)
        )
        self.trained_weights_ = (before, after)
        unless_learned(self, *training.on_training(standing))

    def _scores(self, X: Any) -> np.ndarray:
        check_is_fitted(self)
        values, layer, low, high = self._checked(X), self._layer(), *self._range
        scores = [np.zeros((0, len(self.classes_)))]
        for begin in range(0, len(values), CHUNK):
            counts = respond(layer, scaled(values[begin : begin + CHUNK], low, high), self._trained, self.backend)
            scores.append(layer.scores(counts, self._trained.frozen, len(self.classes_)))
        return np.concatenate(scores)

    def _describe(self, n_inputs: int) -> None:
        layer = self._layer()
        self.receptive_fields_ = layer.receptive_fields(self._trained.frozen, self._trained.state, n_inputs)
        self.n_units_ = self._network().n_units
        self.n_trained_parameters_, self.n_frozen_parameters_ = layer.parameters(n_inputs, len(self.classes_))


def _silent(fraction: float, note: str) -> None:
    """No progress shown."""
