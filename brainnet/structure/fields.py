"""Local receptive fields: each neuron sees a random patch of the image through a Gabor function."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from brainnet.checks import require_count
from brainnet.data.shapes import Shape, is_image
from brainnet.structure.graph import Graph
from brainnet.structure.layers import Plain
from brainnet.structure.patterns import local_fields
from brainnet.structure.wiring import Wiring


@dataclass(frozen=True)
class LocalFields(Plain):
    """Gabor functions in patches of the image, scaled to unit L1 norm.

        field = exp(-(x'^2 + y'^2) / 2 s^2) cos(2 pi x' / lambda + psi)

    `patch` is the side of a patch in pixels; None takes 10 pixels of 28, in proportion, and at least 5. `shape`, (rows,
    columns), is that of the image, which a classifier fills in. The rows of tables get dense Gaussian fields instead.
    Source: Illing, Gerstner & Brea 2019, Neural Networks 118:90; their lambda in [4.6, 10.3], psi in [0, 4.8], s in
    [3.8, 5] / 1.5 belong to patches of 10 pixels and are scaled with the patch.
    """

    patch: int | None = None
    shape: Shape | None = None

    of_tables: ClassVar[str] = "draws dense Gaussian fields"

    def __post_init__(self) -> None:
        if self.patch is not None:
            require_count(self, "patch", 1)

    def fitted(self, shape: Shape) -> LocalFields:
        """Fields for patterns of that shape, (rows, columns)."""
        return replace(self, shape=shape)

    def draw(self, n_inputs: int, n_hidden: int, rng: np.random.Generator) -> Wiring:
        """Fields, and a graph of the patches."""
        shape = self.shape or (1, n_inputs)
        if not is_image(shape) or shape[0] * shape[1] != n_inputs:  # a layer above the first sees no image either
            fields = rng.normal(size=(n_hidden, n_inputs))
            return Wiring(n_inputs, n_hidden, fields=_unit(fields))
        mask, fields = self._gabors(shape, n_hidden, rng)
        return Wiring(n_inputs, n_hidden, Graph.of_mask(mask), fields=_unit(fields))

    def _gabors(self, shape: Shape, n_hidden: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Patches, (input, neuron), true where a neuron sees, and fields, (neuron, input)."""
        patch = self.patch or min(max(5, round(10 * min(shape) / 28)), *shape)
        seen = local_fields(shape, patch, n_hidden, rng)
        mask = seen.T.reshape(n_hidden, *shape)
        rows, columns = np.mgrid[: shape[0], : shape[1]]
        middle = [mask.any(axis=axis).argmax(axis=1) + (patch - 1) / 2 for axis in (2, 1)]
        y, x = (grid[None] - centre[:, None, None] for grid, centre in zip((rows, columns), middle, strict=True))
        angle, wavelength, phase, width = (
            rng.uniform(low, high, (n_hidden, 1, 1))
            for low, high in ((0, np.pi), (4.6, 10.3), (0, 4.8), (3.8 / 1.5, 5 / 1.5))
        )
        scale = patch / 10
        along = x * np.cos(angle) + y * np.sin(angle)
        gabors = np.exp(-(x**2 + y**2) / (2 * (width * scale) ** 2)) * np.cos(
            2 * np.pi * along / (wavelength * scale) + phase
        )
        return seen, (gabors * mask).reshape(n_hidden, -1)


def _unit(fields: np.ndarray) -> np.ndarray:
    """Fields, (neuron, input), as (input, neuron), each of unit L1 norm."""
    return (fields / np.abs(fields).sum(axis=1, keepdims=True)).T
