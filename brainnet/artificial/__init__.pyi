from brainnet.artificial.classifier import SigmoidClassifier as SigmoidClassifier
from brainnet.artificial.connections import Connections as Connections
from brainnet.artificial.learning import (
    BCM as BCM,
    Adam as Adam,
    Backpropagation as Backpropagation,
    CrossEntropy as CrossEntropy,
    DeltaRule as DeltaRule,
    DirectFeedbackAlignment as DirectFeedbackAlignment,
    FeedbackAlignment as FeedbackAlignment,
    Foldiak as Foldiak,
    Following as Following,
    GradientDescent as GradientDescent,
    Hopfield as Hopfield,
    KrotovHopfield as KrotovHopfield,
    LateralLayer as LateralLayer,
    Oja as Oja,
    Perceptron as Perceptron,
    Sanger as Sanger,
    SlidingLayer as SlidingLayer,
    SquaredError as SquaredError,
    learn as learn,
)
from brainnet.artificial.model import Model as Model
from brainnet.artificial.network import Network as Network
from brainnet.artificial.neurons import (
    Linear as Linear,
    RateCurve as RateCurve,
    ReLU as ReLU,
    Sigmoid as Sigmoid,
    Softmax as Softmax,
    Tanh as Tanh,
)
from brainnet.artificial.training import train as train
