"""Vogels et al.'s neuron, whose inhibitory synapses learn to balance excitatory ones that are tuned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import require_count, require_that
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import InhibitorySTDP, Rule
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import ConductanceLIF, Neuron
from brainnet.spiking.published.inputs import TunedInput
from brainnet.spiking.published.run import Arrays
from brainnet.structure import Graph

G_EXC, G_INH = 0.014, 0.035  # of a weight of 1, relative to the leak
RULE = InhibitorySTDP(rate=0.001 * G_INH, target_rate_hz=0.25 / 2 / 0.02, tau_ms=20.0)  # alpha = 0.25
NEURON = ConductanceLIF(
    tau_ms=20.0, v_rest_mV=-60.0, v_reset_mV=-60.0, v_th_mV=-50.0, e_inh_mV=-80.0, tau_e_ms=5.0, tau_i_ms=10.0,
    theta_start_mV=0.0, theta_plus_mV=0.0, refractory_ms=5.0,
)  # fmt: skip


@dataclass(frozen=True)
class Vogels:
    """One neuron with eight groups of inputs, each of 100 excitatory and 25 inhibitory ones that follow one signal.

        tau dv/dt = v_rest - v - ge v + gi (e_inh - v)        tau_e dge/dt = -ge,  tau_i dgi/dt = -gi
        excitatory spike:  ge += w, fixed: 0.014 (0.3 + 1.1 / (1 + (k - 5)^4) + U(0, 0.1)) in group k = 1 .. 8
        inhibitory spike:  gi += w, which learns:  w += rate (y - alpha) at a presynaptic spike, rate x at the neuron's

    x and y are traces of both sides (`InhibitorySTDP`). The neuron comes to fire irregularly at alpha / (2 tau), and
    inhibition to follow excitation, group by group. Source: Vogels, Sprekeler, Zenke, Clopath & Gerstner 2011, Science
    334:1569; all numbers are those of the authors' program, ModelDB 143751, `inhib_plasticity.m`.

    A world is a set of excitatory inputs and of group signals. Populations "excitatory", (world, group, input),
    "inhibitory", (neuron, group, input), and "output".

    >>> from brainnet.spiking import published
    >>> answer = published.run(published.Vogels(dt_ms=0.5), ms=1500, seed=1)
    >>> bool(answer.counts["output"][0, 0] / 1.5 > 50)  # Hz, in the first of a hundred parts; it is to come to 6.25
    True

    Args:
        worlds: for each neuron, the number of the world from which its excitatory input comes.
        steady: for each world, whether its inputs fire at a steady rate instead of following signals.
        groups: of inputs.
        excitatory: inputs of each group.
        inhibitory: inputs of each group, of each neuron.
        background_hz: rate of inputs while their signal is 0 or less.
        peak_hz: rate that a signal of 1 adds.
        steady_hz: where rates are steady.
        rule: by which inhibitory synapses learn.
        neuron: with conductances in units of the leak.
        part_ms: of a presentation.
        dt_ms: a step.
    """

    worlds: tuple[int, ...] = (0,)
    steady: tuple[bool, ...] = (False,)
    groups: int = 8
    excitatory: int = 100
    inhibitory: int = 25
    background_hz: float = 5.0
    peak_hz: float = 500.0
    steady_hz: float = 50.0
    rule: Rule = RULE
    neuron: Neuron = NEURON
    part_ms: float = 1500.0
    dt_ms: float = 0.1

    def __post_init__(self) -> None:
        for name in ("groups", "excitatory", "inhibitory"):
            require_count(self, name, at_least=1)
        known = range(len(self.steady))
        require_that(self, "worlds", set(self.worlds) <= set(known), f"be numbers below {len(known)}, of `steady`")

    @property
    def excitation(self) -> Graph:
        """Who gets which excitatory input."""
        each, neurons = self.groups * self.excitatory, len(self.worlds)
        sources = (np.array(self.worlds)[:, None] * each + np.arange(each)).ravel()
        return Graph.of_pairs(len(self.steady) * each, neurons, sources, np.repeat(np.arange(neurons), each))

    def network(self) -> Network:
        """Its description."""
        neurons, own, excitation = len(self.worlds), self.groups * self.inhibitory, self.excitation
        every = np.arange(neurons * own)
        return Network(
            (
                Population("excitatory", excitation.n_sources, TunedInput(0)),
                Population("inhibitory", len(every), TunedInput(excitation.n_sources)),
                Population("output", neurons, self.neuron, counted=True),
            ),
            (
                Projection("e", "excitatory", "output", "ge", excitation),
                Projection(
                    *("i", "inhibitory", "output", "gi"), Graph.of_pairs(len(every), neurons, every, every // own),
                    rule=self.rule,
                ),
            ),
            Presentation(self.part_ms, dt_ms=self.dt_ms, carry_over=True),
        )  # fmt: skip

    def signals(self, presentations: int, rng: np.random.Generator) -> Arrays:
        """The group of every input, and its rates."""
        groups = {
            "excitatory": np.repeat(np.arange(len(self.steady) * self.groups), self.excitatory),
            "inhibitory": np.repeat(
                (np.array(self.worlds)[:, None] * self.groups + np.arange(self.groups)).ravel(), self.inhibitory
            ),
        }
        found = {}
        for name, group in groups.items():
            steady = np.array(self.steady)[group // self.groups]
            rates = np.where(steady, self.steady_hz, self.background_hz), np.where(steady, 0.0, self.peak_hz)
            for signal, values in zip(("group", "background", "peak"), (group.astype(float), *rates), strict=True):
                found[f"{name}.{signal}"] = np.tile(values, (presentations, 1))
        return found

    def tuned(self, rng: np.random.Generator) -> np.ndarray:
        """Excitatory weights, (world, group, input), which are largest in the fifth group."""
        tuning = 0.3 + 1.1 / (1 + (np.arange(1, self.groups + 1) - 5.0) ** 4)
        return G_EXC * (tuning[:, None] + 0.1 * rng.random((len(self.steady), self.groups, self.excitatory)))

    def begin(self, rng: np.random.Generator) -> Arrays:
        """Excitatory weights that are tuned, inhibitory ones that are all alike."""
        inhibitory = np.full(len(self.worlds) * self.groups * self.inhibitory, 0.1 * G_INH)
        return {"e.w": self.tuned(rng).ravel()[self.excitation.sources()], "i.w": inhibitory}
