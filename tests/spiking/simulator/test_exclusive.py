"""Brian2 is global: whoever simulates gets an answer of his own, and finds Brian2, Ctrl-C and errors as they were."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cells
import numpy as np
import pytest

from brainnet.spiking import Presentation, frozen_fields
from brainnet.spiking.simulator import cache, exclusive, locks
from brainnet.spiking.simulator.run import Answer, Backend

ROOT = Path(__file__).parents[3]
fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
compiled = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
SHORT, SECONDS, MINUTES = Presentation(30.0), Presentation(3000.0), Presentation(300_000.0)  # on NumPy


def shown(seed: int, backend: Backend = "numpy", presentation: Presentation = SHORT) -> Answer:
    """The answer to three patterns drawn from a seed."""
    cell = frozen_fields(neurons=20, presentation=presentation)
    patterns = np.random.default_rng(seed).random((3, 16))
    return cells.shown(cell, patterns, np.arange(3) % 2, 2, seed, backend=backend)


def content(answer: Answer) -> bytes:
    return b"".join(array.tobytes() for array in (*answer.counts.values(), *answer.state.values()))


def content_of(seed: int) -> bytes:
    return content(shown(seed))


def python(code: str, **options) -> str:
    """What a fresh process says that can import this file."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)])} | options.pop("env", {})
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def require_the_same_from_threads(backend: Backend, presentation: Presentation) -> None:
    alone = [content(shown(seed, backend, presentation)) for seed in range(6)]
    assert len(set(alone)) == 6
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda seed: content(shown(seed, backend, presentation)), range(6)))
    assert together == alone


COLLECTOR = """
import gc
import numpy as np
from test_exclusive import shown
from brainnet.spiking.simulator import runtime
gc.disable()
shown(0)
print(gc.isenabled(), gc.get_freeze_count())
gc.enable()
try:
    runtime.run(*6 * [None])
except AttributeError:
    print(gc.isenabled(), gc.get_freeze_count())
gc.freeze()
before = gc.get_freeze_count()
shown(0)
print(gc.get_freeze_count() > before // 2 > 0)  # some of it may have ended by itself
"""


def test_a_simulation_on_numpy_leaves_the_garbage_collector_as_it_was_after_an_error_too():
    assert python(COLLECTOR) == "False 0\nTrue 0\nTrue\n"


def test_threads_on_numpy_get_the_answers_that_one_gets():
    require_the_same_from_threads("numpy", SHORT)


@compiled
def test_threads_on_the_compiled_backend_get_the_answers_that_one_gets(built, monkeypatch):
    monkeypatch.setenv("BRAINNET_CACHE", str(built.parents[1]))
    require_the_same_from_threads("standalone", frozen_fields().presentation)


@compiled
@pytest.mark.usefixtures("where")
def test_threads_that_need_one_simulator_build_it_once(builds):
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda seed: shown(seed, "standalone", frozen_fields().presentation), range(3)))
    assert len(builds) == 1


@contextlib.contextmanager
def held_by_another_thread(held) -> Iterator[None]:
    inside, leave = threading.Event(), threading.Event()

    def work() -> None:
        with held:
            inside.set()
            leave.wait()

    thread = threading.Thread(target=work)
    thread.start()
    assert inside.wait(60)
    try:
        yield
    finally:
        leave.set()
        thread.join()


def from_a_fork(function, argument):
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.map_async(function, [argument]).get(timeout=60)[0]


@fork
def test_a_child_forked_while_a_thread_simulates_gets_the_same_answer():
    whole = content_of(3)  # Brian2 is there: a thread must not be the first
    with held_by_another_thread(exclusive.alone()):
        assert from_a_fork(content_of, 3) == whole


@fork
@compiled
def test_a_child_forked_while_a_thread_takes_a_simulator_takes_it_too(built):
    with held_by_another_thread(locks._holding):
        assert from_a_fork(locks.hold, built)


def test_a_child_that_begins_afresh_gets_the_same_answer():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(content_of, [3]) == [content_of(3)]


def test_a_thread_that_is_the_first_is_told_so_and_serves_once_the_main_thread_was():
    code = """import threading, test_exclusive as t
def work():
    try: print(t.content_of(0) == whole)
    except Exception as error: print(type(error).__name__, error)
thread = threading.Thread(target=work); thread.start(); thread.join()
whole = t.content_of(0)
thread = threading.Thread(target=work); thread.start(); thread.join()"""
    first, second = python(code).splitlines()
    assert first.startswith("BrainnetError Brian2 must first be imported in the main thread: import brian2 there")
    assert second == "True"


