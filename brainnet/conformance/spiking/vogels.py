"""Inhibitory STDP brings a neuron to its target rate, and inhibition to follow excitation group by group (V11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.conformance.agreement import MEASURED, PUBLISHED, accepts, require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking.several import WHICH, Several
from brainnet.conformance.spiking.song import irregularity
from brainnet.spiking.learning import Rule
from brainnet.spiking.network import Monitor
from brainnet.spiking.published import Vogels, ready
from brainnet.spiking.published.vogels import RULE
from brainnet.spiking.simulator import simulate

STEADY, VARYING = 0.12, 0.2  # tolerance of the rate, where inputs fire at steady rates and where these vary
IRREGULAR, TRACKS = 0.3, 0.98
SHARES = (1.0, 0.5, 2.0)  # of the target in the authors' program
RUNS = 100  # in which spikes are counted
SECONDS = Vogels.part_ms / 1000 * np.arange(1, RUNS + 1)


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
        return self.rates[len(self.rates) // 2 :].mean(axis=0)


def settled(asked: Sequence[Asked], seeds: int, dt_ms: float, runs: int = RUNS) -> Settled:
    """What neurons come to, all in one network; worlds below `seeds` have signals, and as many after them have none."""
    rules = [one.rule for number, one in enumerate(asked) if one.rule not in [other.rule for other in asked[:number]]]
    steady = (False,) * seeds + (True,) * seeds
    kind = Vogels(tuple(one.world for one in asked), steady, rule=Several(tuple(rules)), dt_ms=dt_ms)
    shown, signals, state, keys = ready(kind, runs * kind.part_ms)
    signals[f"output.{WHICH}"] = np.tile([float(rules.index(one.rule)) for one in asked], (runs, 1))
    monitor = Monitor({"output": None}, from_ms=runs * kind.part_ms / 2)
    answer = simulate(shown, signals, state, keys, learn=True, monitor=monitor)
    seen, worlds = answer.activity, np.array(kind.worlds)
    assert seen is not None
    times, fired = seen.spike_times_ms["output"], seen.spike_neurons["output"]
    return Settled(
        steady=np.array(steady)[worlds],
        target=np.array([one.target for one in asked]),
        rates=answer.counts["output"] * (1000 / kind.part_ms),
        spikes_ms=tuple(times[fired == n] for n in range(len(asked))),
        excitatory=kind.tuned(np.random.default_rng(0)).mean(axis=2)[worlds],
        inhibitory=answer.state["i.w"].reshape(len(asked), kind.groups, kind.inhibitory).mean(axis=2),
    )


def check(found: Settled) -> None:
    """Raise AssertionError unless neurons fire irregularly at their targets, and inhibition follows excitation."""
    off = np.abs(found.rate / found.target - 1)
    for kind, chosen, allowed in (("steady", found.steady, STEADY), ("varying", ~found.steady, VARYING)):
        worst = float(off[chosen].max(initial=0))
        require(worst <= allowed, f"the target rate within {allowed:.0%} under {kind} inputs (off by {worst:.0%})")
    apart = float(np.abs(irregular(found) - 1).max())
    require(apart <= IRREGULAR, f"CV of 1 within {IRREGULAR} (off by {apart:.2f})")
    low = float(correlation(found).min(initial=1))
    require(low > TRACKS, f"inhibitory weights correlate with excitatory ones above {TRACKS} (got {low:.3f})")


def irregular(found: Settled) -> np.ndarray:
    """The CV of intervals, (neuron,)."""
    return np.array([irregularity(times) for times in found.spikes_ms])


def correlation(found: Settled) -> np.ndarray:
    """Of inhibitory and excitatory weights over the groups, where rates vary, (neuron,)."""
    both = zip(found.excitatory[~found.steady], found.inhibitory[~found.steady], strict=True)
    return np.array([np.corrcoef(e, i)[0, 1] if i.std() else 0.0 for e, i in both])


def asked_for(seeds: int) -> list[Asked]:
    """Rates vary for the target of the authors' program, and are steady for all targets."""
    asked = [Asked(RULE, RULE.target_rate_hz, world) for world in range(seeds)]
    for share in SHARES:
        rule = replace(RULE, target_rate_hz=share * RULE.target_rate_hz)
        asked += [Asked(rule, rule.target_rate_hz, seeds + world) for world in range(seeds)]
    return asked


