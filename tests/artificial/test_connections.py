"""Laws of the connections between layers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from brainnet.artificial import Connections
from brainnet.artificial.connections import Constraint, initial_weights, n_parameters, views
from brainnet.structure import Dale, Dense, LocalFields, Sparse, Wiring


def test_summed_input_is_the_hand_computed_one():
    layer = Connections(weight=np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), bias=np.array([0.5, -0.5]))
    np.testing.assert_array_equal(layer.propagate(np.array([[1.0, 0.0, -1.0]])), [[-3.5, -4.5]])


@pytest.mark.parametrize("sizes", [(3, 2), (4, 3, 2), (5, 4, 3, 2)])
def test_views_cover_the_vector_once(sizes: tuple[int, ...]):
    vector = np.zeros(n_parameters(sizes))
    layers = views(vector, sizes)
    for layer in layers:
        layer.weight[...] += 1
        layer.bias[...] += 1
    np.testing.assert_array_equal(vector, 1)
    assert [layer.weight.shape for layer in layers] == list(pairwise(sizes))


def test_initial_weights_have_the_stated_reach_and_no_bias():
    layer = Connections(weight=np.empty((300, 200)), bias=np.empty(200))
    initial_weights(layer, Wiring(300, 200), 4.0, np.random.default_rng(0))
    reach = 4 * (6 / 500) ** 0.5
    assert 0.999 * reach < np.abs(layer.weight).max() <= reach
    assert layer.weight.mean() == pytest.approx(0, abs=0.01 * reach)
    assert layer.weight.var() == pytest.approx(reach**2 / 3, rel=0.02)
    assert not layer.bias.any()


@pytest.mark.parametrize(
    "structure", [Sparse(0.2), Dale(Dense()), Dale(Sparse(0.3)), LocalFields(3, shape=(8, 8))], ids=repr
)
def test_initial_weights_obey_the_wiring_and_have_the_spread_of_as_many_connections(structure):
    wiring = structure.draw(64, 500, np.random.default_rng(1))
    layer = Connections(weight=np.empty((64, 500)), bias=np.ones(500))
    initial_weights(layer, wiring, 1.0, np.random.default_rng(0))
    kept = Constraint.of(wiring).keep(layer.weight.copy())
    np.testing.assert_array_equal(layer.weight, kept)
    reach = (6 * 64 * 500 / (64 + 500) / wiring.n_synapses) ** 0.5
    assert (layer.weight**2).sum() / wiring.n_synapses == pytest.approx(reach**2 / 3, rel=0.03)
    assert not layer.bias.any()


def test_a_law_puts_0_where_nobody_is_connected_and_where_a_sign_is_wrong():
    wiring = Dale(Sparse(0.5)).draw(20, 10, np.random.default_rng(0))
    assert wiring.graph is not None
    assert wiring.signs is not None
    drawn = np.random.default_rng(1).normal(size=(20, 10))
    allowed = wiring.graph.mask() & (np.sign(drawn) == wiring.signs[:, None])
    np.testing.assert_array_equal(Constraint.of(wiring).keep(drawn.copy()), np.where(allowed, drawn, 0))
