"""A neuron with what acts on it: its current, receptors and noise, put into one set of equations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

from brainnet.spiking.neurons.dynamics import Dynamics, Value
from brainnet.spiking.neurons.noise import GaussianNoise, Noise
from brainnet.spiking.neurons.receptors import Receptor


def driven(
    dynamics: Dynamics, current: float | None, receptors: Sequence[Receptor], noise: Sequence[Noise], stream: str
) -> Dynamics:
    """The neuron under a `current` that stays as it is, unless it is None, the currents of receptors, and noise.

    Populations with the same `stream` get the same noise.
    """
    named = {f"noise_{number}": source for number, source in enumerate(noise)}
    drawn = [name for name, source in named.items() if isinstance(source, GaussianNoise)]
    state = [variable for receptor in receptors for variable in receptor.variables] + drawn
    flows = ["current", *drawn, *(receptor.current(dynamics) for receptor in receptors)]
    equations = (
        re.sub(r"\bcurrent\b", f"({' + '.join(flows)})", dynamics.equations) if flows[1:] else dynamics.equations
    )
    rest = {**dynamics.rest, **dict.fromkeys(state, (0.0, "1"))}
    code = [receptor.decay for receptor in receptors]
    code += [source.code(name, _target(source, name, rest, receptors)) for name, source in named.items()]
    # The exact method multiplies out the exponentials of a conductance, which overflow.
    conducting = dynamics.method == "exact" and any(receptor.reversal is not None for receptor in receptors)
    return replace(
        dynamics,
        method="exponential_euler" if conducting else dynamics.method,
        equations="\n".join([equations, *(f"{variable} : 1" for variable in state)]),
        parameters={**dynamics.parameters, **_parameters(current, receptors, named, stream)},
        rest=rest,
        signals={name: unit for name, unit in dynamics.signals.items() if name != "current" or current is None},
        held="\n".join(filter(None, [*code, dynamics.held])),  # the potential is held last, so noise moves none that is
    )


def _parameters(
    current: float | None, receptors: Sequence[Receptor], named: dict[str, Noise], stream: str
) -> dict[str, Value]:
    found: dict[str, Value] = {} if current is None else {"current": (current, "1")}
    for receptor in receptors:
        found |= receptor.parameters
    for name, source in named.items():
        number = crc32(f"{stream}.{name}".encode()) & 0x7FFFFF00  # room for the number of the attempt in the last bits
        found |= {**source.parameters(name), f"{name}_stream": (number, "whole")}
    return found


def _target(source: Noise, name: str, rest: dict[str, Value], receptors: Sequence[Receptor]) -> tuple[str, str]:
    """The variable that a source of noise moves, and the unit in which it does."""
    if isinstance(source, GaussianNoise):
        return name, ""
    variable, gain = entry(source.effect, receptors)
    unit = rest[variable][1]
    return variable, f"{gain!r}" + ("" if unit == "1" else f" * {unit}")


def entry(effect: str, receptors: Sequence[Receptor]) -> tuple[str, float]:
    """The variable that a spike with this effect moves, and by how much if its weight is 1."""
    return next(((r.entry, r.gain) for r in receptors if r.name == effect), (effect, 1.0))
