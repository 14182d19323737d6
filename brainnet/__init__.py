"""brainnet: spiking and artificial networks on the same tasks, and which ingredient makes the difference.

    tasks -> coding -> network -> learning -> measures -> comparison -> report

The two kinds of network are mirror images: `brainnet.artificial` (NumPy) and `brainnet.spiking` (Brian2) hold the
same files. Importing this package does not import Brian2; the simulator does, when something is built.
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from brainnet import tasks
    from brainnet.artificial import SigmoidClassifier
    from brainnet.errors import BrainnetError
    from brainnet.spiking import CompetitiveLayer, FrozenFields, SpikingClassifier

try:
    __version__ = version("brainnet")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "0+unknown"

_HOMES = {
    "BrainnetError": "errors",
    "CompetitiveLayer": "spiking",
    "FrozenFields": "spiking",
    "SigmoidClassifier": "artificial",
    "SpikingClassifier": "spiking",
}

__all__ = [
    "BrainnetError",
    "CompetitiveLayer",
    "FrozenFields",
    "SigmoidClassifier",
    "SpikingClassifier",
    "__version__",
    "tasks",
]


def __getattr__(name: str) -> object:
    """Public names are imported when first used, so that the command line answers at once."""
    if name == "tasks":
        return import_module("brainnet.tasks")
    if name in _HOMES:
        return getattr(import_module(f"brainnet.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'brainnet' has no attribute {name!r}")
