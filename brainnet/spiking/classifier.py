"""The spiking twin as a scikit-learn classifier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from brainnet.errors import BrainnetError, one_line
from brainnet.order import presentation_order, seed_of
from brainnet.spiking.network import CompetitiveLayer, FrozenFields, Network, Recording
from brainnet.spiking.simulator import Backend, noise, record, simulate

Progress = Callable[[float, str], None]


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
    `trained_weights_` (before, after), `n_units_`, `n_trained_parameters_`, `n_frozen_parameters_`.
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
        self, X: Any, y: Any, validation: tuple | None = None, progress: Progress | None = None
    ) -> SpikingClassifier:
        """Learn from patterns X, (pattern, input), and labels y, (pattern,).

        `validation`, patterns and labels, only measures the learning curve. `progress` is called with the fraction done
        and a note. Raises `BrainnetError` for a single class, and for settings and values that cannot be simulated.
        """
        self._layer()
        with one_line():
            X, y = validate_data(self, X, y, dtype=np.float64)
            check_classification_targets(y)
        self.classes_, labels = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise BrainnetError(f"a classifier needs at least 2 classes (got one class: {self.classes_[0]})")
        self._begin(X)
        patterns = self._scaled(X)
        self._train(patterns, labels, validation, progress or _silent)
        self._describe(patterns.shape[1])
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
        patterns = self._checked(np.atleast_2d(pattern))
        network = self._network()
        signals = self._layer().signals(patterns, None, self._frozen, network)
        return record(network, signals, self._state, noise.keys_by_content(self._seed, patterns))

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

    def _scaled(self, X: np.ndarray) -> np.ndarray:
        low, high = self._range
        return np.clip((X - low) / (high - low if high > low else 1.0), 0.0, 1.0)

    def _checked(self, X: Any) -> np.ndarray:
        """New patterns, validated and scaled."""
        with one_line():
            return self._scaled(np.asarray(validate_data(self, X, reset=False, dtype=np.float64)))

    def _train(self, patterns: np.ndarray, labels: np.ndarray, validation: tuple | None, progress: Progress) -> None:
        layer, n_classes, count = self._layer(), len(self.classes_), len(patterns)
        self._frozen, self._state = layer.begin(patterns, n_classes, np.random.default_rng(self._seed))
        before = layer.trained_weights(self._state, patterns.shape[1], n_classes).copy()
        epochs = layer.epochs if self.epochs is None else self.epochs
        if not (isinstance(epochs, Integral) and epochs >= 1):
            raise BrainnetError(f"SpikingClassifier.epochs must be a whole number, 1 or more (got {self.epochs!r})")
        curve = []
        for epoch in range(epochs):
            told = _Told(progress, epoch, epochs)
            order = presentation_order(self._seed, epoch, count)
            answer = self._epoch(patterns[order], labels[order], epoch, told)
            self._state = answer.state
            finished = epoch + 1 == epochs and layer.labels_neurons
            counts, shown = (self._respond(patterns), labels) if finished else (answer.counts, labels[order])
            self._frozen |= layer.read_out(counts, shown, n_classes)
            curve.append(((epoch + 1) * count, self._accuracy(patterns, labels, validation)))
        self.curve_ = np.array(curve)
        self.trained_weights_ = (before, layer.trained_weights(self._state, patterns.shape[1], n_classes))

    def _epoch(self, patterns: np.ndarray, labels: np.ndarray, epoch: int, progress: Callable[[float], None]):
        layer = self._layer().annealed(epoch)
        network = layer.network(self.n_features_in_, len(self.classes_))
        signals = layer.signals(patterns, labels, self._frozen, network)
        keys = noise.keys_by_position(self._seed, epoch * len(patterns), len(patterns))
        return simulate(network, signals, self._state, keys, learn=True, backend=self.backend, progress=progress)

    def _respond(self, patterns: np.ndarray) -> dict[str, np.ndarray]:
        """Spike counts of the trained network, which stays as it is."""
        network = self._network()
        signals = self._layer().signals(patterns, None, self._frozen, network)
        keys = noise.keys_by_content(self._seed, patterns)
        return simulate(network, signals, self._state, keys, learn=False, backend=self.backend).counts

    def _accuracy(self, patterns: np.ndarray, labels: np.ndarray, validation: tuple | None) -> float:
        """On the validation patterns if there are any, else on the training patterns."""
        if validation is not None:
            patterns = self._checked(validation[0])
            labels = np.searchsorted(self.classes_, validation[1])
        scores = self._layer().scores(self._respond(patterns), self._frozen, len(self.classes_))
        return float((scores.argmax(axis=1) == labels).mean())

    def _scores(self, X: Any) -> np.ndarray:
        check_is_fitted(self)
        patterns = self._checked(X)
        return self._layer().scores(self._respond(patterns), self._frozen, len(self.classes_))

    def _describe(self, n_inputs: int) -> None:
        layer = self._layer()
        self.receptive_fields_ = layer.receptive_fields(self._frozen, self._state, n_inputs)
        self.n_units_ = self._network().n_units
        self.n_trained_parameters_, self.n_frozen_parameters_ = layer.parameters(n_inputs, len(self.classes_))


@dataclass(frozen=True)
class _Told:
    """Progress within one epoch, passed on as progress within the fit."""

    progress: Progress
    epoch: int
    epochs: int

    def __call__(self, fraction: float) -> None:
        self.progress((self.epoch + fraction) / self.epochs, f"epoch {self.epoch + 1} of {self.epochs}")


def _silent(fraction: float, note: str) -> None:
    """No progress shown."""
