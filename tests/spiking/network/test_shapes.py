"""Whether patterns are images or rows of a table, and what layers make of it."""

import numpy as np
import pytest
from brainnet.spiking.network.shapes import image_shape

from brainnet.errors import BrainnetError
from brainnet.spiking import CompetitiveLayer, FrozenFields, PoissonRate, PopulationRate
from brainnet.warn import heard

LAYERS = pytest.mark.parametrize("layer", [FrozenFields, CompetitiveLayer])


def begun(layer, n_values: int) -> list[str]:
    """What the layer says at the beginning of a training with patterns of so many values."""
    with heard() as said:
        layer.begin(np.zeros(n_values), 2, np.random.default_rng(0))
    return said


@LAYERS
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
def test_a_square_or_a_given_shape_is_an_image_if_it_has_four_rows_and_columns(layer, shape, n_values, image):
    assert image_shape(layer(neurons=4, shape=shape), n_values) == image


@LAYERS
@pytest.mark.parametrize("n_values", [240, 30, 17])
def test_a_layer_that_cannot_know_the_shape_says_what_it_took_patterns_for(layer, n_values):
    (said,) = begun(layer(neurons=4), n_values)
    assert said.startswith(f"{layer.__name__} takes patterns of {n_values} values for rows of a table, not for images")
    assert said.endswith(f"give shape=(rows, columns) for images, shape=(1, {n_values}) for a table")


@LAYERS
@pytest.mark.parametrize(("shape", "n_values"), [(None, 2), (None, 15), (None, 64), (None, 784), ((1, 30), 30)])
def test_what_is_small_square_or_told_raises_no_question(layer, shape, n_values):
    assert not begun(layer(neurons=4, shape=shape), n_values)


def test_a_coding_of_one_s_own_makes_the_shape_no_matter():
    assert not begun(CompetitiveLayer(neurons=4, coding=PoissonRate()), 240)


@LAYERS
@pytest.mark.parametrize("shape", [5, (3,), (3, 4, 5), (0, 4), (2.0, 8), "44"])
def test_a_shape_is_rows_and_columns(layer, shape):
    with pytest.raises(BrainnetError, match=rf"{layer.__name__}\.shape must be \(rows, columns\)"):
        layer(shape=shape)


@LAYERS
def test_a_shape_that_does_not_fit_is_refused(layer):
    with pytest.raises(BrainnetError, match=rf"{layer.__name__}\.shape \(5, 5\) does not hold patterns of 24 values"):
        begun(layer(neurons=4, shape=(5, 5)), 24)


def test_images_are_coded_by_rate_and_tables_by_populations():
    assert CompetitiveLayer().code(64) == PoissonRate(max_rate_hz=250.0)
    assert CompetitiveLayer().code(13) == CompetitiveLayer(shape=(1, 64)).code(64) == PopulationRate()


def test_fields_of_an_image_are_patches_and_those_of_a_table_dense():
    layers = (FrozenFields(neurons=30, shape=shape) for shape in ((12, 20), (1, 240)))
    patches, dense = (layer.begin(np.zeros(240), 2, np.random.default_rng(0))[0]["fields"] for layer in layers)
    assert ((patches != 0).sum(axis=1) <= 25).all()  # of 5 x 5
    assert (dense != 0).all()
