"""Generate and compile a simulator: run as a process of its own, `python -m brainnet.spiking.simulator.compile`.

A process of its own, because Brian2's device is global, changes the current folder and holds on to its last build.
The program comes through standard input from the parent; the folder to fill is the argument.
"""

from __future__ import annotations

import json
import os
import pickle
import platform
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.simulator import slips
from brainnet.spiking.simulator.program import Program
from brainnet.structure import Graph

TEMPLATES = Path(__file__).parent / "templates"
# Without it, compilers use half the width of the vector units that have 512 bits.
WIDE = ("-mprefer-vector-width=512",) if platform.machine() in ("x86_64", "AMD64") else ()
FLAGS = ("-std=c++17", "-w", "-march=native", *WIDE, "-ffast-math")
HOT, COLD = "-O3", "-O1"  # what runs at every step, and what runs once
ONCE = ("main", "objects", "run", "network", "synapses_create", "group_variable_set", "after_run", "before_run")
HEADERS = "".join(
    f"#include {name}\n"
    for name in (
        '"objects.h"',
        '"brianlib/common_math.h"',
        "<cmath>",
        "<climits>",
        "<cstring>",
        "<ctime>",
        "<fstream>",
        "<iostream>",
    )
)  # what nearly all files include, and most of what a compiler reads
SLIP = 3  # status, if the program itself cannot be generated
PRESENTATIONS = 1000  # periods per pattern for which the network would run, if the controller did not stop it


def generate(program: Program, folder: Path) -> dict:
    """Write the C++ project and return its manifest: names, types and files of what goes in and comes out."""
    from brainnet.spiking.simulator import brian

    b2 = brian.b2
    b2.prefs.reset_to_defaults()  # ~/.brian/user_preferences could put any text into the code
    b2.set_device("cpp_standalone", build_on_run=False)
    sizes = {f"{g.name}.{signal}": g.size for g in program.groups for signal, _ in g.signals}
    signals = {name: np.zeros((program.chunk, size)) for name, size in sizes.items()}
    signals |= {f"{g.name}.{name}": np.zeros((program.steps, g.size)) for g in program.groups for name in g.scheduled}
    objects = brian.Objects(program, signals, np.zeros(program.chunk), _rooms(program), compiled=True)
    objects.run(program.chunk * PRESENTATIONS * program.period_ms)
    device: Any = b2.get_device()
    device.build(directory=str(folder), compile=False, run=False)
    # what runs at each step, in order: the names by which a profile tells them apart
    steps = re.findall(r"network\.add\(&\w+, (\w+)\);", (folder / "main.cpp").read_text("utf-8"))
    return _manifest(device, objects) | {"objects": steps}


def _rooms(program: Program) -> dict[str, Graph]:
    """Graphs with as many synapses as there will be; those of a run are put in their place."""
    size, rooms = {group.name: group.size for group in program.groups}, {}
    for pathway in (p for p in program.pathways if p.pattern == "graph"):
        pairs, targets = np.arange(pathway.synapses), size[pathway.target]
        rooms[pathway.name] = Graph.of_pairs(size[pathway.source], targets, pairs // targets, pairs % targets)
    return rooms


def _manifest(device, objects) -> dict:
    outputs = {}
    for owner in (objects.control, *objects.groups.values(), *objects.synapses.values()):
        for name, variable in owner.variables.items():
            if variable in device.arrays and variable.owner is not None and variable.owner.name == owner.name:
                outputs[f"{owner.name}.{name}"] = [device.get_array_filename(variable), np.dtype(variable.dtype).str]
    for name, monitor in objects.monitors.items():
        for recorded in monitor.record_variables:
            variable = monitor.variables[recorded]
            outputs[f"{name}.{recorded}s"] = [device.get_array_filename(variable), np.dtype(variable.dtype).str]
    for name, recorder in objects.recorders.items():
        traced = name.partition(".")[2]
        spikes = {"i": "spike_i", "t": "spike_t", "N": "spike_n"}
        kinds = {traced: "trace", "t": "trace_t"} if traced else spikes
        for recorded, kind in kinds.items():
            variable = recorder.variables[recorded]
            outputs[f"{name}.{kind}"] = [device.get_array_filename(variable), np.dtype(variable.dtype).str]
    signals = {name: values.name for name, values in objects.signals.items()} | {"keys": objects.keys.name}
    graphs = {name: [f"_static_array__array_{name}_{end}" for end in ("sources", "targets")] for name in objects.graphs}
    return {"outputs": outputs, "signals": signals, "graphs": graphs}


def build(folder: Path, compiler: str) -> None:
    """Compile and link the project: headers first, once, then as many files at once as there are processors."""
    shutil.copyfile(TEMPLATES / "network.cpp", folder / "network.cpp")
    sources = sorted(folder.rglob("*.cpp"), key=lambda path: path.stat().st_size, reverse=True)  # long ones first

    def header(level: str) -> Path:
        path = folder / f"common{level}.h"
        path.write_text(HEADERS, "utf-8")
        _call([compiler, *FLAGS, level, "-I.", "-x", "c++-header", path.name, "-o", f"{path.name}.gch"], folder)
        return path

    def compiled(source: Path) -> Path:
        level = COLD if any(word in source.name for word in ONCE) else HOT
        target = source.with_suffix(".o")
        included = ["-include", headers[level].name]
        _call([compiler, *FLAGS, level, "-I.", *included, "-c", str(source), "-o", str(target)], folder)
        return target

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        headers = dict(zip((HOT, COLD), pool.map(header, (HOT, COLD)), strict=True))
        objects = list(pool.map(compiled, sources))
    _call([compiler, *FLAGS, *map(str, objects), "-o", "main"], folder)
    for left_over in (*objects, *folder.glob("*.gch")):
        left_over.unlink()


def _call(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed with status {done.returncode}: {done.stderr.strip()[:2000]}")


def main() -> None:
    """Read the program, fill the folder named in the first argument, with the compiler named in the second."""
    folder, compiler = Path(sys.argv[1]), sys.argv[2]
    program = pickle.load(sys.stdin.buffer)  # from the parent, through a pipe
    try:
        with slips.named(program):
            manifest = generate(program, folder)
    except BrainnetError as error:
        print(error, file=sys.stderr)
        sys.exit(SLIP)
    build(folder, compiler)
    (folder / "manifest.json").write_text(json.dumps(manifest))


if __name__ == "__main__":
    main()
