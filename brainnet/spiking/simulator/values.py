"""The numbers of a description: all that a program needs before it runs, and may change without compiling."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.connections import Projection
from brainnet.spiking.network.description import Network, Population
from brainnet.spiking.neurons import Value
from brainnet.spiking.simulator.axons import with_axons
from brainnet.spiking.simulator.program import at_rest


def constants(network: Network) -> dict[str, Value]:
    """The numbers that change without compiling, keyed "object.variable"."""
    network, values = with_axons(network), dict[str, Value]()
    for population in network.populations:
        values |= _of_population(population)
        values[f"{population.name}.shown_for"] = (network.presentation.input_ms, "ms")
    for projection in network.projections:
        _add_projection(projection, values)
    presentation = network.presentation
    values["control.min_spikes"] = (float(presentation.min_spikes), "1")
    values["control.gain_step"] = (presentation.gain_step, "1")
    values["control.max_attempts"] = (presentation.max_attempts, "1")
    return values


def _of_population(population: Population) -> dict[str, Value]:
    dynamics = population.dynamics()
    own = dict(dynamics.parameters) | {f"rest_{name}": value for name, value in at_rest(dynamics).items()}
    return {f"{population.name}.{name}": value for name, value in own.items()}


def _add_projection(projection: Projection, values: dict[str, Value]) -> None:
    """Weight and total, and the constants of its rules: those of traces belong to the populations."""
    if projection.weight is not None:
        values[f"{projection.name}.w"] = (projection.weight, "1")
    if projection.total is not None:
        values[f"{projection.name}.total_weight"] = (projection.total, "1")
    for rule in projection.plasticities():
        values |= {f"{projection.name}.{name}": value for name, value in rule.parameters.items()}
        owners = [projection.source] * bool(rule.pre_traces) + [projection.target] * bool(rule.post_traces)
        for name in (f"{owner}.{parameter}" for owner in owners for parameter in rule.trace_parameters):
            value = rule.trace_parameters[name.partition(".")[2]]
            if values.setdefault(name, value) != value:
                raise BrainnetError(f"two rules give {name} different values ({values[name][0]:g} and {value[0]:g})")


def all_values(network: Network, state: Mapping[str, np.ndarray], patterns: int, learn: bool) -> dict[str, tuple]:
    """Every number a program needs before it runs, with its unit: constants, state of rest, switches, and the `state`
    as the simulator has it, which has none."""
    values: dict[str, tuple] = dict(constants(network))
    values |= {f"{p.name}.learn": (float(learn), "1") for p in network.populations}
    values["control.patterns"] = (patterns, "1")
    for population in network.populations:
        dynamics = population.dynamics()
        values |= {f"{population.name}.{name}": value for name, value in {**dynamics.rest, **dynamics.memory}.items()}
    return values | {name: (array.ravel(), "1") for name, array in state.items()}
