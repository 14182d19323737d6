"""Brian2 belongs to its whole process: imported without what lies about, used by one thread at a time, left as found.

Its device, preferences, clock and the switch that stops a simulation are global. Two simulations at once would stop
each other, or go on with each other's numbers; and a user's own Brian2 in the same process must notice none of ours.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from brainnet.errors import BrainnetError
from brainnet.folders import require_current
from brainnet.spiking.simulator.locks import Turn

# Set before Brian2 opens its log files in the temporary folder, where it would leave them.
FIRST = dict.fromkeys(("logging.file_log", "logging.save_script", "logging.std_redirection"), False)
RUNNING = {
    "codegen.target": "numpy",  # no compiler is needed
    "codegen.runtime.numpy.discard_units": True,  # else Brian2 builds a text of every array it checks
    "core.stop_on_keyboard_interrupt": False,  # else Ctrl-C ends a simulation early, and says nothing
}
USER_FILE = "~/.brian/user_preferences"

_turn = Turn()


class _Preferences(MetaPathFinder):
    """Lets Brian2 begin with preferences of ours: it would execute a file `brian_preferences` of the current folder."""

    def find_spec(self, fullname: str, path, target: ModuleType | None = None) -> ModuleSpec | None:
        """Brian2's module of preferences, with another beginning."""
        if fullname != "brian2.core.preferences":
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        loader: Any = spec.loader if spec else None
        execute = loader.exec_module

        def exec_module(module: Any) -> None:
            execute(module)
            module.BrianGlobalPreferences.load_preferences = lambda prefs: prefs.update(FIRST)

        loader.exec_module = exec_module
        return spec


def imported():
    """Brian2, imported without changing how this process answers to Ctrl-C and to errors."""
    if "brian2" not in sys.modules and threading.current_thread() is not threading.main_thread():
        raise BrainnetError(  # Brian2 installs a signal handler, which only the main thread may do
            "Brian2 must first be imported in the main thread: import brian2 there before threads use backend 'numpy'"
        )
    if "brian2" in sys.modules:
        import brian2
    else:
        brian2 = _first_import()
    logging.getLogger("brian2").setLevel(logging.ERROR)
    return brian2


def _first_import():
    hook, handler, finder = sys.excepthook, signal.getsignal(signal.SIGINT), _Preferences()
    sys.meta_path.insert(0, finder)
    try:
        import brian2
    except SystemError:
        require_current()  # where Python 3.13 cannot import all that it needs
        raise
    finally:
        sys.meta_path.remove(finder)
        sys.excepthook = hook  # Brian2's own sends errors to its log
        if handler is not None:  # None: not installed by Python, which cannot put it back
            signal.signal(signal.SIGINT, handler)
    with contextlib.suppress(Exception):  # they serve a user's own Brian2, never ours: no reason to stop
        brian2.prefs.read_preference_file(os.path.expanduser(USER_FILE))
    return brian2


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Brian2's NumPy target with its preferences as shipped, for this thread alone; what was set before comes back."""
    with _turn:
        b2: Any = imported()
        from brian2.devices.device import reset_device

        prefs: Any = b2.prefs
        before, dt = dict(prefs), b2.defaultclock.dt
        b2.set_device("runtime")
        try:
            prefs.update(_as_shipped(prefs) | RUNNING)
            yield
        finally:
            b2.Network._globally_running = False  # so it stays after an error, and Ctrl-C would stop nothing
            prefs.update(before)
            reset_device()
            b2.defaultclock.dt = dt


def _as_shipped(prefs: Any) -> dict[str, Any]:
    parts = ((part, known) for part, (known, _) in prefs.pref_register.items())
    return {f"{part}.{name}": preference.default for part, known in parts for name, preference in known.items()}


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """No garbage is collected meanwhile: Brian2 lists the names of all its objects, and trips over one that goes."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """What is made meanwhile is collected at the end, and nothing older is looked through for garbage.

    Brian2 collects before each run, all that a process holds: for a small network that takes longer than the run. Where
    somebody has set objects apart already, it is left so.
    """
    if gc.get_freeze_count():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
