"""Where brainnet keeps what it can make again, and how it writes there."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """The user's cache: the environment variable BRAINNET_CACHE, else ~/.cache/brainnet (not made here)."""
    chosen = os.environ.get("BRAINNET_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "brainnet"
