from brainnet.artificial import SigmoidClassifier as SigmoidClassifier
from brainnet.errors import BrainnetError as BrainnetError
from brainnet.spiking import (
    CompetitiveLayer as CompetitiveLayer,
    FrozenFields as FrozenFields,
    SpikingClassifier as SpikingClassifier,
)
from brainnet.warn import BrainnetWarning as BrainnetWarning

__version__: str
