"""The parts of a description: populations, projections, presentation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from brainnet.checks import one_of, require_count, require_finite, require_name, shown
from brainnet.codes import Presentation
from brainnet.errors import BrainnetError
from brainnet.spiking.connections import Projection
from brainnet.spiking.neurons import (
    WHOLE,
    Dynamics,
    GaussianNoise,
    Neuron,
    Noise,
    PoissonBackground,
    Receptor,
    driven,
    entry,
)


@dataclass(frozen=True)
class Population:
    """`size` neurons of one kind, and what acts on them.

    The spikes of a `counted` population come out as counts per pattern. `current`, in the neuron's unit, flows into all
    alike; if it is None it is a signal, one number per neuron and pattern. Spikes reach the neurons by way of their
    `receptors`, or change the potential at once. `noise` is drawn for each neuron and step.
    """

    name: str
    size: int
    neuron: Neuron
    counted: bool = False
    current: float | None = None
    receptors: tuple[Receptor, ...] = ()
    noise: tuple[Noise, ...] = ()

    def __post_init__(self) -> None:
        require_count(self, "size", at_least=1)
        require_name(self)
        if self.current is not None:
            require_finite(self, "current")
        told = self.neuron.dynamics()
        flows = [*self.receptors, *(source for source in self.noise if isinstance(source, GaussianNoise))]
        if (flows or self.current is not None) and "current" not in told.signals:
            raise BrainnetError(
                f"population {self.name!r}: {type(self.neuron).__name__} takes no current, so that it cannot have one, "
                "nor receptors and Gaussian noise: take a neuron that does, such as LIF"
            )
        self._check_names({*told.rest, *told.memory, *told.parameters, *told.signals})
        for source in self.noise:
            if isinstance(source, PoissonBackground):
                check_effect(self, source.effect, f"the background of {self.name!r}")

    def _check_names(self, taken: set[str]) -> None:
        for receptor in self.receptors:
            if clash := taken & {*receptor.variables, *receptor.parameters}:
                raise BrainnetError(
                    f"population {self.name!r} already has a {min(clash)!r}: name the receptor otherwise"
                )
            taken = {*taken, *receptor.variables, *receptor.parameters}

    def dynamics(self) -> Dynamics:
        """The neuron's equations with its current, receptors and noise."""
        return driven(self.neuron.dynamics(), self.current, self.receptors, self.noise, self.name)

    def entry(self, effect: str) -> tuple[str, float]:
        """The variable that a spike with this effect moves, and by how much if its weight is 1."""
        return entry(effect, self.receptors)


def check_effect(population: Population, effect: str, of: str, others: Collection[str] = ()) -> None:
    """Raise `BrainnetError` unless spikes can have that effect there; `others` are variables that rules bring."""
    receptors = [receptor.name for receptor in population.receptors]
    moved = [name for name, (_, unit) in population.neuron.dynamics().rest.items() if unit not in WHOLE]
    if effect not in (known := [*receptors, *moved, *others]):
        raise BrainnetError(
            f"{of} has the effect {effect!r}, which population {population.name!r} does not know: "
            + (f"one of {', '.join(known)}" if known else "nothing can have an effect there")
        )


@dataclass(frozen=True)
class Network:
    """A spiking network: its populations, in the order in which data flows, projections and presentation."""

    populations: tuple[Population, ...]
    projections: tuple[Projection, ...]
    presentation: Presentation

    def __post_init__(self) -> None:
        names = [population.name for population in self.populations]
        for kind, given in (("population", names), ("projection", [p.name for p in self.projections])):
            if twice := next((name for name in given if given.count(name) > 1), None):
                raise BrainnetError(f"two {kind}s are named {twice!r}: give each a name of its own")
        self._check_repeats(names)
        for projection in self.projections:
            self._check_projection(projection, names)

    def _check_repeats(self, names: list[str]) -> None:
        shown = self.presentation
        if shown.min_spikes > 0 and shown.watched not in names:
            raise BrainnetError(
                f"Presentation.watched knows no population {shown.watched!r}: one of {', '.join(names)}"
            )
        if shown.min_spikes > 0 and any(population.dynamics().scheduled for population in self.populations):
            raise BrainnetError("patterns of given spikes cannot be shown again: leave out Presentation.min_spikes")

    def _check_projection(self, projection: Projection, names: list[str]) -> None:
        for end in (projection.source, projection.target):
            if end not in names:
                raise BrainnetError(
                    f"projection {projection.name!r} knows no population {end!r}: one of {', '.join(names)}"
                )
        source, target = self.population(projection.source), self.population(projection.target)
        projection.require_fit(source.size, target.size)
        if projection.effect:
            check_effect(target, projection.effect, f"projection {projection.name!r}", self._traces(target.name))

    def _traces(self, name: str) -> list[str]:
        """Variables that rules bring to the neurons their synapses end at."""
        rules = [rule for p in self.projections if p.target == name for rule in p.plasticities()]
        return [trace for rule in rules for trace in rule.post_traces]

    def population(self, name: str) -> Population:
        """The population of that name. Raises `BrainnetError` if there is none."""
        names = [population.name for population in self.populations]
        return self.populations[names.index(one_of("population", name, names))]

    @property
    def n_units(self) -> int:
        """Neurons, inputs not counted."""
        return sum(p.size for p in self.populations if p.dynamics().rest)  # inputs have no state of their own


@dataclass(frozen=True)
class Monitor:
    """What to record: spikes of populations, and traces of variables of chosen neurons, from one time to another.

    `spikes` maps a population to the indices of its neurons, None for all; `traces` maps "population.variable" to
    indices. Times are counted from the first onset.
    """

    spikes: Mapping[str, Sequence[int] | None] = field(default_factory=dict)
    traces: Mapping[str, Sequence[int]] = field(default_factory=dict)
    from_ms: float = 0.0
    until_ms: float = np.inf

    def __post_init__(self) -> None:
        for name, given in (("spikes", self.spikes), ("traces", self.traces)):
            if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):
                raise BrainnetError(
                    f"Monitor.{name} must be a dict by name, such as {{'cells': None}} (got {shown(given)})"
                )


@dataclass(frozen=True)
class Activity:
    """What was recorded: times and neurons of spikes by population; `traces` by name, (time, neuron), at `times_ms`."""

    spike_times_ms: dict[str, np.ndarray]
    spike_neurons: dict[str, np.ndarray]
    times_ms: np.ndarray
    traces: dict[str, np.ndarray]


@dataclass(frozen=True)
class Recording:
    """What happened while one pattern was shown.

    `spike_times_ms` and `spike_neurons` are keyed by population, in the network's order; `sizes` are those of all
    populations. `potential` and `threshold`, at `trace_times_ms`, in `unit`, belong to a `neuron` of a `population`:
    the most active one.
    """

    duration_ms: float
    spike_times_ms: dict[str, np.ndarray]
    spike_neurons: dict[str, np.ndarray]
    trace_times_ms: np.ndarray
    potential: np.ndarray
    threshold: np.ndarray
    unit: str
    population: str
    neuron: int
    sizes: dict[str, int]

    def own_spike_times_ms(self) -> np.ndarray:
        """When the neuron whose potential this is fired, (spike,)."""
        return self.spike_times_ms[self.population][self.spike_neurons[self.population] == self.neuron]
