"""The compiled backend: runs a simulator's binary on one chunk of patterns, with every file checked."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.neurons import SI
from brainnet.spiking.simulator import cache
from brainnet.spiking.simulator.program import Program


def run(
    program: Program,
    values: Mapping[str, tuple],
    signals: Mapping[str, np.ndarray],
    keys: np.ndarray,
    wanted: tuple[str, ...],
) -> dict[str, np.ndarray]:
    """Run one chunk; the answer holds the counts, what was shown, and the state that was asked for."""
    folder = cache.simulator(program)
    manifest = json.loads((folder / cache.READY).read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="brainnet-run-") as name:
        here = Path(name)
        (here / "static_arrays").symlink_to(folder / "static_arrays")
        (here / "results").mkdir()
        arguments = _write(here, program, manifest, values, signals, keys)
        _call([str(folder / "main"), "--results_dir", "results/", *arguments], here)
        return _read(here, program, manifest, wanted)


def _write(here: Path, program: Program, manifest: dict, values: Mapping[str, tuple], signals, keys) -> list[str]:
    """Put arrays into files; the command-line arguments that name them, scalars included."""
    arguments = []
    types = {name: np.dtype(kind) for name, (_, kind) in manifest["outputs"].items()}
    for name, (value, unit) in values.items():
        scale = SI[unit]
        if np.ndim(value) == 0:
            number = int(value) if types[name].kind == "i" else repr(float(value) * scale)
            arguments.append(f"{name}={number}")
        else:
            arguments.append(f"{name}={_file(here, name, np.asarray(value, types[name]) * types[name].type(scale))}")
    for name, array in {**signals, "keys": keys}.items():
        room = np.zeros((program.chunk, *array.shape[1:]))
        room[: len(array)] = array
        arguments.append(f"{manifest['signals'][name]}.values={_file(here, name, room)}")
    return arguments


def _file(here: Path, name: str, array: np.ndarray) -> str:
    array.tofile(here / f"in.{name}")
    return f"in.{name}"


def _call(command: list[str], here: Path) -> None:
    with subprocess.Popen(command, cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            out, err = process.communicate()
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0 or out.strip() or err.strip():
        said = (err.strip() or out.strip() or "no message").splitlines()[0]
        raise BrainnetError(f"the simulator ended with status {process.returncode}: {said}")


def _read(here: Path, program: Program, manifest: dict, wanted: tuple[str, ...]) -> dict[str, np.ndarray]:
    def array(name: str) -> np.ndarray:
        file, kind = manifest["outputs"][name]
        return np.fromfile(here / "results" / file, dtype=np.dtype(kind))

    presentations = len(array("control.idxs")) - 1
    if presentations < 1:
        raise BrainnetError(f"the simulator wrote no results (is the disk of {os.fspath(here)} full?)")
    answer = {name: array(name) for name in wanted}
    for group in program.groups:
        if group.counted:
            counts = array(f"{group.name}.counts")
            if counts.size != (presentations + 1) * group.size:
                raise BrainnetError(f"the simulator's results are cut short (is the disk of {os.fspath(here)} full?)")
            answer[f"{group.name}.count"] = counts.reshape(-1, group.size)[1:]
    answer["control.idx"] = array("control.idxs")[1:]
    answer["control.total"] = array("control.totals")[1:]
    return answer
