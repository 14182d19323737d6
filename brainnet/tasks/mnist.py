"""MNIST: found on this computer or fetched, and checked before use.

Source: LeCun, Bottou, Bengio and Haffner (1998), Gradient-based learning applied to document recognition,
Proceedings of the IEEE 86, 2278-2324.
"""

from __future__ import annotations

import hashlib
import math
import os
import struct
import warnings
import zipfile
import zlib
from http.client import HTTPException
from pathlib import Path
from typing import Any

import numpy as np

from brainnet import checks
from brainnet.errors import BrainnetError
from brainnet.folders import cache_folder, whole_file
from brainnet.tasks import split
from brainnet.tasks.task import Examples, Kind, Task

SHAPES = {"x_train": (60_000, 28, 28), "y_train": (60_000,), "x_test": (10_000, 28, 28), "y_test": (10_000,)}
LARGEST = {"x_train": 255, "y_train": 9, "x_test": 255, "y_test": 9}
SHA256 = "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16"  # of the four arrays' bytes, in this order
CURE = "give a good mnist.npz with --data or BRAINNET_MNIST"
# What NumPy and zipfile are known to raise on files that are damaged or something else.
UNREADABLE = (
    OSError, ValueError, TypeError, EOFError, RuntimeError, MemoryError, KeyError, SyntaxError,
    zipfile.BadZipFile, zlib.error, struct.error,
)  # fmt: skip


def build(seed: int, data: str | os.PathLike[str] | None = None) -> Task:
    """The 28 x 28 images divided by 255, float32: 50,000 to train, 10,000 to validate, the official 10,000 to test.

    Validation is drawn by the seed, class by class in proportion, from the official 60,000.

    Args:
        seed: non-negative seed of the split; the test patterns are the same for all seeds.
        data: an npz file with x_train, y_train, x_test, y_test. By default the file that the environment variable
            BRAINNET_MNIST names, else mnist.npz in ./data, ../data, ../shared/data or the cache (BRAINNET_CACHE or
            ~/.cache/brainnet), else a download from OpenML into the cache.

    Raises:
        BrainnetError: a file that is missing, unreadable or not MNIST; no file and no network.
    """
    arrays = _find(data)
    labels = arrays["y_train"].astype(np.int64)
    validation, train = split.stratified(labels, (10_000,), split.generator(seed, "mnist"))
    return Task(
        "mnist",
        seed,
        Examples(_scaled(arrays["x_train"][train]), labels[train]),
        Examples(_scaled(arrays["x_train"][validation]), labels[validation]),
        Examples(_scaled(arrays["x_test"]), arrays["y_test"].astype(np.int64)),
        classes=tuple("0123456789"),
        shape=(28, 28),
    )


def _scaled(images: np.ndarray) -> np.ndarray:
    return np.divide(images.reshape(len(images), -1), 255, dtype=np.float32)


def located(data: str | os.PathLike[str] | None = None) -> tuple[Path, str] | None:
    """The file that `build` reads, and what led to it; None if it has to be fetched."""
    if data is not None:
        return Path(data), "--data"
    if named := os.environ.get("BRAINNET_MNIST"):
        return Path(named), "BRAINNET_MNIST"
    for folder in (Path("data"), Path("../data"), Path("../shared/data"), cache_folder()):
        if os.path.exists(folder / "mnist.npz"):
            return folder / "mnist.npz", "found by itself"
    return None


def _find(data: str | os.PathLike[str] | None) -> dict[str, np.ndarray]:
    found = located(data)
    return _fetch() if found is None else read(*found)


