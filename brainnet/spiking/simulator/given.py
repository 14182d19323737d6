"""What a simulation is given, held against the network: names, shapes and values, in one place for both backends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from brainnet.checks import in_full, shown
from brainnet.errors import BrainnetError
from brainnet.spiking.network.description import Network
from brainnet.spiking.simulator.axons import with_axons
from brainnet.spiking.simulator.memory import learned, passing
from brainnet.spiking.simulator.values import constants

Arrays = dict[str, np.ndarray]


def checked(network: Any, signals: Any, state: Any, keys: Any) -> tuple[Network, Arrays, Arrays, np.ndarray]:
    """The network with its delays as axons, and signals, state and keys as arrays that fit it.

    Raises `BrainnetError` for names that are missing or unknown, shapes that do not fit, values that are not finite,
    times below a step, and rates that Brian2 would silently cut: negative ones, and those above half a spike per step.
    """
    if not isinstance(network, Network):
        raise BrainnetError(f"simulate takes a Network (got {shown(network)})")
    check_steps(network)
    network = with_axons(network)
    noise_keys = _array("keys", keys)
    if noise_keys.ndim != 1:
        raise BrainnetError(f"keys must be (pattern,), a noise key for each pattern (got shape {noise_keys.shape})")
    return network, _signals(network, signals, len(noise_keys)), _state(network, state), noise_keys


def check_steps(network: Network) -> None:
    """Raise `BrainnetError` for times shorter than a step, which would be simulated as others without a word."""
    dt_ms = network.presentation.dt_ms
    waits = [(f"projection {p.name!r}: delay_ms", p.delay_ms) for p in network.projections]
    _whole_steps(waits, dt_ms)
    times = [(name, value) for name, (value, unit) in constants(network).items() if unit == "ms"]
    _whole_steps([(name, value) for name, value in times if name.endswith(".t_ref")], dt_ms)
    for name, value in times:
        if re.match(r"\w+\.(\w+_)?tau", name) and value < dt_ms:  # a neuron's own, or a trace's, after its projection
            raise BrainnetError(
                f"{name} must be at least one step, {dt_ms:g} ms (got {in_full(value)} ms): lower dt_ms"
            )


def _whole_steps(times_ms: list[tuple[str, float]], dt_ms: float) -> None:
    for name, value in times_ms:
        if 0 < value < dt_ms * (1 - 1e-9):
            raise BrainnetError(
                f"{name} must be 0 or at least one step, {dt_ms:g} ms (got {in_full(value)} ms): lower dt_ms"
            )


def _signals(network: Network, given: Any, patterns: int) -> Arrays:
    expected = _signal_shapes(network, patterns)
    _names("the signals", given, expected, expected)
    found = {name: _array(name, given[name]) for name in given}
    for name, values in found.items():
        what = "(pattern, step, neuron)" if len(expected[name]) == 3 else "(pattern, neuron)"
        if values.shape != expected[name]:
            raise BrainnetError(f"{name} must be {what}, of shape {expected[name]} (got shape {values.shape})")
        _check_rate(network, name, values)
    return found


def _signal_shapes(network: Network, patterns: int) -> dict[str, tuple[int, ...]]:
    steps = round(network.presentation.period_ms / network.presentation.dt_ms)
    shapes: dict[str, tuple[int, ...]] = {}
    for population in network.populations:
        told = population.dynamics()
        shapes |= {f"{population.name}.{name}": (patterns, population.size) for name in told.signals}
        shapes |= {f"{population.name}.{name}": (patterns, steps, population.size) for name in told.scheduled}
    for projection in network.projections:
        for name in (name for rule in projection.plasticities() for name in rule.post_signals):
            shapes[f"{projection.target}.{name}"] = (patterns, network.population(projection.target).size)
    return shapes


def _check_rate(network: Network, name: str, values: np.ndarray) -> None:
    owner, signal = name.split(".")
    if network.population(owner).dynamics().signals.get(signal) != "Hz" or not values.size:
        return
    if values.min() < 0:
        raise BrainnetError(f"{name} must not be negative (got {in_full(values.min())} Hz)")
    limit = 500.0 / network.presentation.dt_ms
    if values.max() > limit:
        raise BrainnetError(
            f"{name} must be at most half a spike per step, {limit:g} Hz at dt {network.presentation.dt_ms:g} ms "
            f"(got {in_full(values.max())} Hz): lower the rate or dt_ms"
        )


def _state(network: Network, given: Any) -> Arrays:
    lasting = learned(network)
    known = lasting | (passing(network) if network.presentation.carry_over else {})
    _names("the state", given, known, [name for name, one in lasting.items() if one.first is None])
    found = {name: _array(name, given[name]) for name in given}
    for name, values in found.items():
        if values.shape != known[name].shape:
            what = "(source, target)" if len(known[name].shape) == 2 else "one number for each"
            raise BrainnetError(f"{name} must be of shape {known[name].shape}, {what} (got shape {values.shape})")
    return found


def _names(what: str, given: Any, known: Iterable[str], needed: Iterable[str]) -> None:
    if not isinstance(given, Mapping):
        raise BrainnetError(f"{what} must be a dict of arrays by name, such as 'inputs.rate' (got {shown(given)})")
    for name in needed:
        if name not in given:
            raise BrainnetError(f"{what} must hold {name!r} (got {', '.join(map(repr, given)) or 'none'})")
    for name in given:
        if name not in known:
            raise BrainnetError(f"{what} cannot hold {shown(name)}: one of {', '.join(known) or 'none'}")


def _array(name: str, values: Any) -> np.ndarray:
    """The values as an array of finite numbers."""
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "fiubO":
            raise TypeError
        found = array.astype(float) if array.dtype.kind == "O" else array
    except (TypeError, ValueError):
        raise BrainnetError(f"{name} must be an array of numbers (got {shown(values)})") from None
    if found.dtype.kind == "f" and not np.isfinite(found).all():
        raise BrainnetError(f"{name} must be finite (got {in_full(found[~np.isfinite(found)].flat[0])})")
    return found
