"""Structures of a layer: dense, sparse, local fields; and what can be laid over each, Dale's law and competition."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from brainnet.checks import require_fraction, require_that
from brainnet.data.shapes import Shape
from brainnet.errors import BrainnetError
from brainnet.structure.dale import dale_signs
from brainnet.structure.drawn import sparse
from brainnet.structure.wiring import Structure, Wiring


class Plain:
    """What structures share whose weights may have both signs, whose neurons do not compete, under a dense readout."""

    @property
    def signed(self) -> bool:
        """No."""
        return False

    @property
    def competes(self) -> bool:
        """No."""
        return False

    @property
    def readout(self) -> Dense:
        """Dense."""
        return Dense()


@dataclass(frozen=True)
class Dense(Plain):
    """Every input reaches every neuron."""

    def fitted(self, shape: Shape) -> Dense:
        """The same."""
        return self

    def draw(self, n_inputs: int, n_hidden: int, rng: np.random.Generator) -> Wiring:
        """The same from every seed: nothing is drawn."""
        return Wiring(n_inputs, n_hidden)


@dataclass(frozen=True)
class Sparse(Plain):
    """Each input reaches each neuron with the probability `density`, the readout being dense (see `sparse`)."""

    density: float = 0.1

    def __post_init__(self) -> None:
        require_fraction(self, "density")
        require_that(self, "density", self.density > 0, "be more than 0")

    def fitted(self, shape: Shape) -> Sparse:
        """The same."""
        return self

    def draw(self, n_inputs: int, n_hidden: int, rng: np.random.Generator) -> Wiring:
        """A random graph. Raises BrainnetError for one without connections."""
        graph = sparse(n_inputs, n_hidden, self.density, rng)
        if not graph.n_synapses:
            raise BrainnetError(
                f"Sparse.density {self.density!r} connects none of {n_inputs} inputs to {n_hidden} neurons: raise it"
            )
        return Wiring(n_inputs, n_hidden, graph)


@dataclass(frozen=True)
class Dale:
    """Dale's law over a structure: a neuron's outgoing weights have one sign, which learning does not change.

    A fraction `excitatory` of the sources, and of the hidden neurons at the readout, is excitatory (see `dale_signs`).
    """

    structure: Structure = field(default_factory=Dense)
    excitatory: float = 0.8

    def __post_init__(self) -> None:
        _require_structure(self)
        require_fraction(self, "excitatory")

    @property
    def signed(self) -> bool:
        """Yes."""
        return True

    @property
    def competes(self) -> bool:
        """As the structure does."""
        return self.structure.competes

    @property
    def readout(self) -> Dale:
        """That of the structure, under the same law."""
        return replace(self, structure=self.structure.readout)

    def fitted(self, shape: Shape) -> Dale:
        """The law over the fitted structure."""
        return replace(self, structure=self.structure.fitted(shape))

    def draw(self, n_inputs: int, n_hidden: int, rng: np.random.Generator) -> Wiring:
        """The structure's wiring with a sign for each source."""
        wiring = self.structure.draw(n_inputs, n_hidden, rng)
        return replace(wiring, signs=dale_signs(n_inputs, self.excitatory, rng))


@dataclass(frozen=True)
class Competing:
    """Lateral inhibition over a structure: every neuron inhibits all others of its layer (see `lateral_inhibition`)."""

    structure: Structure = field(default_factory=Dense)

    def __post_init__(self) -> None:
        _require_structure(self)

    @property
    def competes(self) -> bool:
        """Yes."""
        return True

    @property
    def signed(self) -> bool:
        """As the structure is."""
        return self.structure.signed

    @property
    def readout(self) -> Structure:
        """That of the structure: the readout does not compete."""
        return self.structure.readout

    def fitted(self, shape: Shape) -> Competing:
        """Competition over the fitted structure."""
        return replace(self, structure=self.structure.fitted(shape))

    def draw(self, n_inputs: int, n_hidden: int, rng: np.random.Generator) -> Wiring:
        """The structure's wiring, and everyone against all others."""
        return replace(self.structure.draw(n_inputs, n_hidden, rng), lateral="all_but_one")


def _require_structure(owner: Dale | Competing) -> None:
    """Raise BrainnetError unless what the owner is laid over is a structure; a class has its methods, too."""
    sound = isinstance(owner.structure, Structure) and not isinstance(owner.structure, type)
    require_that(owner, "structure", sound, "be a structure such as Dense()")
