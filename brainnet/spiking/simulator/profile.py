"""Where the time of a compiled simulation goes.

    with profiled(program, every=17) as profile:
        simulate(...)
    print(profile.seconds, profile.parts)

Of the binary's steps, one in `every` is measured, part by part, and all at which a presentation begins; what reading
the clock takes is subtracted. With `every` 0 only the loop over time is measured, as a whole.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from brainnet.spiking.simulator import cache
from brainnet.spiking.simulator.program import Program

PARTS = ("state updates", "events", "thresholds and resets", "noise", "normalisation", "onsets and counts")


@dataclass
class Profile:
    """What the binaries measured of themselves that ran while it was open; known once it is closed.

    `seconds` are those of the loops over time, without reading the clock; `parts`, keyed by `PARTS`, together come to
    as many, but for the errors of measuring.
    """

    seconds: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)


@contextmanager
def profiled(program: Program, every: int = 0) -> Iterator[Profile]:
    """Let the binaries of this program that this process starts meanwhile measure themselves."""
    profile = Profile()
    with tempfile.TemporaryDirectory(prefix="brainnet-profile-") as name:
        path = Path(name) / "rows"
        path.touch()
        asked = {"": str(path), "_EVERY": str(every), "_PARTS": " ".join(map(str, _parts(program)))}
        asked = {f"BRAINNET_PROFILE{key}": value for key, value in asked.items()}
        os.environ.update(asked)  # which the binaries inherit
        try:
            yield profile
        finally:
            for key in asked:
                del os.environ[key]
        rows = [[float(number) for number in line.split()] for line in path.read_text("utf-8").splitlines()]
    profile.seconds = sum(row[0] - row[1] for row in rows)
    if every:
        profile.parts = {part: sum(row[2 + i] for row in rows) for i, part in enumerate(PARTS)}


def _parts(program: Program) -> list[int]:
    """For each object of the binary, in its order, the part to which it belongs."""
    manifest = json.loads((cache.simulator(program) / cache.READY).read_text("utf-8"))
    noisy = tuple(group.name for group in program.groups if "counter_uniform" in group.onset)
    names = (name.removeprefix("_run_").removesuffix("_codeobject") for name in manifest["objects"])
    return [PARTS.index(part(name, noisy)) for name in names]


def part(name: str, noisy: tuple[str, ...]) -> str:
    """The part to which an object belongs. Populations that are `noisy` draw numbers at onsets and resets."""
    owner = re.sub("_(onset|spike_resetter)$", "", name)
    if owner != name and owner in noisy:
        return "noise"
    for ending, found in (
        ("stateupdater", "state updates"),
        ("(pre|post)(_push_spikes)?", "events"),
        ("spike_(thresholder|resetter)", "thresholds and resets"),
        ("(clear|sum|scale)", "normalisation"),
    ):
        if re.search(f"_{ending}$", name):
            return found
    return "onsets and counts"
