"""Whether a simulation can fit: refused before anything is allocated, with the memory that it would take at least.

    bytes = 4 (neurons x their variables + synapses x (theirs, source and target)) + 8 chunk x signals

Only what is sure is counted, a half to a quarter of what a simulation takes: what is refused could never have run.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from brainnet.errors import BrainnetError
from brainnet.spiking.simulator.declared import variables
from brainnet.spiking.simulator.program import Pathway, Program

MOST = 2**31 - 1  # Brian2 counts neurons, and synapses, in 32 bits
ALWAYS = 100e6  # fits everywhere: the system need not be asked
CURE = "take fewer neurons, a sparser pattern, or fewer patterns and traces at a time"


def check(program: Program, compiled: bool) -> None:
    """Raise `BrainnetError` for a program that has too many neurons or synapses, or more than there is memory for."""
    sizes = {group.name: (group.size, "neurons") for group in program.groups}
    sizes |= {pathway.name: (pathway.synapses, "synapses") for pathway in program.pathways if _held(pathway, compiled)}
    for name, (size, what) in sizes.items():
        if size > MOST:
            raise BrainnetError(f"{name} must have at most {MOST:,} {what} (got {size:,}): {CURE}")
    parts = needed(program, compiled)
    if (total := parts.total()) <= ALWAYS or total <= (there := available()):
        return
    name, most = parts.most_common(1)[0]
    size, what = sizes[name]
    raise BrainnetError(
        f"the simulation would take at least {_gigabytes(total)} of memory, {_gigabytes(most)} of it for {name}, "
        f"{size:,} {what}, and there are {_gigabytes(there)}: {CURE}"
    )


def needed(program: Program, compiled: bool) -> Counter[str]:
    """The least number of bytes that a program takes, for each population and projection."""
    parts = Counter({pathway.name: 8 * pathway.synapses for pathway in program.pathways if _held(pathway, compiled)})
    for group in program.groups:
        signals = program.chunk * len(group.signals) + program.steps * len(group.scheduled)
        parts[group.name] = group.size * (8 * signals + 4 * program.chunk * group.counted)
    for name, variable in variables(program).items():
        if (owner := name.partition(".")[0]) in parts:
            parts[owner] += 4 * variable.size
    for name, neurons in program.traces:
        parts[name.partition(".")[0]] += 4 * len(neurons) * program.steps * program.chunk
    return parts


def _held(pathway: Pathway, compiled: bool) -> bool:
    """Whether a simulation holds something for each synapse: a binary need not, where it knows who is connected."""
    return not compiled or pathway.plastic or pathway.pattern == "graph"


def available() -> float:
    """The most bytes that this process could get, as far as the system tells: infinity if it tells nothing."""
    return min(_of_machine(), _of_container(), _of_process())


def _of_machine() -> float:
    with suppress(OSError, ValueError):
        told = Path("/proc/meminfo").read_text("ascii")
        free = re.findall(r"^(?:MemAvailable|SwapFree): +(\d+) kB", told, re.MULTILINE)
        return 1024.0 * sum(map(int, free)) or math.inf
    return math.inf


def _of_container() -> float:
    with suppress(OSError, ValueError):  # where there is no limit, it says "max"
        return float(Path("/sys/fs/cgroup/memory.max").read_text("ascii"))
    return math.inf


def _of_process() -> float:
    with suppress(ImportError, OSError, ValueError):
        import resource

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        return math.inf if limit == resource.RLIM_INFINITY else float(limit)
    return math.inf


@contextmanager
def enough() -> Iterator[None]:
    """Turn a lack of memory, whoever met it, into a `BrainnetError`."""
    try:
        yield
    except Exception as error:
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, MemoryError):
            cause = cause.__cause__ or cause.__context__
        if cause is None:
            raise
        said = " ".join(str(cause).split()) or "no more was to be had"
        raise BrainnetError(f"the simulation needs more memory than there is ({said}): {CURE}") from error


def _gigabytes(size: float) -> str:
    return f"{size / 1e9:,.1f} GB"
