"""Checkpoints: all that a training needs in order to go on, in one `.npz` file without pickled objects.

The file is a zip archive of `.npy` members, stored as they are, with the seal as its comment: "brainnet checkpoint 2 "
and the BLAKE2b digest, in hexadecimal digits, of all bytes before the digest. Nothing is read before that is checked.
"""

from __future__ import annotations

import hashlib
import io
import math
import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from brainnet.checks import shown
from brainnet.errors import BrainnetError
from brainnet.folders import alone, try_to_write, whole_file

_GROUPS = ("state", "readout", "learned")
_NUMBERS = ("seed", "epochs", "phase", "position", "hits")
_SEAL, _DIGITS = b"brainnet checkpoint 2 ", 64
_HEADERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}


@dataclass
class TrainingState:
    """Where a training stands after a whole number of chunks.

    `training` tells one training from another, but for its `seed` and its number of `epochs`. `state` holds weights and
    thresholds, `readout` the classes of neurons, and `learned` those that the last epoch of learning gave; `phase` is
    the index in the schedule, and `position` the number of its patterns that are done. `sums`, (class, neuron), are
    spikes and `members`, (class,), patterns that this phase has counted, `hits` those classified right. `curve` is
    (point, 2): examples seen, accuracy; `history`, (chunk of learning, column), is described where it is written.
    """

    training: str
    seed: int
    epochs: int
    state: dict[str, np.ndarray]
    sums: np.ndarray
    members: np.ndarray
    readout: dict[str, np.ndarray] = field(default_factory=dict)
    learned: dict[str, np.ndarray] = field(default_factory=dict)
    phase: int = 0
    position: int = 0
    hits: int = 0
    curve: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    history: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))


def located(name: Any) -> Path:
    """The file that a user's name for it leads to: `~` is expanded, links are followed. Raises `BrainnetError`."""
    try:
        text = os.fspath(name)
        if text:
            return Path(os.path.realpath(os.path.expanduser(text)))
    except (TypeError, ValueError, OSError):  # no name, one that no file can have, no current folder
        pass
    raise BrainnetError(f"checkpoint must be the name of a file, such as 'training.npz' (got {shown(name)})")


@contextmanager
def reserved(path: Path) -> Iterator[None]:
    """Keep a path for one training; the lock is a file beside it, and ends with the process.

    Raises `BrainnetError` for what is no plain file, what another training has, and a folder that cannot be written.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        kind = "a folder" if os.path.isdir(path) else "no plain file"
        raise BrainnetError(f"the checkpoint {str(path)!r} is {kind}: name a file, there or not yet there")
    with ExitStack() as stack:
        try:
            got = stack.enter_context(alone(path.with_name(f".{path.name}.brainnet-lock"), wait=False))
        except OSError as error:
            raise _unwritable(path, error) from None
        if got is False:
            raise BrainnetError(
                f"the checkpoint {str(path)!r} belongs to a training that runs: wait for its end, or name another file"
            )
        yield


def save(path: Path, reached: TrainingState) -> None:
    """Write the file whole or not at all. Raises `BrainnetError`."""
    try:
        with whole_file(path) as file:
            file.write(_sealed(reached))
    except OSError as error:
        raise _unwritable(path, error) from None


def try_to_save(path: Path, reached: TrainingState) -> None:
    """Raise the `BrainnetError` that `save` would; nothing is left."""
    try:
        try_to_write(path, _sealed(reached))
    except OSError as error:
        raise _unwritable(path, error) from None


def load(path: Path, limit: int) -> TrainingState | None:
    """What was saved, or None if there is no such file.

    Raises `BrainnetError` for a file of more than `limit` bytes, and for one that is not, to the last bit, what `save`
    has written.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            content = file.read(limit) if size <= limit else b""
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BrainnetError(
            f"the checkpoint {str(path)!r} cannot be read ({error.strerror}): mend that, or name another file"
        ) from None
    if size > limit:
        raise BrainnetError(
            f"the checkpoint {str(path)!r} has {size:,} bytes, and this training needs less than {limit:,}: it belongs "
            "to another training, or is no checkpoint: name another file"
        )
    try:
        return _training_state(_unsealed(content))
    except (ValueError, LookupError, TypeError, EOFError, RuntimeError, MemoryError, zipfile.BadZipFile) as error:
        raise BrainnetError(
            f"the checkpoint {str(path)!r} cannot be read (it is damaged, or no checkpoint of this version): "
            "delete it to begin anew, or name another file"
        ) from error


def _sealed(reached: TrainingState) -> bytes:
    arrays = {}
    for entry in fields(TrainingState):
        value = getattr(reached, entry.name)
        if entry.name in _GROUPS:
            arrays |= {f"{entry.name}:{name}": array for name, array in value.items()}
        else:
            arrays[entry.name] = np.asarray(value)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.asanyarray(array), allow_pickle=False)
        archive.comment = _SEAL + bytes(_DIGITS)
    content = stream.getvalue()[:-_DIGITS]
    return content + _digest(content)


def _unsealed(content: bytes) -> dict[str, np.ndarray]:
    """The arrays by name. Raises `ValueError` unless the seal is right: only then they are what was saved."""
    sealed = memoryview(content)[:-_DIGITS]
    if content[-_DIGITS:] != _digest(sealed) or sealed[-len(_SEAL) :] != _SEAL:
        raise ValueError("the seal is broken")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if any(member.compress_type != zipfile.ZIP_STORED for member in members):
            raise ValueError("a member is compressed")
        if sum(member.file_size for member in members) > len(content):
            raise ValueError("the members are larger than the file")
        return {member.filename.removesuffix(".npy"): _array(archive, member) for member in members}


def _array(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> np.ndarray:
    """One member, if it has as many bytes as its header tells of: room is made for those."""
    with archive.open(info) as member:
        shape, _, kind = _HEADERS[np.lib.format.read_magic(member)](member)
        if math.prod(shape) * kind.itemsize != info.file_size - member.tell():
            raise ValueError(f"{info.filename} has another size than its header")
        member.seek(0)
        return np.lib.format.read_array(member, allow_pickle=False)


def _training_state(arrays: dict[str, np.ndarray]) -> TrainingState:
    values: dict[str, Any] = {
        entry.name: arrays.pop(entry.name) for entry in fields(TrainingState) if entry.name not in _GROUPS
    }
    values["training"] = str(values["training"])
    values |= {name: int(values[name]) for name in _NUMBERS}
    for group in _GROUPS:
        begin = f"{group}:"
        values[group] = {name.removeprefix(begin): a for name, a in arrays.items() if name.startswith(begin)}
    return TrainingState(**values)


def _digest(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGITS // 2).hexdigest().encode()


def _unwritable(path: Path, error: OSError) -> BrainnetError:
    return BrainnetError(
        f"the checkpoint {str(path)!r} cannot be written ({error.strerror}): make room there, or name a file elsewhere"
    )
