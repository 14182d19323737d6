"""What was watched while patterns were shown: spikes, and traces of chosen neurons."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from brainnet.checks import shown
from brainnet.errors import BrainnetError
from brainnet.spiking.network.description import Activity, Monitor, Network
from brainnet.spiking.neurons import SI
from brainnet.spiking.simulator.declared import variables
from brainnet.spiking.simulator.program import Program, compose


def check(network: Network, monitor: Monitor) -> None:
    """Raise `BrainnetError` for populations, variables and neurons that the network does not have."""
    if not isinstance(monitor, Monitor):
        raise BrainnetError(f"monitor must be a Monitor, such as Monitor({{'cells': None}}) (got {shown(monitor)})")
    sizes = {population.name: population.size for population in network.populations}
    for name, neurons in {**monitor.spikes, **monitor.traces}.items():
        owner = name.partition(".")[0]
        if owner not in sizes:
            raise BrainnetError(f"there is no population {owner!r} to record from: one of {', '.join(sizes)}")
        found = None if neurons is None else np.asarray(neurons)
        if found is not None and not (found.size == 0 or (found.dtype.kind in "iu" and found.ndim == 1
                                      and found.min() >= 0 and found.max() < sizes[owner])):  # fmt: skip
            raise BrainnetError(
                f"{owner} has the neurons 0 to {sizes[owner] - 1} to record from (got {shown(neurons)})"
            )
    known = variables(compose(network, 1))
    for name in monitor.traces:
        if name not in known:
            mine = (n.partition(".")[2] for n in known if n.partition(".")[0] == name.partition(".")[0])
            raise BrainnetError(f"there is no variable {name!r} to record: one of {', '.join(sorted(mine))}")


def activity(
    network: Network, monitor: Monitor, program: Program, answer: Mapping[str, np.ndarray], after_ms: float
) -> Activity:
    """What a chunk's answer holds of the activity, in milliseconds and units of the description.

    `after_ms` is the time at which the chunk began.
    """
    end_ms = after_ms + len(answer["control.idx"]) * network.presentation.period_ms
    times, neurons = {}, {}
    for name in monitor.spikes:  # a program has them by name, whatever the order they were asked for
        when, who = answer[f"{name}.spike_t"] * 1e3 + after_ms, answer[f"{name}.spike_i"]
        kept = _within(when, monitor, end_ms)
        if (chosen := monitor.spikes[name]) is not None:
            kept &= np.isin(who, np.asarray(chosen, int))
        times[name], neurons[name] = when[kept], who[kept]
    when = answer.get("trace_t", np.zeros(0)) * 1e3 + after_ms
    kept = _within(when, monitor, end_ms)
    traces = {name: answer[f"{name}.trace"][kept] / SI[unit_of(network, name)] for name in monitor.traces}
    return Activity(times, neurons, when[kept], traces)


def _within(times_ms: np.ndarray, monitor: Monitor, end_ms: float) -> np.ndarray:
    # The controller stops a simulation in the step that follows the last presentation.
    return (times_ms >= monitor.from_ms - 1e-9) & (times_ms <= monitor.until_ms + 1e-9) & (times_ms < end_ms - 1e-9)


def unit_of(network: Network, name: str) -> str:
    """The unit of "population.variable": the one in which the neuron gives its rest or memory, else none."""
    owner, variable = name.split(".")
    dynamics = network.population(owner).dynamics()
    known = {**dynamics.rest, **dynamics.memory}
    return known[variable][1] if variable in known else "1"


def joined(parts: list[Activity]) -> Activity:
    """One activity of several that followed one another."""
    first = parts[0]
    return Activity(
        {name: np.concatenate([part.spike_times_ms[name] for part in parts]) for name in first.spike_times_ms},
        {name: np.concatenate([part.spike_neurons[name] for part in parts]) for name in first.spike_neurons},
        np.concatenate([part.times_ms for part in parts]),
        {name: np.concatenate([part.traces[name] for part in parts]) for name in first.traces},
    )
