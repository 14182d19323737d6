"""Neurons that fire by chance, in the ways that some publications ask of their inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.spiking.neurons import Dynamics
from brainnet.spiking.neurons.dynamics import REFRACTORY

KEY = "(repeats * pattern + (1 - repeats) * key)"  # a pattern is a train whose noise key is the same each time
JITTERED = """int(ceil((place + repeats * jitter * sqrt(-2 * log(counter_uniform(key, 3000000 + number, i)))
 * cos(6.283185307179586 * counter_uniform(key, 4000000 + number, i))) / dt))""".replace("\n", "")
NOISE_DUE = "(clip(int(ceil(clip(later, t, end) / dt)), {first}, last + 1) + int(later >= end) * 1000000000)"
SOON = "soon = int(due < chance) * due + int(due >= chance) * chance"
ONSET = f"""end = t + shown_for
last = t_in_timesteps + timestep(shown_for, dt) - 1
number = 0
draw = 0
rate = lowest + (highest - lowest) * counter_uniform({KEY}, 0, i)
place = t - log(counter_uniform({KEY}, 1, i)) / rate
place = place + int(place >= end) * (t + shown_for * counter_uniform({KEY}, 2000000, i) - place)
due = clip({JITTERED}, t_in_timesteps, last)
later = t - log(counter_uniform(key, 1000000, i)) / noise_rate
chance = {NOISE_DUE.format(first="t_in_timesteps")}
{SOON}"""
SPIKE = f"""own = int(t_in_timesteps >= due)
other = int(t_in_timesteps >= chance)
number = number + own
draw = draw + other
wait = -log(counter_uniform(own * {KEY} + (1 - own) * key, own * (number + 1) + (1 - own) * (1000000 + draw), i))
place = place + own * wait / rate
due = due + own * (clip({JITTERED}, t_in_timesteps + 1, last) + int(place >= end) * 1000000000 - due)
later = later + other * wait / noise_rate
chance = chance + other * ({NOISE_DUE.format(first="t_in_timesteps + 1")} - chance)
{SOON}"""


@dataclass(frozen=True)
class Afferent:
    """A neuron whose spikes come by chance, or as in its pattern where the signal `repeats` is 1.

    In each slot it fires as a Poisson process at a rate drawn for that slot from lowest_hz .. highest_hz, or once if
    that brings no spike. In slots that repeat, rate and intervals are those of its pattern, and each spike moves by
    N(0, jitter_ms). Another Poisson process of `noise_hz` is added to all slots. Neurons have patterns of their own.
    """

    lowest_hz: float = 7.0
    highest_hz: float = 90.0
    noise_hz: float = 10.0
    jitter_ms: float = 1.0

    def dynamics(self) -> Dynamics:
        """No equations: when a spike comes, the next one is drawn."""
        times = "\n".join(f"{name} : second" for name in ("place", "later", "end"))
        steps = "\n".join(f"{name} : integer" for name in ("due", "chance", "soon", "last", "number", "draw"))
        return Dynamics(
            equations=f"{times}\n{steps}\nrate : Hz",
            threshold="t_in_timesteps >= soon",
            reset=SPIKE,
            method="exact",
            parameters={
                "lowest": (self.lowest_hz, "Hz"),
                "highest": (self.highest_hz, "Hz"),
                "noise_rate": (self.noise_hz, "Hz"),
                "jitter": (self.jitter_ms, "ms"),
                "pattern": (4711.0, "1"),
            },
            signals={"repeats": "1"},
            onset=ONSET,
        )


@dataclass(frozen=True)
class TunedInput:
    """Inputs that fire by chance at the rate of their group's signal s, but not within 5 ms of a spike.

        rate = background + peak max(0, s)    s = x / 0.03
        every 0.1 ms:  x := u - (u - x) exp(-0.1 / 50),  u ~ U(-1/2, 1/2)

    The spread and the time constant of s are the same at any step. `group`, `background` and `peak` are signals; inputs
    of one group follow one s, whatever their population. `first` parts the chance of a population from that of another.
    """

    first: int

    def dynamics(self) -> Dynamics:
        """A step of the signal, and the chance of a spike in a step."""
        uniform = "counter_uniform(key, t_in_timesteps - began, {})".format
        return Dynamics(
            equations="s : 1\nfree : integer",
            threshold=f"{uniform(f'i + {self.first}')} < (background + peak * clip(s, 0, 100)) * dt "
            "and t_in_timesteps >= free",
            reset=REFRACTORY,
            method="exact",
            parameters={
                "tau_s": (50.0, "ms"),
                "t_ref": (5.0, "ms"),
                "spread": (float(np.sqrt(np.tanh(0.05 / 50))) / 0.03, "1"),
            },
            rest={"s": (0.0, "1"), "free": (0, "step")},
            signals={"group": "1", "background": "Hz", "peak": "Hz"},
            held="s = s * exp(-dt / tau_s) "
            f"+ spread * sqrt(1 - exp(-2 * dt / tau_s)) * ({uniform('1000000 + group')} - 0.5)",
        )