def read(path: Path, origin: str) -> dict[str, np.ndarray]:
    """The four arrays of an npz file, uint8, if they are MNIST; `origin` tells in errors where the path came from."""
    path = Path(os.path.expanduser(path))  # which, unlike Path.expanduser, leaves an unknown user's ~name alone
    where = f"{str(path)!r} ({origin})"
    if not os.path.isfile(path):
        state = "is a folder" if os.path.isdir(path) else "is no plain file" if os.path.exists(path) else "is not there"
        raise BrainnetError(f"the MNIST file {where} {state}: {CURE}")
    try:
        with np.load(path, allow_pickle=False) as archive:
            missing = [key for key in SHAPES if key not in archive]
            sizes = {info.filename.removesuffix(".npy"): info.file_size for info in archive.zip.infolist()}
            if any(sizes.get(key, 0) > _most(key) for key in SHAPES):
                raise ValueError("an array is larger than any of MNIST")  # before it is read into memory
            arrays = {} if missing else {key: archive[key] for key in SHAPES}
    except UNREADABLE as error:
        reason = getattr(error, "strerror", None) or "it is another kind of file, or damaged"
        raise BrainnetError(f"the MNIST file {where} cannot be read as npz ({reason}): {CURE}") from None
    if missing:
        raise BrainnetError(f"the MNIST file {where} has no array {missing[0]!r}: {CURE}")
    return _verified(arrays, f"the MNIST file {where}")


def _most(key: str) -> int:
    """Bytes of the array as the widest whole numbers, with room for its header."""
    return 8 * math.prod(SHAPES[key]) + 2**16


def _verified(arrays: dict[str, Any], where: str) -> dict[str, Any]:
    digest = hashlib.sha256()
    verified = {}
    for key, shape in SHAPES.items():
        array = np.asarray(arrays[key])
        if array.shape != shape or array.dtype.kind not in "iu":
            found = f"{array.dtype} {array.shape}"
            raise BrainnetError(f"{where}: {key} must be whole numbers of shape {shape} (got {found}): {CURE}")
        if array.min() < 0 or array.max() > LARGEST[key]:
            found = f"{array.min()} to {array.max()}"
            raise BrainnetError(f"{where}: {key} must lie in 0 to {LARGEST[key]} (got {found}): {CURE}")
        verified[key] = np.ascontiguousarray(array, dtype=np.uint8)
        digest.update(verified[key].data)
    if digest.hexdigest() != SHA256:
        found = f"{digest.hexdigest()[:12]}..., not {SHA256[:12]}..."
        raise BrainnetError(f"{where} has MNIST's shapes but other contents (SHA-256 {found}): {CURE}")
    return verified


def _fetch() -> dict[str, np.ndarray]:
    """Download from OpenML, check, and keep in the cache; the file appears there whole or not at all."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with whole_file(folder / "mnist.npz") as file:
            arrays = _verified(_download(), "the download from OpenML")
            np.savez_compressed(file, **arrays)
    except OSError as error:
        raise BrainnetError(
            f"cannot keep MNIST in {str(folder)!r} ({error.strerror}): make room there, set BRAINNET_CACHE to a folder "
            f"that can be written, or {CURE}"
        ) from None
    return arrays


def _download() -> dict[str, np.ndarray]:
    from sklearn.datasets import fetch_openml

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # one line at the end says what the retries' warnings would
            # The default parser needs pandas, which brainnet does not depend on.
            images, labels = fetch_openml(
                "mnist_784", version=1, as_frame=False, parser="liac-arff", return_X_y=True, cache=False
            )
        pixels, digits = images.astype(np.uint8).reshape(-1, 28, 28), labels.astype(np.uint8)
    except (OSError, HTTPException, ValueError) as error:
        reason = checks.shown(str(error) or type(error).__name__)
        raise BrainnetError(f"no mnist.npz here and no download from OpenML ({reason}): go online, or {CURE}") from None
    return {
        "x_train": pixels[:60_000], "y_train": digits[:60_000], "x_test": pixels[60_000:], "y_test": digits[60_000:]
    }  # fmt: skip


KIND = Kind("mnist", "70,000 handwritten digits of 28 x 28 pixels, from --data FILE or downloaded once", build)
