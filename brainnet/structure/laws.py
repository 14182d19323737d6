"""What every graph of a kind must obey: functions that raise AssertionError if it does not.

Each takes the function that it puts to the test, brainnet's own by default, so that a wrong copy can be put in its
place. All draws come from fixed seeds; statistical bounds are five standard deviations.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from brainnet.structure.dale import apply_signs, dale_signs, keep_signs
from brainnet.structure.drawn import fixed_in_degree, sparse
from brainnet.structure.graph import Graph
from brainnet.structure.patterns import all_but_one, dense, lateral_inhibition, local_fields, one_to_one
from brainnet.structure.ring import clustering, path_length, small_world
from brainnet.structure.sheet import Exponential, Gaussian, distance_dependent, grid

SIGMAS = 5


def _require(holds: object, law: str) -> None:
    # not `assert`, which python -O leaves out
    if not holds:
        raise AssertionError(law)


def _near(what: str, found: np.ndarray | float, mean: np.ndarray | float, variance: np.ndarray | float) -> None:
    """Every number found lies within the bounds around its mean."""
    worst = np.max(np.abs(np.subtract(found, mean)) / np.sqrt(variance))
    _require(worst <= SIGMAS, f"{what}: {worst:.3g} standard deviations from the mean")


def no_self_connection(graph: Graph, first_source: int = 0) -> None:
    """No source i reaches the target first_source + i, which is itself."""
    found = np.flatnonzero(graph.sources() + first_source == graph.targets)
    _require(found.size == 0, f"{found.size} neurons reach themselves")


def fixed_patterns_are_what_they_say(
    every: Callable[..., Graph] = dense,
    same: Callable[..., Graph] = one_to_one,
    other: Callable[..., Graph] = all_but_one,
) -> None:
    """Dense is all pairs, one to one the diagonal, all but one the rest."""
    _require(every(3, 5).mask().all(), "dense connects every pair")
    _require(np.array_equal(same(7).mask(), np.eye(7)), "one_to_one is the diagonal")
    _require(np.array_equal(other(7).mask(), 1 - np.eye(7)), "all_but_one is all but the diagonal")


def lateral_inhibition_spares_oneself(make: Callable[..., tuple[Graph, Graph]] = lateral_inhibition) -> None:
    """One way leads through the inhibitory partners to every other neuron, and none back to oneself."""
    there, back = make(9)
    ways = there.mask().astype(int) @ back.mask().astype(int)
    _require(np.array_equal(ways, 1 - np.eye(9)), "each neuron inhibits all others once, and not itself")


def in_degrees_are_exact(make: Callable[..., Graph] = fixed_in_degree) -> None:
    """Each target has exactly so many sources, itself left out where asked, and no source is preferred."""
    for sources, targets, degree in ((40, 60, 7), (60, 40, 50), (9, 12, 9), (9, 9, 0)):
        graph = make(sources, targets, degree, np.random.default_rng(1))
        _require((graph.n_sources, graph.n_targets) == (sources, targets), "the graph has the sizes asked for")
        _require((graph.in_degrees() == degree).all(), f"each in-degree is {degree}")
    for first, targets, degree in ((0, 30, 4), (0, 30, 29), (20, 60, 25)):
        graph = make(30, targets, degree, np.random.default_rng(2), self_connections=False, first_source=first)
        _require((graph.in_degrees() == degree).all(), f"each in-degree is {degree} without self-connections")
        no_self_connection(graph, first)
    for degree in (5, 15):
        graph = make(20, 20_000, degree, np.random.default_rng(3))
        p = degree / 20
        _near("out-degrees", graph.out_degrees(), 20_000 * p, 20_000 * p * (1 - p))


def degrees_of_sparse_are_binomial(make: Callable[..., Graph] = sparse) -> None:
    """Number of connections and degrees have the binomial mean and variance; 0 gives none and 1 all."""
    for p in (0.02, 0.3, 0.9):
        graph = make(300, 400, p, np.random.default_rng(1))
        _near("connections", graph.n_synapses, 120_000 * p, 120_000 * p * (1 - p))
        for degrees, trials in ((graph.in_degrees(), 300), (graph.out_degrees(), 400)):
            variance = trials * p * (1 - p)
            _near("degrees", degrees.mean(), trials * p, variance / len(degrees))
            _near("variance of degrees", degrees.var(), variance, (2 * variance**2 + variance) / len(degrees))
    _require(make(20, 30, 0.0, np.random.default_rng(1)).n_synapses == 0, "probability 0 connects nothing")
    _require(make(20, 30, 1.0, np.random.default_rng(1)).mask().all(), "probability 1 connects everything")
    no_self_connection(make(50, 90, 0.5, np.random.default_rng(1), self_connections=False, first_source=30), 30)


def small_world_begins_as_a_ring(make: Callable[..., Graph] = small_world) -> None:
    """Without rewiring each neuron is joined to its nearest on either side, and to nothing else.

    C = 3 (k - 2) / (4 (k - 1))
    """
    for count, k in ((20, 6), (7, 6), (11, 2), (5, 0)):
        graph = make(count, k, 0.0, np.random.default_rng(1))
        apart = np.abs(np.arange(count)[:, None] - np.arange(count))
        apart = np.minimum(apart, count - apart)
        _require(np.array_equal(graph.mask(), (apart >= 1) & (apart <= k // 2)), f"a ring of {count}, {k} neighbours")
    measured = clustering(make(100, 10, 0.0, np.random.default_rng(1)))
    _require(abs(measured - 3 * 8 / (4 * 9)) < 1e-9, f"clustering of the ring is 2/3 (got {measured})")


def rewiring_moves_the_share_asked_for(make: Callable[..., Graph] = small_world) -> None:
    """Rewiring keeps the number of edges and one end of each; a share 1 - p of the ring stays."""
    count, k = 2000, 10
    apart = np.abs(np.arange(count)[:, None] - np.arange(count))
    ring = np.minimum(apart, count - apart) <= k // 2
    for p in (0.05, 0.5, 1.0):
        graph = make(count, k, p, np.random.default_rng(1))
        _require(graph.n_synapses == count * k, "the number of edges stays")
        _require(graph == graph.transposed(), "edges have no direction")
        _require(graph.out_degrees().min() >= k // 2, "each edge keeps one end")
        no_self_connection(graph)
        stayed, scatter = (graph.mask() & ring).sum() / (count * k), (p * (1 - p) / (count * k / 2)) ** 0.5
        returned = p * k / count  # at most: a new end that falls upon a free place of the ring
        within = 1 - p - SIGMAS * scatter <= stayed <= 1 - p + returned + SIGMAS * scatter
        _require(within, f"a share {1 - p:.3g} of the ring stays (got {stayed:.4f})")


def small_worlds_shrink_before_they_lose_their_clusters(make: Callable[..., Graph] = small_world) -> None:
    """Of 1,000 neurons with 10 neighbours, as published: few rewired edges shorten paths, many undo the clusters.

        C(p) = C(0) (1 - p)^3        L(1) = (ln n - 0.5772) / ln k + 1/2

    Sources: A. Barrat and M. Weigt, On the properties of small-world network models, European Physical Journal B 13,
    547-560, 2000; A. Fronczak, P. Fronczak and J. A. Holyst, Average path length in random networks, Physical Review E
    70, 056110, 2004.
    """
    shares = np.array([0, 0.01, 0.1, 1.0])
    graphs = [make(1000, 10, p, np.random.default_rng(1)) for p in shares]
    clusters, paths = np.array([(clustering(g), path_length(g)) for g in graphs]).T
    off = np.abs(clusters / clusters[0] - (1 - shares) ** 3).max()
    _require(off < 0.03, f"clustering falls as (1 - p)^3 (off by {off:.3f})")
    _require((np.diff(paths) < 0).all(), f"paths shorten (got {paths})")
    _require(paths[1] < paths[0] / 4, f"one edge in a hundred shortens paths to a quarter (got {paths[:2]})")
    random = (np.log(1000) - np.euler_gamma) / np.log(10) + 0.5
    _require(
        abs(paths[-1] / random - 1) < 0.03, f"paths end as those of a random graph, {random:.2f} (got {paths[-1]})"
    )


def connections_follow_their_kernel(make: Callable[..., Graph] = distance_dependent) -> None:
    """At every distance as many connections as the kernel says, with and without wrap-around."""
    height, width = 24, 30
    place = grid(height, width)
    apart = np.abs(place[:, None] - place)
    for period in (None, (height, width)):
        shortest = apart if period is None else np.minimum(apart, period - apart)
        distance = np.sqrt((shortest**2).sum(axis=-1))
        ring = distance.astype(int)
        for kernel, chance in (
            (Gaussian(5, 0.6), 0.6 * np.exp(-(distance**2) / 50)),
            (Exponential(4), np.exp(-distance / 4)),
        ):
            graph = make(place, place, kernel, np.random.default_rng(1), period=period)
            found, mean, variance = (
                np.bincount(ring.ravel(), values.ravel()) for values in (graph.mask(), chance, chance * (1 - chance))
            )
            enough = variance > 10
            _near(f"{kernel}, period {period}", found[enough], mean[enough], variance[enough])
    graph = make(place, place, Exponential(4), np.random.default_rng(1), self_connections=False)
    no_self_connection(graph)


def signs_are_counted(make: Callable[..., np.ndarray] = dale_signs) -> None:
    """Signs are +1 and -1, the excitatory ones exactly so many, in an order that is drawn or excitatory first."""
    for count, fraction, excitatory in ((10, 0.8, 8), (1000, 0.333, 333), (7, 0.0, 0), (7, 1.0, 7)):
        first, drawn = make(count, fraction), make(count, fraction, np.random.default_rng(1))
        for signs in (first, drawn):
            _require((np.abs(signs) == 1).all(), "signs are +1 or -1")
            _require((signs == 1).sum() == excitatory, f"{excitatory} of {count} neurons are excitatory")
        _require((np.diff(first) <= 0).all(), "excitatory neurons come first")
    halves = sum(make(10, 0.5, np.random.default_rng(seed)).astype(int) for seed in range(1000))
    _near("signs of one place", halves, 0, 1000)


def learning_keeps_dales_law(keep: Callable[..., np.ndarray] = keep_signs) -> None:
    """After any update: no sign has changed, what crossed zero is zero, and what did not is untouched."""
    rng = np.random.default_rng(1)
    graph = fixed_in_degree(30, 30, 20, rng, self_connections=False)
    signs = dale_signs(30, 0.6, rng)
    for known, shape in ((None, (30, 30)), (graph, (graph.n_synapses,))):
        weights = apply_signs(rng.exponential(size=shape), signs, known)
        sign = np.repeat(signs, 30).reshape(shape) if known is None else signs[graph.sources()]
        for _ in range(30):
            moved = weights + rng.normal(0, 0.2, shape)
            weights = keep(moved, signs, known)
            _require((weights * sign >= 0).all(), "no weight has the other sign")
            _require((weights[moved * sign < 0] == 0).all(), "a weight that crossed zero is zero")
            lawful = moved * sign >= 0
            _require((weights[lawful] == moved[lawful]).all(), "a lawful weight is untouched")


def one_seed_gives_one_graph(make: Callable[[np.random.Generator], object] | None = None) -> None:
    """The same seed gives the same graph, and another seed another."""
    place = grid(6, 6)
    drawn = {
        "sparse": lambda rng: sparse(30, 30, 0.3, rng),
        "fixed_in_degree": lambda rng: fixed_in_degree(30, 30, 9, rng),
        "small_world": lambda rng: small_world(30, 6, 0.5, rng),
        "distance_dependent": lambda rng: distance_dependent(place, place, Gaussian(2), rng),
        "local_fields": lambda rng: Graph.of_mask(local_fields((8, 8), 3, 20, rng)),
        "dale_signs": lambda rng: dale_signs(30, 0.5, rng).tolist(),
    }
    for name, draw in drawn.items() if make is None else {"graph": make}.items():
        first, again, other = (draw(np.random.default_rng(seed)) for seed in (1, 1, 2))
        _require(first == again, f"{name}: one seed gives one graph")
        _require(first != other, f"{name}: another seed gives another graph")


LAWS = (
    fixed_patterns_are_what_they_say,
    lateral_inhibition_spares_oneself,
    in_degrees_are_exact,
    degrees_of_sparse_are_binomial,
    small_world_begins_as_a_ring,
    rewiring_moves_the_share_asked_for,
    small_worlds_shrink_before_they_lose_their_clusters,
    connections_follow_their_kernel,
    signs_are_counted,
    learning_keeps_dales_law,
    one_seed_gives_one_graph,
)
