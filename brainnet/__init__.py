"""brainnet: spiking and artificial networks on the same tasks, and which ingredient makes the difference.

    tasks -> codes -> cell -> network -> learning -> measures -> comparison -> report

The two kinds of network are mirror images: `brainnet.artificial` (NumPy) and `brainnet.spiking` (Brian2) hold the
same files. Importing this package does not import Brian2; the simulator does, when something is built.
"""

from importlib.metadata import PackageNotFoundError, version

from brainnet.lazy import exports

try:
    __version__ = version("brainnet")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "0+unknown"

__getattr__, __dir__, __all__ = exports(
    __name__,
    renamed={
        "CompetitiveLayer": "competitive, a function that returns a Cell",
        "FrozenFields": "frozen_fields, a function that returns a Cell",
    },
)
