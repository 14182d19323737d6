"""A network with every neuron, rule and receptor of the library in it, with delays and noise."""

from __future__ import annotations

import numpy as np

from brainnet.conformance.spiking.subjects import RULES
from brainnet.counter import keys_by_position
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import TsodyksMarkram
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import (
    LIF,
    AdaptiveLIF,
    AdEx,
    ConductanceLIF,
    ExponentialIF,
    GaussianNoise,
    HodgkinHuxley,
    Izhikevich,
    IzhikevichMixture,
    Poisson,
    PoissonBackground,
    Receptor,
    SynapticLIF,
)

DT, INPUT_MS, REST_MS, SIZE, INPUTS = 0.1, 9.0, 1.0, 3, 4
RECEPTORS = (
    Receptor("fast", 2.0),
    Receptor("slow", 7.0, "alpha"),
    Receptor("inhibition", 5.0, reversal=-0.5),
    Receptor("late", 9.0, "alpha", reversal=4.0),
)
# Each neuron, the variable that spikes move and by how much at most, and its current.
NEURONS = {
    "lif": (LIF(tau_ms=40.0, refractory_ms=3.0), "fast", 0.5, 1.6),
    "synaptic": (SynapticLIF(), "s", 0.9, None),
    "adaptive": (AdaptiveLIF(), "v", 0.1, 2.4),
    "conductance": (ConductanceLIF(tau_ms=20.0, theta_plus_mV=0.3, tau_theta_ms=300.0), "ge", 2.0, None),
    "exponential": (ExponentialIF(), "v", 0.5, 9.0),
    "adex": (AdEx(), "v", 0.5, 900.0),
    "hodgkin_huxley": (HodgkinHuxley(), "v", 0.5, 12.0),
    "izhikevich": (Izhikevich(), "v", 0.5, 14.0),
    "mixture": (IzhikevichMixture(), "v", 0.5, 14.0),
    "noisy": (LIF(), "late", 0.1, 1.2),
}
MIXED = {"a": 0.02, "b": 0.2, "c": -65.0, "d": 8.0}
STEPS_LATE = (1, 2, 31, 75, 0, 0, 61, 5, 32, 3)  # delays of the rules' synapses: up to three words of bits, and none
TIRED = TsodyksMarkram(use=0.4, tau_d_ms=90.0, tau_f_ms=60.0)


def zoo(carry_over: bool) -> Network:
    """A ring of all neurons with a rule between each and the next, driven by Poisson inputs and by noise."""
    populations, projections = [Population("inputs", INPUTS, Poisson())], []
    names = list(NEURONS)
    for name, (neuron, _, _, _) in NEURONS.items():
        noise = (GaussianNoise(0.4), PoissonBackground(300.0, 0.05)) if name == "noisy" else ()
        receptors = RECEPTORS if name in ("lif", "noisy") else ()
        populations.append(Population(name, SIZE, neuron, counted=True, receptors=receptors, noise=noise))
    for number, (rule_name, rule) in enumerate(RULES.items()):
        source, target, late = names[number - 1], names[number], STEPS_LATE[number] * DT
        projections.append(Projection(rule_name, source, target, NEURONS[target][1], rule=rule, delay_ms=late))
        if rule_name == "reward":
            projections.append(Projection("reward_given", "inputs", target, "dopamine", weight=0.5, delay_ms=0.3))
    drive = {"synaptic": ("s", 0.9), "conductance": ("ge", 2.0), "noisy": ("slow", 0.2), "lif": ("inhibition", 0.005)}
    for target, (effect, weight) in drive.items():
        tired = TIRED if target == "noisy" else None
        late = 4.5 if target == "noisy" else 0.0
        projections.append(
            Projection(f"drives_{target}", "inputs", target, effect, weight=weight, short_term=tired, delay_ms=late)
        )
    shown = Presentation(
        INPUT_MS, REST_MS, DT, carry_over, watched="lif", min_spikes=1, gain_step=1.0, max_attempts=3,
    )  # fmt: skip
    return Network(tuple(populations), tuple(projections), shown)


def given(network: Network, patterns: int) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], np.ndarray]:
    """Signals, weights and keys for so many patterns."""
    rng = np.random.default_rng(3)
    signals = {"inputs.rate": rng.uniform(50, 400, (patterns, INPUTS))}
    for name, (_, _, _, current) in NEURONS.items():
        if current is not None:
            signals[f"{name}.current"] = current * rng.uniform(0.3, 1.0, (patterns, SIZE))
    signals |= {f"mixture.{constant}": np.full((patterns, SIZE), value) for constant, value in MIXED.items()}
    targets = {p.target for p in network.projections if p.rule is not None and p.rule.plasticity().post_signals}
    signals |= {f"{target}.target": rng.random((patterns, SIZE)) for target in targets}
    weights = {
        f"{rule}.w": rng.uniform(0.2, 0.8, (SIZE, SIZE)) * min(1, strength)
        for rule, (_, _, strength, _) in zip(RULES, NEURONS.values(), strict=True)
    }
    return signals, weights, keys_by_position(5, 0, patterns)
