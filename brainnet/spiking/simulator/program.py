"""From a description to a program: equations and code as plain strings, with no Brian2 in sight.

The program of a network holds everything that has to be compiled and nothing that may change without: sizes, equations
and the chunk are in it; constants, weights and patterns are not. Its text is therefore the key of the build cache.
"""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.errors import BrainnetError
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import Plasticity
from brainnet.spiking.network.description import Network, Population, Watch
from brainnet.spiking.neurons import Dynamics, Value
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
    plasticities = {p.name: p.rule.plasticity() for p in network.projections if p.rule is not None}
    return Program(
        groups=tuple(_group(population, network, plasticities) for population in network.populations),
        pathways=tuple(_pathway(p, plasticities.get(p.name), network) for p in network.projections),
        chunk=chunk,
        dt_ms=network.presentation.dt_ms,
        period_ms=network.presentation.period_ms,
        watched=network.presentation.watched if network.presentation.min_spikes > 0 else "",
        precision=network.presentation.precision,
        spikes=tuple(sorted(watch.spikes)),
        traces=tuple((name, tuple(map(int, watch.traces[name]))) for name in sorted(watch.traces)),
    )


def constants(network: Network) -> dict[str, Value]:
    """The numbers that change without compiling, keyed "object.variable"."""
    values: dict[str, Value] = {}
    for population in network.populations:
        dynamics = population.neuron.dynamics()
        own = dict(dynamics.parameters) | {f"rest_{name}": value for name, value in _at_rest(dynamics).items()}
        values |= {f"{population.name}.{name}": value for name, value in own.items()}
        values[f"{population.name}.shown_for"] = (network.presentation.input_ms, "ms")
    for projection in network.projections:
        if projection.rule is None:
            values[f"{projection.name}.w"] = (float(projection.weight or 0.0), "1")
            continue
        rule = projection.rule.plasticity()
        values |= {f"{projection.name}.{name}": value for name, value in rule.parameters.items()}
        owners = [projection.source] * bool(rule.pre_traces) + [projection.target] * bool(rule.post_traces)
        for name in (f"{owner}.{parameter}" for owner in owners for parameter in rule.trace_parameters):
            value = rule.trace_parameters[name.partition(".")[2]]
            if values.setdefault(name, value) != value:
                raise BrainnetError(f"two rules give {name} different values ({values[name][0]:g} and {value[0]:g})")
        if projection.total is not None:
            values[f"{projection.name}.total_weight"] = (projection.total, "1")
    presentation = network.presentation
    values["control.min_spikes"] = (float(presentation.min_spikes), "1")
    values["control.gain_step"] = (presentation.gain_step, "1")
    values["control.max_attempts"] = (presentation.max_attempts, "1")
    return values


def _group(population: Population, network: Network, plasticities: dict[str, Plasticity]) -> Group:
    """Neuron, traces of the rules at its synapses, onset code and spike count, put together."""
    dynamics = population.neuron.dynamics()
    traces, signals, parameters = _traces(population.name, network, plasticities)
    declared = {name: unit for name, (_, unit) in (dict(dynamics.parameters) | parameters).items()}
    declared |= {f"rest_{name}": unit for name, (_, unit) in _at_rest(dynamics).items()}
    lines = [dynamics.equations]
    lines += [f"d{name}/dt = -{name} / {tau} : 1" for name, (tau, _) in traces.items()]
    signals |= dict(dynamics.signals)
    lines += [f"{name} : {_unit(unit)}" for name, unit in signals.items()]
    lines += [f"{name} : {_unit(unit)} (shared, constant)" for name, unit in declared.items()]
    lines += ["shown_for : second (shared, constant)", "learn : 1 (shared, constant)"]
    lines += [f"{name} : {unit} (linked)" for name, unit in LINKED.items()]
    lines += ["began : integer"] + (["count : 1"] if population.counted else [])
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
        held=dynamics.held,
        signals=tuple(signals.items()),
        scheduled=dynamics.scheduled,
        counted=population.counted,
    )


def _at_rest(dynamics: Dynamics) -> dict[str, Value]:
    """The state of rest, without the numbers of steps, which are 0 there."""
    return {name: value for name, value in dynamics.rest.items() if value[1] != "step"}


def _traces(name: str, network: Network, plasticities: dict[str, Plasticity]) -> tuple[dict, dict, dict]:
    """Traces, signals and constants that the rules of adjoining projections bring to a population."""
    traces: dict[str, tuple[str, str]] = {}
    signals: dict[str, str] = {}
    parameters: dict[str, Value] = {}
    for projection in network.projections:
        rule = plasticities.get(projection.name)
        if rule is None:
            continue
        at_pre, at_post = projection.source == name, projection.target == name
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
    lines += [f"{name} = {population.name}_{name}((idx + 0.5) * period, i)" for name in signals]
    lines += _to_rest(dynamics, traces, network.presentation.carry_over)
    return "\n".join([*lines, dynamics.onset]).strip()


def _to_rest(dynamics: Dynamics, traces: dict, carry_over: bool) -> list[str]:
    """Code that puts a neuron into its state of rest. State is carried over only while the network learns: an answer
    must not depend on the patterns before."""
    resting = _at_rest(dynamics)
    steps = [name for name in dynamics.rest if name not in resting]
    if not carry_over:
        return [f"{name} = rest_{name}" for name in resting] + [f"{name} = 0" for name in [*traces, *steps]]
    lines = [f"{name} = learn * {name} + (1 - learn) * rest_{name}" for name in resting]
    lines += [f"{name} = learn * {name}" for name in traces]
    return lines + [f"{name} = {name} * int(learn > 0.5)" for name in steps]


def _pathway(projection: Projection, rule: Plasticity | None, network: Network) -> Pathway:
    equations = ["w : 1 (shared, constant)"]
    if rule is not None:
        equations = [rule.synaptic]
        equations += [f"{name} : {_unit(unit)} (shared, constant)" for name, (_, unit) in rule.parameters.items()]
        equations += ["total_weight : 1 (shared, constant)"] if projection.total is not None else []
    effect = f"{projection.effect}_post += w{_scale(projection, network)}" if projection.effect else ""
    on_pre = [effect, rule.on_pre if rule is not None else ""]
    return Pathway(
        name=projection.name,
        source=projection.source,
        target=projection.target,
        pattern="graph" if isinstance(projection.pattern, Graph) else projection.pattern,
        synapses=_synapses(projection, network),
        delay_ms=projection.delay_ms,
        equations="\n".join(equations),
        on_pre="\n".join(line for line in on_pre if line),
        on_post=rule.on_post if rule is not None else "",
        plastic=rule is not None,
        scaled=projection.total is not None,
    )


def _scale(projection: Projection, network: Network) -> str:
    """The unit in which a weight acts: that of the variable it moves."""
    rest = network.population(projection.target).neuron.dynamics().rest
    unit = rest[projection.effect][1] if projection.effect in rest else "1"
    return "" if unit == "1" else f" * {unit}"


def _synapses(projection: Projection, network: Network) -> int:
    if isinstance(projection.pattern, Graph):
        return projection.pattern.n_synapses
    sources, targets = (network.population(name).size for name in (projection.source, projection.target))
    return {"all": sources * targets, "one_to_one": sources, "all_but_one": sources * (targets - 1)}[projection.pattern]


def _unit(name: str) -> str:
    """The dimension Brian2 declares a variable with."""
    units = {"ms": "second", "mV": "volt", "Hz": "Hz", "pA": "amp", "nS": "siemens", "pF": "farad", "1": "1"}
    return units[name]
