"""The artificial twin: real-valued neurons in layers that learn by backpropagation and its rivals, in NumPy.

    pattern -> coding -> network (neurons, connections) -> loss -> learning -> classifier

`brainnet.spiking` has modules of the same names: laid side by side, they show what the brain does otherwise.
"""

from brainnet.artificial.classifier import SigmoidClassifier
from brainnet.artificial.connections import Connections
from brainnet.artificial.learning import (
    BCM,
    Adam,
    Backpropagation,
    CrossEntropy,
    DeltaRule,
    DirectFeedbackAlignment,
    FeedbackAlignment,
    Foldiak,
    Following,
    GradientDescent,
    Hopfield,
    KrotovHopfield,
    LateralLayer,
    Oja,
    Perceptron,
    Sanger,
    SlidingLayer,
    SquaredError,
    learn,
)
from brainnet.artificial.network import Network
from brainnet.artificial.neurons import Linear, RateCurve, ReLU, Sigmoid, Softmax, Tanh
from brainnet.artificial.training import train

__all__ = [
    "BCM",
    "Adam",
    "Backpropagation",
    "Connections",
    "CrossEntropy",
    "DeltaRule",
    "DirectFeedbackAlignment",
    "FeedbackAlignment",
    "Foldiak",
    "Following",
    "GradientDescent",
    "Hopfield",
    "KrotovHopfield",
    "LateralLayer",
    "Linear",
    "Network",
    "Oja",
    "Perceptron",
    "RateCurve",
    "ReLU",
    "Sanger",
    "Sigmoid",
    "SigmoidClassifier",
    "SlidingLayer",
    "Softmax",
    "SquaredError",
    "Tanh",
    "learn",
    "train",
]
