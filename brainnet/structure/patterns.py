"""Graphs that need no chance, and receptive fields."""

from __future__ import annotations

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.structure import settings
from brainnet.structure.graph import Graph


def dense(sources: int, targets: int) -> Graph:
    """Every source to every target."""
    sources, targets = settings.count("sources", sources), settings.count("targets", targets)
    settings.room(sources * targets)
    reached = np.tile(np.arange(targets, dtype=np.int32), sources)
    return Graph(sources, targets, np.arange(sources + 1) * targets, reached)


def one_to_one(count: int) -> Graph:
    """Each source to the target of the same number: i -> j where i = j."""
    count = settings.count("count", count)
    return Graph(count, count, np.arange(count + 1), np.arange(count))


def all_but_one(count: int) -> Graph:
    """Each source to all targets but that of the same number: i -> j where i != j."""
    count = settings.count("count", count)
    settings.room(count * (count - 1))
    rank = np.arange(count - 1, dtype=np.int32)
    reached = rank + (rank >= np.arange(count, dtype=np.int32)[:, None])
    return Graph(count, count, np.arange(count + 1) * (count - 1), reached.ravel())


def lateral_inhibition(count: int) -> tuple[Graph, Graph]:
    """Every neuron inhibits all others, by way of an inhibitory partner of its own, so that Dale's law holds.

        neuron i  -- excites -->  partner i  -- inhibits -->  every neuron j != i

    Args:
        count: number of neurons that compete.

    Returns:
        The graph from neurons to partners and the graph from partners to neurons. Where neurons may have outgoing
        weights of both signs, the second graph alone, from neurons to neurons, is direct lateral inhibition.

    Source: P. U. Diehl and M. Cook, Unsupervised learning of digit recognition using spike-timing-dependent
    plasticity, Frontiers in Computational Neuroscience 9:99, 2015.
    """
    return one_to_one(count), all_but_one(count)


def local_fields(shape: tuple[int, int], size: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Each neuron sees one square patch of the image, placed uniformly at random where it fits wholly inside.

    Args:
        shape: (height, width) of the image.
        size: height and width of a patch, in pixels.
        count: number of neurons.
        rng: source of the places.

    Returns:
        Mask and not graph, since patches are cut out with it: (input, neuron), with size * size true entries per
        neuron; inputs are the image's pixels row by row. `Graph.of_mask` makes it a graph.

    Raises:
        BrainnetError: a count below 1 or a patch larger than the image.
    """
    height, width = (settings.count("each side of shape", side) for side in shape)
    count = settings.count("count", count)
    if settings.count("size", size) > min(height, width):
        raise BrainnetError(f"a patch must fit into the image (got size {size} for an image of {height} x {width})")
    rows = _stretches(height, size, count, rng)
    columns = _stretches(width, size, count, rng)
    return (rows[:, None, :] & columns[None, :, :]).reshape(height * width, count)


def _stretches(length: int, size: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """(place, neuron): true for `size` places in a row, from a random start."""
    start = rng.integers(length - size + 1, size=count)
    place = np.arange(length)[:, None]
    return (place >= start) & (place < start + size)
