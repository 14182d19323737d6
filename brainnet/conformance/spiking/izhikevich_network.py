"""Izhikevich's network of 800 excitatory and 200 inhibitory neurons, and its rhythms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking.population import Raster, spectrum
from brainnet.spiking.network import Monitor
from brainnet.spiking.published import Izhikevich2003, run

BEGIN, END = 500.0, 3500.0  # ms
AS_PUBLISHED = Izhikevich2003(part_ms=END)
BIN, SEGMENT = 1.0, 1000.0  # ms: frequencies 1 Hz apart
RATE = (8.0, 2.0)  # Hz, and how far off is still right
SLOW, FAST = (10.0, 3.0), (40.0, 10.0)
BETWEEN, ABOVE = (14.0, 20.0), (80.0, 100.0)  # Hz, where there is no rhythm
FEW = 4  # networks, of the check
STANDS_OUT = 1.5  # times the power between the rhythms, and above them


def simulated(kind: Izhikevich2003, seed: int) -> Raster:
    """All spikes of a network drawn with that seed."""
    answer = run(kind, kind.part_ms, seed, learn=False, monitor=Monitor(dict.fromkeys(kind.sizes)))
    return Raster.of(answer.activity, kind.sizes)


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


def find(full: bool) -> Finding:
    """The mean spectrum of several networks, and how many show both rhythms alone."""
    rasters = [simulated(AS_PUBLISHED, seed) for seed in range(40 if full else 8)]
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
    caption="Left: spikes of one network. Right: mean power of the rate; bands: published.",
    long=True,
)
