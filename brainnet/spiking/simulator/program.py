"""From a description to a program: equations and code as plain strings, with no Brian2 in sight.

The program of a network holds everything that has to be compiled and nothing that may change without: sizes, equations
and the chunk are in it; constants, weights and patterns are not. Its text is therefore the key of the build cache.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brainnet.spiking.connections import Projection
from brainnet.spiking.network.description import Monitor, Network, Population
from brainnet.spiking.neurons import DIMENSIONS, WHOLE, Dynamics, Value
from brainnet.spiking.simulator.axons import with_axons
from brainnet.spiking.simulator.control import LINKED
from brainnet.spiking.simulator.equations import declared, plainly
from brainnet.spiking.simulator.unlearned import held_still, held_still_between
from brainnet.structure import Graph


@dataclass(frozen=True)
class Group:
    """A population as Brian2 is told of it; `signals` are (variable, unit)."""

    name: str
    size: int
    equations: str
    threshold: str
    reset: str
    method: str
    onset: str
    held: str
    signals: tuple[tuple[str, str], ...]
    scheduled: tuple[str, ...]
    counted: bool


@dataclass(frozen=True)
class Pathway:
    """A projection as Brian2 is told of it. Where the pattern is "graph", who is connected comes with the values."""

    name: str
    source: str
    target: str
    pattern: str
    synapses: int
    equations: str
    on_pre: str
    on_post: str
    onset: str
    plastic: bool
    scaled: bool


@dataclass(frozen=True)
class Program:
    """All that is compiled. `chunk` is the number of patterns a signal holds room for. `spikes` names the populations
    and `traces` the variables, with indices of neurons, that are recorded."""

    groups: tuple[Group, ...]
    pathways: tuple[Pathway, ...]
    chunk: int
    dt_ms: float
    period_ms: float
    watched: str
    precision: str
    spikes: tuple[str, ...] = ()
    traces: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def steps(self) -> int:
        """Steps of one presentation."""
        return round(self.period_ms / self.dt_ms)


def compose(network: Network, chunk: int, monitor: Monitor | None = None) -> Program:
    """The program of a network whose patterns come `chunk` at a time, and of what is recorded."""
    monitor, network = monitor or Monitor(), with_axons(network)
    return Program(
        groups=tuple(_group(population, network) for population in network.populations),
        pathways=tuple(_pathway(projection, network) for projection in network.projections),
        chunk=chunk,
        dt_ms=network.presentation.dt_ms,
        period_ms=network.presentation.period_ms,
        watched=network.presentation.watched if network.presentation.min_spikes > 0 else "",
        precision=network.presentation.precision,
        spikes=tuple(sorted(monitor.spikes)),
        traces=tuple((name, tuple(map(int, monitor.traces[name]))) for name in sorted(monitor.traces)),
    )


def _group(population: Population, network: Network) -> Group:
    """Neuron, traces of the rules at its synapses, onset code and spike count, put together."""
    dynamics = population.dynamics()
    brought = _brought(population.name, network)
    adjoining = brought[0]
    signals = brought[1] | dict(dynamics.signals)
    decay = [f"{name} = {name} * exp(-dt / {tau})" for name, (tau, _) in adjoining.items()]  # exact in every method
    reset = [dynamics.reset, *(code for _, code in adjoining.values()), "count += 1" if population.counted else ""]

    def still(lines: Iterable[str]) -> str:
        return held_still("\n".join(line for line in lines if line), dynamics.memory, "learn")

    return Group(
        name=population.name,
        size=population.size,
        equations="\n".join(_equations(population, network, dynamics, *brought)),
        threshold=dynamics.threshold,
        reset=still(reset),
        method=dynamics.method,
        onset=still(_onset(dynamics, adjoining, signals, population, network)),
        held=still((*decay, dynamics.held)),
        signals=tuple(signals.items()),
        scheduled=dynamics.scheduled,
        counted=population.counted,
    )


def _equations(
    population: Population, network: Network, dynamics: Dynamics, adjoining: dict, signals: dict, parameters: dict
) -> list[str]:
    """The neuron's own, and a line for each further variable."""
    constants = {name: unit for name, (_, unit) in (dict(dynamics.parameters) | parameters).items()}
    constants |= {f"rest_{name}": unit for name, (_, unit) in at_rest(dynamics).items()} | {"shown_for": "ms"}
    scaled = any(p.target == population.name and p.total is not None for p in network.projections)
    return [
        held_still_between(plainly(dynamics.equations), dynamics.memory, "learn"),
        *(f"{name} : 1" for name in adjoining),
        *(f"{name} : {DIMENSIONS[unit]}" for name, unit in (signals | dict(dynamics.signals)).items()),
        *(f"{name} : {DIMENSIONS[unit]} (shared, constant)" for name, unit in constants.items()),
        "learn : 1 (shared, constant)",
        *(f"{name} : {unit} (linked)" for name, unit in LINKED.items()),
        *("diverged : 1", "began : integer"),
        *(["count : 1"] if population.counted else []),
        *(["w_sum : 1"] if scaled else []),
    ]


