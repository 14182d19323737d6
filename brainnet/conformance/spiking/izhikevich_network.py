"""Izhikevich's network of 800 excitatory and 200 inhibitory neurons, and its rhythms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.planted import refused, require
from brainnet.conformance.row import Finding, Law, Mutant
from brainnet.conformance.spiking.population import Raster, spectrum
from brainnet.spiking.connections import Projection
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import GaussianNoise, IzhikevichMixture
from brainnet.spiking.simulator import simulate
from brainnet.spiking.simulator.noise import keys_by_position

SIZES = {"e": 800, "i": 200}
DT, BEGIN, END = 0.5, 500.0, 3500.0  # ms; the potential's step is that of the publication
BIN, SEGMENT = 1.0, 1000.0  # ms: frequencies 1 Hz apart
RATE = (8.0, 2.0)  # Hz, and how far off is still right
SLOW, FAST = (10.0, 3.0), (40.0, 10.0)
BETWEEN, ABOVE = (14.0, 20.0), (80.0, 100.0)  # Hz, where there is no rhythm
FEW = 4  # networks, for mutants
STANDS_OUT = 1.5  # times the power between the rhythms, and above them
Neurons = dict[str, dict[str, np.ndarray]]


@dataclass(frozen=True)
class Izhikevich2003:
    """The network as published, with r drawn for each neuron and synapse anew: U(0, 1)."""

    weights: tuple[float, float] = (0.5, -1.0)
    noise: tuple[float, float] = (5.0, 2.0)
    delay_ms: float = DT

    def neurons(self, rng: np.random.Generator) -> Neurons:
        """a, b, c and d of each neuron by population, (neuron,)."""
        (e, i), one = (rng.random(size) for size in SIZES.values()), np.ones
        return {
            "e": {"a": 0.02 * one(e.size), "b": 0.2 * one(e.size), "c": -65 + 15 * e**2, "d": 8 - 6 * e**2},
            "i": {"a": 0.02 + 0.08 * i, "b": 0.25 - 0.05 * i, "c": -65 * one(i.size), "d": 2 * one(i.size)},
        }

    def network(self) -> Network:
        """All are connected to all. A spike moves potentials a step later: the step in which a neuron is reset is over,
        so that neurons that fire together reach each other, as in the publication."""
        noisy = zip(SIZES.items(), self.noise, strict=True)
        return Network(
            tuple(
                Population(name, size, IzhikevichMixture(), current=0.0, noise=(GaussianNoise(sd),))
                for (name, size), sd in noisy
            ),
            tuple(Projection(s + t, s, t, "v", delay_ms=self.delay_ms) for s in SIZES for t in SIZES),
            Presentation(END, dt_ms=DT),
        )


def simulated(kind: Izhikevich2003, seed: int) -> Raster:
    """All spikes of a network drawn with that seed."""
    rng = np.random.default_rng(seed)
    constants, strength = kind.neurons(rng), dict(zip(SIZES, kind.weights, strict=True))
    signals = {f"{name}.{x}": values[None] for name in SIZES for x, values in constants[name].items()}
    state = {f"{s}{t}.w": strength[s] * rng.random((SIZES[s], SIZES[t])) for s in SIZES for t in SIZES}
    monitor = Monitor(dict.fromkeys(SIZES))
    answer = simulate(kind.network(), signals, state, keys_by_position(seed, 0, 1), learn=False, monitor=monitor)
    return Raster.of(answer.activity, SIZES)


@dataclass(frozen=True)
class Rhythms:
    """Mean rate in Hz, and the power of the population's rate over frequency in Hz, smoothed over 5 of them."""

    rate: float
    frequency: np.ndarray
    power: np.ndarray

    def peak(self, low: float, high: float) -> float:
        """Where the power is highest."""
        here = (self.frequency >= low) & (self.frequency <= high)
        return float(self.frequency[here][self.power[here].argmax()])

    def mean(self, low: float, high: float) -> float:
        """Power between two frequencies."""
        return float(self.power[(self.frequency >= low) & (self.frequency <= high)].mean())

    @property
    def slow(self) -> float:
        """The slow rhythm's frequency."""
        return self.peak(3, 20)

    @property
    def fast(self) -> float:
        """The fast rhythm's frequency."""
        return self.peak(20, 100)

    def faults(self) -> list[str]:
        """What is not as published."""
        found = [
            f"{what} of {value:.1f} Hz instead of {near:g}"
            for what, value, (near, reach) in (
                ("rate", self.rate, RATE),
                ("slow rhythm", self.slow, SLOW),
                ("fast rhythm", self.fast, FAST),
            )
            if not abs(value - near) <= reach
        ]
        for what, at in (("slow", self.slow), ("fast", self.fast)):
            for rest in (BETWEEN, ABOVE):
                if not self.mean(at, at) > STANDS_OUT * self.mean(*rest):
                    found.append(f"the {what} rhythm does not stand out from {rest[0]:g} to {rest[1]:g} Hz")
        return found


