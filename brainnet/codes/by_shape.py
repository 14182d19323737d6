"""One code for images, another for the rows of tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from brainnet.codes.code import Code, Kind
from brainnet.codes.poisson import PoissonRate
from brainnet.codes.population import PopulationRate
from brainnet.data.shapes import Shape, is_image


@dataclass(frozen=True)
class ByShape:
    """Rates for images; for the rows of tables, which cannot be told apart by rates, populations (which say why).

    It is a choice, made once the shape of a pattern is known; until then it encodes nothing.
    """

    image: PoissonRate = field(default_factory=lambda: PoissonRate(max_rate_hz=250.0))
    table: PopulationRate = field(default_factory=PopulationRate)

    kind: ClassVar[Kind] = "rate_hz"
    of_tables: ClassVar[str] = "codes each value by a population of inputs"

    def fitted(self, shape: Shape, mean: np.ndarray) -> Code:
        """The code for patterns of that shape, (rows, columns)."""
        return self.image if is_image(shape) else self.table
