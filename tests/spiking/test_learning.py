"""Rules against plain NumPy, written from the docstrings' equations alone, on random spike trains."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brainnet.errors import BrainnetError
from brainnet.spiking.connections import Projection
from brainnet.spiking.learning import DeltaRule, PostsynapticSTDP, TripletSTDP
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import Dynamics, Poisson
from brainnet.spiking.simulator import noise, runtime
from brainnet.spiking.simulator.program import compose
from brainnet.spiking.simulator.run import all_values

DT, STEPS, PRE, POST = 0.5, 300, 6, 4


@dataclass(frozen=True)
class Listener(Poisson):
    """A Poisson neuron with an input variable that nothing reads: it fires whatever the weights."""

    def dynamics(self) -> Dynamics:
        own = super().dynamics()
        # another stretch of the noise than the presynaptic population's, or equal indices would fire together
        return replace(own, equations=own.equations + "\ns : 1", onset=own.onset.replace("draw =", "draw = 500000 +"))


def simulated(rule, seed, rates_hz, targets):
    """First and last weights, (pre, post), and the spikes, (step, neuron), of both populations."""
    network = Network(
        (Population("inputs", PRE, Poisson()), Population("outputs", POST, Listener())),
        (Projection("learned", "inputs", "outputs", effect="s", rule=rule),),
        Presentation(STEPS * DT, dt_ms=DT, precision="double"),
    )
    weights = np.random.default_rng(seed).random((PRE, POST))
    signals = {"inputs.rate": np.full((1, PRE), rates_hz[0]), "outputs.rate": np.full((1, POST), rates_hz[1])}
    if rule.plasticity().post_signals:
        signals["outputs.target"] = targets[None]
    values = all_values(network, {"learned.w": weights}, 1, learn=True)
    objects, _ = runtime.prepare(compose(network, 1), values, signals, noise.keys_by_position(seed, 0, 1))
    spikes = objects.spikes(("inputs", "outputs"))
    objects.run(STEPS * DT)
    trains = []
    for name, size in (("inputs", PRE), ("outputs", POST)):
        train = np.zeros((STEPS, size), bool)
        train[np.rint(np.asarray(spikes[name].t) * 1e3 / DT).astype(int), np.asarray(spikes[name].i)] = True
        trains.append(train)
    return weights, np.array(objects.synapses["learned"].w[:]).reshape(PRE, POST), *trains


def postsynaptic(rule, w, pre, post):
    x, w = np.zeros(PRE), w.copy()
    for fired_pre, fired_post in zip(pre, post, strict=True):
        x *= np.exp(-DT / rule.tau_x_ms)
        w[:, fired_post] += rule.rate * (rule.w_max * x[:, None] - w[:, fired_post])
        x[fired_pre] = 1
    return w


def triplet(rule, w, pre, post):
    x, y1, y2, w = np.zeros(PRE), np.zeros(POST), np.zeros(POST), w.copy()
    for fired_pre, fired_post in zip(pre, post, strict=True):
        x *= np.exp(-DT / rule.tau_x_ms)
        y1 *= np.exp(-DT / rule.tau_y1_ms)
        y2 *= np.exp(-DT / rule.tau_y2_ms)
        w[:, fired_post] = np.clip(w[:, fired_post] + rule.rate_post * np.outer(x, y2)[:, fired_post], 0, rule.w_max)
        w[fired_pre] = np.clip(w[fired_pre] - rule.rate_pre * y1, 0, rule.w_max)
        x[fired_pre] = 1
        y1[fired_post] = y2[fired_post] = 1
    return w


def delta(rule, w, pre, post, targets):
    z, w = np.zeros(POST), w.copy()
    for step, (fired_pre, fired_post) in enumerate(zip(pre, post, strict=True)):
        z *= np.exp(-DT / rule.tau_z_ms)
        if step * DT >= rule.settle_ms:
            w[fired_pre] += rule.rate * (targets - z)
        z[fired_post] += 1 / (rule.max_rate_hz * rule.tau_z_ms / 1000)
    return w


trains = given(st.integers(0, 2**31), st.tuples(st.floats(5, 300), st.floats(5, 300)))
TARGETS = np.array([1.0, 0.0, 0.0, 0.5])


@settings(max_examples=5, deadline=None)
@trains
def test_postsynaptic_stdp_equals_its_equation(seed, rates):
    rule = PostsynapticSTDP(rate=0.1, w_max=0.8, tau_x_ms=15.0)
    before, after, pre, post = simulated(rule, seed, rates, TARGETS)
    np.testing.assert_allclose(after, postsynaptic(rule, before, pre, post), rtol=1e-9)


@settings(max_examples=5, deadline=None)
@trains
def test_triplet_stdp_equals_its_equation(seed, rates):
    rule = TripletSTDP(rate_pre=0.02, rate_post=0.1, tau_x_ms=15.0, tau_y1_ms=25.0, tau_y2_ms=40.0)
    before, after, pre, post = simulated(rule, seed, rates, TARGETS)
    np.testing.assert_allclose(after, triplet(rule, before, pre, post), rtol=1e-9, atol=1e-12)


@settings(max_examples=5, deadline=None)
@trains
def test_delta_rule_equals_its_equation(seed, rates):
    rule = DeltaRule(rate=0.05, max_rate_hz=100.0, settle_ms=30.0)
    before, after, pre, post = simulated(rule, seed, rates, TARGETS)
    np.testing.assert_allclose(after, delta(rule, before, pre, post, TARGETS), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("mutant", ["sign", "tau", "order"])
def test_reference_tells_a_mutant(mutant):
    """The comparison above can fail: a flipped sign, a wrong time constant, exchanged populations are seen."""
    rule = TripletSTDP(rate_pre=0.02, rate_post=0.1)
    before, after, pre, post = simulated(rule, 1, (200.0, 200.0), TARGETS)
    if mutant == "order":
        wrong = triplet(rule, before, np.roll(pre, 1, axis=0), post)
    elif mutant == "sign":
        wrong = 2 * before - triplet(rule, before, pre, post)
    else:
        wrong = triplet(replace(rule, tau_x_ms=21.0), before, pre, post)
    assert not np.allclose(after, wrong, rtol=1e-6)


@pytest.mark.parametrize("rule", [PostsynapticSTDP, DeltaRule])
@pytest.mark.parametrize("value", [0.0, -1.0, float("nan")])
def test_rates_must_be_positive(rule, value):
    with pytest.raises(BrainnetError, match=f"{rule.__name__}.rate must be a positive number"):
        rule(rate=value)


def test_slowed_scales_every_rate():
    assert TripletSTDP(rate_pre=0.2, rate_post=0.4).slowed(0.5) == TripletSTDP(rate_pre=0.1, rate_post=0.2)
    assert DeltaRule(rate=0.2).slowed(0.5) == DeltaRule(rate=0.1)
    assert PostsynapticSTDP(rate=0.2).slowed(0.5) == PostsynapticSTDP(rate=0.1)
