"""Tasks: patterns in [0, 1] with labels, and train, validation and test splits that depend on nothing but the seed.

>>> task = load("digits", seed=1)
>>> task.train.patterns.shape
(1257, 64)
"""

from __future__ import annotations

import inspect
import os
from typing import Any

from brainnet import checks
from brainnet.errors import BrainnetError
from brainnet.tasks import bars, check, digits, logic, mnist
from brainnet.tasks.arrays import from_arrays
from brainnet.tasks.bars import superpositions
from brainnet.tasks.logic import corners
from brainnet.tasks.task import Examples, Kind, Task

__all__ = ["DESCRIPTIONS", "NAMES", "Examples", "Kind", "Task", "corners", "from_arrays", "load", "superpositions"]

KINDS = (*logic.KINDS, bars.KIND, digits.KIND, mnist.KIND)  # a new task is a file of its own, and its name here
NAMES = tuple(kind.name for kind in KINDS)
DESCRIPTIONS = {kind.name: kind.description for kind in KINDS}


def load(name: str, seed: int = 0, data: str | os.PathLike[str] | None = None, **parameters: Any) -> Task:
    """A task by name.

    Args:
        name: one of NAMES.
        seed: non-negative; all that the splits and the noise depend on.
        data: file to read, for "mnist" only; see `brainnet.tasks.mnist.build` for where it is looked for otherwise.
        parameters: copies, noise for "and", "or", "xor" (`brainnet.tasks.logic.build`); size, noise, occlusion, train,
            validation, test for "bars" (`brainnet.tasks.bars.build`); none for "digits" and "mnist".

    Raises:
        BrainnetError: an unknown name or parameter, a setting outside its range, a data file that is not MNIST.
    """
    build = KINDS[NAMES.index(checks.one_of("task", name, NAMES))].build
    seed = checks.count("seed", seed, at_least=0)
    accepted = inspect.signature(build).parameters
    settings = [key for key, parameter in accepted.items() if parameter.kind is parameter.KEYWORD_ONLY]
    for key in parameters:
        checks.one_of(f"{name!r} parameter", key, settings)
    if data is None:
        return check.frozen(build(seed, **parameters))
    if "data" not in accepted:
        raise BrainnetError(f"task {name!r} reads no data file (got {checks.shown(str(data))}): leave it out")
    return check.frozen(build(seed, data=data, **parameters))
