"""The build cache."""

import pytest

from brainnet.errors import BrainnetError
from brainnet.spiking.network import FrozenFields
from brainnet.spiking.simulator import cache
from brainnet.spiking.simulator.program import compose

PROGRAM = compose(FrozenFields(neurons=20).network(16, 2), 4)


def test_constants_do_not_change_the_program():
    slower = FrozenFields(neurons=20).annealed(5).network(16, 2)
    assert cache.key(compose(slower, 4)) == cache.key(PROGRAM)


def test_sizes_change_the_program():
    assert cache.key(compose(FrozenFields(neurons=21).network(16, 2), 4)) != cache.key(PROGRAM)


@pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
def test_a_program_is_built_once_and_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path))
    folder = cache.simulator(PROGRAM)
    assert (folder / cache.READY).exists()
    monkeypatch.setattr(cache, "_build", lambda *_: pytest.fail("built again"))
    assert cache.simulator(PROGRAM) == folder
    assert not list(tmp_path.rglob("building-*"))
    assert not list(tmp_path.rglob("*.o"))


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path / "file"))
    with pytest.raises(BrainnetError, match=r"cannot be written .*set BRAINNET_CACHE"):
        cache.simulator(PROGRAM)


@pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
def test_a_build_that_fails_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("BRAINNET_CACHE", str(tmp_path))
    monkeypatch.setattr(cache, "compiler", lambda: "/bin/false")
    with pytest.raises(BrainnetError, match="could not be compiled"):
        cache.simulator(PROGRAM)
    assert [path.suffix for path in (tmp_path / "simulators").iterdir()] == [".lock"]
