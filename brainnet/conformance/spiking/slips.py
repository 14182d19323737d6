"""Slips in a spiking learning rule: copies of what it tells the simulator, each with one thing wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from brainnet.spiking.learning import Plasticity, SymmetricSTDP


@dataclass(frozen=True)
class Wrong:
    """A rule that tells the simulator something else."""

    told: Plasticity

    def plasticity(self) -> Plasticity:
        """What it tells."""
        return self.told

    def slowed(self, factor: float) -> Wrong:
        """Itself: it is shown what the rule is shown, once."""
        return self


def slips(rule: Any) -> Iterator[tuple[str, Wrong]]:
    """Every slip that can be planted: in each sign, each trace, each time constant, and the two neurons exchanged."""
    told = rule.plasticity()
    for code in ("on_pre", "on_post", "synaptic"):
        text = getattr(told, code)
        other = re.sub(r"\beta(_\w+)?\b", r"(-\g<0>)", text)
        if other == text and code != "synaptic":
            other = text.replace("+=", "-=") if "+=" in text else text.replace("-=", "+=")
        if other != text:
            yield f"sign of {code}", Wrong(replace(told, **{code: other}))
    if not isinstance(rule, SymmetricSTDP):  # to which both neurons are alike
        yield "pre and post exchanged", Wrong(exchanged(told))
    for side in ("pre_traces", "post_traces"):
        traces = getattr(told, side)
        for name, (tau, code) in traces.items():
            if code:
                other = code.replace("+=", "=") if "+=" in code else code.replace("=", "+=")
                yield f"{other} for {code}", Wrong(replace(told, **{side: {**traces, name: (tau, other)}}))
    for where in ("parameters", "trace_parameters"):
        constants = getattr(told, where)
        for name, (value, unit) in constants.items():
            if name.startswith("tau"):
                yield f"wrong {name}", Wrong(replace(told, **{where: {**constants, name: (1.05 * value, unit)}}))


def exchanged(told: Plasticity) -> Plasticity:
    """The rule with the presynaptic neuron in the place of the postsynaptic one."""
    own = "|".join({*told.pre_traces, *told.post_traces} - {"dopamine"})
    sides = {"pre": "post", "post": "pre"}

    def code(text: str) -> str:
        return re.sub(rf"\b({own})_(pre|post)\b", lambda match: f"{match[1]}_{sides[match[2]]}", text)

    kept = {name: trace for name, trace in told.post_traces.items() if name == "dopamine"}
    moved = {name: trace for name, trace in told.post_traces.items() if name != "dopamine"}
    return replace(
        told,
        on_pre=code(told.on_post),
        on_post=code(told.on_pre),
        pre_traces=moved,
        post_traces={**told.pre_traces, **kept},
    )
