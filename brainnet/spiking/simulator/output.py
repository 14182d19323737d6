"""What the compiled simulator leaves in files: every one there, whole, and finite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.simulator.cache import AGAIN
from brainnet.spiking.simulator.declared import moving, variables
from brainnet.spiking.simulator.finite import check_finite
from brainnet.spiking.simulator.program import Program
from brainnet.spiking.simulator.scratch import ROOM


def read(here: Path, program: Program, manifest: dict, wanted: tuple[str, ...], patterns: int) -> dict:
    """The results, if every file is there, whole, and what is state is finite."""

    def array(name: str, size: int | None = None) -> np.ndarray:
        file, kind = manifest["outputs"][name]
        return _whole(here / "results" / file, name, np.dtype(kind), size)

    shown = array("control.idxs")
    if (done := array("control.idx", 1)[0]) != patterns:
        raise BrainnetError(f"the simulator was stopped after {done} of {patterns} patterns: {AGAIN}")
    answer = {"control.idx": shown[1:], "control.total": array("control.totals", shown.size)[1:]}
    for group in program.groups:
        if group.counted:
            counts = array(f"{group.name}.counts", shown.size * group.size)
            answer[f"{group.name}.count"] = counts.reshape(-1, group.size)[1:]
    steps = (shown.size - 1) * program.steps
    answer |= _recorded(program, array, steps)
    moves = moving(program)
    for name, variable in variables(program).items():
        if name in wanted or name in moves:
            state = array(name, variable.size)
            check_finite(name, state)
            answer |= {name: state} if name in wanted else {}
    return answer


def _recorded(program: Program, array: Callable[[str, int], np.ndarray], steps: int) -> dict[str, np.ndarray]:
    """Spikes, as many as their monitor has counted, and traces at every step; in seconds and SI units."""
    found = {}
    for name in program.spikes:
        count = int(array(f"{name}.spike_n", 1)[0])
        found |= {f"{name}.{kind}": array(f"{name}.{kind}", count) for kind in ("spike_t", "spike_i")}
    for name, neurons in program.traces:
        found[f"{name}.trace"] = array(f"{name}.trace", steps * len(neurons)).reshape(steps, len(neurons))
        found["trace_t"] = array(f"{name}.trace_t", steps)
    return found


def _whole(path: Path, name: str, kind: np.dtype, size: int | None) -> np.ndarray:
    """An array from a file; its size is looked at first, for what is no plain file may never end."""
    found = path.stat().st_size if path.is_file() else 0
    if found % kind.itemsize or (found == 0 if size is None else found != size * kind.itemsize):
        expected = "some" if size is None else f"{size * kind.itemsize:,}"
        raise BrainnetError(
            f"the simulator's results are cut short, {name} has {found:,} of {expected} bytes: the disk of "
            f"{path.parents[2]} may be full, {ROOM}"
        )
    return np.fromfile(path, kind)
