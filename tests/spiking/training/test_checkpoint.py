"""What is read from a checkpoint is what was saved, to the last bit, or one error; one training has it at a time."""

import hashlib
import io
import os
import zipfile
from dataclasses import fields, replace

import numpy as np
import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking.training import checkpoint
from brainnet.spiking.training.checkpoint import TrainingState, load, located, reserved, save, try_to_save

LIMIT = 2**20
STATE = {
    "incoming.w": np.linspace(0, 1, 6).reshape(2, 3),
    "hidden.v": np.array([0.1, -0.2], np.float32),
    "incoming.spikes on their way": np.zeros((0, 2), np.int32),
    "file": np.asfortranarray(np.arange(6).reshape(3, 2)),
    "hidden.silent": np.array([True, False]),
    "control.step": np.array(7),
}
STANDING = TrainingState(
    "a training", 2**31 - 2, 2, STATE, np.ones((2, 3)), np.array([1, 2]), {"assignment": np.array([0, 1])},
    {"assignment": np.array([1, 0])}, 3, 16, 5, np.array([[60, 0.5]]), np.arange(10.0).reshape(2, 5),
)  # fmt: skip
SMALL = replace(STANDING, state={"incoming.w": np.ones(2)}, readout={}, learned={})


def assert_equal(one: TrainingState, other: TrainingState) -> None:
    for entry in fields(TrainingState):
        a, b = getattr(one, entry.name), getattr(other, entry.name)
        pairs = [(a[name], b[name]) for name in a] if isinstance(a, dict) else [(a, b)]
        assert not isinstance(a, dict) or list(a) == list(b)
        for left, right in ((np.asarray(left), np.asarray(right)) for left, right in pairs):
            assert (left.dtype, left.shape, left.tobytes()) == (right.dtype, right.shape, right.tobytes()), entry.name


def refused(path, limit: int = LIMIT) -> str:
    with pytest.raises(BrainnetError) as caught:
        load(path, limit)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_arrays_of_any_name_kind_and_shape_are_read_as_they_were(tmp_path):
    save(tmp_path / "c.npz", STANDING)
    found = load(tmp_path / "c.npz", LIMIT)
    assert found is not None
    assert_equal(found, STANDING)


def test_numpy_reads_it_too(tmp_path):
    save(tmp_path / "c.npz", STANDING)
    with np.load(tmp_path / "c.npz", allow_pickle=False) as file:
        assert file["state:incoming.w"].tobytes() == STATE["incoming.w"].tobytes()


def test_the_same_standing_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        save(tmp_path / name, STANDING)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_no_flipped_bit_is_ever_read_as_data(tmp_path):
    path = tmp_path / "c.npz"
    save(path, SMALL)
    messages = set()
    with path.open("r+b", buffering=0) as file:
        for place, byte in enumerate(path.read_bytes()):
            for flipped in (byte ^ 1 << bit for bit in range(8)):
                os.pwrite(file.fileno(), bytes([flipped]), place)
                messages.add(refused(path))
            os.pwrite(file.fileno(), bytes([byte]), place)
    assert len(messages) == 1
    assert "cannot be read (it is damaged" in messages.pop()
    assert load(path, LIMIT) is not None


def test_nothing_cut_off_or_added_is_ever_read_as_data(tmp_path):
    path = tmp_path / "c.npz"
    save(path, SMALL)
    content, messages = path.read_bytes(), set()
    for changed in (content + b"\0", b"\0" + content, content):
        path.write_bytes(changed)
        messages |= {refused(path)} if changed != content else set()
    for keep in reversed(range(len(content))):
        os.truncate(path, keep)
        messages.add(refused(path))
    assert len(messages) == 1
    assert "cannot be read (it is damaged" in messages.pop()


def test_a_file_larger_than_the_training_needs_is_not_read(tmp_path):
    with (tmp_path / "c.npz").open("wb") as file:
        file.truncate(2**40)  # no disk and no memory has room for so much; the file is all hole
    assert "has 1,099,511,627,776 bytes, and this training needs less than 1,048,576" in refused(tmp_path / "c.npz")


def sealed(archive: io.BytesIO) -> bytes:
    """An archive that somebody else has made, with the seal that we would put on it."""
    with zipfile.ZipFile(archive, "a") as file:
        file.comment = checkpoint._SEAL + bytes(checkpoint._DIGITS)
    content = archive.getvalue()[: -checkpoint._DIGITS]
    return content + hashlib.blake2b(content, digest_size=32).hexdigest().encode()


def bomb() -> io.BytesIO:
    archive = io.BytesIO()
    np.savez_compressed(archive, curve=np.zeros(2**20))
    return archive


def false_header() -> io.BytesIO:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": (2**40,)})
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("curve.npy", header.getvalue())
    return archive


def pickled() -> io.BytesIO:
    archive = io.BytesIO()
    np.savez(archive, curve=np.array([None]))
    return archive


def others() -> io.BytesIO:
    archive = io.BytesIO()
    np.savez(archive, curve=np.zeros(3))
    return archive


@pytest.mark.parametrize("made", [bomb, false_header, pickled, others])
def test_what_was_sealed_in_malice_is_refused_without_room_for_it(made, tmp_path):
    (tmp_path / "c.npz").write_bytes(sealed(made()))
    assert "cannot be read" in refused(tmp_path / "c.npz")


def test_a_file_that_may_not_be_read_is_not_to_be_deleted(tmp_path, monkeypatch):
    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", denied)
    message = refused(tmp_path / "c.npz")
    assert "(Permission denied)" in message
    assert "delete" not in message


@pytest.mark.parametrize("name", ["", b"c.npz", 3, "a\0b", "\ud800", ["c.npz"]])
def test_what_names_no_file_is_refused(name):
    with pytest.raises(BrainnetError, match="checkpoint must be the name of a file"):
        located(name)


def test_a_home_folder_is_found_and_links_are_followed(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "link.npz").symlink_to("there.npz")
    assert located("~/c.npz") == tmp_path / "c.npz"
    assert located(tmp_path / "link.npz") == tmp_path / "there.npz"


def test_one_training_at_a_time_has_a_path(tmp_path):
    path = tmp_path / "c.npz"
    with reserved(path), pytest.raises(BrainnetError, match="belongs to a training that runs"), reserved(path):
        pass
    with reserved(path):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
@pytest.mark.parametrize("place", ["folder", "pipe", "null"])
def test_what_is_no_plain_file_is_refused_and_not_to_be_deleted(place, tmp_path):
    path = tmp_path / "c.npz" if place != "null" else located(os.devnull)
    if place == "folder":
        path.mkdir()
    elif place == "pipe":
        os.mkfifo(path)
    with pytest.raises(BrainnetError, match=r"is (a folder|no plain file): name a file") as caught, reserved(path):
        pass
    assert "delete" not in str(caught.value)


@pytest.mark.parametrize("name", ["missing/c.npz", "n" * 245, "file/c.npz"])
def test_what_cannot_be_written_is_found_out_beforehand(name, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BrainnetError, match=r"cannot be written \(.*name a file elsewhere"), reserved(tmp_path / name):
        try_to_save(tmp_path / name, STANDING)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
