"""How an artificial network learns: a loss, its gradient by backpropagation, and steps of gradient descent."""

from brainnet.artificial.learning.backpropagation import Backpropagation
from brainnet.artificial.learning.descent import GradientDescent
from brainnet.artificial.learning.losses import CrossEntropy, Loss, SquaredError
from brainnet.artificial.learning.training import Rule, train
from brainnet.artificial.learning.workspace import Workspace

__all__ = ["Backpropagation", "CrossEntropy", "GradientDescent", "Loss", "Rule", "SquaredError", "Workspace", "train"]
