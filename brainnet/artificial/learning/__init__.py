"""How an artificial network learns.

By an error: a loss, its gradient or what stands in for it, and an optimizer, put together by `artificial.training`.
Locally: a rule that sees one layer's activity, and patterns that `learn` shows to it. At once: Hopfield's storage.
"""

from brainnet.artificial.learning.backpropagation import Backpropagation
from brainnet.artificial.learning.bcm import BCM, SlidingLayer
from brainnet.artificial.learning.competition import KrotovHopfield
from brainnet.artificial.learning.feedback import DirectFeedbackAlignment, FeedbackAlignment
from brainnet.artificial.learning.foldiak import Foldiak, LateralLayer
from brainnet.artificial.learning.hebbian import Oja, Sanger
from brainnet.artificial.learning.hopfield import Hopfield
from brainnet.artificial.learning.local import LocalRule, learn
from brainnet.artificial.learning.losses import CrossEntropy, Loss, SquaredError
from brainnet.artificial.learning.optimizers import Adam, GradientDescent, Optimizer
from brainnet.artificial.learning.rule import Following, Rule
from brainnet.artificial.learning.supervised import DeltaRule, Perceptron
from brainnet.artificial.learning.workspace import Workspace

__all__ = [
    "BCM",
    "Adam",
    "Backpropagation",
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
    "LocalRule",
    "Loss",
    "Oja",
    "Optimizer",
    "Perceptron",
    "Rule",
    "Sanger",
    "SlidingLayer",
    "SquaredError",
    "Workspace",
    "learn",
]
