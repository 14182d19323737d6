"""How often a spiking neuron fires under a current that stays: its f-I curve, from one simulation."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from brainnet.checks import count, in_full, number, positive, shown
from brainnet.counter import keys_by_position
from brainnet.errors import BrainnetError
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import GaussianNoise, Neuron
from brainnet.spiking.simulator import Backend, simulate

NAME = "driven"


@dataclass(frozen=True, eq=False)
class FICurve:
    """Firing rates in Hz over currents in the neuron's unit, both (current,), the currents in increasing order.

    The arrays cannot be written to. They are all that an artificial neuron needs to answer as the spiking one does:
    `brainnet.artificial.RateCurve(curve.currents, curve.rates_hz)`.
    """

    currents: np.ndarray
    rates_hz: np.ndarray

    def __post_init__(self) -> None:
        currents = increasing("FICurve.currents", self.currents)
        rates = np.array(self.rates_hz, float)
        if rates.shape != currents.shape or not (np.isfinite(rates) & (rates >= 0)).all():
            raise BrainnetError(
                f"FICurve.rates_hz must hold a finite rate of at least 0 for each of the {currents.size} currents"
            )
        for field, values in zip(fields(self), (currents, rates), strict=True):
            values.setflags(write=False)
            object.__setattr__(self, field.name, values)


def increasing(name: str, values: ArrayLike) -> np.ndarray:
    """A copy of the values, (number,), if they are two or more finite numbers in increasing order."""
    try:
        found = np.array(values, float)
    except (TypeError, ValueError) as error:
        raise BrainnetError(f"{name} must be two or more numbers in a row (got {shown(values)})") from error
    if found.ndim != 1 or found.size < 2:
        raise BrainnetError(f"{name} must be two or more numbers in a row (got the shape {found.shape})")
    if not np.isfinite(found).all():
        raise BrainnetError(f"{name} must be finite (got {found[~np.isfinite(found)][0]:g})")
    if (falls := np.flatnonzero(np.diff(found) <= 0)).size:
        one, other = (in_full(value) for value in found[falls[0] : falls[0] + 2])
        raise BrainnetError(f"{name} must increase (got {one} and then {other}): sort them, and leave out repeats")
    return found


def fi_curve(
    neuron: Neuron,
    currents: ArrayLike,
    *,
    duration_ms: float = 1000.0,
    settle_ms: float = 500.0,
    dt_ms: float = 0.02,
    noise_sd: float = 0.0,
    seed: int = 0,
    backend: Backend = "auto",
) -> FICurve:
    """The rate at which a neuron fires under each of the currents, once it has settled.

        f = intervals / (t_last - t_first)    over the intervals between spikes that end after `settle_ms`

    `neuron` is any that takes a current; `currents`, (current,), are in its unit and increase. All are shown at once,
    each to a neuron of its own, for `settle_ms` and then `duration_ms`. A rate from intervals is not cut to whole
    spikes: what is left is that a spike waits for the end of its step. A rate is 0 if no interval ends within
    `duration_ms`. `noise_sd` adds white noise to each current (see `GaussianNoise`), drawn from `seed`.

    Raises `BrainnetError` for neurons that take no current, or need more than that, and for currents that do not
    increase.
    """
    _check_neuron(neuron)
    drives = increasing("currents", currents)
    settle_ms = number("settle_ms", settle_ms, 0, 1e9)
    whole_ms = settle_ms + positive("duration_ms", duration_ms)
    noise = (GaussianNoise(noise_sd),) if noise_sd else ()
    network = Network(
        (Population(NAME, drives.size, neuron, noise=noise),),
        (),
        Presentation(whole_ms, dt_ms=dt_ms, precision="double"),
    )
    keys = keys_by_position(count("seed", seed, 0), 0, 1)
    signals = {f"{NAME}.current": drives[None]}
    seen = simulate(network, signals, {}, keys, learn=False, backend=backend, monitor=Monitor({NAME: None})).activity
    assert seen is not None
    times, neurons = seen.spike_times_ms[NAME], seen.spike_neurons[NAME]
    return FICurve(drives, np.array([_rate_hz(times[neurons == i], settle_ms) for i in range(drives.size)]))


def _rate_hz(times_ms: np.ndarray, settle_ms: float) -> float:
    """Of one neuron, from its spikes in order; the interval during which it settles counts."""
    times = times_ms[max(int(np.searchsorted(times_ms, settle_ms, side="right")) - 1, 0) :]
    settled = times.size > 1 and times[-1] > settle_ms
    return 1000 * (times.size - 1) / float(times[-1] - times[0]) if settled else 0.0


def _check_neuron(neuron: Neuron) -> None:
    name = type(neuron).__name__
    if isinstance(neuron, type) or not hasattr(neuron, "dynamics"):
        raise BrainnetError(f"neuron must be an object such as LIF() (got {neuron!r})")
    told = neuron.dynamics()
    if "current" not in told.signals:
        raise BrainnetError(f"{name} takes no current, and so has no f-I curve: take a neuron that does, such as LIF")
    if others := [*(signal for signal in told.signals if signal != "current"), *told.scheduled]:
        raise BrainnetError(
            f"{name} takes {', '.join(others)} beside the current: take a neuron of which they are constants"
        )
