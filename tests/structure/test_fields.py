"""Fields of images are local, those of tables dense, and each neuron's weights have unit L1 norm."""

import numpy as np
import pytest

from brainnet.structure import LocalFields, Wiring


def drawn(n_inputs: int, patch: int | None = None, **shape) -> Wiring:
    return LocalFields(patch, **shape).draw(n_inputs, 30, np.random.default_rng(0))


def fields(wiring: Wiring) -> np.ndarray:
    """The weights, (source, target)."""
    assert wiring.fields is not None
    np.testing.assert_allclose(np.abs(wiring.fields).sum(axis=0), 1)
    return wiring.fields


@pytest.mark.parametrize(("patch", "side"), [(None, 5), (3, 3), (9, 9)])
def test_fields_of_an_image_are_patches_and_the_graph_says_which(patch, side):
    wiring = drawn(240, patch, shape=(12, 20))
    assert wiring.graph is not None
    mask = wiring.graph.mask()
    assert ((fields(wiring) != 0) <= mask).all()
    for seen in mask.T.reshape(30, 12, 20):
        rows, columns = np.nonzero(seen)
        assert (np.ptp(rows), np.ptp(columns), seen.sum()) == (side - 1, side - 1, side**2)


@pytest.mark.parametrize(("n_inputs", "shape"), [(240, (1, 240)), (240, None), (90, (3, 30)), (50, (12, 20))])
def test_fields_of_a_table_or_of_another_layer_are_dense(n_inputs, shape):
    wiring = drawn(n_inputs, shape=shape)
    assert wiring.graph is None
    assert (fields(wiring) != 0).all()


def test_a_fitted_structure_knows_the_image():
    assert LocalFields(3).fitted((12, 20)) == LocalFields(3, shape=(12, 20))
