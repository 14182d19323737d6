"""How a command ends: with its exit status and, whatever went wrong, with words and not a traceback."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from brainnet.errors import BrainnetError
from brainnet.folders import require_current

if TYPE_CHECKING:
    from brainnet.comparison.results import Comparison

FAILED, INTERRUPTED = 2, 130


def status(run: Callable[[], object]) -> int:
    """The exit status of a command: 0, 2 after an error the user can mend, 130 after Ctrl-C or SIGTERM."""
    _print_any_name()
    try:
        with _terminated_as_interrupted():
            run()
    except KeyboardInterrupt:
        print("brainnet: interrupted; no report was written", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (BrainnetError, OSError, MemoryError) as error:
        print(f"brainnet: error: {in_one_line(error)}", file=sys.stderr)
        return FAILED
    return 0


def in_one_line(error: Exception) -> str:
    """Our own words, or what the system says of a file, or that the memory does not suffice."""
    said = " ".join(str(error).split())
    if isinstance(error, MemoryError):
        return f"the memory does not suffice ({said or 'for what is not known'}): close other programs, or ask for less"
    if isinstance(error, OSError):
        try:
            require_current()
        except BrainnetError as gone:
            return str(gone)
        return f"{said}: mend that, or name another file or folder"
    return said


@contextmanager
def kept(comparison: Comparison) -> Iterator[None]:
    """Whatever becomes of the report, what was found is not lost: it is printed, and its files are put somewhere."""
    try:
        yield
    except BaseException:
        from brainnet.comparison import store
        from brainnet.report.tables import terminal_table

        print(terminal_table(comparison))
        where = store.rescue(comparison)
        if where is None:
            print(store.to_csv(comparison.rows))
        place = where or "the lines above and nowhere else, for want of a place that can be written"
        files = f"{store.RESULTS} and {store.SUMMARY}" if where else store.RESULTS
        print(f"brainnet: there is no report; its {files} are in {place}", file=sys.stderr)
        raise


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """While it lasts, SIGTERM ends a command as Ctrl-C does, so that what was begun is put away."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # others may not say what a signal does
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _print_any_name() -> None:
    """What a terminal cannot show, such as half of a surrogate pair in a file's name, is printed as its number."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
