"""The artificial twin: real-valued neurons in layers that learn by backpropagation and its rivals, in NumPy.

    pattern -> coding -> network (neurons, connections) -> loss -> learning -> classifier

`brainnet.spiking` has modules of the same names: laid side by side, they show what the brain does otherwise.
"""

from brainnet.lazy import exports

__getattr__, __dir__, __all__ = exports(__name__)
