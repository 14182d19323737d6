"""Song, Miller & Abbott's neuron, whose synapses compete by additive STDP."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.checks import require_count
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import Additive, PairSTDP, Rule
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import ConductanceLIF, Neuron, Poisson, PoissonBackground
from brainnet.spiking.published.run import Arrays
from brainnet.structure import Graph

DT_MS, G_MAX = 0.5, 0.015
RULE = PairSTDP(
    rate=1.0, a_plus=0.005, a_minus=1.05 * 0.005, tau_plus_ms=20.0, tau_minus_ms=20.0, w_max=G_MAX,
    dependence=Additive(),
)  # fmt: skip
NEURON = ConductanceLIF(
    tau_ms=20.0, v_rest_mV=-70.0, v_reset_mV=-60.0, v_th_mV=-54.0, e_inh_mV=-70.0, tau_e_ms=5.0, tau_i_ms=5.0,
    theta_start_mV=0.0, theta_plus_mV=0.0, refractory_ms=DT_MS,  # a step: none
)  # fmt: skip
INHIBITION = PoissonBackground(rate_hz=200 * 10.0, weight=0.05, effect="gi")  # 200 inputs of 10 Hz


@dataclass(frozen=True)
class Song:
    """One neuron with a thousand excitatory inputs that learn and 200 inhibitory ones that do not, all Poisson.

        tau dv/dt = v_rest - v - ge v + gi (e_inh - v)        tau_e dge/dt = -ge,  tau_i dgi/dt = -gi
        excitatory spike:  ge += w,  0 <= w <= g_max;        inhibitory spike:  gi += 0.05
        dt = t_post - t_pre > 0:  w += g_max A+ exp(-dt / 20 ms)        A+ = 0.005
        dt < 0:                   w -= g_max A- exp(dt / 20 ms)         A- = 1.05 A+

    Synapses compete for the control of the spikes: weights gather at 0 and at g_max, and the neuron comes to fire
    irregularly at much the same rate whatever its inputs'. Source: Song, Miller & Abbott 2000, Nat. Neurosci. 3:919.
    What differs: steps of 0.5 ms, and first weights that are high enough for all neurons to fire too fast.

    Populations "inputs" and "output", one neuron for each of `input_hz`; projection "excitation", of which neuron n has
    synapses n inputs .. (n + 1) inputs - 1.

    >>> from brainnet.spiking import published
    >>> kind = published.Song(input_hz=(10.0, 40.0), part_ms=1000.0)
    >>> answer = published.run(kind, ms=1000, seed=1)
    >>> slow, fast = answer.counts["output"][0]  # Hz, in the first of a thousand seconds or so
    >>> bool(20 < slow < 80 < 200 < fast)
    True

    Args:
        input_hz: rate of the excitatory inputs, for each neuron.
        inputs: excitatory ones of each neuron.
        rule: by which they learn.
        neuron: with conductances in units of the leak.
        inhibition: from outside.
        first: the lowest and the highest weight at first.
        part_ms: of a presentation.
        dt_ms: a step.
    """

    input_hz: tuple[float, ...] = (10.0,)
    inputs: int = 1000
    rule: Rule = RULE
    neuron: Neuron = NEURON
    inhibition: PoissonBackground = INHIBITION
    first: tuple[float, float] = (0.2 * G_MAX, G_MAX)
    part_ms: float = 5000.0
    dt_ms: float = DT_MS

    def __post_init__(self) -> None:
        require_count(self, "inputs", at_least=1)

    def network(self) -> Network:
        """Its description."""
        neurons = len(self.input_hz)
        every = np.arange(neurons * self.inputs)
        graph = Graph.of_pairs(len(every), neurons, every, every // self.inputs)
        return Network(
            (
                Population("inputs", len(every), Poisson()),
                Population("output", neurons, self.neuron, counted=True, noise=(self.inhibition,)),
            ),
            (Projection("excitation", "inputs", "output", "ge", graph, rule=self.rule),),
            Presentation(self.part_ms, dt_ms=self.dt_ms, carry_over=True),
        )

    def signals(self, presentations: int, rng: np.random.Generator) -> Arrays:
        """The rate of every input."""
        return {"inputs.rate": np.tile(np.repeat(self.input_hz, self.inputs), (presentations, 1))}

    def begin(self, rng: np.random.Generator) -> Arrays:
        """Weights U(0.2, 1) g_max, if nothing else is asked for."""
        return {"excitation.w": rng.uniform(*self.first, len(self.input_hz) * self.inputs)}
