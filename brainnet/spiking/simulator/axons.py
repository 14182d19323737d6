"""Delays as part of the network: a projection with a delay starts from the ends of its source's axons.

    source --(delay)--> target    becomes    source --> axons of its own, `Axon(delay)` --> target

So there is one way for a spike to act, at once, and what is on its way is state like any other: it begins empty with a
presentation, or is carried over, and crosses from chunk to chunk with all else.
"""

from __future__ import annotations

from dataclasses import replace

from brainnet.spiking.connections import Projection
from brainnet.spiking.network.description import Network, Population
from brainnet.spiking.neurons import Axon


def with_axons(network: Network) -> Network:
    """The same network without delays; a network without delays is returned as it is."""
    late = [projection for projection in network.projections if projection.delay_ms > 0]
    if not late:
        return network
    axons = tuple(_axons(projection, network) for projection in late)
    feeds = (Projection(f"into_{p.name}", p.source, _name(p), "entered", "one_to_one", weight=1.0) for p in late)
    arriving = (replace(p, source=_name(p), delay_ms=0.0) if p.delay_ms > 0 else p for p in network.projections)
    return replace(network, populations=(*network.populations, *axons), projections=(*arriving, *feeds))


def steps(delay_ms: float, dt_ms: float) -> int:
    """The whole number of steps nearest to a delay."""
    return int(delay_ms / dt_ms + 0.501)  # halves are rounded up, with the slack that Brian2 takes for times


def _axons(projection: Projection, network: Network) -> Population:
    size, dt_ms = network.population(projection.source).size, network.presentation.dt_ms
    return Population(_name(projection), size, Axon(steps(projection.delay_ms, dt_ms)))


def _name(projection: Projection) -> str:
    return f"axons_of_{projection.name}"
