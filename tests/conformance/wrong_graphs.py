"""Functions of `structure` that are wrong on purpose, each with the law that must reject it."""

from __future__ import annotations

import numpy as np

from brainnet.structure import (
    Exponential,
    Graph,
    all_but_one,
    dale_signs,
    distance_dependent,
    fixed_in_degree,
    keep_signs,
    laws,
    one_to_one,
    small_world,
    sparse,
)


def lattice(nearest: int, farthest: int):
    """Small worlds whose ring has neighbours from `nearest` to k / 2 + `farthest` away."""

    def make(count, k, p, rng):
        if p > 0 or not k:
            return small_world(count, k, p, rng)
        start, apart = np.divmod(np.arange(count * (k // 2 + farthest - nearest + 1)), k // 2 + farthest - nearest + 1)
        mask = np.zeros((count, count), dtype=bool)
        mask[start, (start + apart + nearest) % count] = True
        return Graph.of_mask(mask | mask.T)

    return make


def rewired_with(change):
    """Small worlds with another probability."""
    return lambda count, k, p, rng: small_world(count, k, change(p), rng)


def moved_one_way(count, k, p, rng):
    """One edge has two different ends, depending on the way."""
    mask = small_world(count, k, p, rng).mask()
    mask[0, mask[0].argmax()], mask[0, 1 + mask[0, 1:].argmin()] = False, True
    return Graph.of_mask(mask)


def ring_with_loop(count, k, p, rng):
    mask = small_world(count, k, p, rng).mask()
    mask[0, 0] = True
    return Graph.of_mask(mask)


def exchanged(sources, targets, degree, rng, **more):
    """Out-degree fixed in place of in-degree."""
    return fixed_in_degree(targets, sources, min(degree, targets), rng, **more).transposed()


def exchanged_where_square(sources, targets, degree, rng, **more):
    graph = fixed_in_degree(sources, targets, degree, rng, **more)
    return graph.transposed() if sources == targets else graph


def with_repeats(sources, targets, degree, rng, **_):
    """Drawn with replacement, repeats merged."""
    mask = np.zeros((sources, targets), dtype=bool)
    mask[rng.integers(sources, size=(degree, targets)), np.arange(targets)] = True
    return Graph.of_mask(mask)


def first_ones(sources, targets, degree, rng, *, self_connections=True, first_source=0):
    """The exact number, but always the same sources."""
    mask = np.zeros((sources, targets), dtype=bool)
    for target in range(targets):
        others = [i for i in range(sources) if self_connections or i + first_source != target]
        mask[others[:degree], target] = True
    return Graph.of_mask(mask)


def self_connected(make):
    """The setting is not passed on."""
    return lambda *settings, self_connections=True, first_source=0, **more: make(*settings, **more)


def from_number_0(make):
    """The first source is always taken for target 0."""
    return lambda *settings, first_source=0, **more: make(*settings, **more)


def fixed_number(sources, targets, probability, rng, **more):
    return fixed_in_degree(sources, targets, round(sources * probability), rng, **more)


def sparser(sources, targets, probability, rng, **more):
    return sparse(sources, targets, probability * 0.98, rng, **more)


def sheet(change):
    """Distance-dependent graphs with one argument changed."""

    def make(sources, targets, kernel, rng, *, period=None, **more):
        sources, targets, kernel, period = change(sources, targets, kernel, period)
        return distance_dependent(sources, targets, kernel, rng, period=period, **more)

    return make


def on_targets(weights, signs, graph=None):
    """Signs of the targets in place of the sources."""
    return keep_signs(weights.T, signs).T if weights.ndim == 2 else keep_signs(weights, signs, graph)


def of_weights(signs: np.ndarray, graph: Graph | None) -> np.ndarray:
    return signs[:, None] if graph is None else signs[graph.sources()]


def where(condition):
    """Keeps a weight where `condition` of weight and sign holds, and makes it zero elsewhere."""

    def keep(weights, signs, graph=None):
        return np.where(condition(weights, of_weights(signs, graph)), weights, 0)

    return keep


def reflected(weights, signs, graph=None):
    return np.abs(weights) * of_weights(signs, graph)


RING, REWIRING = laws.small_world_begins_as_a_ring, laws.rewiring_moves_the_share_asked_for
SHRINK = laws.small_worlds_shrink_before_they_lose_their_clusters
KERNEL, DALE = laws.connections_follow_their_kernel, laws.learning_keeps_dales_law
MUTANTS = {
    "ring from one farther": (RING, lattice(2, 1)),
    "ring one too short": (RING, lattice(1, -1)),
    "ring one too long": (RING, lattice(1, 1)),
    "ring from oneself": (RING, lattice(0, -1)),
    "ring with a loop": (REWIRING, ring_with_loop),
    "ring rewired at half the share": (REWIRING, rewired_with(lambda p: p / 2)),
    "ring rewired at both ends": (REWIRING, rewired_with(lambda p: 1 - (1 - p) ** 2)),
    "ring rewired one way": (REWIRING, moved_one_way),
    "world never rewired": (SHRINK, rewired_with(lambda p: 0)),
    "world of the complement": (SHRINK, rewired_with(lambda p: 1 - p)),
    "world rewired at half the share": (SHRINK, rewired_with(lambda p: p / 2)),
    "in-degree for out-degree": (laws.in_degrees_are_exact, exchanged),
    "in-degree for out-degree, square": (laws.in_degrees_are_exact, exchanged_where_square),
    "in-degree with repeats": (laws.in_degrees_are_exact, with_repeats),
    "in-degree of favourites": (laws.in_degrees_are_exact, first_ones),
    "in-degree with oneself": (laws.in_degrees_are_exact, self_connected(fixed_in_degree)),
    "in-degree, oneself elsewhere": (laws.in_degrees_are_exact, from_number_0(fixed_in_degree)),
    "sparse of fixed in-degree": (laws.degrees_of_sparse_are_binomial, fixed_number),
    "sparse, one in fifty lost": (laws.degrees_of_sparse_are_binomial, sparser),
    "sparse with oneself": (laws.degrees_of_sparse_are_binomial, self_connected(sparse)),
    "sparse, oneself elsewhere": (laws.degrees_of_sparse_are_binomial, from_number_0(sparse)),
    "Gaussian without its 2": (KERNEL, sheet(lambda s, t, k, w: (s, t, lambda d: k(d * 2**0.5), w))),
    "exponential for Gaussian": (KERNEL, sheet(lambda s, t, k, w: (s, t, Exponential(4), w))),
    "no wrap-around": (KERNEL, sheet(lambda s, t, k, w: (s, t, k, None))),
    "wrap-around one too soon": (KERNEL, sheet(lambda s, t, k, w: (s, t, k, w and (w[0] - 1, w[1] - 1)))),
    "height and width exchanged": (KERNEL, sheet(lambda s, t, k, w: (s, t, k, w and w[::-1]))),
    "sheet of one dimension": (KERNEL, sheet(lambda s, t, k, w: (s * [1, 0], t * [1, 0], k, w))),
    "sheet, self-connections": (KERNEL, self_connected(distance_dependent)),
    "inhibition of oneself": (laws.lateral_inhibition_spares_oneself, lambda n: (one_to_one(n), one_to_one(n))),
    "inhibition by everybody": (laws.lateral_inhibition_spares_oneself, lambda n: (all_but_one(n), all_but_one(n))),
    "signs by chance": (
        laws.signs_are_counted,
        lambda n, f, rng=None: np.where((rng or np.random.default_rng(0)).random(n) < f, 1, -1),
    ),
    "signs never drawn": (laws.signs_are_counted, lambda n, f, rng=None: dale_signs(n, f)),
    "signs exchanged": (laws.signs_are_counted, lambda n, f, rng=None: -dale_signs(n, f, rng)),
    # the weights to clear are those for which w * sign > 0 is not true: what `not`, `*` and `>` in another order clear
    "Dale: lawful weights cleared": (DALE, where(lambda w, s: np.logical_not(w * s > 0))),
    "Dale: not before the product": (DALE, where(lambda w, s: np.logical_not(w) * s > 0)),
    "Dale: comparison before the product": (DALE, where(lambda w, s: s * (w > 0) > 0)),
    "Dale: law of the excitatory for all": (DALE, where(lambda w, s: w > 0)),
    "Dale: everything cleared": (DALE, where(lambda w, s: w != w)),
    "Dale: nothing cleared": (DALE, where(lambda w, s: w == w)),
    "Dale: reflected at zero": (DALE, reflected),
    "Dale: signs of the targets": (DALE, on_targets),
    "Dale: signs exchanged": (DALE, lambda w, s, graph=None: keep_signs(w, -s, graph)),
    "one graph for all seeds": (laws.one_seed_gives_one_graph, lambda rng: sparse(9, 9, 0.5, np.random.default_rng(0))),
    "a graph of no seed": (laws.one_seed_gives_one_graph, lambda rng: sparse(9, 9, 0.5, np.random.default_rng())),
}
