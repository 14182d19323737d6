"""Brunel's sparsely connected network of excitatory and inhibitory neurons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from brainnet.checks import require_count, require_positive
from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import LIF, PoissonBackground
from brainnet.spiking.published.run import Arrays
from brainnet.structure import Graph, fixed_in_degree


@dataclass(frozen=True)
class Brunel:
    """Neurons that are all alike, each with C_E = neurons / 12.5 excitatory and C_I = C_E / 4 inhibitory sources.

        tau dv/dt = -v        v > threshold  ->  spike, v := reset, and nothing for the refractory time
        delay after a spike, in its targets:  v += J from an excitatory neuron, v -= g J from an inhibitory one
        from outside:  v += J at the events of a Poisson process of rate ratio C_E nu_thr
        nu_thr = threshold / (J C_E tau), at which the mean potential would just reach the threshold

    With the balance g of both kinds and the input from outside, the ratio to nu_thr, the network passes through four
    regimes: (g, ratio) = (3, 2) synchronous regular, (6, 4) synchronous irregular and fast, (5, 2) asynchronous
    irregular, (4.5, 0.9) synchronous irregular and slow. Source: Brunel 2000, J. Comput. Neurosci. 8:183, model A.

    Populations "e" and "i". In a network of fewer neurons, J in inverse proportion keeps the mean input:

    >>> from brainnet.spiking import published
    >>> small = published.Brunel(g=5.0, ratio=2.0, neurons=1000, weight_mV=1.25)
    >>> answer = published.run(small, ms=200, seed=1)
    >>> bool(10 < answer.counts["e"][1].mean() / 0.1 < 100)  # Hz, in the second 100 ms
    True

    Args:
        g: inhibitory weights, relative to excitatory ones.
        ratio: of the rate from outside to nu_thr.
        neurons: in all; a fifth of them are inhibitory.
        tau_ms: of the membrane.
        threshold_mV: from rest.
        reset_mV: from rest.
        refractory_ms: after a spike.
        weight_mV: J.
        delay_ms: of all synapses.
        wiring: seed of the connections.
        part_ms: of a presentation.
        dt_ms: a step.
    """

    g: float = 5.0
    ratio: float = 2.0
    neurons: int = 12_500
    tau_ms: float = 20.0
    threshold_mV: float = 20.0
    reset_mV: float = 10.0
    refractory_ms: float = 2.0
    weight_mV: float = 0.1
    delay_ms: float = 1.5
    wiring: int = 0
    part_ms: float = 100.0
    dt_ms: float = 0.1

    def __post_init__(self) -> None:
        require_count(self, "neurons", at_least=50)
        require_positive(self, "threshold_mV", "weight_mV")

    @property
    def sizes(self) -> dict[str, int]:
        """Neurons of each population."""
        return {"e": self.neurons - self.neurons // 5, "i": self.neurons // 5}

    @property
    def outside_hz(self) -> float:
        """Rate of all of a neuron's outside synapses together."""
        return self.ratio * 1000 * self.threshold_mV / (self.weight_mV * self.tau_ms)

    def network(self) -> Network:
        """Its description, with potentials in units of the threshold. Its numbers are not compiled in."""
        unit = self.threshold_mV
        neuron = LIF(self.tau_ms, self.refractory_ms, self.reset_mV / unit)
        outside = PoissonBackground(self.outside_hz, self.weight_mV / unit)
        weights = {"e": self.weight_mV / unit, "i": -self.g * self.weight_mV / unit}
        return Network(
            tuple(Population(n, size, neuron, True, current=0.0, noise=(outside,)) for n, size in self.sizes.items()),
            tuple(
                Projection(f"{s}{t}", s, t, "v", graph, weight=weights[s], delay_ms=self.delay_ms)
                for (s, t), graph in _connections(tuple(self.sizes.items()), self.wiring).items()
            ),
            Presentation(self.part_ms, dt_ms=self.dt_ms, carry_over=True),
        )

    def signals(self, presentations: int, rng: np.random.Generator) -> Arrays:
        """None: what comes from outside is part of the neurons."""
        return {}

    def begin(self, rng: np.random.Generator) -> Arrays:
        """Nothing: all weights are fixed, and potentials begin at rest."""
        return {}


@lru_cache(maxsize=1)  # all regimes share them, and drawing 15 million takes seconds
def _connections(sizes: tuple[tuple[str, int], ...], wiring: int) -> dict[tuple[str, str], Graph]:
    """Who is connected to whom: all neurons have as many sources of each kind, others than themselves."""
    rng = np.random.default_rng(wiring)
    return {
        (s, t): fixed_in_degree(size, targets, size // 10, rng, self_connections=s != t)
        for s, size in sizes
        for t, targets in sizes
    }
