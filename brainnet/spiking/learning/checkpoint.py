"""Checkpoints: all that a training needs in order to go on, in one `.npz` file without pickled objects."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np

from brainnet.errors import BrainnetError
from brainnet.folders import whole_file

_GROUPS = ("state", "readout")


@dataclass
class Standing:
    """Where a training stands after a whole number of chunks.

    `state` holds weights and thresholds, `readout` the classes of neurons; `phase` is the index in the schedule, and
    `position` the number of its patterns that are done. `sums`, (class, neuron), are spikes and `members`, (class,),
    patterns that this phase has counted, `hits` those classified right. `curve` is (point, 2): examples seen, accuracy;
    `history`, (chunk of learning, column), is described where it is written.
    """

    state: dict[str, np.ndarray]
    readout: dict[str, np.ndarray]
    sums: np.ndarray
    members: np.ndarray
    phase: int = 0
    position: int = 0
    hits: int = 0
    curve: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    history: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))


def save(path: Path, standing: Standing, training: str) -> None:
    """Write the file whole or not at all; `training` tells one training from another. Raises `BrainnetError`."""
    arrays = {"training": np.array(training)}
    for entry in fields(Standing):
        value = getattr(standing, entry.name)
        if entry.name in _GROUPS:
            arrays |= {f"{entry.name}:{name}": array for name, array in value.items()}
        else:
            arrays[entry.name] = np.asarray(value)
    try:
        with whole_file(path) as file:
            np.savez(file, **arrays)  # pyright: ignore[reportArgumentType]
    except OSError as error:
        raise BrainnetError(
            f"the checkpoint {path} cannot be written ({error.strerror}): make room there, or name a file elsewhere"
        ) from error


def load(path: Path, training: str) -> Standing | None:
    """What was saved for this training, or None if there is no such file.

    Raises `BrainnetError` for a file that cannot be read, and for one that belongs to another training.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        owner = str(arrays.pop("training"))
        values = {entry.name: arrays.pop(entry.name) for entry in fields(Standing) if entry.name not in _GROUPS}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise BrainnetError(f"the checkpoint {path} cannot be read ({error}): delete it to begin anew") from error
    if owner != training:
        raise BrainnetError(
            f"the checkpoint {path} belongs to another training (patterns, settings, seed or versions differ): "
            "delete it, or name another file"
        )
    for group in _GROUPS:
        begin = f"{group}:"
        values[group] = {name.removeprefix(begin): a for name, a in arrays.items() if name.startswith(begin)}
    for name in ("phase", "position", "hits"):
        values[name] = int(values[name])
    return Standing(**values)
