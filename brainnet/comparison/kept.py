"""Trials on disk, one in a file of its own: what was run is there to be read, and need not be run again.

A file is JSON, written whole or not at all, under the name "model-seed.json".
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from brainnet.comparison.results import Row
from brainnet.comparison.trial import Answers
from brainnet.errors import BrainnetError
from brainnet.folders import whole_file

POINTS = 60  # of the history that is kept


@dataclass(frozen=True)
class Kept:
    """One trial: its settings, the numbers that came out, what went on meanwhile, seconds and versions.

    `history` holds the classifier's, thinned out to 60 points, by name. A trial that `failed` says why and has no
    numbers.
    """

    task: str
    model: str
    seed: int
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    scalars: Mapping[str, float | int] = field(default_factory=dict)
    history: Mapping[str, list[float]] = field(default_factory=dict)
    seconds: float = 0.0
    failed: str = ""

    @classmethod
    def of(cls, row: Row, answers: Answers, settings: Mapping[str, Any]) -> Kept:
        """What is kept of a trial that ended."""
        found = answers.arrays.get("history") or {}
        length = len(next(iter(found.values()), ()))
        points = np.unique(np.linspace(0, length - 1, POINTS).astype(int))
        history = {name: np.round(values[points], 6).tolist() for name, values in found.items()}
        spent = answers.timing.fit_seconds + answers.timing.predict_seconds
        return cls(row.task, row.model, row.seed, settings, _versions(), dict(row.scalars), history, round(spent, 1))

    @classmethod
    def failed_one(cls, task: str, model: str, seed: int, why: str, settings: Mapping[str, Any]) -> Kept:
        """What is kept of a trial that ended with an error."""
        return cls(task, model, seed, settings, _versions(), failed=why)


def path(folder: Path, model: str, seed: int) -> Path:
    """The file of a trial."""
    return folder / f"{model}-{seed}.json"


def keep(trial: Kept, folder: Path) -> None:
    """Write a trial's file, and the folder if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    with whole_file(path(folder, trial.model, trial.seed)) as stream:
        stream.write((json.dumps(asdict(trial), indent=1) + "\n").encode())


def found(folder: Path) -> list[Kept]:
    """The trials of a folder, by model, then seed. Raises BrainnetError, which names the file, for one that is none."""
    trials = []
    for file in folder.glob("*.json"):
        try:
            told = json.loads(file.read_text("utf-8"))
            trials.append(Kept(**{each.name: told[each.name] for each in fields(Kept)}))
        except (OSError, ValueError, KeyError, TypeError):
            raise BrainnetError(f"{str(file)!r} holds no trial, or one of another version: move it away") from None
    return sorted(trials, key=lambda trial: (trial.model, trial.seed))


def _versions() -> dict[str, str]:
    """Of what rounding depends on; the commit is "unknown" where there is no repository."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short", "HEAD"]
    try:
        commit = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        commit = "unknown"
    return {name: metadata.version(name) for name in ("brian2", "numpy")} | {"commit": commit}
