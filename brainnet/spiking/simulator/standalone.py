"""The compiled backend: runs a simulator's binary on one chunk of patterns, with every file checked.

The binary itself ends well when an input file is too short or the disk is full: it says so at most, and goes on with
other numbers. So nothing it is given, says or writes is taken on trust.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.spiking.neurons import SI
from brainnet.spiking.simulator import cache, output, scratch, seal
from brainnet.spiking.simulator.cache import AGAIN
from brainnet.spiking.simulator.declared import variables
from brainnet.spiking.simulator.program import Program
from brainnet.spiking.simulator.scratch import ROOM
from brainnet.structure import Graph

MEMORY = "free memory, or run fewer at a time"


def run(
    program: Program,
    values: Mapping[str, tuple],
    signals: Mapping[str, np.ndarray],
    keys: np.ndarray,
    wanted: tuple[str, ...],
    graphs: Mapping[str, Graph],
) -> dict[str, np.ndarray]:
    """Run one chunk; the answer holds the counts, what was shown, and the state that was asked for.

    Raises `BrainnetError` if anything that goes in or comes out is missing, too short or not finite, or the binary
    does not end well. The private folder of its files goes in any case.
    """
    folder = cache.simulator(program)
    manifest = _manifest(folder)
    _check_names(program, manifest, {*values, *wanted}, values, signals)
    where = "TMPDIR"  # what to look at if there is no temporary folder at all
    try:
        where = scratch.place(_bytes(program))
        with scratch.folder(where) as here:
            _link(here / "static_arrays", folder / "static_arrays", program, manifest, graphs)
            (here / "results").mkdir()
            arguments = _write(here, program, manifest, values, signals, keys)
            _call([str(folder / "main"), "--results_dir", "results/", *arguments], here)
            return output.read(here, program, manifest, wanted, len(keys))
    except OSError as error:
        reason = error.strerror or error
        raise BrainnetError(f"the temporary folder {where} cannot be used ({reason}): {ROOM}") from error


def _manifest(folder: Path) -> dict:
    """Names and types of a simulator's files."""
    try:
        return seal.read(folder)
    except seal.UNREADABLE as error:
        raise BrainnetError(f"the simulator's list of files in {folder} cannot be read: {AGAIN}") from error


def _link(here: Path, built: Path, program: Program, manifest: dict, graphs: Mapping[str, Graph]) -> None:
    """The simulator's static arrays, with the graphs of this run in place of those that hold their room."""
    here.mkdir()
    if not built.is_dir():
        raise BrainnetError(f"the simulator {built.parent} has lost its files: {AGAIN}")
    for file in built.iterdir():
        (here / file.name).symlink_to(file)
    for pathway in (p for p in program.pathways if p.pattern == "graph"):
        graph = graphs[pathway.name]
        if graph.n_synapses != pathway.synapses:
            raise BrainnetError(
                f"{pathway.name} must have {pathway.synapses:,} synapses (got a graph of {graph.n_synapses:,})"
            )
        if graph.n_synapses == 1:  # Brian2 compiles it in
            raise BrainnetError(f"{pathway.name} has one synapse: give it the pattern 'all', or use backend 'numpy'")
        for name, array in zip(manifest["graphs"][pathway.name], (graph.sources(), graph.targets), strict=True):
            file = here / name
            kind = np.dtype(np.int32)
            if file.stat().st_size != pathway.synapses * kind.itemsize:
                raise BrainnetError(f"{file} has no room for {pathway.synapses:,} synapses: {AGAIN}")
            file.unlink()
            file.write_bytes(np.ascontiguousarray(array, kind).data)


def _bytes(program: Program) -> int:
    """About as many as the files of a run take: signals, and what Brian2 writes of each synapse, all counted."""
    synapses = sum(p.synapses for p in program.pathways if p.plastic or p.pattern == "graph")
    numbers = sum(g.size * (1 + program.steps * len(g.scheduled)) for g in program.groups)
    return 8 * program.chunk * numbers + 40 * synapses


def _check_names(program: Program, manifest: dict, names: set[str], values: Mapping, signals: Mapping) -> None:
    known = variables(program)
    for name in sorted(names):
        if name not in known or name not in manifest["outputs"]:
            raise BrainnetError(f"the simulator has no variable {name!r}: one of {', '.join(sorted(known))}")
    for name, variable in known.items():
        if variable.required and name not in values:
            raise BrainnetError(f"the simulator is not told {name}: it would take 0, so give it a value")
    expected = set(manifest["signals"]) - {"keys"}
    if set(signals) != expected:
        raise BrainnetError(f"the simulator takes the signals {sorted(expected)} (got {sorted(signals)})")