def interrupt_once_it_runs() -> threading.Thread:
    """A thread that sends this process a Ctrl-C in the middle of a simulation."""
    import brian2

    def work() -> None:
        while not brian2.Network._globally_running:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


@pytest.fixture
def handler():
    """Ctrl-C is answered as in a terminal where Brian2 was imported first: a shell's background job ignores it."""
    content_of(0)  # Brian2 is there
    import brian2

    theirs = brian2._InterruptHandler(signal.default_int_handler)
    before = signal.signal(signal.SIGINT, theirs)
    yield theirs
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_a_simulation_at_once_as_what_it_is(handler):
    thread = interrupt_once_it_runs()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        shown(0, presentation=MINUTES)
    assert time.monotonic() - began < 10  # it would last minutes
    thread.join()
    assert signal.getsignal(signal.SIGINT) is handler
    assert content(shown(1)) == content_of(1)


@pytest.mark.usefixtures("handler")
def test_ctrl_c_ends_the_main_thread_and_cuts_no_other_threads_simulation_short():
    whole = shown(0, presentation=SECONDS)
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(shown, 0, presentation=SECONDS)
        interrupt_once_it_runs()
        with pytest.raises(KeyboardInterrupt):
            other.result()
        assert content(other.result()) == content(whole)


def test_brian2_that_was_imported_before_does_not_swallow_ctrl_c_either():
    code = """import brian2, signal, test_exclusive as t
theirs = signal.getsignal(signal.SIGINT)
thread = t.interrupt_once_it_runs()
try: t.shown(0, presentation=t.MINUTES)
except KeyboardInterrupt: print(signal.getsignal(signal.SIGINT) is theirs, brian2.Network._globally_running)"""
    asked = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    assert python(f"{asked}\n{code}") == "True False\n"


def test_the_import_leaves_the_handlers_as_they_were():
    code = """import signal, sys
hook, handler = sys.excepthook, lambda *_: None
signal.signal(signal.SIGINT, handler)
import brainnet.spiking.simulator.brian
print(signal.getsignal(signal.SIGINT) is handler, sys.excepthook is hook)"""
    assert python(code) == "True True\n"


def test_a_users_own_brian2_neither_moves_an_answer_nor_notices_one():
    whole = content_of(2)
    import brian2 as b2
    from brian2.devices.device import previous_devices, reset_device

    device, kept = b2.get_device(), dict(b2.prefs)
    b2.prefs.core.default_float_dtype = np.float32
    b2.set_device("cpp_standalone", build_on_run=False)
    b2.defaultclock.dt = 0.3 * b2.ms
    try:
        theirs, active, others = dict(b2.prefs), b2.get_device(), len(previous_devices)
        assert content_of(2) == whole
        assert dict(b2.prefs) == theirs
        assert (b2.get_device(), len(previous_devices)) == (active, others)
        assert b2.defaultclock.dt == 0.3 * b2.ms
    finally:
        reset_device()
        b2.prefs.update(kept)
    assert b2.get_device() is device


@pytest.mark.parametrize("text", ["codegen.target = 5", "no preference"])
def test_bad_preferences_of_the_user_stop_nothing(text, tmp_path):
    (tmp_path / ".brian").mkdir()
    (tmp_path / ".brian" / "user_preferences").write_text(text)
    code = "import test_exclusive as t; print(len(t.content_of(0)))"
    assert python(code, env={"HOME": str(tmp_path)}) == f"{len(content_of(0))}\n"


def test_a_working_folder_that_was_deleted_stops_nothing_or_is_one_line(tmp_path):
    """Python 3.13 cannot import all of Brian2 there; the test's own modules come before it goes."""
    gone = tmp_path / "gone"
    gone.mkdir()
    code = f"""
        import os, sys
        sys.path.append({str(gone)!r})
        import test_exclusive as t
        os.rmdir(sys.path.pop())
        try:
            print(len(t.content_of(0)))
        except ValueError as error:  # a BrainnetError
            print(error)
    """
    said = "the current folder was deleted: change to one that is there"
    assert python(textwrap.dedent(code), cwd=gone) in (f"{len(content_of(0))}\n", f"{said}\n")
