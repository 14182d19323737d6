"""From a description to a program: equations and code as plain strings, with no Brian2 in sight.

The program of a network holds everything that has to be compiled and nothing that may change without: sizes, equations
and the chunk are in it; constants, weights and patterns are not. Its text is therefore the key of the build cache.
"""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.errors import BrainnetError
from brainnet.spiking.connections import Projection
from brainnet.spiking.network.description import Network, Population, Watch
from brainnet.spiking.neurons import DIMENSIONS, Dynamics, Value
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
    delay_ms: float
    equations: str
    on_pre: str
    on_post: str
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


CONTROL = """idx : integer
attempt : integer
total : 1
showing : 1
gain : 1
key : 1
begun : integer
patterns : integer (shared, constant)
min_spikes : 1 (shared, constant)
gain_step : 1 (shared, constant)
max_attempts : integer (shared, constant)"""

# Runs first thing at every onset: decides whether the last pattern is accepted, and which one comes now.
CONTROL_CODE = """accepted = int(total >= min_spikes or attempt + 1 >= max_attempts) * begun
idx = idx + accepted
attempt = (attempt + 1) * (1 - accepted) * begun
gain = 1 + gain_step * attempt
total = 0
begun = 1
key = noise_keys((idx + 0.5) * period)
showing = 1 - finished(idx, patterns)"""

LINKED = {"attempt": "integer", "showing": "1", "gain": "1", "key": "1", "idx": "integer"}


def compose(network: Network, chunk: int, watch: Watch | None = None) -> Program:
    """The program of a network whose patterns come `chunk` at a time, and of what is recorded."""
    watch = watch or Watch()
    return Program(
        groups=tuple(_group(population, network) for population in network.populations),
        pathways=tuple(_pathway(projection, network) for projection in network.projections),
        chunk=chunk,
        dt_ms=network.presentation.dt_ms,
        period_ms=network.presentation.period_ms,
        watched=network.presentation.watched if network.presentation.min_spikes > 0 else "",
        precision=network.presentation.precision,
        spikes=tuple(sorted(watch.spikes)),
        traces=tuple((name, tuple(map(int, watch.traces[name]))) for name in sorted(watch.traces)),
    )


def _group(population: Population, network: Network) -> Group:
    """Neuron, traces of the rules at its synapses, onset code and spike count, put together."""
    dynamics = population.dynamics()
    traces, signals, parameters = _traces(population.name, network)
    declared = {name: unit for name, (_, unit) in (dict(dynamics.parameters) | parameters).items()}
    declared |= {f"rest_{name}": unit for name, (_, unit) in at_rest(dynamics).items()}
    lines = [dynamics.equations]
    lines += [f"{name} : 1" for name in traces]
    decay = [f"{name} = {name} * exp(-dt / {tau})" for name, (tau, _) in traces.items()]  # exact, whatever the method
    signals |= dict(dynamics.signals)
    lines += [f"{name} : {DIMENSIONS[unit]}" for name, unit in signals.items()]
    lines += [f"{name} : {DIMENSIONS[unit]} (shared, constant)" for name, unit in declared.items()]
    lines += ["shown_for : second (shared, constant)", "learn : 1 (shared, constant)"]
    lines += [f"{name} : {unit} (linked)" for name, unit in LINKED.items()]
    lines += ["diverged : 1", "began : integer"] + (["count : 1"] if population.counted else [])
    lines += (
        ["w_sum : 1"] if any(p.target == population.name and p.total is not None for p in network.projections) else []
    )
    reset = [dynamics.reset, *(code for _, code in traces.values())] + (["count += 1"] if population.counted else [])
    return Group(
        name=population.name,
        size=population.size,
        equations="\n".join(lines),
        threshold=dynamics.threshold,
        reset="\n".join(line for line in reset if line),
        method=dynamics.method,
        onset=_onset(dynamics, traces, signals, population, network),
        held="\n".join(line for line in (*decay, dynamics.held) if line),
        signals=tuple(signals.items()),
        scheduled=dynamics.scheduled,
        counted=population.counted,
    )


def at_rest(dynamics: Dynamics) -> dict[str, Value]:
    """The state of rest, without the numbers of steps, which are 0 there."""
    return {name: value for name, value in dynamics.rest.items() if value[1] != "step"}


def _traces(name: str, network: Network) -> tuple[dict, dict, dict]:
    """Traces, signals and constants that the rules of adjoining projections bring to a population."""
    traces: dict[str, tuple[str, str]] = {}
    signals: dict[str, str] = {}
    parameters: dict[str, Value] = {}
    for projection in network.projections:
        at_pre, at_post = projection.source == name, projection.target == name
        for rule in projection.plasticities():
            brought = (dict(rule.pre_traces) if at_pre else {}) | (dict(rule.post_traces) if at_post else {})
            if clash := set(brought) & set(traces):
                raise BrainnetError(f"population {name!r} would hold two traces named {min(clash)!r}: one per rule")
            traces |= brought
            parameters |= rule.trace_parameters if brought else {}
            signals |= rule.post_signals if at_post else {}
    return traces, signals, parameters


def _onset(dynamics: Dynamics, traces: dict, signals: dict, population: Population, network: Network) -> str:
    """Code at the beginning of a presentation: count, signals, state of rest, and the neuron's own."""
    lines = ["began = t_in_timesteps"] + (["count = 0"] if population.counted else [])
    moving = [f"not_finite({name})" for name in at_rest(dynamics)]
    lines += [f"diverged += {' + '.join(moving)}"] if moving else []  # before it goes to rest, and is not seen any more
    lines += [f"{name} = {population.name}_{name}((idx + 0.5) * period, i)" for name in signals]
    lines += _to_rest(dynamics, traces, network.presentation.carry_over)
    return "\n".join([*lines, dynamics.onset]).strip()


def _to_rest(dynamics: Dynamics, traces: dict, carry_over: bool) -> list[str]:
    """Code that puts a neuron into its state of rest. State is carried over only while the network learns: an answer
    must not depend on the patterns before."""
    resting = at_rest(dynamics)
    steps = [name for name in dynamics.rest if name not in resting]
    if not carry_over:
        return [f"{name} = rest_{name}" for name in resting] + [f"{name} = 0" for name in [*traces, *steps]]
    lines = [f"{name} = learn * {name} + (1 - learn) * rest_{name}" for name in resting]
    lines += [f"{name} = learn * {name}" for name in traces]
    return lines + [f"{name} = {name} * int(learn > 0.5)" for name in steps]


def _pathway(projection: Projection, network: Network) -> Pathway:
    rules = projection.plasticities()
    shared = {name: unit for rule in rules for name, (_, unit) in rule.parameters.items()}
    shared |= {"total_weight": "1"} if projection.total is not None else {}
    own = next((rule.synaptic for rule in rules if rule.synaptic), "w : 1")
    equations = [own if projection.weight is None else "w : 1 (shared, constant)"]
    equations += [f"{name} : {DIMENSIONS[unit]} (shared, constant)" for name, unit in shared.items()]
    on_pre = [_effect(projection, network), *(rule.on_pre for rule in rules)]
    return Pathway(
        name=projection.name,
        source=projection.source,
        target=projection.target,
        pattern="graph" if isinstance(projection.pattern, Graph) else projection.pattern,
        synapses=synapses(projection, network),
        delay_ms=projection.delay_ms,
        equations="\n".join(equations),
        on_pre="\n".join(line for line in on_pre if line),
        on_post="\n".join(rule.on_post for rule in rules if rule.on_post),
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
