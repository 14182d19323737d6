"""Inputs that fire by chance."""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.spiking.neurons.dynamics import Dynamics

# The step at which an input fires, so that a step needs one comparison; out of reach after the end of the pattern.
# Times count from the onset: then rounding does not depend on which presentation it is.
DUE = "due = began + int(ceil(clip(next_spike, 0*second, end) / dt)) + int(next_spike > end - dt) * 1000000000"


@dataclass(frozen=True)
class Poisson:
    """An input that fires as a Poisson process.

        P(next interval > x) = exp(-rate x)

    Each spike draws the time of the next from a counter-based generator, a function of (noise key of the pattern,
    attempt, draw, input): no number is drawn in a step without a spike, and the train is the same whatever else is
    simulated. Between the spike times of the process and the grid of steps, a spike waits for the next step.
    """

    def dynamics(self) -> Dynamics:
        """Equations; the signal `rate` is in Hz; a repeated pattern comes with its rate raised by `gain`."""
        return Dynamics(
            equations="next_spike : second\nend : second\ndraw : integer\ndue : integer",
            threshold="t_in_timesteps >= due",
            reset="draw += 1\nnext_spike -= log(counter_uniform(key, draw, i)) / (gain * rate + 1e-9*Hz)\n" + DUE,
            method="exact",
            parameters={},
            signals={"rate": "Hz"},
            onset="""end = shown_for
draw = 1000000 * attempt
next_spike = -log(counter_uniform(key, draw, i)) / (gain * rate + 1e-9*Hz)
"""
            + DUE,
        )
