"""Izhikevich's network of a thousand neurons that are all different."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import require_count
from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import GaussianNoise, IzhikevichMixture
from brainnet.spiking.published.run import Arrays


@dataclass(frozen=True)
class Kind:
    """Neurons of one kind, each with constants of its own, and what comes from them.

        constant = first + change r**power,  r ~ U(0, 1) for each neuron

    Args:
        size: how many there are.
        a: first and change, as b, c and d.
        b: first and change.
        c: first and change.
        d: first and change.
        power: of r.
        noise: standard deviation of the current that each gets in a step of 1 ms.
        weight: the largest of their synapses; they are U(0, 1) times that.
    """

    size: int
    a: tuple[float, float]
    b: tuple[float, float]
    c: tuple[float, float]
    d: tuple[float, float]
    power: float
    noise: float
    weight: float

    def __post_init__(self) -> None:
        require_count(self, "size", at_least=1)

    @property
    def spread(self) -> dict[str, tuple[float, float]]:
        """First and change of each constant."""
        return {"a": self.a, "b": self.b, "c": self.c, "d": self.d}

    def constants(self, rng: np.random.Generator) -> Arrays:
        """a, b, c and d of each neuron, (neuron,)."""
        r = rng.random(self.size) ** self.power
        return {name: first + change * r for name, (first, change) in self.spread.items()}


EXCITATORY = Kind(800, a=(0.02, 0.0), b=(0.2, 0.0), c=(-65.0, 15.0), d=(8.0, -6.0), power=2, noise=5.0, weight=0.5)
INHIBITORY = Kind(200, a=(0.02, 0.08), b=(0.25, -0.05), c=(-65.0, 0.0), d=(2.0, 0.0), power=1, noise=2.0, weight=-1.0)


@dataclass(frozen=True)
class Izhikevich2003:
    """800 excitatory neurons, from regular spiking to chattering, and 200 inhibitory ones, all connected to all.

        dv/dt = 0.04 v^2 + 5 v + 140 - u + I        du/dt = a (b v - u)        v > 30  ->  spike, v := c, u := u + d
        I = N(0, 5) in excitatory and N(0, 2) in inhibitory neurons; a spike adds the synapse's weight to v

    The population fires in the rhythms of the cortex, near 10 and 40 Hz. Source: Izhikevich 2003, IEEE Trans. Neural
    Netw. 14:1569, figure 3 and its program. A spike moves potentials a step later: the step in which a neuron is reset
    is over, so that neurons that fire together reach each other, as there.

    Populations "e" and "i".

    >>> from brainnet.spiking import published
    >>> answer = published.run(published.Izhikevich2003(part_ms=300.0), ms=300, seed=1, learn=False)
    >>> bool(2 < answer.counts["e"].mean() / 0.3 < 20)  # Hz
    True

    Args:
        excitatory: neurons.
        inhibitory: neurons.
        delay_ms: of all synapses.
        part_ms: of a presentation, which begins at rest.
        dt_ms: a step.
    """

    excitatory: Kind = EXCITATORY
    inhibitory: Kind = INHIBITORY
    delay_ms: float = 0.5
    part_ms: float = 1000.0
    dt_ms: float = 0.5

    @property
    def kinds(self) -> dict[str, Kind]:
        """By population."""
        return {"e": self.excitatory, "i": self.inhibitory}

    @property
    def sizes(self) -> dict[str, int]:
        """Neurons of each population."""
        return {name: kind.size for name, kind in self.kinds.items()}

    def network(self) -> Network:
        """Its description."""
        return Network(
            tuple(
                Population(name, kind.size, IzhikevichMixture(), True, current=0.0, noise=(GaussianNoise(kind.noise),))
                for name, kind in self.kinds.items()
            ),
            tuple(Projection(s + t, s, t, "v", delay_ms=self.delay_ms) for s in self.kinds for t in self.kinds),
            Presentation(self.part_ms, dt_ms=self.dt_ms),
        )

    def signals(self, presentations: int, rng: np.random.Generator) -> Arrays:
        """Every neuron's constants."""
        drawn = {name: kind.constants(rng) for name, kind in self.kinds.items()}
        own = {f"{name}.{x}": values for name, constants in drawn.items() for x, values in constants.items()}
        return {name: np.tile(values, (presentations, 1)) for name, values in own.items()}

    def begin(self, rng: np.random.Generator) -> Arrays:
        """The weights, which stay."""
        both = [(s, t) for s in self.kinds.items() for t in self.sizes.items()]
        return {f"{s}{t}.w": kind.weight * rng.random((kind.size, size)) for (s, kind), (t, size) in both}
