from brainnet.artificial import SigmoidClassifier as SigmoidClassifier
from brainnet.cell import Cell as Cell, Local as Local
from brainnet.errors import BrainnetError as BrainnetError
from brainnet.spiking import (
    SpikingClassifier as SpikingClassifier,
    competitive as competitive,
    frozen_fields as frozen_fields,
)
from brainnet.warn import BrainnetWarning as BrainnetWarning

__version__: str
