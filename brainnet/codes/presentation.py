"""How long a pattern is shown, in which steps, and whether it comes again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from brainnet.errors import BrainnetError


@dataclass(frozen=True)
class Presentation:
    """How a pattern is shown: `input_ms` of input, `rest_ms` without, in steps of `dt_ms`.

    Every presentation begins in the state of rest, unless `carry_over`, which holds while the network learns. If
    `min_spikes` is above 0, a pattern to which the population `watched` gives fewer spikes in all is shown again with
    its rates raised by `gain_step` of the first gain, up to `max_attempts` times (Diehl & Cook 2015, Frontiers in
    Computational Neuroscience 9:99). `precision` is that of potentials, conductances, traces and weights: "single" is
    twice as fast; times are always in double.
    """

    input_ms: float
    rest_ms: float = 0.0
    dt_ms: float = 0.5
    carry_over: bool = False
    watched: str = ""
    min_spikes: int = 0
    gain_step: float = 0.5
    max_attempts: int = 20
    precision: Literal["single", "double"] = "single"

    def __post_init__(self) -> None:
        if not 0 < self.dt_ms <= self.input_ms < np.inf:
            raise BrainnetError(
                f"Presentation.dt_ms must be positive and at most input_ms (got {self.dt_ms!r} and {self.input_ms!r})"
            )
        if self.precision not in ("single", "double"):
            raise BrainnetError(f"Presentation.precision must be 'single' or 'double' (got {self.precision!r})")
        steps = self.period_ms / self.dt_ms
        if not (self.rest_ms >= 0 and abs(steps - round(steps)) < 1e-6):
            raise BrainnetError(
                f"Presentation: input_ms + rest_ms must be a whole number of steps (got {self.period_ms!r} ms "
                f"and dt_ms {self.dt_ms!r})"
            )

    @property
    def period_ms(self) -> float:
        """From one onset to the next."""
        return self.input_ms + self.rest_ms
