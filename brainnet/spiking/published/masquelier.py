"""Masquelier, Guyonneau & Thorpe's neuron, which finds a spike pattern that returns at unpredictable times."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from brainnet.checks import require_count, require_fraction, require_not_negative, require_positive
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import Plasticity, Rule
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import Neuron
from brainnet.spiking.published.inputs import Afferent
from brainnet.spiking.published.run import Arrays
from brainnet.spiking.published.spike_response import SpikeResponse
from brainnet.structure import Graph


@dataclass(frozen=True)
class AdjacentSTDP:
    """Pair STDP of spikes between which neither neuron fires: after pre and post, a second post changes nothing.

        dt = t_post - t_pre > 0:  w += rate a_plus exp(-dt / tau_plus)
        dt < 0:                   w -= rate a_minus exp(dt / tau_minus)        0 <= w <= 1

    Each synapse remembers whether its last spike was postsynaptic (`answered`), and at which step. Two spikes in one
    step are no pair, and the presynaptic one is forgotten.
    """

    rate: float = 0.03125
    a_plus: float = 1.0
    a_minus: float = 0.85
    tau_plus_ms: float = 16.8
    tau_minus_ms: float = 33.7

    def __post_init__(self) -> None:
        require_positive(self, "rate", "tau_plus_ms", "tau_minus_ms")
        require_not_negative(self, "a_plus", "a_minus")

    def plasticity(self) -> Plasticity:
        """The rule above: traces that are set, and what each synapse remembers."""
        return Plasticity(
            on_pre="w = clip(w - eta * a_minus * y_post * answered * int(t_in_timesteps > answer), 0, 1)\n"
            "answered = answered * int(answer == t_in_timesteps)",
            on_post="w = clip(w + eta * a_plus * x_pre * (1 - answered), 0, 1)\nanswered = 1\nanswer = t_in_timesteps",
            parameters={"eta": (self.rate, "1"), "a_plus": (self.a_plus, "1"), "a_minus": (self.a_minus, "1")},
            pre_traces={"x": ("tau_x", "x = 1")},
            post_traces={"y": ("tau_y", "y = 1")},
            trace_parameters={"tau_x": (self.tau_plus_ms, "ms"), "tau_y": (self.tau_minus_ms, "ms")},
            synaptic="w : 1\nanswered : 1\nanswer : integer",
        )

    def slowed(self, factor: float) -> AdjacentSTDP:
        """The rule with its rate times `factor`."""
        return replace(self, rate=self.rate * factor)


RULE, NEURON, AFFERENT = AdjacentSTDP(), SpikeResponse(), Afferent()


@dataclass(frozen=True)
class Masquelier:
    """A neuron with 2000 afferents that fire at random all the time, and half of which repeat 50 ms of it now and then.

    Neuron, rule and afferents: the equations of `SpikeResponse`, `AdjacentSTDP` and `inputs.Afferent`. Within a
    minute the neuron fires whenever the pattern returns, ever earlier in it, and at no other time. Source: Masquelier,
    Guyonneau & Thorpe 2008, PLoS ONE 3(1):e1377. What differs: the afferents' rates do not wander from 0 to 90 Hz, but
    are drawn anew every 50 ms from 7 to 90 Hz, with the same mean; the neuron is solved at steps of 0.1 ms instead of
    from event to event, as by Hathway & Goodman 2018, ReScience 4 (1) 6, who had the authors' program; and for 2 ms
    after a spike, while its own pulse lasts, it does not fire.

    Populations "afferents", (run, afferent), and "neurons", (run,).

    >>> from brainnet.spiking import published
    >>> answer = published.run(published.Masquelier(), ms=500, seed=1)  # of 450 s
    >>> bool(answer.counts["neurons"].mean() > 1)  # spikes in each 50 ms: it knows no pattern yet
    True

    Args:
        runs: neurons side by side, each with afferents and a pattern of its own.
        afferents: of each neuron.
        taking_part: share of the afferents that the pattern holds.
        share: of the time in which the pattern is shown.
        first: the weights at first, from 0 to 1.
        rule: by which synapses learn.
        neuron: of the output.
        afferent: rates, noise and jitter of the input.
        part_ms: of a presentation, and of the pattern.
        dt_ms: a step.
    """

    runs: int = 1
    afferents: int = 2000
    taking_part: float = 0.5
    share: float = 0.25
    first: float = 0.475
    rule: Rule = RULE
    neuron: Neuron = NEURON
    afferent: Afferent = AFFERENT
    part_ms: float = 50.0
    dt_ms: float = 0.1

    def __post_init__(self) -> None:
        require_count(self, "runs", at_least=1)
        require_count(self, "afferents", at_least=1)
        require_fraction(self, "taking_part", "first")

    def network(self) -> Network:
        """Its description."""
        every = np.arange(self.afferents * self.runs)
        synapses = Graph.of_pairs(len(every), self.runs, every, every // self.afferents)
        return Network(
            (
                Population("afferents", len(every), self.afferent),
                Population("neurons", self.runs, self.neuron, counted=True),
            ),
            (Projection("synapses", "afferents", "neurons", "s", synapses, rule=self.rule),),
            Presentation(self.part_ms, dt_ms=self.dt_ms, carry_over=True),
        )

    def occurrences(self, slots: int, rng: np.random.Generator) -> np.ndarray:
        """In which slots each run's pattern is shown, (slot, run): never in two that follow one another."""
        drawn = rng.random((slots, self.runs)) < self.share / (1 - self.share)
        shown = np.zeros((slots + 1, self.runs), bool)
        for slot in range(slots):
            shown[slot + 1] = drawn[slot] & ~shown[slot]
        return shown[1:]

    def shown(self, occurrences: np.ndarray) -> Arrays:
        """The signal of all afferents, (slot, afferent): the pattern takes the first of those of each run."""
        taking_part = np.arange(self.afferents) < round(self.taking_part * self.afferents)
        signal = (occurrences[:, :, None] & taking_part).reshape(len(occurrences), -1)
        return {"afferents.repeats": signal.astype(float)}

    def signals(self, presentations: int, rng: np.random.Generator) -> Arrays:
        """When the pattern returns."""
        return self.shown(self.occurrences(presentations, rng))

    def begin(self, rng: np.random.Generator) -> Arrays:
        """Weights that are all alike."""
        return {"synapses.w": np.full(self.afferents * self.runs, self.first)}
