"""Florian's network, which learns exclusive or from praise and blame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import require_count
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import RewardSTDP, Rule
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import LIF, Neuron, Poisson
from brainnet.spiking.published.judges import Gate
from brainnet.spiking.published.run import Arrays
from brainnet.structure import Graph

PATTERNS = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
THRESHOLD_MV, STRONGEST_MV, GAMMA_MV = 16.0, 5.0, 0.625  # from rest; of a synapse; gained at eligibility 1
TAU_Z_MS, REWARD_MS = 25.0, 1.1
LASTING_MS = 1 / (1 / TAU_Z_MS + 1 / REWARD_MS)  # what a reward's decay and the eligibility's leave of a pulse
RULE = RewardSTDP(
    rate=GAMMA_MV / THRESHOLD_MV / TAU_Z_MS / LASTING_MS * 1e3, a_plus=1.0, a_minus=1.0, tau_c_ms=TAU_Z_MS,
    tau_d_ms=REWARD_MS, w_max=STRONGEST_MV / THRESHOLD_MV, pairs="all",
)  # fmt: skip


@dataclass(frozen=True)
class Florian:
    """60 Poisson inputs, 60 hidden neurons and one output, whose every spike earns praise or blame.

        20 ms dv/dt = -v        v > 16 mV  ->  spike, v := 0        a presynaptic spike:  v += w
        MSTDPET:  dw = gamma r z at a reward r = +-1, z the sum of all pairs of spikes, +-exp(-|dt| / 20 ms), over tau_z
        bits:  an input of a bit that is 1 fires at 40 Hz, else not at all
        output spike:  r = 1 if the bits differ, else -1

    The output comes to fire more for bits that differ than for equal ones. Source: Florian 2007, Neural Comput.
    19:1468, section 4.2, rate-coded input. What differs: the reward is not a pulse, but decays with 1.1 ms, and comes 1
    ms later; networks side by side see the same input spikes.

    An inhibitory synapse, of every second 15 inputs, has a weight from -5 mV to 0: a learnt one from 0 to 5 mV, and one
    of -5 mV that stays. Weights are in units of the threshold. Populations "inputs", "hidden", (network, neuron), and
    "output", "praise" and "blame", (network,).

    >>> from brainnet.spiking import published
    >>> answer = published.run(published.Florian(), ms=2000, seed=1)  # an epoch of all four patterns, of 200
    >>> bool(answer.counts["output"].min() == 0 < answer.counts["output"].max())  # no input, no spikes
    True

    Args:
        networks: side by side.
        inputs: half of them of each bit.
        hidden: neurons of each network.
        input_hz: rate of an input whose bit is 1.
        strongest: the largest weight at first, and that of inhibition which stays, in units of the threshold.
        praise: r of an output spike while bits differ.
        blame: r while bits are equal.
        rule: by which all synapses learn.
        neuron: hidden and output.
        part_ms: of a presentation of one pattern.
        dt_ms: a step.
    """

    networks: int = 1
    inputs: int = 60
    hidden: int = 60
    input_hz: float = 40.0
    strongest: float = STRONGEST_MV / THRESHOLD_MV
    praise: float = 1.0
    blame: float = -1.0
    rule: Rule = RULE
    neuron: Neuron = LIF(tau_ms=20.0, refractory_ms=0.0)
    part_ms: float = 500.0
    dt_ms: float = 1.0

    def __post_init__(self) -> None:
        for name, least in (("networks", 1), ("inputs", 4), ("hidden", 1)):
            require_count(self, name, at_least=least)

    def network(self) -> Network:
        """Its description."""
        each = np.arange(self.networks * self.hidden)
        own, size, half = each // self.hidden, len(each), self.inputs // 2
        inhibitory = np.flatnonzero(np.arange(self.inputs) % half >= half // 2)
        inhibition = Graph.of_pairs(self.inputs, size, np.repeat(inhibitory, size), np.tile(each, len(inhibitory)))
        second = Graph.of_pairs(size, self.networks, each, own)
        populations = [
            Population("inputs", self.inputs, Poisson()),
            Population("hidden", size, self.neuron, current=0.0),
            Population("output", self.networks, self.neuron, counted=True, current=0.0),
        ]
        projections = [
            Projection("first", "inputs", "hidden", "v", rule=self.rule),
            Projection("inhibition", "inputs", "hidden", "v", inhibition, weight=-self.strongest),
            Projection("second", "hidden", "output", "v", second, rule=self.rule),
        ]
        for name, reward in (("praise", self.praise), ("blame", self.blame)):
            populations.append(Population(name, self.networks, Gate()))
            projections += [
                Projection(f"spike_to_{name}", "output", name, "told", "one_to_one", weight=1.0),
                Projection(f"{name}_to_hidden", name, "hidden", "dopamine", second.transposed(), weight=reward),
                Projection(f"{name}_to_output", name, "output", "dopamine", "one_to_one", weight=reward),
            ]
        shown = Presentation(self.part_ms, dt_ms=self.dt_ms, carry_over=True)
        return Network(tuple(populations), tuple(projections), shown)

    def shown(self, patterns: np.ndarray) -> Arrays:
        """The signals of patterns, (presentation,), by their numbers: 0 to 3 for (0, 0), (0, 1), (1, 0) and (1, 1)."""
        bits = PATTERNS[patterns]
        differ = np.repeat(bits.sum(axis=1, keepdims=True) % 2, self.networks, axis=1).astype(float)
        rates = self.input_hz * np.repeat(bits, self.inputs // 2, axis=1)
        return {"inputs.rate": rates, "praise.open": differ, "blame.open": 1 - differ}

    def signals(self, presentations: int, rng: np.random.Generator) -> Arrays:
        """All four patterns in random order, and again."""
        return self.shown(epochs(-(-presentations // 4), rng).ravel()[:presentations])

    def begin(self, rng: np.random.Generator) -> Arrays:
        """Weights U(0, strongest)."""
        size = self.networks * self.hidden
        return {
            "first.w": rng.uniform(0, self.strongest, (self.inputs, size)),
            "second.w": rng.uniform(0, self.strongest, size),
        }


def epochs(count: int, rng: np.random.Generator) -> np.ndarray:
    """Numbers of all four patterns in random orders, (epoch, place)."""
    return np.array([rng.permutation(4) for _ in range(count)])
