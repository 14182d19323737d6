"""Whether patterns are images or rows of a table, and what classifiers make of it."""

import numpy as np
import pytest

from brainnet import Cell, SigmoidClassifier, SpikingClassifier, competitive, frozen_fields
from brainnet.codes import PoissonRate, PopulationRate
from brainnet.data.scaling import fitted
from brainnet.data.shapes import is_image, shape_of
from brainnet.errors import BrainnetError
from brainnet.parts import cell_for
from brainnet.structure import LocalFields
from brainnet.warn import heard

Classifier = SigmoidClassifier | SpikingClassifier
SHAPED = pytest.mark.parametrize(
    "model",
    [
        lambda shape=None: SpikingClassifier(frozen_fields(neurons=4), shape=shape),
        lambda shape=None: SpikingClassifier(competitive(neurons=4), shape=shape),
        lambda shape=None: SigmoidClassifier(structure=LocalFields(), shape=shape),
    ],
    ids=["frozen", "competitive", "artificial"],
)


def chosen(model: Classifier, n_values: int, scales: float | np.ndarray = 1.0) -> tuple[Cell, list[str]]:
    """The cell fitted to patterns of so many values, and what the classifier says of them."""
    values = np.random.default_rng(0).random((60, n_values)) * scales
    model.scaling_ = fitted(model, values)
    with heard() as said:
        return cell_for(model, model.chosen_cell(), values), said


@pytest.mark.parametrize(
    ("shape", "n_values", "image"),
    [
        (None, 64, (8, 8)),
        (None, 16, (4, 4)),
        (None, 9, None),
        (None, 240, None),
        ((12, 20), 240, (12, 20)),
        ((1, 64), 64, None),
        ((3, 30), 90, None),
        ((4, 30), 120, (4, 30)),
    ],
)
def test_a_square_or_a_given_shape_is_an_image_if_it_has_four_rows_and_columns(shape, n_values, image):
    found = shape_of(SpikingClassifier(shape=shape), n_values)
    assert (found if is_image(found) else None) == image


@SHAPED
@pytest.mark.parametrize("n_values", [240, 30, 17])
def test_a_classifier_that_cannot_know_the_shape_says_what_it_took_patterns_for(model, n_values):
    name = type(model()).__name__
    _, (said,) = chosen(model(), n_values)
    assert said.startswith(f"{name} takes patterns of {n_values} values for rows of a table, not for images, and ")
    assert said.endswith(f"give shape=(rows, columns) for images, shape=(1, {n_values}) for a table")


@SHAPED
@pytest.mark.parametrize(("shape", "n_values"), [(None, 2), (None, 15), (None, 64), (None, 784), ((1, 30), 30)])
def test_what_is_small_square_or_told_raises_no_question(model, shape, n_values):
    assert not chosen(model(shape), n_values)[1]


@SHAPED
def test_columns_that_share_no_scale_are_a_table_without_a_question(model):
    cell, said = chosen(model(), 30, scales=10.0 ** np.arange(30))
    assert not said
    assert cell.structure == model().chosen_cell().structure.fitted((1, 30))


def test_a_code_of_one_s_own_makes_the_shape_no_matter():
    assert not chosen(SpikingClassifier(competitive(neurons=4, code=PoissonRate())), 240)[1]
    assert not chosen(SigmoidClassifier(), 240)[1]


@SHAPED
@pytest.mark.parametrize("shape", [5, (3,), (3, 4, 5), (0, 4), (2.0, 8), "44"])
def test_a_shape_is_rows_and_columns(model, shape):
    name = type(model()).__name__
    with pytest.raises(BrainnetError, match=rf"{name}\.shape must be \(rows, columns\)"):
        model(shape).fit(np.eye(16), np.arange(16) % 2)


@SHAPED
def test_a_shape_that_does_not_fit_is_refused(model):
    name = type(model()).__name__
    with pytest.raises(BrainnetError, match=rf"{name}\.shape \(5, 5\) does not hold patterns of 24 values"):
        model((5, 5)).fit(np.eye(24), np.arange(24) % 2)


def test_images_are_coded_by_rate_and_tables_by_populations():
    for shape, n_values, code in (
        (None, 64, PoissonRate(max_rate_hz=250.0)),
        (None, 13, PopulationRate()),
        ((1, 64), 64, PopulationRate()),
    ):
        assert chosen(SpikingClassifier(competitive(neurons=4), shape=shape), n_values)[0].code == code


@SHAPED
def test_the_shape_reaches_the_structure(model):
    structure = chosen(model((12, 20)), 240)[0].structure
    assert structure == model().chosen_cell().structure.fitted((12, 20))
