"""Izhikevich's distal reward problem: which of many synapses has earned a reward that comes seconds late."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import require_count, require_that
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import RewardSTDP, Rule
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import GaussianNoise, Izhikevich, Neuron, Poisson
from brainnet.spiking.published.judges import Coincidence
from brainnet.spiking.published.run import Arrays
from brainnet.structure import Graph

RULE = RewardSTDP(rate=100.0)  # 1/s: the author's program adds c d to the weight every 10 ms
NEURON, JUDGE = Izhikevich(), Coincidence()


@dataclass(frozen=True)
class Izhikevich2007:
    """Networks in which one chosen synapse earns rewards: dopamine, 1 to 3 s after the neuron has answered its input.

        dv/dt = 0.04 v^2 + 5 v + 140 - u + N(0, noise)    du/dt = 0.02 (0.2 v - u)    an input's spike:  v += w
        dw/dt = rate c d    c: what pairs of spikes have left, 1 s    d: dopamine, 0.2 s    0 <= w <= 4 mV
        the neuron at the chosen synapse fires within 10 ms of its input  ->  d += reward after U(1, 3) s

    Of all synapses the chosen one, which begins at 0, grows to its maximum. Source: Izhikevich 2007, Cereb. Cortex
    17:2443, figure 1, and the author's program. What differs, so that 16 networks take seconds: a network is not 1000
    neurons with 100 synapses each, but 100 Poisson inputs and two regular spiking neurons, which fire as seldom as they
    do there, at 1.2 to 1.4 Hz; all networks share the inputs, but each has its own chosen one, neurons and noise. There
    is no inhibition, and no dopamine but the rewards (the author's program adds a constant 0.002).

    Populations "inputs", "neurons", (network, neuron), and "judges", (network,); projection "synapses". In network k,
    the synapse from input k to the first neuron is the chosen one.

    >>> from brainnet.spiking import published
    >>> kind = published.Izhikevich2007(networks=2, part_ms=1000.0)
    >>> answer = published.run(kind, ms=1000, seed=1)  # a second of an hour
    >>> kind.chosen.sum(axis=0).tolist(), answer.state["synapses.w"].shape
    ([1, 0, 1, 0], (100, 4))

    Args:
        networks: side by side.
        inputs: shared by all networks.
        neurons: of each network.
        input_hz: rate of every input.
        noise: standard deviation of the current that each neuron gets in a step of 1 ms.
        reward: dopamine.
        first_mV: the weights, but for the chosen one's, at first.
        rule: by which synapses learn.
        neuron: regular spiking.
        judge: gives the rewards.
        part_ms: of a presentation, at whose end all but the weights goes to rest, rewards under way included.
        dt_ms: a step.
    """

    networks: int = 1
    inputs: int = 100
    neurons: int = 2
    input_hz: float = 1.2
    noise: float = 3.4
    reward: float = 0.5
    first_mV: float = 1.0
    rule: Rule = RULE
    neuron: Neuron = NEURON
    judge: Neuron = JUDGE
    part_ms: float = 300e3
    dt_ms: float = 1.0

    def __post_init__(self) -> None:
        for name in ("networks", "inputs", "neurons"):
            require_count(self, name, at_least=1)
        require_that(self, "networks", self.networks <= self.inputs, f"be at most inputs = {self.inputs}")

    @property
    def chosen(self) -> np.ndarray:
        """Which synapses are rewarded, (input, neuron)."""
        mask, k = np.zeros((self.inputs, self.networks * self.neurons), bool), np.arange(self.networks)
        mask[k, k * self.neurons] = True
        return mask

    def network(self) -> Network:
        """Its description."""
        k, size = np.arange(self.networks), self.networks * self.neurons
        noise = (GaussianNoise(self.noise),)
        populations = (
            Population("inputs", self.inputs, Poisson()),
            Population("neurons", size, self.neuron, counted=True, current=0.0, noise=noise),
            Population("judges", self.networks, self.judge, counted=True),
        )
        cause = Graph.of_pairs(self.inputs, self.networks, k, k)
        reply = Graph.of_pairs(size, self.networks, k * self.neurons, k)
        members = Graph.of_pairs(self.networks, size, np.repeat(k, self.neurons), np.arange(size))
        projections = (
            Projection("synapses", "inputs", "neurons", "v", rule=self.rule),
            Projection("hears", "inputs", "judges", "cause", cause, weight=1.0),
            Projection("sees", "neurons", "judges", "reply", reply, weight=1.0),
            Projection("rewards", "judges", "neurons", "dopamine", members, weight=self.reward),
        )
        return Network(populations, projections, Presentation(self.part_ms, dt_ms=self.dt_ms))

    def signals(self, presentations: int, rng: np.random.Generator) -> Arrays:
        """The rate of every input."""
        return {"inputs.rate": np.full((presentations, self.inputs), self.input_hz)}

    def begin(self, rng: np.random.Generator) -> Arrays:
        """Weights that are all alike, but for the chosen ones, which are 0."""
        return {"synapses.w": np.where(self.chosen, 0.0, self.first_mV)}
