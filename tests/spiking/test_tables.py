"""Ordinary tables: rows of different classes that point in nearly the same direction."""

import numpy as np
import pytest
from sklearn.datasets import make_classification
from sklearn.preprocessing import minmax_scale

from brainnet.codes import PoissonRate, PopulationRate
from brainnet.spiking import SpikingClassifier, competitive
from brainnet.warn import heard


@pytest.fixture(scope="module")
def table() -> tuple[np.ndarray, np.ndarray]:
    """Four classes of 20 columns in [0, 1]; 300 rows to learn from, 100 to answer."""
    patterns, labels = make_classification(
        400, 20, n_informative=8, n_redundant=4, n_classes=4, n_clusters_per_class=1, random_state=0
    )
    return minmax_scale(patterns), np.asarray(labels)


def learned(table, **given) -> tuple[SpikingClassifier, float, list[str]]:
    """The classifier, its accuracy on rows that it never saw, and what it said."""
    patterns, labels = table
    model = SpikingClassifier(competitive(neurons=40, **given), shape=(1, 20), random_state=0)
    with heard() as said:
        model.fit(patterns[:300], labels[:300])
    return model, model.score(patterns[300:], labels[300:]), said


def likeness(model: SpikingClassifier) -> float:
    """Mean correlation of the weights of two neurons."""
    fields = model.trained_weights_[1].reshape(-1, 40)
    return float(np.corrcoef(fields.T)[np.triu_indices(40, 1)].mean())


def test_rows_of_all_classes_point_in_nearly_the_same_direction(table):
    directions = table[0] / np.linalg.norm(table[0], axis=1, keepdims=True)
    assert (directions @ directions.T).mean() > 0.9


def test_competition_learns_a_table_by_default(table):
    model, accuracy, said = learned(table)
    assert accuracy > 0.5  # chance: a quarter, with a standard error of .04
    assert likeness(model) < 0.9
    assert not said


def test_by_rates_alone_all_neurons_learn_the_average_row_and_the_model_says_that_it_has_not_learned(table):
    model, _, said = learned(table, code=PoissonRate(250.0))
    assert likeness(model) > 0.9
    assert [text for text in said if text.startswith("SpikingClassifier has not learned")] == said != []


def test_columns_that_share_no_scale_are_no_image_even_if_their_number_is_a_square():
    rng = np.random.default_rng(0)
    table, pixels = rng.random((60, 25)) * 10.0 ** np.arange(25), rng.random((60, 25))
    for values, kind in ((table, PopulationRate), (pixels, PoissonRate)):
        model = SpikingClassifier(competitive(neurons=4), epochs=1, backend="numpy", random_state=0)
        with heard():
            model.fit(values[:8], np.arange(8) % 2)
        assert isinstance(model.cell_.code, kind)
