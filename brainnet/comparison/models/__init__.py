"""The models of a comparison: one in each file, and a line here."""

from brainnet.comparison.models.chance import CHANCE
from brainnet.comparison.models.diehl_cook import DIEHL_COOK
from brainnet.comparison.models.lif_fields import LIF_FIELDS
from brainnet.comparison.models.lif_stdp import LIF_STDP
from brainnet.comparison.models.sigmoid_backprop import SIGMOID_BACKPROP
from brainnet.comparison.models.softmax import SOFTMAX

MODELS = (CHANCE, SOFTMAX, SIGMOID_BACKPROP, LIF_STDP, LIF_FIELDS)
IN_THE_PLACE = {"mnist": {LIF_STDP.key: DIEHL_COOK}}  # the network that was made for a task, for one of ours
REFERENCE = SIGMOID_BACKPROP.key  # what every other model is held against

__all__ = ["DIEHL_COOK", "IN_THE_PLACE", "MODELS", "REFERENCE"]
