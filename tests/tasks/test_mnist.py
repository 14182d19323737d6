from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from brainnet import tasks
from brainnet.errors import BrainnetError
from brainnet.tasks import mnist

REAL = next(
    (path for path in map(Path, ("data/mnist.npz", "../data/mnist.npz", "../shared/data/mnist.npz")) if path.exists()),
    None,
)
needs_mnist = pytest.mark.skipif(REAL is None, reason="mnist.npz is not on this computer")


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """No variable, no file and no cache of this computer reaches a test, nor does any test reach the network."""
    inner = tmp_path / "one" / "two"
    inner.mkdir(parents=True)
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("BRAINNET_MNIST", raising=False)
    monkeypatch.setattr("sklearn.datasets.fetch_openml", offline)
    real = None if REAL is None else REAL.resolve()
    monkeypatch.chdir(inner)
    return real


def offline(*_, **__):
    raise OSError("no network here")


def fabricated(**changes) -> dict[str, Any]:
    arrays = {key: np.zeros(shape, np.uint8) for key, shape in mnist.SHAPES.items()}
    return {key: value for key, value in {**arrays, **changes}.items() if value is not None}


def refusal(data=None) -> str:
    with pytest.raises(BrainnetError) as caught:
        tasks.load("mnist", data=data)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith("--data or BRAINNET_MNIST") or "BRAINNET_CACHE" in message
    return message


@needs_mnist
def test_mnist_is_split_by_seed_and_tested_on_the_official_test_set(alone):
    one, two = (tasks.load("mnist", seed=seed, data=alone) for seed in (1, 2))
    assert [len(part.labels) for part in (one.train, one.validation, one.test)] == [50_000, 10_000, 10_000]
    with np.load(alone) as official:
        assert np.array_equal(np.rint(one.test.patterns * 255).reshape(-1, 28, 28), official["x_test"])
        assert np.array_equal(one.test.labels, official["y_test"])
        share = np.bincount(official["y_train"]) / 60_000
        grey = np.sort(official["x_train"].reshape(60_000, -1).sum(axis=1, dtype=np.int64))
    seen = np.concatenate([one.train.patterns, one.validation.patterns])
    assert np.array_equal(np.sort(np.rint(seen.sum(axis=1, dtype=np.float64) * 255).astype(np.int64)), grey)
    assert np.abs(np.bincount(one.validation.labels) - share * 10_000).max() < 2
    assert one.train.patterns.dtype == np.float32
    assert not one.train.patterns.flags.writeable
    assert np.array_equal(one.test.patterns, two.test.patterns)
    assert not np.array_equal(one.validation.patterns, two.validation.patterns)


@needs_mnist
@pytest.mark.parametrize("place", ["variable", "data", "../data", "../shared/data", "cache"])
def test_mnist_is_found_where_it_is_said_to_be_looked_for(place, alone, monkeypatch):
    if place == "variable":
        monkeypatch.setenv("BRAINNET_MNIST", str(alone))
    else:
        folder = Path(os.environ["BRAINNET_CACHE"]) if place == "cache" else Path(place)
        folder.mkdir(parents=True)
        (folder / "mnist.npz").symlink_to(alone)
    found = mnist._find(None)
    assert found["x_train"].shape == (60_000, 28, 28)


@needs_mnist
def test_a_changed_pixel_changes_the_checksum(alone, tmp_path):
    with np.load(alone) as official:
        arrays: dict[str, Any] = {key: official[key] for key in official}
    arrays["x_test"][0, 0, 0] ^= 1
    np.savez(tmp_path / "changed.npz", **arrays)
    assert "has MNIST's shapes but other contents (SHA-256" in refusal(tmp_path / "changed.npz")


@needs_mnist
def test_a_download_is_checked_and_cached_whole(alone, monkeypatch, tmp_path):
    with np.load(alone) as official:
        pixels = np.concatenate([official["x_train"], official["x_test"]]).reshape(70_000, 784)
        digits = np.concatenate([official["y_train"], official["y_test"]]).astype(str).astype(object)
    monkeypatch.setattr("sklearn.datasets.fetch_openml", lambda *_, **__: (pixels, digits))
    mnist._find(None)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["mnist.npz"]
    monkeypatch.setattr("sklearn.datasets.fetch_openml", offline)
    assert mnist._find(None)["y_train"].shape == (60_000,)


