"""Spike trains in which a pattern returns now and then: the input of Masquelier, Guyonneau & Thorpe 2008."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brainnet.spiking.neurons import Dynamics

AFFERENTS, SLOT_MS = 2000, 50.0  # of one neuron, and how long the pattern is
SHARE = 0.25  # of the slots in which it is shown

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


def occurrences(slots: int, runs: int, rng: np.random.Generator) -> np.ndarray:
    """In which slots each run's pattern is shown, (slot, run): a quarter, and never two that follow one another."""
    drawn, shown = rng.random((slots, runs)) < SHARE / (1 - SHARE), np.zeros((slots + 1, runs), bool)
    for slot in range(slots):
        shown[slot + 1] = drawn[slot] & ~shown[slot]
    return shown[1:]


def repeats(shown: np.ndarray) -> np.ndarray:
    """The signal of all afferents, (slot, afferent): the pattern takes the first half of those of each run."""
    half = np.arange(AFFERENTS) < AFFERENTS // 2
    return (shown[:, :, None] & half).reshape(len(shown), -1).astype(float)
