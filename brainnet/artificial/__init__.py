"""The artificial twin: real-valued neurons in layers that learn by backpropagation, in NumPy.

    pattern -> coding -> network (neurons, connections) -> loss -> learning -> classifier

`brainnet.spiking` has modules of the same names: laid side by side, they show what the brain does otherwise.
"""

from brainnet.artificial.classifier import SigmoidClassifier
from brainnet.artificial.connections import Connections
from brainnet.artificial.learning import Backpropagation, CrossEntropy, GradientDescent, SquaredError, train
from brainnet.artificial.network import Network
from brainnet.artificial.neurons import Linear, ReLU, Sigmoid, Softmax, Tanh

__all__ = [
    "Backpropagation",
    "Connections",
    "CrossEntropy",
    "GradientDescent",
    "Linear",
    "Network",
    "ReLU",
    "Sigmoid",
    "SigmoidClassifier",
    "Softmax",
    "SquaredError",
    "Tanh",
    "train",
]
