"""From a program to Brian2 objects. They live inside one call; both backends are built here, and alike.

Import this module only where a simulation is built: it imports Brian2, which takes a second.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from brainnet.spiking.neurons import SI, WHOLE
from brainnet.spiking.simulator import exclusive, precision
from brainnet.spiking.simulator.control import CONTROL, CONTROL_CODE, LINKED
from brainnet.spiking.simulator.functions import functions
from brainnet.spiking.simulator.program import Group, Pathway, Program
from brainnet.structure import Graph

b2: Any = exclusive.imported()
UNITS = {name: 1 if name in ("1", *WHOLE) else getattr(b2, name) for name in SI}


def _then(updater, code: str) -> None:
    """Let a state updater run `code` after every step, in the same pass over the neurons."""
    update = updater.update_abstract_code

    def longer(run_namespace) -> None:
        update(run_namespace)
        updater.abstract_code += "\n" + code

    updater.update_abstract_code = longer


@functools.cache
def _code_class(pattern: str, precise: str) -> type:
    """Brian2's C++ code with templates of our own, in the folder `templates`, for synapses in a known order."""
    from brian2.devices.cpp_standalone.codeobject import CPPStandaloneCodeObject

    own = {"pattern": pattern, "narrowed": precision.NARROWING[precise]}
    templater = CPPStandaloneCodeObject.templater.derive(__package__, env_globals=own)
    return type(f"Ordered_{pattern}_{precise}", (CPPStandaloneCodeObject,), {"templater": templater})