def at_rest(dynamics: Dynamics) -> dict[str, Value]:
    """The state of rest, without the whole numbers, which are 0 there."""
    return {name: value for name, value in dynamics.rest.items() if value[1] not in WHOLE}


def traces(name: str, network: Network) -> list[str]:
    """The traces that the rules of adjoining projections bring to a population."""
    return list(_brought(name, network)[0])


def fast_variables(projection: Projection) -> list[str]:
    """What a synapse's rules have it keep beside its weight."""
    return [
        name for rule in projection.plasticities() for name, _, _ in declared(plainly(rule.synaptic)) if name != "w"
    ]


def _brought(name: str, network: Network) -> tuple[dict, dict, dict]:
    """Traces, signals and constants that the rules of adjoining projections bring to a population."""
    traces: dict[str, tuple[str, str]] = {}
    signals: dict[str, str] = {}
    parameters: dict[str, Value] = {}
    for projection in network.projections:
        at_pre, at_post = projection.source == name, projection.target == name
        for rule in projection.plasticities():
            brought = (dict(rule.pre_traces) if at_pre else {}) | (dict(rule.post_traces) if at_post else {})
            traces |= brought
            parameters |= rule.trace_parameters if brought else {}
            signals |= rule.post_signals if at_post else {}
    return traces, signals, parameters


def _onset(dynamics: Dynamics, traces: dict, signals: dict, population: Population, network: Network) -> list[str]:
    """Code at the beginning of a presentation: count, signals, state of rest, and the neuron's own."""
    lines = ["began = t_in_timesteps"] + (["count = 0"] if population.counted else [])
    moving = [f"not_finite({name})" for name in at_rest(dynamics)]
    lines += [f"diverged += {' + '.join(moving)}"] if moving else []  # before it goes to rest, and is not seen any more
    lines += [f"{name} = {population.name}_{name}((idx + 0.5) * period, i)" for name in signals]
    lines += _to_rest(dynamics, traces, network.presentation.carry_over)
    return [*lines, dynamics.onset]


def _to_rest(dynamics: Dynamics, traces: dict, carry_over: bool) -> list[str]:
    """Code that puts a neuron into its state of rest. State is carried over only while the network learns: an answer
    must not depend on the patterns before."""
    resting = at_rest(dynamics)
    whole = [name for name in dynamics.rest if name not in resting]
    if not carry_over:
        return [f"{name} = rest_{name}" for name in resting] + [f"{name} = 0" for name in [*traces, *whole]]
    lines = [f"{name} = learn * {name} + (1 - learn) * rest_{name}" for name in resting]
    lines += [f"{name} = learn * {name}" for name in traces]
    return lines + [f"{name} = {name} * int(learn > 0.5)" for name in whole]


def _pathway(projection: Projection, network: Network) -> Pathway:
    rules = projection.plasticities()
    shared = {name: unit for rule in rules for name, (_, unit) in rule.parameters.items()}
    shared |= {"total_weight": "1"} if projection.total is not None else {}
    own = plainly(next((rule.synaptic for rule in rules if rule.synaptic), "w : 1"))
    own = held_still_between(own, ["w"], "learn_post")
    kept = "learn_post" if network.presentation.carry_over else "0"
    equations = [own if projection.weight is None else "w : 1 (shared, constant)"]
    equations += [f"{name} : {DIMENSIONS[unit]} (shared, constant)" for name, unit in shared.items()]
    on_pre, on_post = (
        held_still("\n".join(code for code in codes if code), ["w"], "learn_post")
        for codes in ([rule.on_pre for rule in rules], [rule.on_post for rule in rules])
    )
    return Pathway(
        name=projection.name,
        source=projection.source,
        target=projection.target,
        pattern="graph" if isinstance(projection.pattern, Graph) else projection.pattern,
        synapses=synapses(projection, network),
        equations="\n".join(equations),
        on_pre="\n".join(code for code in (_effect(projection, network), on_pre) if code),
        on_post=on_post,
        onset="\n".join(f"{name} = {name} * {kept}" for name in fast_variables(projection)),
        plastic=projection.weight is None,
        scaled=projection.total is not None,
    )


def _effect(projection: Projection, network: Network) -> str:
    """What a presynaptic spike adds to which variable: the weight, in that variable's unit, times what is released."""
    if not projection.effect:
        return ""
    population = network.population(projection.target)
    variable, gain = population.entry(projection.effect)
    rest = population.dynamics().rest
    unit = rest[variable][1] if variable in rest else "1"
    released = [rule.released for rule in projection.plasticities() if rule.released]
    factors = ["w", *released, *([repr(gain)] if gain != 1 else []), *([unit] if unit != "1" else [])]
    return f"{variable}_post += {' * '.join(factors)}"


def synapses(projection: Projection, network: Network) -> int:
    """How many synapses a projection has."""
    if isinstance(projection.pattern, Graph):
        return projection.pattern.n_synapses
    sources, targets = (network.population(name).size for name in (projection.source, projection.target))
    return {"all": sources * targets, "one_to_one": sources, "all_but_one": sources * (targets - 1)}[projection.pattern]
