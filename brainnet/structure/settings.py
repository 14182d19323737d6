"""Every question asked of sizes before a graph is made; each refusal is one line."""

from __future__ import annotations

from brainnet import checks
from brainnet.errors import BrainnetError

LIMIT = 2**31 - 1  # neurons and synapses are numbered in int32
BLOCK = 2**20  # pairs of neurons held at a time; another value makes other graphs of the same seed


def count(name: str, value: object, at_least: int = 1) -> int:
    """The value as an int, if it is a whole number of at least `at_least` that int32 can hold."""
    size = checks.count(name, value, at_least)
    if size > LIMIT:
        raise BrainnetError(f"{name} must be {LIMIT:,} at most (got {size:,})")
    return size


def room(synapses: int | float) -> None:
    """Refuse a graph of more synapses than int32 can number, before it is drawn."""
    if synapses > LIMIT:
        raise BrainnetError(
            f"a graph holds {LIMIT:,} synapses at most (got {round(synapses):,}): split it into several"
        )


def own(sources: int, targets: int, self_connections: bool, first_source: int) -> int | None:
    """Number among the targets of the first source, if self-connections are to be left out; else None."""
    if self_connections:
        return None
    first = count("first_source", first_source, at_least=0)
    if first + sources > targets:
        raise BrainnetError(
            "self_connections=False needs the sources among the targets, from number first_source on "
            f"(got {sources} sources from number {first} on, and {targets} targets)"
        )
    return first
