"""Neurons that give rewards: their spikes are dopamine to others."""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.spiking.neurons import Dynamics

DUE = [f"due{slot}" for slot in range(4)]  # the steps at which spikes are under way
HEARD = """both = int(reply > 0.5) * int(t_in_timesteps - last <= timestep(within, dt))
last = last + int(cause > 0.5) * (t_in_timesteps - last)
cause = 0
reply = 0
wait = earliest + (latest - earliest) * counter_uniform(key, number, i)
then = t_in_timesteps + timestep(wait, dt)
"""


@dataclass(frozen=True)
class Coincidence:
    """A neuron that fires late after its `reply` has followed its `cause` soon enough.

        cause at t, reply within t .. t + within_ms  ->  spike after U(earliest_ms, latest_ms)

    Spikes reach it by the effects "cause" and "reply". Up to four spikes may be under way.
    """

    within_ms: float = 10.0
    earliest_ms: float = 1000.0
    latest_ms: float = 3000.0

    def dynamics(self) -> Dynamics:
        """No equations, but a clock: the code says when to fire."""
        planned = [f"{name} = {name} + both * int(number % 4 == {k}) * (then - {name})" for k, name in enumerate(DUE)]
        return Dynamics(
            equations="\n".join(f"{name} : integer" for name in ("last", "number", *DUE)) + "\ncause : 1\nreply : 1",
            threshold=" or ".join(f"(t_in_timesteps == {name})" for name in DUE),
            reset="",
            method="euler",
            parameters={
                "within": (self.within_ms, "ms"),
                "earliest": (self.earliest_ms, "ms"),
                "latest": (self.latest_ms, "ms"),
            },
            rest={"cause": (0.0, "1"), "reply": (0.0, "1")},
            onset="\n".join(["last = -1000000", *(f"{name} = -1" for name in DUE)]),
            held=HEARD + "\n".join([*planned, "number = number + both"]),
        )


@dataclass(frozen=True)
class Gate:
    """A neuron that passes on what it is `told`, a step later, in patterns for which its signal `open` is 1."""

    def dynamics(self) -> Dynamics:
        """No equations: a look at what it was told."""
        return Dynamics(
            equations="told : 1",
            threshold="told * open > 0.5",
            reset="told -= 1",  # one that comes in the same step is told in the next
            method="euler",
            parameters={},
            rest={"told": (0.0, "1")},
            signals={"open": "1"},
            onset="told = 0",
        )
