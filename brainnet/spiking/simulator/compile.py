"""Generate and compile a simulator: run as a process of its own, `python -m brainnet.spiking.simulator.compile`.

A process of its own, because Brian2's device is global, changes the current folder and holds on to its last build.
The program comes through standard input from the parent; the folder to fill is the argument.
"""

from __future__ import annotations

import json
import math
import os
import pickle
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
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
HEADERS = (  # what nearly all files include, and most of what a compiler reads
    '"objects.h"',
    '"brianlib/common_math.h"',
    "<cmath>",
    "<climits>",
    "<cstring>",
    "<ctime>",
    "<fstream>",
    "<iostream>",
)
PIECES = "code_objects"  # where Brian2 puts a file for each piece of code
TOGETHER = 12  # files in one: to read the headers once more takes longer than most of them
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
    """Compile and link the project: headers first, once, then as many files at once as there are processors.

    The headers are read as for what runs at every step: a compiler takes that for what runs once, too.
    """
    shutil.copyfile(TEMPLATES / "network.cpp", folder / "network.cpp")
    whole = [path for path in folder.rglob("*.cpp") if path.parent.name != PIECES]
    sources = [(path, _level(path)) for path in whole] + list(_joined(folder))
    sources.sort(key=lambda source: source[0].stat().st_size, reverse=True)  # long ones first

    common = folder / "common.h"
    common.write_text(_including(HEADERS), "utf-8")
    _call([compiler, *FLAGS, HOT, "-I.", "-x", "c++-header", common.name, "-o", f"{common.name}.gch"], folder)

    def compiled(source: Path, level: str) -> Path:
        target = source.with_suffix(".o")
        _call([compiler, *FLAGS, level, "-I.", "-include", common.name, "-c", str(source), "-o", str(target)], folder)
        return target

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(compiled, *zip(*sources, strict=True)))
    _call([compiler, *FLAGS, *map(str, objects), "-o", "main"], folder)
    for left_over in (*objects, *folder.glob("*.gch")):
        left_over.unlink()


def _level(source: Path) -> str:
    return COLD if any(word in source.name for word in ONCE) else HOT


def _joined(folder: Path) -> Iterator[tuple[Path, str]]:
    """Few files, each with its level, in the place of the many that Brian2 writes, one for each piece of code.

    Each piece is in a namespace of its own, for they bring functions of the same names; what others call of it, which
    its header declares, is called from outside the namespace, and not inlined there: it is compiled as it was.
    """
    pieces = sorted((folder / PIECES).glob("*.cpp"))
    for level in (HOT, COLD):
        own = [piece for piece in pieces if _level(piece) == level]
        files = math.ceil(len(own) / TOGETHER)
        for first in range(files):
            path = folder / f"code{level}_{first}.cpp"
            path.write_text("".join(map(_piece, own[first::files])), "utf-8")
            yield path, level


def _piece(source: Path) -> str:
    text = source.read_text("utf-8")
    included = re.findall(r"^#include *(<.*>|\"(?!code_objects/).*\")", text, re.MULTILINE)
    called = re.findall(r"^void (\w+)\(\);", source.with_suffix(".h").read_text("utf-8"), re.MULTILINE)
    own = f"of_{source.stem}"
    declared = "".join(f"__attribute__((noinline)) void {name}();\n" for name in called)
    calls = "".join(f"void {name}() {{ {own}::{name}(); }}\n" for name in called)
    return f"{_including(included)}namespace {own} {{\n{declared}{text}\n}}\n{calls}"


def _including(names: Iterable[str]) -> str:
    return "".join(f"#include {name}\n" for name in names)


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
