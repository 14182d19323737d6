"""The network of Vogels et al. 2011: a neuron whose excitatory inputs are tuned, and whose inhibitory ones learn.

All numbers are those of the authors' program, ModelDB 143751, `inhib_plasticity.m`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from brainnet.conformance.spiking.several import WHICH, Several
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import InhibitorySTDP, Rule
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import ConductanceLIF, Dynamics
from brainnet.spiking.neurons.dynamics import REFRACTORY
from brainnet.spiking.simulator import noise, simulate
from brainnet.structure import Graph

GROUPS, EXCITATORY, INHIBITORY = 8, 100, 25  # inputs in each group
G_EXC, G_INH = 0.014, 0.035  # of a weight of 1, relative to the leak
RUNS, RUN_MS = 100, 1500.0
BACKGROUND_HZ, PEAK_HZ, STEADY_HZ = 5.0, 500.0, 50.0
RULE = InhibitorySTDP(rate=0.001 * G_INH, target_rate_hz=0.25 / 2 / 0.02, tau_ms=20.0)  # alpha = 0.25
NEURON = ConductanceLIF(
    tau_ms=20.0, v_rest_mV=-60.0, v_reset_mV=-60.0, v_th_mV=-50.0, e_inh_mV=-80.0, tau_e_ms=5.0, tau_i_ms=10.0,
    theta_start_mV=0.0, theta_plus_mV=0.0, refractory_ms=5.0,
)  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """Inputs that fire by chance at the rate of their group's signal s, but not within 5 ms of a spike.

        rate = background + peak max(0, s)    s = x / 0.03
        every 0.1 ms:  x := u - (u - x) exp(-0.1 / 50),  u ~ U(-1/2, 1/2)

    The spread and the time constant of s are the same at any step. `group`, `background` and `peak` are signals; inputs
    of one group follow one s, whatever their population. `first` parts the chance of a population from that of another.
    """

    first: int

    def dynamics(self) -> Dynamics:
        """A step of the signal, and the chance of a spike in a step."""
        uniform = "counter_uniform(key, t_in_timesteps - began, {})".format
        return Dynamics(
            equations="s : 1\nfree : integer",
            threshold=f"{uniform(f'i + {self.first}')} < (background + peak * clip(s, 0, 100)) * dt "
            "and t_in_timesteps >= free",
            reset=REFRACTORY,
            method="exact",
            parameters={
                "tau_s": (50.0, "ms"),
                "t_ref": (5.0, "ms"),
                "spread": (float(np.sqrt(np.tanh(0.05 / 50))) / 0.03, "1"),
            },
            rest={"s": (0.0, "1"), "free": (0, "step")},
            signals={"group": "1", "background": "Hz", "peak": "Hz"},
            held="s = s * exp(-dt / tau_s) "
            f"+ spread * sqrt(1 - exp(-2 * dt / tau_s)) * ({uniform('1000000 + group')} - 0.5)",
        )


@dataclass(frozen=True)
class Asked:
    """A neuron: the rule by which it learns, the rate in Hz that this must bring it to, and where its input comes from:
    the number of one of the `worlds`, those with signals first and those without after them."""

    rule: Rule
    target: float
    world: int


@dataclass(frozen=True)
class Settled:
    """Neurons after learning: whether their inputs fire at steady rates, (neuron,); the rates they were to come to, in
    Hz, (neuron,), and did, (run, neuron); their spike times in the second half; and the weights of each group, in units
    of the leak, (neuron, group)."""

    steady: np.ndarray
    target: np.ndarray
    rates: np.ndarray
    spikes_ms: tuple[np.ndarray, ...]
    excitatory: np.ndarray
    inhibitory: np.ndarray

    def of(self, chosen: np.ndarray) -> Settled:
        """Some of the neurons, by number."""
        spikes = tuple(self.spikes_ms[n] for n in chosen)
        steady, target, excitatory, inhibitory = (
            getattr(self, name)[chosen] for name in ("steady", "target", "excitatory", "inhibitory")
        )
        return Settled(steady, target, self.rates[:, chosen], spikes, excitatory, inhibitory)

    @property
    def rate(self) -> np.ndarray:
        """The mean in the second half of the time, (neuron,)."""
        return self.rates[RUNS // 2 :].mean(axis=0)


def settled(asked: Sequence[Asked], seeds: int, dt_ms: float) -> Settled:
    """What neurons come to, all in one network; worlds below `seeds` have signals, and as many after them have none."""
    worlds, tuned = np.array([one.world for one in asked]), _tuned(2 * seeds)
    rules = [one.rule for number, one in enumerate(asked) if one.rule not in [other.rule for other in asked[:number]]]
    shown, excitation = _network(Several(tuple(rules)), worlds, 2 * seeds, dt_ms)
    state = {"e.w": tuned[excitation.sources()], "i.w": np.full(len(asked) * GROUPS * INHIBITORY, 0.1 * G_INH)}
    signals = _signals(np.repeat(np.arange(2 * seeds * GROUPS), EXCITATORY), "excitatory", seeds)
    groups = (worlds[:, None] * GROUPS + np.arange(GROUPS)).ravel()
    signals |= _signals(np.repeat(groups, INHIBITORY), "inhibitory", seeds)
    signals[f"output.{WHICH}"] = np.tile([float(rules.index(one.rule)) for one in asked], (RUNS, 1))
    monitor = Monitor({"output": None}, from_ms=RUNS * RUN_MS / 2)
    answer = simulate(shown, signals, state, noise.keys_by_position(0, 0, RUNS), learn=True, monitor=monitor)
    seen = answer.activity
    assert seen is not None
    times, fired = seen.spike_times_ms["output"], seen.spike_neurons["output"]
    return Settled(
        steady=worlds >= seeds,
        target=np.array([one.target for one in asked]),
        rates=answer.counts["output"] * (1000 / RUN_MS),
        spikes_ms=tuple(times[fired == n] for n in range(len(asked))),
        excitatory=tuned.reshape(2 * seeds, GROUPS, EXCITATORY).mean(axis=2)[worlds],
        inhibitory=answer.state["i.w"].reshape(len(asked), GROUPS, INHIBITORY).mean(axis=2),
    )


def _tuned(worlds: int) -> np.ndarray:
    """Excitatory weights, (input,), world by world, which are largest in the fifth group."""
    tuning = np.repeat(0.3 + 1.1 / (1 + (np.arange(1, GROUPS + 1) - 5.0) ** 4), EXCITATORY)
    return G_EXC * (np.tile(tuning, worlds) + 0.1 * np.random.default_rng(0).random(worlds * len(tuning)))


def _network(rule: Rule, worlds: np.ndarray, count: int, dt_ms: float) -> tuple[Network, Graph]:
    """Neurons with inhibitory inputs of their own; the excitatory ones are those of their world. And who gets these."""
    neurons, each, own = len(worlds), GROUPS * EXCITATORY, GROUPS * INHIBITORY
    sources = (worlds[:, None] * each + np.arange(each)).ravel()
    excitation = Graph.of_pairs(count * each, neurons, sources, np.repeat(np.arange(neurons), each))
    inhibition = Graph.of_pairs(neurons * own, neurons, np.arange(neurons * own), np.repeat(np.arange(neurons), own))
    populations = (
        Population("excitatory", count * each, Inputs(0)),
        Population("inhibitory", neurons * own, Inputs(count * each)),
        Population("output", neurons, NEURON, counted=True),
    )
    projections = (
        Projection("e", "excitatory", "output", "ge", excitation),
        Projection("i", "inhibitory", "output", "gi", inhibition, rule=rule),
    )
    return Network(populations, projections, Presentation(RUN_MS, dt_ms=dt_ms, carry_over=True)), excitation


def _signals(group: np.ndarray, population: str, seeds: int) -> dict[str, np.ndarray]:
    """The group of each input of a population, and its rates, in every run."""
    varying = group < seeds * GROUPS
    own = {
        "group": group.astype(float),
        "background": np.where(varying, BACKGROUND_HZ, STEADY_HZ),
        "peak": np.where(varying, PEAK_HZ, 0.0),
    }
    return {f"{population}.{name}": np.tile(values, (RUNS, 1)) for name, values in own.items()}
