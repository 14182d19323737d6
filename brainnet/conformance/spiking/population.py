"""What the spikes of a whole population show: its rate over time, the rhythm in it, and how regular neurons are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.spiking.network import Activity


@dataclass(frozen=True)
class Raster:
    """Spikes of `size` neurons: times in ms and numbers of neurons, (spike,)."""

    size: int
    times_ms: np.ndarray
    neurons: np.ndarray

    @classmethod
    def of(cls, activity: Activity | None, sizes: dict[str, int]) -> Raster:
        """Of populations as one, numbered in that order."""
        assert activity is not None
        first = dict(zip(sizes, np.cumsum([0, *sizes.values()]), strict=False))
        times = np.concatenate([activity.spike_times_ms[name] for name in sizes])
        return cls(sum(sizes.values()), times, np.concatenate([activity.spike_neurons[n] + first[n] for n in sizes]))

    def within(self, begin_ms: float, end_ms: float) -> Raster:
        """What lies between two times."""
        here = (self.times_ms >= begin_ms) & (self.times_ms < end_ms)
        return Raster(self.size, self.times_ms[here], self.neurons[here])

    def rate_hz(self, begin_ms: float, end_ms: float, bin_ms: float) -> np.ndarray:
        """Mean rate of all neurons, (bin,)."""
        # times are whole steps, which must not fall to either side of a bin's end by rounding
        bins = np.floor((self.times_ms - begin_ms) / bin_ms + 1e-6).astype(int)
        count = round((end_ms - begin_ms) / bin_ms)
        return np.bincount(bins[(bins >= 0) & (bins < count)], minlength=count) / self.size / bin_ms * 1000

    def intervals_ms(self) -> tuple[np.ndarray, np.ndarray]:
        """Times between a neuron's spikes, (interval,), and whose they are."""
        order = np.lexsort((self.times_ms, self.neurons))
        times, neurons = self.times_ms[order], self.neurons[order]
        same = neurons[1:] == neurons[:-1]
        return np.diff(times)[same], neurons[1:][same]


def spectrum(rate: np.ndarray, bin_ms: float, segment_ms: float) -> tuple[np.ndarray, np.ndarray]:
    """Frequencies in Hz and the power there: mean of the periodograms of Hann windows that overlap by half."""
    size = min(round(segment_ms / bin_ms), len(rate))
    parts = [rate[start : start + size] for start in range(0, len(rate) - size + 1, size // 2)]
    power = [np.abs(np.fft.rfft((part - part.mean()) * np.hanning(size))) ** 2 for part in parts]
    return np.fft.rfftfreq(size, bin_ms / 1000), np.mean(power, axis=0)


def variation(intervals_ms: np.ndarray, neurons: np.ndarray, at_least: int = 5) -> float:
    """Coefficient of variation of a neuron's intervals, mean over the neurons that have so many; NaN if none has."""
    count = np.bincount(neurons)
    fires = count >= at_least
    if not fires.any():
        return float("nan")
    first, second = (np.bincount(neurons, intervals_ms**power)[fires] / count[fires] for power in (1, 2))
    return float(np.mean(np.sqrt(np.maximum(second - first**2, 0)) / first))