def _write(here: Path, program: Program, manifest: dict, values: Mapping[str, tuple], signals, keys) -> list[str]:
    """Put arrays into files; the command-line arguments that name them, scalars included."""
    arguments = []
    known = variables(program)
    scheduled = {f"{group.name}.{signal}" for group in program.groups for signal in group.scheduled}
    for name, (value, unit) in values.items():
        array = _converted(name, value, unit, np.dtype(manifest["outputs"][name][1]))
        if array.ndim == 0:
            number = int(array) if array.dtype.kind == "i" else repr(float(value) * SI[unit])
            arguments.append(f"{name}={number}")
        else:
            if array.size != known[name].size:
                raise BrainnetError(f"{name} must hold {known[name].size:,} numbers (got {array.size:,})")
            arguments.append(f"{name}={_file(here, name, array)}")
    shapes = _shapes(program, len(keys))
    scales = {f"{group.name}.{signal}": SI[unit] for group in program.groups for signal, unit in group.signals}
    for name, array in {**signals, "keys": keys}.items():
        if array.shape != shapes[name] or len(keys) > program.chunk:
            raise BrainnetError(
                f"{name} must be of shape {shapes[name]}, at most {program.chunk} patterns (got {array.shape})"
            )
        room = np.zeros((len(array) if name in scheduled else program.chunk, *array.shape[1:]))
        room[: len(array)] = array * scales.get(name, 1.0)
        arguments.append(f"{manifest['signals'][name]}.values={_file(here, name, room)}")
    return arguments


def _shapes(program: Program, patterns: int) -> dict[str, tuple[int, ...]]:
    """The shape of each signal for so many patterns, and of the keys."""
    shapes = {
        f"{group.name}.{signal}": (patterns, group.size) for group in program.groups for signal, _ in group.signals
    }
    shapes |= {f"{g.name}.{signal}": (program.steps, g.size) for g in program.groups for signal in g.scheduled}
    return shapes | {"keys": (patterns,)}


def _converted(name: str, value, unit: str, kind: np.dtype) -> np.ndarray:
    """A value in SI units and the binary's own type, if it is finite in it."""
    given = np.asarray(value)
    if not np.isfinite(given).all():
        bad = given[~np.isfinite(given)].flat[0]
        raise BrainnetError(f"{name} must be finite (got {bad}): go back to a state from before it went wrong")
    with np.errstate(over="ignore"):  # found and said below
        array = np.asarray(given if SI[unit] == 1 else given * np.float64(SI[unit]), kind)
    if not np.isfinite(array).all():
        worst = given.flat[np.abs(given).argmax()]
        raise BrainnetError(f"{name} is too large for {kind.name} (got {worst:g}): choose precision 'double'")
    return array


def _file(here: Path, name: str, array: np.ndarray) -> str:
    path = here / f"in.{name}"
    path.write_bytes(np.ascontiguousarray(array).data)
    if path.stat().st_size != array.nbytes:
        raise BrainnetError(f"{path} was not written whole: {ROOM}")
    return path.name


def _call(command: list[str], here: Path) -> None:
    """Run the binary to its end; it says nothing if all is well."""
    with contextlib.ExitStack() as starting:
        starting.enter_context(_signals_wait())
        try:
            process = subprocess.Popen(
                command, cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace"
            )
        except OSError as error:
            raise BrainnetError(f"the simulator {command[0]} cannot be started ({error.strerror}): {AGAIN}") from error
        with process:
            try:
                starting.close()
                out, err = process.communicate()
            except BaseException:
                process.kill()
                raise
    said = next((line.strip() for line in (err + "\n" + out).splitlines() if line.strip()), "")
    if process.returncode == -signal.SIGINT:  # Ctrl-C reaches it too, and this may be a thread that hears of none
        raise KeyboardInterrupt
    if process.returncode < 0:
        raise BrainnetError(_killed(-process.returncode, err))
    if process.returncode > 0 or said:
        ended = f"the simulator ended with status {process.returncode}"
        raise BrainnetError(f"{ended} and said {said[:300]!r}: {AGAIN}" if said else f"{ended}: {AGAIN}")


@contextlib.contextmanager
def _signals_wait() -> Iterator[None]:
    """Ctrl-C and SIGTERM act at the end: between a process's start and the moment that we know it, nobody ends it."""
    here = threading.current_thread() is threading.main_thread()  # others hear of no signal
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM) if here}
    # What is no function of ours acts without us, and what starts a process ignores goes for that process, too.
    handlers = {number: handler for number, handler in handlers.items() if callable(handler)}
    came: list[int] = []
    try:
        for number in handlers:
            signal.signal(number, lambda number, frame: came.append(number))
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    for number in came:
        signal.raise_signal(number)


def _killed(number: int, said: str) -> str:
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    cure = {"SIGKILL": MEMORY, "SIGXFSZ": "raise the limit on the size of files"}.get(name, AGAIN)
    return f"the simulator was killed by {name}: {MEMORY if 'bad_alloc' in said else cure}"
