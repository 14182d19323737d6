"""What neurons do under constant signals: spikes and traces of many at once, each with constants of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from brainnet.conformance.spiking.once import once, watched
from brainnet.spiking.network import Monitor, Network, Population, Presentation
from brainnet.spiking.neurons import Dynamics, Neuron

NAME = "observed"


@dataclass(frozen=True)
class Seen:
    """What was seen: spike counts, (pattern, neuron); the spike times of each neuron; and traces, (time, neuron), of
    variables by name, in the units of the description, after each step. Times count from the first onset."""

    counts: np.ndarray
    spikes_ms: tuple[np.ndarray, ...]
    times_ms: np.ndarray
    traces: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Together:
    """Neurons of one kind as one population: constants in which they differ are signals, one value per neuron.

    The variables `begins` begin at the signals "begin_v" and so on, instead of at rest.
    """

    neurons: tuple[Neuron, ...]
    begins: tuple[str, ...] = ()

    @property
    def own(self) -> dict[str, np.ndarray]:
        """The constants in which the neurons differ, (neuron,)."""
        told = [neuron.dynamics() for neuron in self.neurons]
        columns = {name: np.array([one.parameters[name][0] for one in told]) for name in told[0].parameters}
        return {name: values for name, values in columns.items() if (values != values[0]).any()}

    def dynamics(self) -> Dynamics:
        """The equations of them all. Raises ValueError if they are not the same."""
        told = [neuron.dynamics() for neuron in self.neurons]
        first, own = told[0], self.own
        if any(replace(one, parameters={}, rest={}) != replace(first, parameters={}, rest={}) for one in told):
            raise ValueError(
                f"{type(self.neurons[0]).__name__}: neurons of one population must have the same equations"
            )
        units = {name: first.parameters[name][1] for name in own}
        units |= {f"begin_{name}": first.rest[name][1] for name in self.begins}
        return replace(
            first,
            parameters={name: value for name, value in first.parameters.items() if name not in own},
            signals={**first.signals, **units},
            onset="\n".join([*(f"{name} = begin_{name}" for name in self.begins), first.onset]).strip(),
        )


def observe(
    neurons: Neuron | Sequence[Neuron],
    signals: Mapping[str, ArrayLike],
    ms: float,
    dt_ms: float,
    *,
    traces: Sequence[str] = (),
    begin: Mapping[str, ArrayLike] = MappingProxyType({}),
    staircase: bool = False,
    learn: bool = False,
) -> Seen:
    """Simulate neurons that are not connected, in double precision, all at once.

    `neurons` are one for all, or one each. `signals`, such as "current", are (neuron,) or (pattern, neuron), and shown
    for `ms` each. The variables in `begin` begin there and not at rest, (neuron,). A `staircase` carries the state from
    a pattern to the next. The backend is the one in this process: done before a compiler has begun.
    """
    several = tuple(neurons) if isinstance(neurons, Sequence) else (neurons,)
    kind = Together(several, tuple(begin))
    given = {name: np.atleast_2d(np.asarray(values, float)) for name, values in signals.items()}
    given |= {f"begin_{name}": np.atleast_2d(np.asarray(values, float)) for name, values in begin.items()}
    given |= {name: values[None] for name, values in kind.own.items()}
    shape = np.broadcast_shapes(*(values.shape for values in given.values()))
    given = {f"{NAME}.{name}": np.broadcast_to(values, shape) for name, values in given.items()}
    shown = Presentation(ms, dt_ms=dt_ms, carry_over=staircase, precision="double")
    network = Network((Population(NAME, shape[1], kind, counted=True),), (), shown)
    monitor = Monitor({NAME: None}, {f"{NAME}.{name}": range(shape[1]) for name in traces})
    answer = once(network, given, {}, monitor, patterns=shape[0], learn=learn or staircase)
    found = watched(answer)
    times, who = found.spike_times_ms[NAME], found.spike_neurons[NAME]
    return Seen(
        counts=answer.counts[NAME],
        spikes_ms=tuple(times[who == i] for i in range(shape[1])),
        times_ms=found.times_ms,
        traces={name.partition(".")[2]: values for name, values in found.traces.items()},
    )