def find(full: bool) -> Finding:
    """Rates, CV and weights after learning. In full, a step is as short as in the authors' program."""
    seeds = 5 if full else 2
    found = settled(asked_for(seeds), seeds, dt_ms=0.1 if full else 0.5)
    varying, ratio, cv = found.of(np.flatnonzero(~found.steady)), found.rate / found.target, irregular(found)
    measured = (
        f"rate {_interval(varying.rate)} Hz where inputs vary, {_interval(100 * ratio[found.steady], 0)} % of rho0"
        f" where they are steady; CV {cv.min():.2f} to {cv.max():.2f}; inhibition correlates with excitation at"
        f" {correlation(found).min():.3f} or more"
    )
    return Finding(measured, accepts(check, found), partial(draw, found))


def _interval(values: np.ndarray, digits: int = 2) -> str:
    return f"{values.mean():.{digits}f} +- {values.std(ddof=1):.{digits}f}"


def draw(found: Settled, figure: Figure) -> None:
    """The rate while the neuron learns, the weights after that, and the rates that neurons come to."""
    left, middle, right = figure.subplots(1, 3)
    varying, steady = (found.of(np.flatnonzero(chosen)) for chosen in (~found.steady, found.steady))
    left.plot(SECONDS, varying.rates, color=MEASURED, linewidth=0.5, alpha=0.4)
    left.plot(SECONDS, varying.rates.mean(axis=1), color=MEASURED, label="measured")
    left.axhline(RULE.target_rate_hz, color=PUBLISHED, linestyle="--", label=r"$\rho_0$")
    left.set(xlabel="Time (s)", ylabel="Output rate (Hz)", ylim=(0, None))
    left.legend()
    _draw_weights(middle, 1000 * varying.excitatory.ravel(), 1000 * varying.inhibitory.ravel())
    ends = np.array([0, 1.1 * steady.target.max()])
    right.plot(ends, ends, color=PUBLISHED, linestyle="--", label="equal")
    right.fill_between(ends, (1 - STEADY) * ends, (1 + STEADY) * ends, color=PUBLISHED, alpha=0.15, linewidth=0)
    right.plot(steady.target, steady.rate, ".", color=MEASURED, label="steady inputs")
    right.set(xlabel=r"$\rho_0 = \alpha / (2 \tau)$ (Hz)", ylabel="Output rate (Hz)", xlim=(0, ends[1]), ylim=(0, None))
    right.legend()


def _draw_weights(axes: Axes, excitatory: np.ndarray, inhibitory: np.ndarray) -> None:
    """Inhibitory over excitatory weights, and the straight line nearest to them."""
    ends = np.array([excitatory.min(), excitatory.max()])
    line = np.polyval(np.polyfit(excitatory, inhibitory, 1), ends)
    axes.plot(ends, line, color=PUBLISHED, linestyle="--", label="straight line")
    axes.plot(excitatory, inhibitory, ".", color=MEASURED, label="groups")
    axes.set(xlabel="Excitatory weight (leak / 1000)", ylabel="Inhibitory weight (leak / 1000)", ylim=(0, None))
    axes.legend()


LAW = Law(
    key="V11",
    name="vogels",
    what="Inhibitory STDP: the rate settles, and inhibition tracks excitation",
    source="Vogels, Sprekeler, Zenke, Clopath & Gerstner 2011, Science 334, the authors' program",
    target=f"rate rho0 = alpha / (2 tau) = {RULE.target_rate_hz:g} Hz; CV near 1; inhibitory weights follow the tuning"
    " of excitatory ones over eight groups",
    tolerance=f"rate {STEADY:.0%} where inputs are steady, {VARYING:.0%} where they vary; CV 1 +- {IRREGULAR};"
    f" correlation above {TRACKS}",
    reason="the rule fixes the rate within 20 ms of inhibitory spikes: these hold off the neuron's own for a moment,"
    " and come when signals are strong; where inputs vary, the authors' program comes to 5.2 Hz",
    find=find,
    caption="Left: while inhibition is learned; thin: each neuron. Middle: mean weight of each group. Right: other"
    " targets; band: tolerance.",
)
