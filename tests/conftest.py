"""For all tests: one thread for each worker's linear algebra, and what takes longest begins first."""

from __future__ import annotations

import os

import pytest

# Before NumPy is imported: there is a worker a core already, and threads that wait for each other take turns with it.
for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

SLOW = (
    "spiking/simulator/test_chunks.py",
    "spiking/learning/test_rules.py",
    "experiments",
    "spiking/simulator/test_run.py",
    "spiking",
    "conformance",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files and folders of `SLOW` first, in its order: at the end, workers share what is short."""

    def rank(item: pytest.Item) -> int:
        place = item.path.relative_to(item.config.rootpath / "tests").as_posix()
        return next((number for number, slow in enumerate(SLOW) if place.startswith(slow)), len(SLOW))

    items.sort(key=rank)
