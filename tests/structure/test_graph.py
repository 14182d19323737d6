from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from brainnet.errors import BrainnetError
from brainnet.structure import Graph, all_but_one, dense, lateral_inhibition, one_to_one

MASKS = arrays(bool, array_shapes(min_dims=2, max_dims=2, max_side=12))
COUNTS = st.integers(1, 30)


@given(mask=MASKS)
def test_a_mask_and_its_graph_say_the_same(mask):
    graph = Graph.of_mask(mask)
    assert np.array_equal(graph.mask(), mask)
    assert np.array_equal(np.column_stack([graph.sources(), graph.targets]), np.argwhere(mask))
    assert np.array_equal(graph.in_degrees(), mask.sum(axis=0))
    assert np.array_equal(graph.out_degrees(), mask.sum(axis=1))
    assert graph.n_synapses == mask.sum()
    assert np.array_equal(graph.transposed().mask(), mask.T)


@given(mask=MASKS, seed=st.integers(0, 99))
def test_pairs_in_any_order_make_one_graph(mask, seed):
    pairs = np.random.default_rng(seed).permutation(np.argwhere(mask))
    graph = Graph.of_pairs(*mask.shape, *pairs.T)
    assert graph == Graph.of_mask(mask)
    assert graph == pickle.loads(pickle.dumps(graph))
    assert mask.all() or graph != Graph.of_mask(np.ones_like(mask))


def test_arrays_are_int32_and_read_only_and_the_callers_stays_writeable():
    mine = np.array([1, 2], dtype=np.int32)
    graph = Graph(1, 3, np.array([0, 2]), mine)
    assert {graph.offsets.dtype, graph.targets.dtype, graph.sources().dtype} == {np.dtype(np.int32)}
    assert not graph.offsets.flags.writeable
    assert not graph.targets.flags.writeable
    assert mine.flags.writeable


@given(sources=COUNTS, targets=COUNTS)
def test_dense_connects_every_pair(sources, targets):
    mask = dense(sources, targets).mask()
    assert mask.shape == (sources, targets)
    assert mask.all()


@given(count=COUNTS)
def test_one_to_one_is_the_diagonal_and_all_but_one_the_rest(count):
    assert np.array_equal(one_to_one(count).mask(), np.eye(count))
    assert np.array_equal(all_but_one(count).mask(), ~one_to_one(count).mask())


@given(count=COUNTS)
@settings(deadline=None)
def test_lateral_inhibition_reaches_all_others_by_one_way_each(count):
    there, back = (graph.mask().astype(int) for graph in lateral_inhibition(count))
    assert np.array_equal(there @ back, 1 - np.eye(count))


def numbers(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: dense(0, 3), "sources must be a whole number, 1 or more (got 0)"),
        (lambda: dense(3, 2.0), "targets must be a whole number, 1 or more (got 2.0)"),  # type: ignore[arg-type]
        (lambda: dense(2**40, 1), "sources must be 2,147,483,647 at most (got 1,099,511,627,776)"),
        (lambda: dense(10**5, 10**5), "a graph holds 2,147,483,647 synapses at most (got 10,000,000,000)"),
        (lambda: all_but_one(-1), "count must be a whole number, 1 or more (got -1)"),
        (lambda: all_but_one(True), "count must be a whole number, 1 or more (got True)"),
        (lambda: Graph(2, 2, numbers(0, 1), numbers(1)), "one more than the 2 sources (got int64 of shape (2,))"),
        (lambda: Graph(2, 2, numbers(0, 2, 1), numbers(1)), "Graph.offsets must rise from 0 to"),
        (lambda: Graph(1, 2, numbers(0, 2), numbers(1)), "the number of targets listed, 1 (got 0 to 2"),
        (
            lambda: Graph(1, 2, numbers(0, 1), numbers(2)),
            "Graph.targets must be numbers of neurons from 0 to 1 (got 2)",
        ),
        (lambda: Graph(2, 9, numbers(0, 1, 3), numbers(7, 4, 4)), "none of them twice (got 4 and then 4 for source 1)"),
        (lambda: Graph(1, 9, numbers(0, 2), numbers(4, 3)), "must ascend for each source"),
        (lambda: Graph(1, 9, numbers(0, 1), np.array([0.5])), "must be whole numbers, (synapse,) (got float64 of"),
        (
            lambda: Graph.of_pairs(2, 2, numbers(2), numbers(0)),
            "of_pairs.sources must be numbers of neurons from 0 to 1",
        ),
        (lambda: Graph.of_pairs(2, 2, numbers(1, 1), numbers(0, 0)), "none of them twice"),
        (lambda: Graph.of_pairs(2, 2, numbers(1, 1), numbers(0)), "as many sources as targets (got 2 and 1)"),
        (
            lambda: Graph.of_mask(np.ones((2, 2))),
            "mask must be boolean, (source, target) (got float64 of shape (2, 2))",
        ),
    ],
)
def test_what_is_no_graph_is_refused_with_field_rule_and_value(make, says):
    with pytest.raises(BrainnetError) as caught:
        make()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
