"""The laws of published networks accept the networks, and reject those with a slip in them.

A slip is another setting of a description, of one of its neurons or of its rule, or another graph. What a rule makes of
each pair of spikes is tried with the rules' own laws; here are those slips in it that change what a network comes to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from mutants import Mutant, Told, of_rule
from trials import Trial

from brainnet.conformance.spiking import (
    brunel,
    distal_reward,
    florian,
    izhikevich_network,
    masquelier,
    song,
    vogels,
)
from brainnet.conformance.spiking.several import WHICH, Several
from brainnet.spiking.learning import PairSTDP
from brainnet.spiking.network import Network
from brainnet.spiking.published import Song
from brainnet.spiking.published.florian import RULE as MSTDPET
from brainnet.spiking.published.izhikevich import EXCITATORY, INHIBITORY, Kind
from brainnet.spiking.published.izhikevich_reward import RULE as DISTAL
from brainnet.spiking.published.masquelier import RULE as ADJACENT
from brainnet.spiking.published.song import RULE as ADDITIVE
from brainnet.spiking.published.vogels import RULE as BALANCING
from brainnet.structure import Graph

Found = Callable[[Sequence[Any]], Any]  # what neurons come to by so many rules
OF_ORDER = ("sign", "pre and post exchanged", "set for add")
SONG_S, VOGELS_RUNS = 100.0, 40  # the laws' quick forms have 400 s, and 100 parts of 1.5 s


def slips_of(rule: Any, *kinds: str) -> list[Mutant]:
    """A rule's slips of some kinds."""
    return [mutant for mutant in of_rule(rule) if mutant.kind in kinds]


def changed(described: Any, slips: Mapping[str, Mapping[str, Any]]) -> list[Mutant]:
    """The description with other settings, by the slip's name."""
    return [Mutant("setting", name, lambda new=new: replace(described, **new)) for name, new in slips.items()]


def constants(rule: Any, **values: float) -> Told:
    """The rule with other constants, which need not be allowed ones."""
    told = rule.plasticity()
    parts = {name: getattr(told, name) for name in ("parameters", "trace_parameters")}
    new = {name: {k: (values.get(k, v), unit) for k, (v, unit) in part.items()} for name, part in parts.items()}
    return Told(replace(told, **new))


def side_by_side(
    law: str, check: Callable[[Any], None], found: Found, rule: Any, mutants: Sequence[Mutant], each: int = 1
) -> Trial:
    """What the rule and its mutants come to in one network, in which each has so many neurons."""

    @cache
    def every() -> Any:
        return found([rule, *(mutant.make() for mutant in mutants)])

    def own(place: int) -> Callable[[], Any]:
        return lambda: every().of(np.arange(each * place, each * (place + 1)))

    return Trial(law, check, own(0), [replace(mutant, make=own(place)) for place, mutant in enumerate(mutants, 1)])


def of_song() -> Trial:
    """At the lowest input rate, and learning four times as fast as published."""
    right = replace(ADDITIVE, rate=4.0)

    def found(rules: Sequence[Any]) -> song.Learned:
        kind = Song((10.0,) * len(rules), rule=Several(tuple(rules)))
        return song.learned(kind, SONG_S, {f"output.{WHICH}": np.arange(len(rules), dtype=float)})

    balance = {"A-/A+ below 1": {"a_minus": right.a_plus / 1.05}}
    mutants = [*slips_of(right, *OF_ORDER), *changed(right, balance)]
    return side_by_side("V6", song.check, found, right, mutants)


def of_vogels() -> Trial:
    """A neuron whose inputs vary, and one whose inputs are steady."""
    target = BALANCING.target_rate_hz

    def found(rules: Sequence[Any]) -> vogels.Settled:
        asked = [vogels.Asked(rule, target, world) for rule in rules for world in (0, 1)]
        return vogels.settled(asked, seeds=1, dt_ms=0.5, runs=VOGELS_RUNS)

    of_order = [mutant for mutant in slips_of(BALANCING, *OF_ORDER) if "y = 1" not in mutant.name]  # differs too little
    depression = [each for each in slips_of(BALANCING, "term left out") if "y_post - alpha -> y_post" in each.name]
    alphas = {"half of alpha": {"target_rate_hz": target / 2}, "twice alpha": {"target_rate_hz": target * 2}}
    mutants = [*of_order, *depression, *changed(BALANCING, alphas)]
    return side_by_side("V11", vogels.check, found, BALANCING, mutants, each=2)


