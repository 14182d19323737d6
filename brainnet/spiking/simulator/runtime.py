"""The backend without a compiler: Brian2's NumPy target, in this process, one run at a time. Slow, and the same but for
rounding.

A compiler puts the operations of an equation into another order, so that potentials differ in their last digit. That
moves a spike only where it lies on a threshold, and adds up where trajectories diverge: trains of Izhikevich's
fast-spiking neuron or of an irregular AdEx part after some ten spikes in single precision, some thirty in double.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from brainnet.spiking.neurons import SI
from brainnet.spiking.simulator import exclusive, slips
from brainnet.spiking.simulator.declared import moving
from brainnet.spiking.simulator.finite import check_finite
from brainnet.spiking.simulator.program import Program
from brainnet.structure import Graph


@exclusive.alone()
@exclusive.apart()
def run(
    program: Program,
    values: Mapping[str, tuple],
    signals: Mapping[str, np.ndarray],
    keys: np.ndarray,
    wanted: tuple[str, ...],
    graphs: Mapping[str, Graph],
) -> dict[str, np.ndarray]:
    """Run one chunk; the answer is keyed like that of `standalone.run`."""
    left: dict[str, np.ndarray] = {}

    def at_end() -> None:
        left.update(_left(program, owners, wanted))

    attempts = int(values["control.max_attempts"][0]) if program.watched else 1
    # Brian2 looks for numbers above 1e50, which single precision does not have.
    with slips.named(program), np.errstate(over="ignore"):
        objects, owners = prepare(program, values, signals, keys, graphs, at_end)
        objects.run((len(keys) * attempts + 1) * program.period_ms)  # the controller stops it at the last one's end
    answer = {f"{name}.count": np.array(m.count).T[1:] for name, m in objects.monitors.items() if name != "control"}
    shown = objects.monitors["control"]
    answer |= {"control.idx": np.array(shown.idx)[0, 1:], "control.total": np.array(shown.total)[0, 1:]}
    answer |= _recorded(program, objects)
    for name, state in left.items():
        check_finite(name, state)
    return answer | {name: left[name] for name in wanted}


def _left(program: Program, owners: Mapping[str, Any], wanted: tuple[str, ...]) -> dict[str, np.ndarray]:
    """The state that was asked for, and all that moves."""
    named = {name: name.split(".") for name in (*moving(program), *wanted)}
    return {name: np.array(getattr(owners[owner], f"{variable}_")[:]) for name, (owner, variable) in named.items()}


def _recorded(program: Program, objects) -> dict[str, np.ndarray]:
    """Spikes and traces, in seconds and SI units."""
    found = {}
    for name in program.spikes:
        found[f"{name}.spike_t"], found[f"{name}.spike_i"] = (
            np.asarray(getattr(objects.recorders[name], x)) for x in "ti"
        )
    for name, _ in program.traces:
        monitor = objects.recorders[name]
        found[f"{name}.trace"] = np.asarray(getattr(monitor, name.split(".")[1])).T
        found["trace_t"] = np.asarray(monitor.t)
    return found


@exclusive.uncollected()
def prepare(
    program: Program,
    values: Mapping[str, tuple],
    signals: Mapping[str, np.ndarray],
    keys: np.ndarray,
    graphs: Mapping[str, Graph],
    at_end: Callable[[], None],
):
    """Brian2 objects with all values set, ready to run, and their owners by name."""
    from brainnet.spiking.simulator import brian

    objects = brian.Objects(program, signals, keys, graphs, at_end=at_end)
    owners = {"control": objects.control} | objects.groups | objects.synapses
    for name, (value, unit) in values.items():
        owner, variable = name.split(".")
        setattr(owners[owner], f"{variable}_", value if SI[unit] == 1 else value * np.float64(SI[unit]))
    return objects, owners
