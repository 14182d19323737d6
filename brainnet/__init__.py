"""brainnet: spiking and artificial networks on the same tasks, and which ingredient makes the difference.

    tasks -> coding -> network -> learning -> measures -> comparison -> report

The two kinds of network are mirror images: `brainnet.artificial` (NumPy) and `brainnet.spiking` (Brian2) hold the
same files. Importing this package does not import Brian2; the simulator does, when something is built.
"""

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from brainnet.lazy import exports

if TYPE_CHECKING:
    from brainnet.artificial import SigmoidClassifier
    from brainnet.cell import Cell, Local
    from brainnet.errors import BrainnetError
    from brainnet.spiking import SpikingClassifier, competitive, frozen_fields
    from brainnet.warn import BrainnetWarning

try:
    __version__ = version("brainnet")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "0+unknown"

__all__ = [
    "BrainnetError",
    "BrainnetWarning",
    "Cell",
    "Local",
    "SigmoidClassifier",
    "SpikingClassifier",
    "__version__",
    "competitive",
    "frozen_fields",
]


__getattr__ = exports(
    "brainnet",
    {
        "BrainnetError": "errors",
        "BrainnetWarning": "warn",
        "Cell": "cell",
        "Local": "cell",
        "competitive": "spiking",
        "frozen_fields": "spiking",
        "SigmoidClassifier": "artificial",
        "SpikingClassifier": "spiking",
    },
    renamed={
        "CompetitiveLayer": "competitive, a function that returns a Cell",
        "FrozenFields": "frozen_fields, a function that returns a Cell",
    },
)
