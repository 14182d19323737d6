"""Sparse random graphs: at a probability, or with a fixed number of sources for each target."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from brainnet import checks
from brainnet.errors import BrainnetError
from brainnet.structure import settings
from brainnet.structure.graph import Graph


def sparse(
    sources: int,
    targets: int,
    probability: float,
    rng: np.random.Generator,
    *,
    self_connections: bool = True,
    first_source: int = 0,
) -> Graph:
    """Each pair independently with the given probability: the directed random graph of Gilbert.

    The gaps between connected pairs, counted row by row, are geometric, so unconnected pairs cost nothing.

    Args:
        sources, targets: numbers of neurons.
        probability: of each connection, 0 to 1.
        rng: source of the draws.
        self_connections: whether a neuron may reach itself.
        first_source: without self-connections, which of the targets the first source is; the others follow it.

    Raises:
        BrainnetError: a count below 1, a probability outside [0, 1], or sources that are not among the targets.

    Source: E. N. Gilbert, Random graphs, Annals of Mathematical Statistics 30, 1141-1144, 1959; drawn as in V. Batagelj
    and U. Brandes, Efficient generation of large random networks, Physical Review E 71, 036113, 2005.
    """
    sources, targets = settings.count("sources", sources), settings.count("targets", targets)
    probability = checks.fraction("probability", probability)
    first = settings.own(sources, targets, self_connections, first_source)
    settings.room(sources * targets * probability)
    degrees, parts = np.zeros(sources, dtype=np.int64), [np.zeros(0, dtype=np.int32)]
    for pairs in _successes(sources * targets, probability, rng):
        source, target = np.divmod(pairs, targets)
        if first is not None:
            other = target != source + first
            source, target = source[other], target[other]
        degrees += np.bincount(source, minlength=sources)
        parts.append(target.astype(np.int32))
    return Graph(sources, targets, np.concatenate([[0], degrees.cumsum()]), np.concatenate(parts))


def _successes(trials: int, probability: float, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Numbers of the successful ones of independent trials, ascending, some at a time."""
    if probability == 0:
        return
    # enough for most graphs at once, few enough for the memory, and their sum fits into int64
    draws = max(1, min(settings.BLOCK, int(1.1 * trials * probability) + 100, 2**62 // (trials + 1)))
    last = -1
    while last < trials:
        found = last + np.minimum(rng.geometric(probability, draws), trials + 1).cumsum()
        last = int(found[-1])
        yield found[found < trials]


def fixed_in_degree(
    sources: int,
    targets: int,
    in_degree: int,
    rng: np.random.Generator,
    *,
    self_connections: bool = True,
    first_source: int = 0,
) -> Graph:
    """Each target has exactly `in_degree` different sources, every set of so many with equal chance.

    Args:
        sources, targets: numbers of neurons.
        in_degree: number of sources of each target.
        rng: source of the draws.
        self_connections: whether a neuron may reach itself.
        first_source: without self-connections, which of the targets the first source is; the others follow it.

    Raises:
        BrainnetError: a count below 1, an in-degree above the number of sources that a target can have, or sources
            that are not among the targets.

    Example: of 12,500 neurons the last 2,500 are inhibitory, and each neuron has 250 inhibitory sources:
    `fixed_in_degree(2_500, 12_500, 250, rng, self_connections=False, first_source=10_000)`.

    Source: N. Brunel, Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons, Journal of
    Computational Neuroscience 8, 183-208, 2000.
    """
    sources, targets = settings.count("sources", sources), settings.count("targets", targets)
    first = settings.own(sources, targets, self_connections, first_source)
    in_degree = settings.count("in_degree", in_degree, at_least=0)
    if in_degree > (most := sources - (first is not None)):
        which = "sources" if first is None else "sources other than itself"
        raise BrainnetError(f"in_degree must be at most {most}, a target's number of {which} (got {in_degree})")
    settings.room(targets * in_degree)
    chosen, rows = np.empty(targets * in_degree, dtype=np.int32), max(1, settings.BLOCK // sources)
    for start in range(0, targets, rows):
        block = np.arange(start, min(start + rows, targets))
        itself = np.full(len(block), -1) if first is None else np.where(block < first + sources, block - first, -1)
        part = slice(start * in_degree, (start + len(block)) * in_degree)
        chosen[part] = np.nonzero(_subsets(sources, in_degree, itself, rng))[1]
    everyone = np.repeat(np.arange(targets, dtype=np.int32), in_degree)
    return Graph.of_pairs(sources, targets, chosen, everyone)


def _subsets(sources: int, size: int, itself: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(target, source): `size` true entries in each row, none at the source `itself`; a negative number is no source.

    Drawing again until enough different ones are found prefers none of them. The smaller set, that of the chosen or of
    the others, is drawn.
    """
    marked = np.zeros((len(itself), sources), dtype=bool)
    known = np.flatnonzero(itself >= 0)
    marked[known, itself[known]] = True
    others = 2 * size > sources
    full = np.full(len(itself), sources - size) if others else size + (itself >= 0)
    while (missing := full - np.count_nonzero(marked, axis=1)).any():
        row = np.repeat(np.arange(len(itself)), missing)
        marked[row, rng.integers(sources, size=len(row))] = True
    if others:
        return ~marked
    marked[known, itself[known]] = False
    return marked
