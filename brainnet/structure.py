"""Who is connected to whom and with which sign: masks that both twins use.

A mask is a boolean array, (source, target): true where a connection exists.
"""

from __future__ import annotations

import numpy as np

from brainnet.errors import BrainnetError


def dense(sources: int, targets: int) -> np.ndarray:
    """Every source to every target."""
    return np.ones((_count("sources", sources), _count("targets", targets)), dtype=bool)


def one_to_one(count: int) -> np.ndarray:
    """Each source to the target of the same number: i -> j where i = j."""
    return np.eye(_count("count", count), dtype=bool)


def all_but_one(count: int) -> np.ndarray:
    """Each source to all targets but that of the same number, i -> j where i != j: lateral inhibition."""
    return ~one_to_one(count)


def sparse(sources: int, targets: int, probability: float, rng: np.random.Generator) -> np.ndarray:
    """Each pair independently with the given probability: the directed random graph of Gilbert.

    Args:
        sources, targets: numbers of neurons.
        probability: of each connection, 0 to 1.
        rng: source of the draws.

    Raises:
        BrainnetError: a count below 1 or a probability outside [0, 1].

    Source: Gilbert (1959), Random graphs, Annals of Mathematical Statistics 30, 1141-1144.
    """
    shape = _count("sources", sources), _count("targets", targets)
    return rng.random(shape) < _fraction("probability", probability)


def local_fields(shape: tuple[int, int], size: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Each neuron sees one square patch of the image, placed uniformly at random where it fits wholly inside.

    Args:
        shape: (height, width) of the image.
        size: height and width of a patch, in pixels.
        count: number of neurons.
        rng: source of the places.

    Returns:
        Mask, (input, neuron), with size * size true entries per neuron; inputs are the image's pixels row by row.

    Raises:
        BrainnetError: a count below 1 or a patch larger than the image.
    """
    height, width = (_count("each side of shape", side) for side in shape)
    count = _count("count", count)
    if _count("size", size) > min(height, width):
        raise BrainnetError(f"a patch must fit into the image (got size {size} for an image of {height} x {width})")
    rows = _stretches(height, size, count, rng)
    columns = _stretches(width, size, count, rng)
    return (rows[:, None, :] & columns[None, :, :]).reshape(height * width, count)


def _stretches(length: int, size: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """(place, neuron): true for `size` places in a row, from a random start."""
    start = rng.integers(length - size + 1, size=count)
    place = np.arange(length)[:, None]
    return (place >= start) & (place < start + size)


def dale_signs(count: int, excitatory_fraction: float = 0.8) -> np.ndarray:
    """Dale's law: all outgoing weights of a neuron have one sign, +1 (excitatory, first) or -1 (inhibitory, last).

    Args:
        count: number of neurons.
        excitatory_fraction: 0 to 1, rounded to whole neurons; about 0.8 in cortex.

    Returns:
        int8, (neuron,); `np.abs(weights) * signs[:, None]` obeys the law for weights, (source, target).

    Raises:
        BrainnetError: a count below 1 or a fraction outside [0, 1].
    """
    excitatory = round(_fraction("excitatory_fraction", excitatory_fraction) * _count("count", count))
    return np.where(np.arange(count) < excitatory, 1, -1).astype(np.int8)


def _count(name: str, value: object) -> int:
    if isinstance(value, int | np.integer) and not isinstance(value, bool) and value >= 1:
        return int(value)
    raise BrainnetError(f"{name} must be a whole number, 1 or more (got {value!r})")


def _fraction(name: str, value: object) -> float:
    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise BrainnetError(f"{name} must be a number from 0 to 1 (got {value!r})")
