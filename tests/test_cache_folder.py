"""The cache has one place, in full, or there is one line."""

import os
from pathlib import Path

import pytest

from brainnet.errors import BrainnetError
from brainnet.folders import cache_folder


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """A current folder and a home of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("BRAINNET_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "home/.cache/brainnet"),
        ({"BRAINNET_CACHE": ""}, "home/.cache/brainnet"),
        ({"XDG_CACHE_HOME": "xdg"}, "xdg/brainnet"),
        ({"BRAINNET_CACHE": "relative", "XDG_CACHE_HOME": "xdg"}, "relative"),
        ({"BRAINNET_CACHE": "~/mine"}, "home/mine"),
        ({"BRAINNET_CACHE": "a $b c"}, "a $b c"),
    ],
)
def test_the_cache_is_where_it_was_asked_for_in_full(variables, expected, tmp_path, monkeypatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == tmp_path / expected


@pytest.mark.parametrize(
    ("value", "said"), [("~nobody knows/x", "there is no such home folder"), ("a\nb", "it holds a line break")]
)
def test_a_cache_that_can_be_nowhere_is_one_line(value, said, monkeypatch):
    monkeypatch.setenv("BRAINNET_CACHE", value)
    with pytest.raises(
        BrainnetError, match=f"the cache '.*' cannot be used, {said}: set BRAINNET_CACHE to a full path"
    ):
        cache_folder()


def test_a_relative_cache_in_a_folder_that_was_deleted_is_one_line(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert cache_folder().is_absolute()  # the one of the home folder
    monkeypatch.setenv("BRAINNET_CACHE", "relative")
    with pytest.raises(BrainnetError, match=r"cannot be used, the current folder was deleted: set BRAINNET_CACHE"):
        cache_folder()
    os.chdir(tmp_path)


def test_the_cache_is_not_made_by_asking(tmp_path):
    cache_folder()
    assert list(Path(tmp_path).iterdir()) == []