class Objects:
    """The Brian2 objects of one program: groups, synapses, signals, monitors and the network that holds them.

    With `compiled`, projections take the C++ templates that go through their synapses in order. Without, `at_end` is
    called when the last presentation is over, before anything more happens in the step that follows.
    """

    def __init__(
        self,
        program: Program,
        signals: Mapping[str, np.ndarray],
        keys: np.ndarray,
        graphs: Mapping[str, Graph],
        compiled: bool = False,
        at_end: Callable[[], None] = lambda: None,
    ) -> None:
        self.compiled, self.precision, self.graphs = compiled, program.precision, graphs
        period = program.period_ms * b2.ms
        b2.defaultclock.dt = program.dt_ms * b2.ms
        units = {f"{g.name}.{s}": unit for g in program.groups for s, unit in g.signals}
        self.signals = {
            name: b2.TimedArray(
                values * UNITS[units.get(name, "1")],
                dt=period if name in units else program.dt_ms * b2.ms,
                name=name.replace(".", "_") + "_values",
            )
            for name, values in signals.items()
        }
        self.keys = b2.TimedArray(keys, dt=period, name="noise_keys_values")
        self.namespace = {name.replace(".", "_"): values for name, values in self.signals.items()}
        self.namespace |= {"noise_keys": self.keys, "period": period} | functions(b2, at_end)
        self.control = b2.NeuronGroup(
            1, CONTROL, name="control", namespace=self.namespace, dtype=precision.types(CONTROL, program.precision)
        )
        self.groups = {g.name: self._group(g) for g in program.groups}
        self.synapses = {p.name: self._synapses(p) for p in program.pathways}
        self.regular = self._regular(program, period)
        self.monitors = self._monitors(program, period)
        self.network = b2.Network(
            self.control, *self.groups.values(), *self.synapses.values(), *self.regular, *self.monitors.values()
        )
        self.recorders = self._recorders(program)
        self.network.add(*self.recorders.values())

    def run(self, duration_ms: float) -> None:
        """Run for that long, or until the last pattern has been accepted."""
        self.network.run(duration_ms * b2.ms, namespace={})

    def _group(self, group: Group):
        made = b2.NeuronGroup(
            group.size,
            group.equations,
            threshold=group.threshold,
            reset=group.reset,
            method=group.method,
            name=group.name,
            dtype=precision.types(group.equations, self.precision),
            namespace=self.namespace | {name: self.signals[f"{group.name}.{name}"] for name in group.scheduled},
            codeobj_class=_code_class("", self.precision) if self.compiled else None,
        )
        if group.held:
            _then(made.state_updater, group.held)
        for name in LINKED:
            setattr(made, name, b2.linked_var(self.control, name))
        return made

    def _synapses(self, pathway: Pathway):
        # The templates find the weight of a synapse only where all are connected.
        known = pathway.pattern == "all" or (pathway.pattern != "graph" and not pathway.plastic)
        ordered = self.compiled and known
        made = b2.Synapses(
            self.groups[pathway.source],
            self.groups[pathway.target],
            pathway.equations,
            on_pre=pathway.on_pre or None,
            on_post=pathway.on_post or None,
            method="euler",
            name=pathway.name,
            dtype=precision.types(pathway.equations, self.precision),
            namespace=self.namespace,
            codeobj_class=_code_class(pathway.pattern, self.precision) if ordered else None,
        )
        if pathway.on_post:
            made.post.order = -1  # a postsynaptic spike sees the weight before a presynaptic one of the same step
        if made.state_updater is not None:
            made.state_updater.order = -1  # what moves between spikes sees the traces at the beginning of the step
        if ordered and not pathway.plastic:
            made.connect(i=0, j=0)  # holds nothing per synapse: the template knows where they lead
        elif pathway.pattern == "graph":
            graph = self.graphs[pathway.name]
            made.connect(i=graph.sources(), j=graph.targets)
        else:
            made.connect(
                **{"all": {}, "one_to_one": {"j": "i"}, "all_but_one": {"condition": "i != j"}}[pathway.pattern]
            )
        return made

    def _regular(self, program: Program, period) -> list:
        """What happens at every onset, in order: choose the pattern, or stop; scale weights; set signals and state."""
        first = {"dt": period, "when": "before_start"}
        made = [self.control.run_regularly(CONTROL_CODE, order=0, name="control_code", **first)]
        for pathway in (p for p in program.pathways if p.scaled):
            synapses, target = self.synapses[pathway.name], self.groups[pathway.target]
            made += [
                target.run_regularly("w_sum = 0", order=1, name=f"{pathway.name}_clear", **first),
                synapses.run_regularly("w_sum_post += w", order=2, name=f"{pathway.name}_sum", **first),
                synapses.run_regularly(
                    "w = w * (1 + learn_post * (total_weight / w_sum_post - 1))",
                    order=3,
                    name=f"{pathway.name}_scale",
                    **first,
                ),
            ]
        owners = self.groups | self.synapses
        for part in (part for part in (*program.groups, *program.pathways) if part.onset):
            made.append(
                owners[part.name].run_regularly(part.onset, dt=period, when="start", order=0, name=f"{part.name}_onset")
            )
        if program.watched:
            self.synapses["tally"] = b2.Synapses(
                self.groups[program.watched], self.control, on_pre="total_post += 1", name="tally"
            )
            self.synapses["tally"].connect()
        return made

    def _monitors(self, program: Program, period) -> dict:
        """Spike counts and pattern number at the end of each presentation."""
        when = {"record": True, "dt": period, "when": "before_start", "order": -1}
        monitors = {
            g.name: b2.StateMonitor(self.groups[g.name], "count", name=f"{g.name}_counts", **when)
            for g in program.groups
            if g.counted
        }
        return monitors | {"control": b2.StateMonitor(self.control, ["idx", "total"], name="control_shown", **when)}

    def _recorders(self, program: Program) -> dict:
        """Monitors of spikes, by population, and of variables, by "population.variable"."""
        made: dict[str, Any] = {
            name: b2.SpikeMonitor(self.groups[name], name=f"{name}_spikes") for name in program.spikes
        }
        for name, neurons in program.traces:
            owner, variable = name.split(".")
            made[name] = b2.StateMonitor(
                self.groups[owner], variable, record=list(neurons), when="end", name=f"{owner}_{variable}_trace"
            )
        return made
