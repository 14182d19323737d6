"""What a network keeps from one presentation to the next, and from one chunk of patterns to the next.

    learned    weights of their own, and the memory of neurons: always, while the network learns
    passing    potentials, conductances, traces, eligibility, refractory time, spikes on their way: where the
               presentation carries them over

What is learned is in the units of the description. What passes is as the simulator has it, in SI units and its own
type, with steps counted from the end of the last presentation: so going on is the same, to the byte, as not stopping.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from brainnet.spiking.network.description import Network
from brainnet.spiking.neurons import SI
from brainnet.spiking.simulator.finite import check_finite
from brainnet.spiking.simulator.program import fast_variables, synapses, traces


@dataclass(frozen=True)
class Kept:
    """A variable that is kept: its shape, its unit, and the value it begins with, None if it has to be given."""

    shape: tuple[int, ...]
    unit: str = "1"
    first: float | None = 0.0


def learned(network: Network) -> dict[str, Kept]:
    """By "object.variable": weights, (source, target), or (synapse,) where not all are connected; memory, (neuron,)."""
    found = {}
    for projection in (p for p in network.projections if p.weight is None):
        sizes = tuple(network.population(name).size for name in (projection.source, projection.target))
        shape = sizes if projection.pattern == "all" else (synapses(projection, network),)
        found[f"{projection.name}.w"] = Kept(shape, first=None)
    for population in network.populations:
        for name, (first, unit) in population.dynamics().memory.items():
            found[f"{population.name}.{name}"] = Kept((population.size,), unit, first)
    return found


def passing(network: Network) -> dict[str, Kept]:
    """By "object.variable": the state of neurons and of their traces, (neuron,), and of synapses, (synapse,)."""
    found = {}
    for population in network.populations:
        units = {name: unit for name, (_, unit) in population.dynamics().rest.items()}
        for name in (*units, *traces(population.name, network)):
            unit = "step" if units.get(name) == "step" else "1"
            found[f"{population.name}.{name}"] = Kept((population.size,), unit)
    for projection in network.projections:
        for name in fast_variables(projection):
            found[f"{projection.name}.{name}"] = Kept((synapses(projection, network),))
    return found


def kept(network: Network) -> dict[str, Kept]:
    """All that is kept while the network learns."""
    return learned(network) | (passing(network) if network.presentation.carry_over else {})


def begin(network: Network, state: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The state as the simulator has it: what was given, and else the first values of what is learned."""
    first = {name: np.full(one.shape, one.first) for name, one in learned(network).items() if one.first is not None}
    units = _units(network)
    return {name: values * units[name] if name in units else values for name, values in {**first, **state}.items()}


def after(network: Network, answer: Mapping[str, np.ndarray], steps: int) -> dict[str, np.ndarray]:
    """What a chunk of so many steps leaves, as the simulator has it; raises `BrainnetError` if it is not finite."""
    new = {}
    for name, one in kept(network).items():
        values = answer[name].reshape(one.shape)
        new[name] = np.maximum(values - steps, 0) if one.unit == "step" else values
        check_finite(name, new[name])
    return new


def described(network: Network, state: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The state in the units of the description."""
    units = _units(network)
    return {name: values / units[name] if name in units else values for name, values in state.items()}


def _units(network: Network) -> dict[str, np.float64]:
    """In SI units, of what has one."""
    return {name: np.float64(SI[one.unit]) for name, one in learned(network).items() if one.unit != "1"}
