"""Published networks as descriptions: import one, run it, change it.

    from dataclasses import replace
    from brainnet.spiking import published

    regular = published.Brunel(g=3.0)  # fields are the publication's settings, with its numbers as defaults
    answer = published.run(regular, ms=300, seed=1)  # answer.counts["e"]: spikes, (presentation, neuron)
    slower = published.run(replace(regular, tau_ms=40.0), ms=300, seed=1)

Each is a file of its own, and has `network()`, `signals(presentations, rng)` and `begin(rng)`; `ready(kind, ms, seed)`
gives all that `simulate` takes. `brainnet validate` holds each against what was published of it. `diehl_cook` is a
function, whose cell a `SpikingClassifier` trains.
"""

from brainnet.spiking.published.brunel import Brunel
from brainnet.spiking.published.diehl_cook import diehl_cook
from brainnet.spiking.published.florian import Florian
from brainnet.spiking.published.izhikevich import Izhikevich2003
from brainnet.spiking.published.izhikevich_reward import Izhikevich2007
from brainnet.spiking.published.masquelier import Masquelier
from brainnet.spiking.published.run import Published, ready, run
from brainnet.spiking.published.song import Song
from brainnet.spiking.published.vogels import Vogels

__all__ = [
    "Brunel",
    "Florian",
    "Izhikevich2003",
    "Izhikevich2007",
    "Masquelier",
    "Published",
    "Song",
    "Vogels",
    "diehl_cook",
    "ready",
    "run",
]
