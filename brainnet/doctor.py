"""What this machine can do: versions, compiler, cache, data, and a second of simulation on each backend.

What fails is said with its cure, and is no reason to stop. Nothing is downloaded.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib import import_module
from threading import Timer
from time import perf_counter

import numpy as np

from brainnet import counter
from brainnet.errors import BrainnetError
from brainnet.spiking import competitive
from brainnet.spiking.build import build
from brainnet.spiking.network import Presentation
from brainnet.spiking.simulator import CHUNK, Backend, cache, housekeeping, simulate
from brainnet.spiking.simulator.program import compose
from brainnet.tasks import mnist

PATIENCE_SECONDS = 2.0
WIDTH = 20  # of the names
# The widest first. Compilers define these names for the processor they compile for.
VECTORS = {
    "__AVX512F__": "AVX-512", "__AVX2__": "AVX2", "__AVX__": "AVX", "__SSE2__": "SSE2",
    "__ARM_FEATURE_SVE": "SVE", "__ARM_NEON": "NEON",
}  # fmt: skip
# In double precision, where rounding moves no spike; each of the patterns lasts a quarter of a second.
CELL = competitive(neurons=20, presentation=Presentation(input_ms=250.0, precision="double"))
PATTERNS, INPUTS, SHAPE, CLASSES = 4, 16, (4, 4), 2

Say = Callable[[str], None]


def examine(versions: Mapping[str, str], say: Say) -> None:
    """Say all there is to say, line by line; `BrainnetError` if no backend works, or if the two do not agree."""
    counts: dict[Backend, np.ndarray] = {}
    facts: dict[str, Callable[[], str]] = {
        "processors": _processors,
        "C++ compiler": _compiler,
        "vectors": _vectors,
        "cache": _cache,
        "MNIST": _mnist,
        "backend standalone": lambda: _simulated("standalone", counts),
        "backend numpy": lambda: _simulated("numpy", counts),
    }
    for name, version in versions.items():
        if name not in facts:
            say(f"{name:<{WIDTH}}{version}")
    for name, fact in facts.items():
        say(f"{name:<{WIDTH}}{_survived(name, fact)}")
    verdict, cure = _verdict(counts)
    say(f"{'verdict':<{WIDTH}}{verdict}")
    if cure:
        raise BrainnetError(cure)


def _survived(name: str, fact: Callable[[], str]) -> str:
    """What a check finds, or why it could not; on the way a word on stderr, if it takes long."""

    def soothe() -> None:
        print(f"brainnet: still at work on: {name}", file=sys.stderr, flush=True)

    timer = Timer(PATIENCE_SECONDS, soothe)
    timer.daemon = True
    timer.start()
    try:
        return fact()
    except BrainnetError as error:
        return f"FAILS: {error}"
    except Exception as error:  # a doctor who faints helps nobody
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return f"FAILS: {said}; install brainnet again, so that its packages fit each other"
    finally:
        timer.cancel()


def _processors() -> str:
    there = os.cpu_count() or 1
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else there
    return f"{there}" if ours == there else f"{there}, of which this process may use {ours}"


def _compiler() -> str:
    path, wanted = cache.compiler(), os.environ.get("CXX")
    if path is None:
        return f"FAILS: {cache.compiler_note()}"
    ignored = f"; CXX={wanted!r} is no program and is ignored" if wanted and not shutil.which(wanted) else ""
    return f"{cache.compiler_version()}, {path}{ignored}"


def _vectors() -> str:
    """The widest vector instructions that the compiler uses on this processor."""
    path = cache.compiler()
    if path is None:
        return "unknown without a compiler"
    command = [path, "-march=native", "-dM", "-E", "-x", "c++", os.devnull]
    names = set(subprocess.run(command, capture_output=True, text=True, check=False).stdout.split())
    return next((shown for name, shown in VECTORS.items() if name in names), "none known")


def _cache() -> str:
    where, limit = housekeeping.root(), housekeeping.limit_bytes()
    found = housekeeping.entries(where)
    size = housekeeping.megabytes(sum(entry.size for entry in found))
    text = f"{where}: {len(found)} simulators, {size} of {housekeeping.megabytes(limit)}"
    try:
        where.mkdir(0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=where):
            return f"{text}, can be written"
    except OSError as error:
        return f"FAILS: {text}, cannot be written ({error.strerror}): set BRAINNET_CACHE to a folder that can"


def _mnist() -> str:
    """Where MNIST is, read as a check."""
    found = mnist.located()
    if found is None:
        return f"not found: `brainnet compare mnist` will download it, or {mnist.CURE}"
    mnist.read(*found)
    return f"found, {found[0]}"


def _simulated(backend: Backend, counts: dict[Backend, np.ndarray]) -> str:
    """Simulate a second, and put down the spike counts."""
    if backend == "standalone" and cache.compiler() is None:
        return "not tried, for want of a C++ compiler"
    rng, keys = np.random.default_rng(0), counter.keys_by_position(0, 0, PATTERNS)
    patterns = rng.random((PATTERNS, INPUTS))
    built = build(CELL.fitted(SHAPE, patterns.mean(axis=0)), INPUTS, CLASSES, rng)
    network, signals = built.network(), built.signals(patterns, None, keys)
    began = perf_counter()
    if backend == "standalone":
        cache.simulator(compose(network, CHUNK))
    else:
        import_module("brainnet.spiking.simulator.brian")
    prepared = perf_counter()
    spikes = simulate(network, signals, built.first, keys, learn=True, backend=backend).counts["hidden"]
    preparing, running = prepared - began, perf_counter() - prepared
    counts[backend] = spikes
    return f"works, ready in {preparing:.1f} s, one second simulated in {running:.2f} s, {spikes.sum():.0f} spikes"


def _verdict(counts: Mapping[Backend, np.ndarray]) -> tuple[str, str]:
    """The verdict on the two backends' spike counts, and what to do if the machine cannot be used as it is."""
    if not counts:
        return "UNUSABLE", "neither backend works: mend what FAILS above, numpy first, which needs no compiler"
    if len(counts) == 1:
        return f"usable, on one backend only: {next(iter(counts))}", ""
    if np.array_equal(counts["standalone"], counts["numpy"]):
        return "agree: both backends give the same spike counts", ""
    cure = "the compiled backend does not give numpy's spike counts here: run `brainnet cache clear` and try again; if "
    return "DIFFER", cure + "it stays so, use backend='numpy' and report the lines above"
