from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.errors import BrainnetError
from brainnet.structure import dense, fixed_in_degree, laws, local_fields, sparse

COUNTS = st.integers(1, 30)
SEEDS = st.integers(0, 999)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(data=st.data(), sources=COUNTS, targets=COUNTS, seed=SEEDS)
@settings(deadline=None)
def test_every_target_has_exactly_the_in_degree_asked_for(data, sources, targets, seed):
    degree = data.draw(st.integers(0, sources))
    graph = fixed_in_degree(sources, targets, degree, rng(seed))
    assert (graph.n_sources, graph.n_targets) == (sources, targets)
    assert (graph.in_degrees() == degree).all()


@given(data=st.data(), sources=st.integers(2, 30), before=st.integers(0, 9), after=st.integers(0, 9), seed=SEEDS)
@settings(deadline=None)
def test_no_neuron_reaches_itself_wherever_it_stands_among_the_targets(data, sources, before, after, seed):
    degree, targets = data.draw(st.integers(1, sources - 1)), before + sources + after
    graph = fixed_in_degree(sources, targets, degree, rng(seed), self_connections=False, first_source=before)
    assert (graph.in_degrees() == degree).all()
    laws.no_self_connection(graph, before)
    laws.no_self_connection(
        sparse(sources, targets, 0.9, rng(seed), self_connections=False, first_source=before), before
    )


@pytest.mark.parametrize("degree", [2, 3])
@pytest.mark.parametrize("itself", [True, False])
def test_every_set_of_sources_is_equally_likely(degree, itself):
    sources, targets = 5, 20_005
    graph = fixed_in_degree(sources, targets, degree, rng(), self_connections=itself, first_source=0)
    later = graph.mask()[:, sources:]  # these are none of the sources
    codes, counts = np.unique((later * 2 ** np.arange(sources)[:, None]).sum(axis=0), return_counts=True)
    assert sorted(codes) == sorted(sum(2**i for i in chosen) for chosen in combinations(range(sources), degree))
    assert np.abs(counts - 2000).max() < 5 * np.sqrt(2000 * 0.9)


def test_every_other_neuron_is_an_equally_likely_source():
    draws = (fixed_in_degree(4, 4, 1, rng(seed), self_connections=False) for seed in range(3000))
    counts = np.sum([graph.mask() for graph in draws], axis=0)
    assert np.array_equal(np.diag(counts), np.zeros(4))
    assert np.abs(counts[~np.eye(4, dtype=bool)] - 1000).max() < 5 * np.sqrt(3000 * 2 / 9)


@pytest.mark.parametrize("probability", [0.02, 0.1, 0.5, 0.9])
def test_sparse_draws_each_pair_with_the_same_probability(probability):
    counts = np.sum([sparse(6, 7, probability, rng(seed)).mask() for seed in range(2000)], axis=0)
    assert np.abs(counts - 2000 * probability).max() < 5 * np.sqrt(2000 * probability * (1 - probability))


@given(sources=COUNTS, targets=COUNTS)
def test_sparse_reaches_from_nothing_to_dense(sources, targets):
    assert sparse(sources, targets, 0, rng()).n_synapses == 0
    assert sparse(sources, targets, 5e-324, rng()).n_synapses == 0
    assert sparse(sources, targets, 1, rng()) == dense(sources, targets)


def test_the_end_of_a_large_sparse_graph_is_as_full_as_its_beginning():
    out = sparse(3000, 4000, 0.3, rng()).out_degrees()  # several blocks of draws
    assert np.abs(out.reshape(10, 300).mean(axis=1) - 1200).max() < 5 * np.sqrt(4000 * 0.21 / 300)


@given(data=st.data(), height=st.integers(1, 12), width=st.integers(1, 12), count=COUNTS, seed=SEEDS)
@settings(deadline=None)
def test_a_local_field_is_one_whole_square(data, height, width, count, seed):
    size = data.draw(st.integers(1, min(height, width)))
    mask = local_fields((height, width), size, count, rng(seed))
    assert mask.shape == (height * width, count)
    for image in mask.T.reshape(count, height, width):
        rows, columns = np.nonzero(image.any(axis=1))[0], np.nonzero(image.any(axis=0))[0]
        assert len(rows) == len(columns) == size
        assert np.ptp(rows) == np.ptp(columns) == size - 1
        assert image.sum() == size * size


def test_local_fields_lie_everywhere_with_equal_chance():
    mask = local_fields((5, 6), 3, 12_000, rng())
    places, counts = np.unique(mask.argmax(axis=0), return_counts=True)
    assert places.tolist() == [row * 6 + column for row in range(3) for column in range(4)]
    assert np.abs(counts - 1000).max() < 5 * np.sqrt(1000)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: sparse(3, 3, 1.5, rng()), "probability must be a number from 0 to 1 (got 1.5)"),
        (lambda: sparse(3, 3, np.nan, rng()), "probability must be a number from 0 to 1 (got nan)"),
        (lambda: sparse(10**6, 10**6, 0.1, rng()), "synapses at most (got 100,000,000,000): split it into several"),
        (
            lambda: fixed_in_degree(9, 9, 10, rng()),
            "in_degree must be at most 9, a target's number of sources (got 10)",
        ),
        (
            lambda: fixed_in_degree(9, 9, 9, rng(), self_connections=False),
            "in_degree must be at most 8, a target's number of sources other than itself (got 9)",
        ),
        (lambda: fixed_in_degree(9, 9, -1, rng()), "in_degree must be a whole number, 0 or more (got -1)"),
        (lambda: fixed_in_degree(9, 9, 2.5, rng()), "in_degree must be a whole number, 0 or more (got 2.5)"),  # type: ignore[arg-type]
        (
            lambda: sparse(5, 9, 0.5, rng(), self_connections=False, first_source=5),
            "(got 5 sources from number 5 on, and 9 targets)",
        ),
        (
            lambda: sparse(5, 9, 0.5, rng(), self_connections=False, first_source=-1),
            "first_source must be a whole number, 0 or more (got -1)",
        ),
        (lambda: local_fields((8, 6), 7, 3, rng()), "got size 7 for an image of 8 x 6"),
        (lambda: local_fields((8, 0), 1, 3, rng()), "each side of shape must be a whole number"),
        (lambda: local_fields((8, 8), 0, 3, rng()), "size must be a whole number"),
    ],
)
def test_a_graph_that_cannot_be_drawn_is_refused_with_field_rule_and_value(make, says):
    with pytest.raises(BrainnetError) as caught:
        make()
    assert says in str(caught.value)
