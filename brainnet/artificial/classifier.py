"""A classifier made of sigmoid neurons that learns by backpropagation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from brainnet.artificial.coding import DTYPES, real_values
from brainnet.artificial.learning import Backpropagation, CrossEntropy, Loss, Rule
from brainnet.artificial.learning.feedback import RandomFeedback
from brainnet.artificial.network import Network
from brainnet.artificial.neurons import Neuron, Sigmoid
from brainnet.artificial.training import train
from brainnet.checks import is_count, require_count, require_that
from brainnet.data import estimator
from brainnet.data.scaling import ROWS, Choice, fitted
from brainnet.errors import BrainnetError
from brainnet.order import seed_of
from brainnet.warn import unless_learned


class SigmoidClassifier(ClassifierMixin, BaseEstimator):
    """Layers of sigmoid neurons, trained by gradient descent along the backpropagated gradient.

        a_0 = x        a_l = f(a_{l-1} W_l + b_l)        p = softmax(a_{L-1} W_L + b_L)

    `hidden` holds the number of neurons of each hidden layer; with none, this is softmax regression. `neuron` is the
    kind of hidden neuron (default `Sigmoid()`); `loss` what is to become small, and with it the kind of output neuron
    (default `CrossEntropy()`); `rule` how the weights learn (default `Backpropagation()`). Training shows all patterns
    `epochs` times in batches of `batch_size`, and works in `dtype`, "float32" or "float64". The same `random_state`
    gives the same weights, to the byte.

    Patterns of any range are scaled to [0, 1] first, as training values say and later ones are clipped to: with
    `scaling` "global" from the least to the greatest of them all, with "columns" column by column, and with "auto" in
    the first way if the columns share a scale, as pixels do, else in the second (`brainnet.data.scaling.fitted` has the
    rule). A `value_range` of (low, high), the values that become 0 and 1, leaves nothing to the training values; those
    outside it raise `BrainnetError`.

    After `fit`: `network_`; `curve_`, (point, 2), examples seen and accuracy; `receptive_fields_`, (hidden neuron,
    input), of the outputs where nothing is hidden; `trained_weights_`, all weights and biases before and after
    learning; `n_units_`, `n_trained_parameters_`, `n_frozen_parameters_`; `scaling_`, with its `kind`; `classes_`,
    `n_features_in_`. A fit that is stopped leaves the estimator as it was.
    """

    classes_: np.ndarray
    n_features_in_: int

    def __init__(
        self,
        hidden: tuple[int, ...] = (100,),
        neuron: Neuron | None = None,
        loss: Loss | None = None,
        rule: Rule | None = None,
        epochs: int = 40,
        batch_size: int = 8,
        dtype: str = "float32",
        value_range: tuple[float, float] | None = None,
        scaling: Choice = "auto",
        random_state: int | np.random.RandomState | None = None,
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
        output = self._respond(X)
        return self.classes_[output.argmax(axis=1)]

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probability of each class, (pattern, class), in the order of `classes_`, for patterns X, (pattern, input)."""
        output = self._respond(X)
        return self.loss_.probabilities(output)

    def _respond(self, X: Any) -> np.ndarray:
        patterns, dtype = estimator.new(self, X), self.network_.parameters.dtype
        parts = (patterns[begin : begin + ROWS] for begin in range(0, len(patterns), ROWS))
        return np.concatenate([self.network_.respond(real_values(part, self.scaling_, dtype)) for part in parts])

    def _fit(self, X: Any, y: Any, validation: Any, progress: Callable[[float, str], None] | None) -> None:
        neuron, loss, rule = self._parts()
        patterns, labels, self.classes_ = estimator.training(self, X, y)
        held_out = estimator.validation(self, validation, self.classes_)
        self.scaling_ = fitted(self, patterns)
        drive = real_values(patterns, self.scaling_, self.dtype)
        measured = held_out and (real_values(held_out[0], self.scaling_, self.dtype), held_out[1])
        seed = seed_of(self.random_state)
        sizes = (drive.shape[1], *(int(neurons) for neurons in self.hidden), len(self.classes_))
        network = Network.random(sizes, neuron, loss.output, np.random.default_rng(seed), self.dtype)
        before = network.parameters.copy()
        curve = [(0, _accuracy(network, *(measured or (drive, labels))))]
        course = train(network, loss, rule, drive, labels, epochs=self.epochs, batch_size=self.batch_size, seed=seed)
        for epoch, running in enumerate(course, start=1):
            accuracy = _accuracy(network, *measured) if measured else running
            curve.append((epoch * len(drive), accuracy))
            if progress is not None:
                progress(epoch / self.epochs, f"epoch {epoch} of {self.epochs}, accuracy {accuracy:.1%}")
        unless_learned(self, _accuracy(network, drive, labels), labels)
        self._keep(network, loss, rule, before, np.array(curve, float))

    def _parts(self) -> tuple[Neuron, Loss, Rule]:
        """The network's parts, once all settings have been checked."""
        counts = isinstance(self.hidden, tuple) and all(is_count(size, at_least=1) for size in self.hidden)
        require_that(self, "hidden", counts, "be a tuple of whole numbers, 1 or more")
        require_count(self, "epochs", 1)
        require_count(self, "batch_size", 1)
        require_that(self, "dtype", self.dtype in DTYPES, f"be one of {', '.join(DTYPES)}")
        neuron = _part("neuron", self.neuron, Neuron, Sigmoid())
        loss = _part("loss", self.loss, Loss, CrossEntropy())
        rule = _part("rule", self.rule, Rule, Backpropagation())
        return neuron, loss, rule

    def _keep(self, network: Network, loss: Loss, rule: Rule, before: np.ndarray, curve: np.ndarray) -> None:
        self.network_ = network
        self.loss_ = loss
        self.curve_ = curve
        self.receptive_fields_ = network.connections[0].weight.T.copy()
        self.trained_weights_ = (before, network.parameters.copy())
        self.n_units_ = sum(network.sizes[1:])
        self.n_trained_parameters_ = network.parameters.size
        feedback = rule.matrices(network) if isinstance(rule, RandomFeedback) else ()
        self.n_frozen_parameters_ = sum(matrix.size for matrix in feedback)


def _accuracy(network: Network, drive: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(network.respond(drive).argmax(axis=1) == labels))


def _part(name: str, value: Any, kind: type, default: Any) -> Any:
    if value is None:
        return default
    # A class has the methods too: Sigmoid for Sigmoid() would fail much later.
    if isinstance(value, type) or not isinstance(value, kind):
        raise BrainnetError(f"SigmoidClassifier.{name} must be an object such as {default!r} (got {value!r})")
    return value
