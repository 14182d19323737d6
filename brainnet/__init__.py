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
    from brainnet.errors import BrainnetError
    from brainnet.spiking import CompetitiveLayer, FrozenFields, SpikingClassifier
    from brainnet.warn import BrainnetWarning

try:
    __version__ = version("brainnet")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "0+unknown"

__all__ = [
    "BrainnetError",
    "BrainnetWarning",
    "CompetitiveLayer",
    "FrozenFields",
    "SigmoidClassifier",
    "SpikingClassifier",
    "__version__",
]


__getattr__ = exports(
    "brainnet",
    {
        "BrainnetError": "errors",
        "BrainnetWarning": "warn",
        "CompetitiveLayer": "spiking",
        "FrozenFields": "spiking",
        "SigmoidClassifier": "artificial",
        "SpikingClassifier": "spiking",
    },
)
