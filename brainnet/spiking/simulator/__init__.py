"""The simulator: a network's description and patterns go in, spike counts and the new state come out.

    answer = simulate(network, signals, state, keys, learn=True)

Brian2 objects live inside one call; nothing outside this folder touches them.
"""

from brainnet.spiking.simulator.cache import compiler_note
from brainnet.spiking.simulator.recorder import record
from brainnet.spiking.simulator.run import CHUNK, Answer, Backend, resolved, simulate

__all__ = ["CHUNK", "Answer", "Backend", "compiler_note", "record", "resolved", "simulate"]
