from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brainnet.errors import BrainnetError
from brainnet.structure import all_but_one, apply_signs, check_signs, dale_signs, fixed_in_degree, keep_signs, sparse

SIGNS = np.array([1, -1, 1], dtype=np.int8)
RING = all_but_one(3)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(count=st.integers(1, 200), fraction=st.floats(0, 1), seed=st.integers(0, 99))
def test_excitatory_neurons_are_exactly_as_many_as_asked_for(count, fraction, seed):
    first, drawn = dale_signs(count, fraction), dale_signs(count, fraction, rng(seed))
    assert set(first) <= {-1, 1}
    assert (np.diff(first) <= 0).all()
    assert abs((first == 1).sum() - fraction * count) <= 0.5
    assert np.array_equal(np.sort(first), np.sort(drawn))


@given(seed=st.integers(0, 999), scales=st.lists(st.floats(0, 10), max_size=20), fraction=st.floats(0, 1))
def test_no_sequence_of_updates_changes_a_sign_or_connects_anew(seed, scales, fraction):
    draw = rng(seed)
    signs, graph = dale_signs(8, fraction, draw), sparse(8, 8, 0.6, draw)
    matrix = apply_signs(draw.exponential(size=(8, 8)) * graph.mask(), signs)
    synapses = matrix[graph.sources(), graph.targets]
    for scale in scales:
        update = draw.normal(0, scale, (8, 8))
        matrix = keep_signs(matrix + update, signs, graph)
        synapses = keep_signs(synapses + update[graph.sources(), graph.targets], signs, graph)
        check_signs(matrix, signs)
        check_signs(synapses, signs, graph)
        assert not matrix[~graph.mask()].any()
        assert np.array_equal(matrix[graph.sources(), graph.targets], synapses)


@given(seed=st.integers(0, 999))
def test_the_law_is_kept_as_written(seed):
    draw = rng(seed)
    weights, signs = draw.normal(size=(6, 9)), dale_signs(6, 0.5, draw)
    kept = keep_signs(weights, signs)
    assert np.array_equal(kept, signs[:, None] * np.maximum(signs[:, None] * weights, 0))
    assert np.array_equal(keep_signs(kept, signs), kept)


@pytest.mark.parametrize("kind", [np.int8, np.int64, np.float64])
def test_signs_of_any_type_keep_the_precision_of_the_weights(kind):
    weights = np.ones((5, 2), np.float32)
    signs = dale_signs(5).astype(kind)
    assert apply_signs(weights, signs).dtype == keep_signs(weights, signs).dtype == np.float32
    assert apply_signs(weights, signs)[:, 0].tolist() == [1, 1, 1, 1, -1]


def test_learning_does_not_hide_what_is_no_number():
    kept = keep_signs(np.full((3, 2), np.nan), SIGNS)
    assert np.isnan(kept).all()
    with pytest.raises(BrainnetError, match=r"source 0 is excitatory .* \(got nan to target 0\)"):
        check_signs(kept, SIGNS)


def test_weights_of_the_large_sparse_graph_of_a_network_take_no_matrix():
    graph = fixed_in_degree(300, 300, 3, rng())
    weights = apply_signs(np.ones(graph.n_synapses, np.float32), dale_signs(300), graph)
    assert weights.shape == (900,)
    assert np.array_equal(weights > 0, graph.sources() < 240)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: dale_signs(3, -0.1), "excitatory_fraction must be a number from 0 to 1 (got -0.1)"),
        (
            lambda: check_signs(np.array([[0, 1], [-1, 0.5], [-2, 0]]), SIGNS),
            "source 1 is inhibitory (-1), so none of its weights may be positive (got 0.5 to target 1)",
        ),
        (
            lambda: check_signs(np.array([1, 1, -1, -1, 1, -0.25]), SIGNS, RING),
            "source 2 is excitatory (+1), so none of its weights may be negative (got -0.25 to target 1)",
        ),
        (lambda: apply_signs(np.array([[1.0], [1], [-3]]), SIGNS), "(got -3.0 from source 2 to target 0): take their"),
        (lambda: check_signs(np.ones((3, 2)), np.array([1, 0, -1])), "signs must be +1 or -1 (got 0 for source 1)"),
        (lambda: check_signs(np.ones((3, 2)), SIGNS[:2]), "one for each of the 3 sources (got shape (2,))"),
        (lambda: keep_signs(np.ones(5), SIGNS, RING), "weights must be of shape (6,) or (3, 3) (got (5,))"),
        (lambda: keep_signs(np.ones(3), SIGNS), "(source, target), or (synapse,) with a graph (got (3,))"),
    ],
)
def test_what_breaks_dales_law_is_named(make, says):
    with pytest.raises(BrainnetError) as caught:
        make()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
