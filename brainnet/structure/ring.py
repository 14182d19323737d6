"""Small-world graphs, and the two measures that make one: clustering and path length."""

from __future__ import annotations

import numpy as np

from brainnet import checks
from brainnet.errors import BrainnetError
from brainnet.structure import settings
from brainnet.structure.graph import Graph


def small_world(count: int, neighbours: int, probability: float, rng: np.random.Generator) -> Graph:
    """A ring lattice whose edges are rewired with a probability: highly clustered, and yet a few steps across.

        ring:      {i, i + d},  d = 1 to neighbours / 2
        rewired:   {i, j},  j uniform, neither i nor already joined to i

    Edges have no direction: each is two connections, so the graph is symmetric; their number never changes. An edge
    of a neuron that is joined to all others stays in place. The publication rewires one edge after the other; here
    all draw at once, and those that drew what is taken draw again, which differs in the rare conflicts alone.

    Args:
        count: number of neurons.
        neighbours: of each neuron on the ring, half of them on either side: even, below `count`.
        probability: for each edge to be rewired, 0 to 1.
        rng: source of the draws.

    Raises:
        BrainnetError: a count below 1, neighbours odd or too many, or a probability outside [0, 1].

    Source: D. J. Watts and S. H. Strogatz, Collective dynamics of 'small-world' networks, Nature 393, 440-442, 1998.
    """
    count = settings.count("count", count)
    neighbours = settings.count("neighbours", neighbours, at_least=0)
    if neighbours % 2 or neighbours >= count:
        raise BrainnetError(f"neighbours must be even and below the {count} neurons of the ring (got {neighbours})")
    probability = checks.fraction("probability", probability)
    settings.room(count * neighbours)
    start = np.tile(np.arange(count), neighbours // 2)
    end = (start + np.repeat(np.arange(1, neighbours // 2 + 1), count)) % count
    _rewire(count, start, end, np.flatnonzero(rng.random(len(start)) < probability), rng)
    return Graph.of_pairs(count, count, np.concatenate([start, end]), np.concatenate([end, start]))


def _rewire(count: int, start: np.ndarray, end: np.ndarray, waiting: np.ndarray, rng: np.random.Generator) -> None:
    """Give the waiting edges new ends, in place. Each leaves its old place when it has found a new one."""
    while waiting.size:
        degrees = np.bincount(start, minlength=count) + np.bincount(end, minlength=count)
        waiting = waiting[degrees[start[waiting]] < count - 1]
        drawn = rng.integers(count, size=len(waiting))
        wanted = _edges(count, start[waiting], drawn)
        taken = np.sort(_edges(count, start, end))
        free = (drawn != start[waiting]) & (taken[np.searchsorted(taken, wanted) % len(taken)] != wanted)
        candidates = np.flatnonzero(free)
        winners = candidates[np.unique(wanted[candidates], return_index=True)[1]]
        end[waiting[winners]] = drawn[winners]
        waiting = np.delete(waiting, winners)


def _edges(count: int, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """One number for each edge, whichever way it is written."""
    return np.minimum(start, end) * count + np.maximum(start, end)


def clustering(graph: Graph) -> float:
    """Share of a neuron's pairs of neighbours that are neighbours themselves, the mean over neurons, in [0, 1].

        C = mean_i  (edges among the k_i neighbours of i) / (k_i (k_i - 1) / 2)

    Neurons with fewer than two neighbours count as 0.

    Raises:
        BrainnetError: a graph whose connections are not all in both directions, without self-connections.

    Source: D. J. Watts and S. H. Strogatz, Collective dynamics of 'small-world' networks, Nature 393, 440-442, 1998.
    """
    if graph.n_sources != graph.n_targets or graph != graph.transposed() or np.any(graph.sources() == graph.targets):
        raise BrainnetError("clustering is defined for graphs without direction: connect both ways, and none to itself")
    joined, degrees = _matrix(graph), graph.out_degrees()
    twice_the_edges = ((joined @ joined) * joined).sum(axis=1)
    return float(np.mean(twice_the_edges / np.maximum(degrees * (degrees - 1), 1)))


def path_length(graph: Graph) -> float:
    """Number of connections on the shortest path from one neuron to another, the mean over all pairs.

    Infinite if some neuron cannot be reached from another. It takes 8 bytes for every pair: meant for some thousand
    neurons.

    Raises:
        BrainnetError: sources and targets are not the same neurons, or fewer than two.

    Source: D. J. Watts and S. H. Strogatz, Collective dynamics of 'small-world' networks, Nature 393, 440-442, 1998.
    """
    count = graph.n_sources
    if count != graph.n_targets or count < 2:
        raise BrainnetError(f"path_length needs sources that are the targets (got {count} and {graph.n_targets})")
    from scipy.sparse.csgraph import shortest_path  # slow to import

    return float(shortest_path(_matrix(graph), method="D", unweighted=True).sum() / (count * (count - 1)))


def _matrix(graph: Graph):
    """Ones where a connection exists, (source, target): a sparse array of SciPy's."""
    from scipy.sparse import csr_array

    ones = np.ones(graph.n_synapses, np.int64)
    return csr_array((ones, graph.targets, graph.offsets), shape=(graph.n_sources, graph.n_targets))