def of_distal_reward() -> Trial:
    """Networks whose rule has other constants, and rewards that are others'."""
    right = distal_reward.AS_PUBLISHED
    slips = {
        "sign flipped": {"rule": constants(DISTAL, a_plus=-DISTAL.a_plus, a_minus=-DISTAL.a_minus)},
        "pre and post exchanged": {"rule": constants(DISTAL, a_plus=-DISTAL.a_minus, a_minus=-DISTAL.a_plus)},
        "eligibility gone before the reward": {"rule": replace(DISTAL, tau_c_ms=100.0)},
        "reward taken for punishment": {"reward": -right.reward},
    }
    mutants = [replace(each, make=lambda each=each: each.make().network()) for each in changed(right, slips)]
    misdirected = Mutant("graph", "reward to the next network", lambda: rewarding_the_next(right.network()))
    return Trial("V10", distal_reward.check, right.network, [*mutants, misdirected])


def rewarding_the_next(network: Network) -> Network:
    """The network with dopamine for other neurons."""
    *others, rewards = network.projections
    graph = rewards.pattern
    assert isinstance(graph, Graph)
    targets = np.roll(graph.targets, distal_reward.AS_PUBLISHED.neurons)
    wrong = Graph.of_pairs(graph.n_sources, graph.n_targets, graph.sources(), targets)
    return replace(network, projections=(*others, replace(rewards, pattern=wrong)))


def of_florian() -> Trial:
    """The rule with other constants, and blame that is none."""
    right = florian.AS_PUBLISHED
    slips = {
        "sign flipped": {"rule": constants(MSTDPET, a_plus=-1.0, a_minus=-1.0)},
        "depression missing": {"rule": replace(MSTDPET, a_minus=0.0)},
        "wrong trace of presynaptic spikes": {"rule": replace(MSTDPET, tau_plus_ms=200.0)},
        "blame taken for praise": {"blame": right.praise},
    }
    return Trial("V14", florian.check, lambda: right, changed(right, slips))


def of_masquelier() -> Trial:
    """The rule with other constants, and the rule that pairs each spike with the nearest."""
    rule, right = ADJACENT, masquelier.AS_PUBLISHED
    taus = {"tau_x": rule.tau_minus_ms, "tau_y": rule.tau_plus_ms}
    nearest = PairSTDP(rule.rate, rule.a_plus, rule.a_minus, rule.tau_plus_ms, rule.tau_minus_ms, pairs="nearest")
    rules = {
        "sign flipped": constants(rule, a_plus=-rule.a_plus, a_minus=-rule.a_minus),
        "pre and post exchanged": constants(rule, a_plus=-rule.a_minus, a_minus=-rule.a_plus, **taus),
        "time constants exchanged": constants(rule, **taus),
        "depression missing": replace(rule, a_minus=0.0),
        "every spike paired with the nearest": nearest,
    }
    return Trial(
        "V9", masquelier.check, lambda: right, changed(right, {name: {"rule": r} for name, r in rules.items()})
    )


def of_brunel() -> Trial:
    """The fast irregular regime with another setting."""
    right = brunel.SI_FAST.network
    slips = {
        "sign of g flipped": {"g": -right.g},
        "g forgotten": {"g": 1.0},
        "delay forgotten": {"delay_ms": 0.0},
        "refractory time forgotten": {"refractory_ms": 0.0},
        "reset at rest": {"reset_mV": 0.0},
        "membrane twice as slow": {"tau_ms": 2 * right.tau_ms},
        "background counted from the reset": {"ratio": right.ratio * (1 - right.reset_mV / right.threshold_mV)},
    }
    return Trial("V8", brunel.check, lambda: right, changed(right, slips))


def of_izhikevich() -> Trial:
    """Other kinds of neurons."""
    right, (e, i) = izhikevich_network.AS_PUBLISHED, (EXCITATORY, INHIBITORY)
    root = right.dt_ms**0.5
    kinds = {
        "inhibition excites": (e, replace(i, weight=-i.weight)),
        "no excitation": (replace(e, weight=0.0), i),
        "noise of both kinds exchanged": (replace(e, noise=i.noise), replace(i, noise=e.noise)),
        "noise as if a step took 1 ms": (replace(e, noise=root * e.noise), replace(i, noise=root * i.noise)),
        "a and b exchanged": (replace(e, a=e.b, b=e.a), replace(i, a=i.b, b=i.a)),
        "neurons all alike": (alike(e), alike(i)),
        "inhibitory neurons as excitatory ones": (e, replace(e, size=i.size, noise=i.noise, weight=i.weight)),
    }
    slips = {name: {"excitatory": one, "inhibitory": other} for name, (one, other) in kinds.items()}
    return Trial("N2", izhikevich_network.check, lambda: right, changed(right, slips))


def alike(kind: Kind) -> Kind:
    """All neurons with the kind's mean constants."""
    means = {name: (first + change / (kind.power + 1), 0.0) for name, (first, change) in kind.spread.items()}
    return replace(kind, **means)


TRIALS = [of_song(), of_vogels(), of_distal_reward(), of_florian(), of_masquelier(), of_brunel(), of_izhikevich()]
