"""A simulation that has diverged is an error, whether its numbers were asked for or not."""

from __future__ import annotations

import numpy as np

from brainnet.errors import BrainnetError


def check_finite(name: str, values: np.ndarray) -> None:
    """Raise `BrainnetError` unless all values of the variable, at the end of a simulation, are finite.

    A variable named "diverged" counts those that were not at the end of a presentation, before they went to rest.
    """
    owner, _, variable = name.partition(".")
    if variable == "diverged" and np.any(values):
        name = f"the state of {owner}"
    elif np.isfinite(values).all():
        return
    raise BrainnetError(
        f"{name} is no longer finite after the simulation: lower the learning rate, the weights or dt_ms"
    )
