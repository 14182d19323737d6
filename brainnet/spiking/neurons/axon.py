"""Axons: what a spike travels along between its neuron and the synapse."""

from __future__ import annotations

from dataclasses import dataclass

from brainnet.checks import require_count
from brainnet.spiking.neurons.dynamics import Dynamics

BITS = 30  # spikes on their way that one whole number holds, a bit for each step


@dataclass(frozen=True)
class Axon:
    """The end of an axon: it fires `steps` steps after its neuron did.

        fires at t  <=>  entered at t - steps dt

    Spikes on their way are the bits of whole numbers, which move on by one at every step: state like any other, that
    begins empty with a presentation, and is carried over where the presentation says so.
    """

    steps: int

    def __post_init__(self) -> None:
        require_count(self, "steps", at_least=1)

    def dynamics(self) -> Dynamics:
        """A row of bits; what has `entered` in a step comes in at the far end with the next."""
        words = [f"line_{number}" for number in range(-(-(self.steps - 1) // BITS))]
        enter = {words[-1]: f" + int(entered) * {2 ** ((self.steps - 2) % BITS)}"} if words else {}
        above = dict(zip(words, [f" + ({word} % 2) * {2 ** (BITS - 1)}" for word in words[1:]], strict=False))
        moves = [f"{word} = {word} // 2{above.get(word, '')}{enter.get(word, '')}" for word in words]
        return Dynamics(
            equations="\n".join(["entered : 1", "due : integer", *(f"{word} : integer" for word in words)]),
            threshold="due > 0",
            reset="",
            method="exact",
            parameters={},
            rest={"entered": (0.0, "1"), **dict.fromkeys(words, (0, "whole"))},
            held="\n".join([f"due = {f'{words[0]} % 2' if words else 'int(entered)'}", *moves, "entered = 0"]),
        )