def rhythms(rasters: Sequence[Raster]) -> Rhythms:
    """Of several networks together."""
    rates = [raster.rate_hz(BEGIN, END, BIN) for raster in rasters]
    every = [spectrum(rate, BIN, SEGMENT) for rate in rates]
    power = np.convolve(np.mean([power for _, power in every], axis=0), np.full(5, 0.2), "same")
    return Rhythms(float(np.mean(rates)), every[0][0], power)


def check(kind: Izhikevich2003) -> None:
    """The rate of one network, which tells one that runs away, and the rhythms of several."""
    first = simulated(kind, 0)
    rate = float(first.rate_hz(BEGIN, END, BIN).mean())
    require(rate < 3 * RATE[0], f"rate of {rate:.1f} Hz instead of {RATE[0]:g}")
    wrong = rhythms([first, *(simulated(kind, seed) for seed in range(1, FEW))]).faults()
    require(not wrong, ", ".join(wrong))


class Exchanged(Izhikevich2003):
    """a and b are exchanged."""

    def neurons(self, rng: np.random.Generator) -> Neurons:
        return {name: {**own, "a": own["b"], "b": own["a"]} for name, own in super().neurons(rng).items()}


class Alike(Izhikevich2003):
    """All neurons of a kind have its mean constants."""

    def neurons(self, rng: np.random.Generator) -> Neurons:
        drawn = super().neurons(rng)
        return {n: {x: np.full_like(values, values.mean()) for x, values in own.items()} for n, own in drawn.items()}


class Regular(Izhikevich2003):
    """Inhibitory neurons are regular spiking, as excitatory ones."""

    def neurons(self, rng: np.random.Generator) -> Neurons:
        drawn = super().neurons(rng)
        return drawn | {"i": {x: values[: SIZES["i"]] for x, values in drawn["e"].items()}}


WRONG = {
    "inhibition excites": Izhikevich2003(weights=(0.5, 1.0)),
    "no excitation": Izhikevich2003(weights=(0.0, -1.0)),
    "noise of both kinds exchanged": Izhikevich2003(noise=(2.0, 5.0)),
    "noise as if a step took 1 ms": Izhikevich2003(noise=(5.0 * DT**0.5, 2.0 * DT**0.5)),
    "a and b exchanged": Exchanged(),
    "neurons all alike": Alike(),
    "inhibitory neurons as excitatory ones": Regular(),
}


def find(full: bool) -> Finding:
    """The mean spectrum of several networks, and how many show both rhythms alone."""
    rasters = [simulated(Izhikevich2003(), seed) for seed in range(40 if full else 8)]
    found = rhythms(rasters)
    wrong = found.faults() + rhythms(rasters[:FEW]).faults()
    alone = sum(not rhythms([raster]).faults() for raster in rasters)

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        shown = rasters[0].within(BEGIN, BEGIN + 1000)
        left.plot(shown.times_ms, shown.neurons, ".", color=agreement.MEASURED, markersize=1)
        left.set(xlabel="Time (ms)", ylabel="Neuron (inhibitory from 800)", xlim=(BEGIN, BEGIN + 1000), ylim=(0, 1000))
        for near, reach in (SLOW, FAST):
            right.axvspan(near - reach, near + reach, color=agreement.PUBLISHED, alpha=0.2, linewidth=0)
        here = (found.frequency >= 2) & (found.frequency <= 100)
        right.plot(found.frequency[here], found.power[here] / found.power[here].max(), color=agreement.MEASURED)
        right.set(xlabel="Frequency (Hz)", ylabel="Power / its maximum", xlim=(0, 100), ylim=(0, None))

    measured = f"{found.slow:.0f} and {found.fast:.0f} Hz, rate {found.rate:.1f} Hz; {alone} of {len(rasters)} alone"
    return Finding("; ".join([measured, *wrong]), not wrong, draw)


LAW = Law(
    key="N2",
    name="izhikevich-network",
    what="Izhikevich's network of 1,000 neurons has two rhythms",
    source="Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569, figure 3",
    target="peaks of the population rate's power near 10 and 40 Hz, mean rate around 8 Hz",
    tolerance="3, 10 and 2 Hz; each peak half as high again as the power between both and above 80 Hz",
    reason="the publication gives bands, alpha and gamma, and a rough rate, of one run of a second",
    find=find,
    mutants=tuple(Mutant(name, lambda kind=kind: refused(check, kind)) for name, kind in WRONG.items()),
    caption="Left: spikes of one network. Right: mean power of the rate; bands: published.",
    long=True,
)