def test_a_download_with_other_contents_is_refused_and_leaves_nothing(monkeypatch, tmp_path):
    pixels, digits = np.zeros((70_000, 784), np.uint8), np.array(["0"] * 70_000, dtype=object)
    monkeypatch.setattr("sklearn.datasets.fetch_openml", lambda *_, **__: (pixels, digits))
    assert "the download from OpenML has MNIST's shapes but other contents" in refusal()
    assert list((tmp_path / "cache").iterdir()) == []


def test_without_file_and_network_the_cure_is_told_and_nothing_is_left(tmp_path):
    assert refusal().startswith("no mnist.npz here and no download from OpenML ('no network here'): go online, or")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_cache_that_cannot_be_made_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path / "file" / "cache"))
    assert "cannot keep MNIST in" in refusal()


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path, monkeypatch):
    assert "(--data) is not there" in refusal(tmp_path / "no.npz")
    assert "(--data) is a folder" in refusal(tmp_path)
    assert "'~no-such-user/no.npz' (--data) is not there" in refusal("~no-such-user/no.npz")
    monkeypatch.setenv("BRAINNET_MNIST", "no.npz")
    assert "'no.npz' (BRAINNET_MNIST) is not there" in refusal()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "is no plain file" in refusal(tmp_path / "pipe")


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 broken", b"\x93NUMPY", b"\x80\x04."])
def test_a_file_that_is_no_archive_is_refused(content, tmp_path):
    (tmp_path / "mnist.npz").write_bytes(content)
    assert "cannot be read as npz" in refusal(tmp_path / "mnist.npz")


def test_a_single_array_is_refused(tmp_path):
    np.save(tmp_path / "mnist.npy", np.zeros(3))
    assert "cannot be read as npz" in refusal(tmp_path / "mnist.npy")


def test_an_array_larger_than_mnist_is_not_read(tmp_path):
    np.savez_compressed(tmp_path / "bomb.npz", **fabricated(y_test=np.zeros(2**20, np.uint8)))
    assert "cannot be read as npz (it is another kind of file, or damaged)" in refusal(tmp_path / "bomb.npz")


def test_a_truncated_or_altered_archive_is_refused(tmp_path):
    np.savez_compressed(tmp_path / "whole.npz", **fabricated())
    content = (tmp_path / "whole.npz").read_bytes()
    (tmp_path / "short.npz").write_bytes(content[: len(content) // 2])
    (tmp_path / "altered.npz").write_bytes(content[:2000] + b"?" * 500 + content[2500:])
    assert "cannot be read as npz" in refusal(tmp_path / "short.npz")
    assert "cannot be read as npz" in refusal(tmp_path / "altered.npz")


def test_pickled_objects_are_never_loaded(tmp_path):
    arrays = fabricated(y_test=np.array([print] * 10_000, dtype=object))
    np.savez(tmp_path / "mnist.npz", **arrays)
    assert "cannot be read as npz (it is another kind of file, or damaged)" in refusal(tmp_path / "mnist.npz")


def test_an_entry_that_is_no_array_is_refused(tmp_path):
    np.savez_compressed(tmp_path / "mnist.npz", **fabricated(y_test=None))
    with zipfile.ZipFile(tmp_path / "mnist.npz", "a") as archive:
        archive.writestr("y_test", b"no array")
    assert "y_test must be whole numbers" in refusal(tmp_path / "mnist.npz")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"x_test": None}, "has no array 'x_test'"),
        ({"x_train": np.zeros((60_000, 784), np.uint8)}, "x_train must be whole numbers of shape (60000, 28, 28)"),
        ({"y_test": np.zeros(10_000)}, "y_test must be whole numbers of shape (10000,) (got float64 (10000,))"),
        ({"y_train": np.full(60_000, 10)}, "y_train must lie in 0 to 9 (got 10 to 10)"),
        ({"x_test": np.full((10_000, 28, 28), -1, np.int8)}, "x_test must lie in 0 to 255 (got -1 to -1)"),
        ({}, "has MNIST's shapes but other contents"),
    ],
)
def test_an_archive_that_is_not_mnist_is_refused(changes, says, tmp_path):
    np.savez_compressed(tmp_path / "mnist.npz", **fabricated(**changes))
    assert says in refusal(tmp_path / "mnist.npz")
