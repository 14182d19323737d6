"""A graph: who is connected to whom, as compressed rows of target numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.structure import settings


@dataclass(frozen=True, eq=False)
class Graph:
    """Directed connections from sources to targets, at most one for each pair; its numbering is that of the synapses.

        targets of source i:  targets[offsets[i] : offsets[i + 1]],  ascending

    Four bytes per synapse: 12,500 neurons with in-degree 1,250 take 63 MB. All arrays are int32 and read-only.

    Attributes:
        n_sources, n_targets: numbers of neurons.
        offsets: number of each source's first synapse, (source + 1,); the last entry is the number of synapses.
        targets: target of each synapse, (synapse,), sorted by source and then by target.

    Raises:
        BrainnetError: arrays that are no such rows: a target out of range, twice in a row or out of order.
    """

    n_sources: int
    n_targets: int
    offsets: np.ndarray
    targets: np.ndarray

    def __post_init__(self) -> None:
        settings.count("Graph.n_sources", self.n_sources)
        settings.count("Graph.n_targets", self.n_targets)
        settings.room(len(self.targets))
        _refuse_bad_offsets(self)
        _refuse_bad_targets(self)
        for name in ("offsets", "targets"):
            array = getattr(self, name).astype(np.int32, copy=False)[:]  # a view: the caller's array stays writeable
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @classmethod
    def of_pairs(cls, n_sources: int, n_targets: int, sources: np.ndarray, targets: np.ndarray) -> Graph:
        """The graph of these connections, (synapse,) both, in any order."""
        for name, numbers, size in (("sources", sources, n_sources), ("targets", targets, n_targets)):
            _refuse_out_of_range(f"of_pairs.{name}", numbers, size)
        if len(sources) != len(targets):
            raise BrainnetError(f"of_pairs needs as many sources as targets (got {len(sources)} and {len(targets)})")
        keys = np.multiply(sources, n_targets, dtype=np.int64)
        keys += targets
        keys.sort()  # one sort of numbers is several times faster than to sort indices
        offsets = np.searchsorted(keys, np.arange(n_sources + 1, dtype=np.int64) * n_targets)
        return cls(n_sources, n_targets, offsets, np.remainder(keys, n_targets, out=keys))

    @classmethod
    def of_mask(cls, mask: np.ndarray) -> Graph:
        """The graph of a boolean mask, (source, target)."""
        if mask.ndim != 2 or mask.dtype != bool:
            raise BrainnetError(f"mask must be boolean, (source, target) (got {mask.dtype} of shape {mask.shape})")
        offsets = np.concatenate([[0], np.count_nonzero(mask, axis=1).cumsum()])
        return cls(mask.shape[0], mask.shape[1], offsets, np.nonzero(mask)[1])

    @property
    def n_synapses(self) -> int:
        """Number of connections."""
        return len(self.targets)

    def sources(self) -> np.ndarray:
        """Source of each synapse, (synapse,), int32, ascending."""
        return np.repeat(np.arange(self.n_sources, dtype=np.int32), np.diff(self.offsets))

    def mask(self) -> np.ndarray:
        """True where a connection exists, (source, target): one byte for every pair."""
        mask = np.zeros((self.n_sources, self.n_targets), dtype=bool)
        mask[self.sources(), self.targets] = True
        return mask

    def out_degrees(self) -> np.ndarray:
        """Number of targets of each source, (source,)."""
        return np.diff(self.offsets)

    def in_degrees(self) -> np.ndarray:
        """Number of sources of each target, (target,)."""
        return np.bincount(self.targets, minlength=self.n_targets)

    def transposed(self) -> Graph:
        """The graph with every connection turned round."""
        return Graph.of_pairs(self.n_targets, self.n_sources, self.targets, self.sources())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Graph):
            return NotImplemented
        sizes = (self.n_sources, self.n_targets) == (other.n_sources, other.n_targets)
        return sizes and np.array_equal(self.offsets, other.offsets) and np.array_equal(self.targets, other.targets)


def _refuse_bad_offsets(graph: Graph) -> None:
    offsets = graph.offsets
    if offsets.shape != (graph.n_sources + 1,) or offsets.dtype.kind not in "iu":
        raise BrainnetError(
            f"Graph.offsets must be whole numbers, one more than the {graph.n_sources} sources "
            f"(got {offsets.dtype} of shape {offsets.shape})"
        )
    if offsets[0] != 0 or offsets[-1] != len(graph.targets) or (offsets[1:] < offsets[:-1]).any():
        raise BrainnetError(
            f"Graph.offsets must rise from 0 to the number of targets listed, {len(graph.targets)} "
            f"(got {offsets[0]} to {offsets[-1]}, smallest step {(offsets[1:].astype(int) - offsets[:-1]).min()})"
        )


def _refuse_bad_targets(graph: Graph) -> None:
    targets, offsets = graph.targets, graph.offsets
    _refuse_out_of_range("Graph.targets", targets, graph.n_targets)
    falls = np.flatnonzero(targets[1:] <= targets[:-1]) + 1
    wrong = falls[~np.isin(falls, offsets)]  # from one row to the next a target may fall
    if wrong.size:
        source = np.searchsorted(offsets, wrong[0], side="right") - 1
        raise BrainnetError(
            "Graph.targets must ascend for each source, none of them twice "
            f"(got {targets[wrong[0] - 1]} and then {targets[wrong[0]]} for source {source})"
        )


def _refuse_out_of_range(name: str, numbers: np.ndarray, size: int) -> None:
    if numbers.ndim != 1 or numbers.dtype.kind not in "iu":
        raise BrainnetError(f"{name} must be whole numbers, (synapse,) (got {numbers.dtype} of shape {numbers.shape})")
    if numbers.size and (numbers.min() < 0 or numbers.max() >= size):
        wrong = numbers[(numbers < 0) | (numbers >= size)][0]
        raise BrainnetError(f"{name} must be numbers of neurons from 0 to {size - 1} (got {wrong})")
