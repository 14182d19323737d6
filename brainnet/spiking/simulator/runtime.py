"""The backend without a compiler: Brian2's NumPy target, in this process, one run at a time. Slow; the same counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from brainnet.spiking.simulator import exclusive
from brainnet.spiking.simulator.declared import moving
from brainnet.spiking.simulator.finite import check_finite
from brainnet.spiking.simulator.program import Program
from brainnet.structure import Graph


@exclusive.alone()
def run(
    program: Program,
    values: Mapping[str, tuple],
    signals: Mapping[str, np.ndarray],
    keys: np.ndarray,
    wanted: tuple[str, ...],
    graphs: Mapping[str, Graph],
) -> dict[str, np.ndarray]:
    """Run one chunk; the answer is keyed like that of `standalone.run`."""
    objects, owners = prepare(program, values, signals, keys, graphs)
    attempts = int(values["control.max_attempts"][0]) if program.watched else 1
    with np.errstate(over="ignore"):  # Brian2 looks for numbers above 1e50, which single precision does not have
        objects.run((len(keys) * attempts + 1) * program.period_ms)  # the controller stops it at the last one's end
    answer = {f"{name}.count": np.array(m.count).T[1:] for name, m in objects.monitors.items() if name != "control"}
    shown = objects.monitors["control"]
    answer |= {"control.idx": np.array(shown.idx)[0, 1:], "control.total": np.array(shown.total)[0, 1:]}
    answer |= _recorded(program, objects)
    for name in moving(program):
        owner, variable = name.split(".")
        check_finite(name, np.asarray(getattr(objects.groups[owner], variable + "_")[:]))
    for name in wanted:
        owner, variable = name.split(".")
        answer[name] = np.array(getattr(owners[owner], variable + "_")[:])
    return answer


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
):
    """Brian2 objects with all values set, ready to run, and their owners by name."""
    from brainnet.spiking.simulator import brian

    objects = brian.Objects(program, signals, keys, graphs)
    owners = {"control": objects.control} | objects.groups | objects.synapses
    for name, value in values.items():
        owner, variable = name.split(".")
        setattr(owners[owner], variable, brian.quantity(value))
    return objects, owners
