"""Local learning rules at synapses, as frozen data.

A rule sees what a synapse has at hand: its weight, traces of its two neurons, and, for the delta rule, the target its
postsynaptic neuron is given. Nothing travels backwards through the weights. A delay is the axon's: t_pre, in every
equation here, is when a presynaptic spike arrives at the synapse, `Projection.delay_ms` after it left. Two homeostatic
mechanisms without potentials are parts of other things: synaptic scaling is `Projection.total`, the adaptive threshold
is `ConductanceLIF.theta_plus_mV`.
"""

from brainnet.spiking.learning.delta import DeltaRule
from brainnet.spiking.learning.inhibitory import InhibitorySTDP
from brainnet.spiking.learning.pair import Additive, Multiplicative, PairSTDP, PowerLaw
from brainnet.spiking.learning.pfister_gerstner import PfisterGerstnerSTDP
from brainnet.spiking.learning.plasticity import Plasticity, Rule
from brainnet.spiking.learning.postsynaptic import PostsynapticSTDP
from brainnet.spiking.learning.reward import RewardSTDP
from brainnet.spiking.learning.short_term import TsodyksMarkram
from brainnet.spiking.learning.symmetric import SymmetricSTDP
from brainnet.spiking.learning.triplet import TripletSTDP

__all__ = [
    "Additive",
    "DeltaRule",
    "InhibitorySTDP",
    "Multiplicative",
    "PairSTDP",
    "PfisterGerstnerSTDP",
    "Plasticity",
    "PostsynapticSTDP",
    "PowerLaw",
    "RewardSTDP",
    "Rule",
    "SymmetricSTDP",
    "TripletSTDP",
    "TsodyksMarkram",
]
