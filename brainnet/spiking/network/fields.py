"""A hidden layer of frozen local receptive fields, and a readout that learns by a local delta rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from brainnet import structure
from brainnet.checks import require_count
from brainnet.spiking.coding import CurrentInjection
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import DeltaRule
from brainnet.spiking.network.description import Network, Population, Presentation
from brainnet.spiking.network.shapes import Shape, image_shape, require_shape, say_if_unsure
from brainnet.spiking.neurons import LIF, SynapticLIF

State = dict[str, np.ndarray]
READOUT_GRAIN = 10  # readouts come in tens, so that tasks with few classes share one compiled simulator


@dataclass(frozen=True)
class FrozenFields:
    """LIF neurons that each see a random patch of the image through a Gabor function, and a spiking readout.

        I = bias + gain (x - mean) . field        bias ~ U(0.6, 1)
        field = exp(-(x'^2 + y'^2) / 2 s^2) cos(2 pi x' / lambda + psi), scaled to unit L1 norm

    Only the readout learns: a spike of a hidden neuron moves its weights to the readout neurons towards their targets
    (`DeltaRule`); the rate shrinks by `decay` from epoch to epoch. `patch` is the side of a patch in pixels; None takes
    10 pixels of 28, in proportion, and at least 5. `shape`, (rows, columns), is that of the image; without it a square
    of 16 values or more is an image. Patterns that are no image, with fewer than 4 rows or columns, get dense Gaussian
    fields instead. Source: Illing, Gerstner & Brea 2019, Neural Networks 118:90; their lambda in
    [4.6, 10.3], psi in [0, 4.8], s in [3.8, 5] / 1.5 belong to patches of 10 pixels and are scaled with the patch.
    """

    neurons: int = 500
    patch: int | None = None
    shape: Shape | None = None
    coding: CurrentInjection = CurrentInjection()
    neuron: LIF = LIF()
    readout: SynapticLIF = SynapticLIF()
    rule: DeltaRule = DeltaRule()
    presentation: Presentation = Presentation(input_ms=100.0)
    epochs: int = 10
    decay: float = 0.8

    def __post_init__(self) -> None:
        require_count(self, "neurons", 1)
        require_count(self, "epochs", 1)
        require_shape(self)

    def annealed(self, epoch: int) -> FrozenFields:
        """The layer with the learning rate of that epoch."""
        return replace(self, rule=self.rule.slowed(self.decay**epoch))

    def network(self, n_inputs: int, n_classes: int) -> Network:
        """Hidden neurons under injected current, all connected to the readout."""
        readouts = READOUT_GRAIN * -(-n_classes // READOUT_GRAIN)
        return Network(
            populations=(
                Population("hidden", self.neurons, self.neuron),
                Population("readout", readouts, self.readout, counted=True),
            ),
            projections=(Projection("learned", "hidden", "readout", effect="s", rule=self.rule),),
            presentation=self.presentation,
        )

    def begin(self, mean: np.ndarray, n_classes: int, rng: np.random.Generator) -> tuple[State, State]:
        """Fields, bias and the average pattern, which stay; readout weights of zero, which learn."""
        say_if_unsure(self, len(mean), "draws dense Gaussian fields")
        frozen = {
            "fields": self._fields(len(mean), rng),
            "bias": rng.uniform(0.6, 1.0, self.neurons),
            "mean": mean,
        }
        readouts = self.network(len(mean), n_classes).population("readout").size
        return frozen, {"learned.w": np.zeros((self.neurons, readouts))}

    def signals(self, patterns: np.ndarray, labels: np.ndarray | None, frozen: State, network: Network) -> State:
        """Currents of the hidden neurons, and targets of the readouts (zero without labels: then nothing learns)."""
        targets = np.zeros((len(patterns), network.population("readout").size))
        if labels is not None:
            targets[np.arange(len(labels)), labels] = 1.0
        currents = self.coding.currents(patterns, frozen["mean"], frozen["fields"], frozen["bias"])
        return {"hidden.current": currents, "readout.target": targets}

    def patterns_to_label(self, count: int) -> int:
        """None: each readout neuron has had its class from the start."""
        return 0

    def read_out(self, sums: np.ndarray, members: np.ndarray) -> State:
        """Nothing, for the same reason."""
        return {}

    def scores(self, counts: Mapping[str, np.ndarray], frozen: State, n_classes: int) -> np.ndarray:
        """Spikes of each class's readout neuron, (pattern, class)."""
        return counts["readout"][:, :n_classes]

    def receptive_fields(self, frozen: State, state: State, n_inputs: int) -> np.ndarray:
        """The frozen fields, (neuron, input)."""
        return frozen["fields"]

    def trained_weights(self, state: State, n_inputs: int, n_classes: int) -> np.ndarray:
        """The weights that learning may change, (weight,): those of readouts that stand for a class."""
        return state["learned.w"][:, :n_classes].ravel()

    def parameters(self, n_inputs: int, n_classes: int) -> tuple[int, int]:
        """Numbers that learning changes, and numbers drawn once."""
        return self.neurons * n_classes, self.neurons * (n_inputs + 1)

    def _fields(self, n_inputs: int, rng: np.random.Generator) -> np.ndarray:
        """Receptive fields, (neuron, input), each of unit L1 norm."""
        shape = image_shape(self, n_inputs)
        fields = rng.normal(size=(self.neurons, n_inputs)) if shape is None else self._gabors(shape, rng)
        return fields / np.abs(fields).sum(axis=1, keepdims=True)

    def _gabors(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        patch = self.patch or min(max(5, round(10 * min(shape) / 28)), *shape)
        mask = structure.local_fields(shape, patch, self.neurons, rng).T.reshape(self.neurons, *shape)
        rows, columns = np.mgrid[: shape[0], : shape[1]]
        middle = [mask.any(axis=axis).argmax(axis=1) + (patch - 1) / 2 for axis in (2, 1)]
        y, x = (grid[None] - centre[:, None, None] for grid, centre in zip((rows, columns), middle, strict=True))
        angle, wavelength, phase, width = (
            rng.uniform(low, high, (self.neurons, 1, 1))
            for low, high in ((0, np.pi), (4.6, 10.3), (0, 4.8), (3.8 / 1.5, 5 / 1.5))
        )
        scale = patch / 10
        along = x * np.cos(angle) + y * np.sin(angle)
        gabors = np.exp(-(x**2 + y**2) / (2 * (width * scale) ** 2)) * np.cos(
            2 * np.pi * along / (wavelength * scale) + phase
        )
        return (gabors * mask).reshape(self.neurons, -1)
