from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.errors import BrainnetError
from brainnet.structure import Graph, clustering, dense, laws, one_to_one, path_length, small_world

MASKS = st.integers(2, 9).flatmap(lambda n: st.lists(st.booleans(), min_size=n * n, max_size=n * n))


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def one_after_the_other(count: int, k: int, p: float, draw: np.random.Generator) -> Graph:
    """Watts & Strogatz's procedure, in their words: lap by lap, clockwise, duplicate edges forbidden."""
    joined = np.zeros((count, count), dtype=bool)
    for distance in range(1, k // 2 + 1):
        for i in range(count):
            joined[i, (i + distance) % count] = joined[(i + distance) % count, i] = True
    for distance in range(1, k // 2 + 1):
        for i in range(count):
            free = np.flatnonzero(~joined[i] & (np.arange(count) != i))
            if draw.random() < p and free.size:
                old, new = (i + distance) % count, draw.choice(free)
                joined[i, old] = joined[old, i] = False
                joined[i, new] = joined[new, i] = True
    return Graph.of_mask(joined)


@given(data=st.data(), count=st.integers(1, 40), p=st.floats(0, 1), seed=st.integers(0, 999))
@settings(deadline=None)
def test_any_rewired_ring_keeps_its_edges_without_direction_or_loop(data, count, p, seed):
    k = 2 * data.draw(st.integers(0, (count - 1) // 2))
    graph = small_world(count, k, p, rng(seed))
    assert graph.n_synapses == count * k
    assert graph == graph.transposed()
    assert graph.out_degrees().min() >= k // 2
    laws.no_self_connection(graph)


@pytest.mark.parametrize("p", [0.05, 0.3, 1.0])
def test_rewiring_at_once_and_one_after_the_other_give_the_same_worlds(p):
    def measures(make):
        graphs = [make(60, 6, p, rng(seed)) for seed in range(40)]
        return np.array([(clustering(g), path_length(g), g.out_degrees().var()) for g in graphs])

    at_once, in_turn = measures(small_world), measures(one_after_the_other)
    error = np.sqrt((at_once.var(axis=0) + in_turn.var(axis=0)) / 40)
    assert (np.abs(at_once.mean(axis=0) - in_turn.mean(axis=0)) < 4 * error).all()


@pytest.mark.parametrize(("count", "k"), [(20, 4), (21, 6), (100, 10)])
def test_the_ring_has_the_closed_forms_of_clustering_and_path_length(count, k):
    ring = small_world(count, k, 0, rng())
    assert clustering(ring) == pytest.approx(3 * (k - 2) / (4 * (k - 1)))
    apart = np.minimum(np.arange(1, count), count - np.arange(1, count))
    assert path_length(ring) == pytest.approx(np.ceil(apart / (k / 2)).mean())


@given(cells=MASKS)
@settings(deadline=None)
def test_path_length_and_clustering_equal_their_definitions(cells):
    count = round(len(cells) ** 0.5)
    mask = np.array(cells).reshape(count, count)
    distance = np.where(mask, 1.0, np.inf)
    np.fill_diagonal(distance, 0)
    for via in range(count):
        distance = np.minimum(distance, distance[:, via, None] + distance[via])
    assert path_length(Graph.of_mask(mask)) == pytest.approx(distance.sum() / (count * (count - 1)))
    both = (mask | mask.T) & ~np.eye(count, dtype=bool)
    shares = []
    for row in both:
        among, k = both[np.ix_(row, row)].sum(), row.sum()
        shares.append(among / (k * (k - 1)) if k > 1 else 0)
    assert clustering(Graph.of_mask(both)) == pytest.approx(np.mean(shares))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: small_world(10, 3, 0.1, rng()),
            "neighbours must be even and below the 10 neurons of the ring (got 3)",
        ),
        (
            lambda: small_world(10, 10, 0.1, rng()),
            "neighbours must be even and below the 10 neurons of the ring (got 10)",
        ),
        (lambda: small_world(10, 2, -0.1, rng()), "probability must be a number from 0 to 1 (got -0.1)"),
        (lambda: clustering(one_to_one(4)), "clustering is defined for graphs without direction"),
        (lambda: path_length(dense(3, 4)), "path_length needs sources that are the targets (got 3 and 4)"),
    ],
)
def test_what_makes_no_ring_is_refused(make, says):
    with pytest.raises(BrainnetError) as caught:
        make()
    assert says in str(caught.value)
