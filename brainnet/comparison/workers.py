"""Jobs in worker processes that leave nothing behind, however they end.

Every worker is a fresh interpreter with one BLAS thread and a process group of its own, so that what it starts (a
compiler, a compiled simulation) ends with it: on an error, on Ctrl-C, or when this process is killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from brainnet.errors import BrainnetError

GRACE_SECONDS = 5.0  # for a worker to remove its temporary files
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

UNGUARDED = 64  # exit status of a worker that the script has made into another comparison
GUARD = (
    "every worker process imports the script, and the script starts a comparison as it is imported: put the call below "
    'the line if __name__ == "__main__":'
)

REPORT_SECONDS, TICK_SECONDS = 0.1, 0.5

Report = Callable[[float, str], None]
Heard = Callable[[int, float, str], None]


@dataclass(frozen=True)
class Job:
    """Work for one process: `function(*arguments(), report)`, all picklable.

    `name` stands in error messages; `arguments` is called here, when the job's turn has come.
    """

    name: str
    function: Callable[..., Any]
    arguments: Callable[[], tuple]


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    job: int | None = None


def run_all(jobs: Sequence[Job], workers: int, heard: Heard, tick: Callable[[], None]) -> list[Any]:
    """Run jobs, the first ones first, on a number of processes; return their results in the jobs' order.

    Args:
        jobs: what to run.
        workers: number of processes.
        heard: told of progress: (index of the job, fraction done, what is happening).
        tick: called at least twice a second.

    Raises:
        BrainnetError: a job failed or its process died; the message names the job.
    """
    results: dict[int, Any] = {}
    todo = iter(range(len(jobs)))
    team: list[_Worker] = []
    try:
        with _single_threaded():
            for _ in range(min(workers, len(jobs))):
                team.append(_start())
        for worker in team:
            _hand_over(worker, jobs, next(todo, None), heard)
        while len(results) < len(jobs):
            for worker in _ready(team):
                _listen(worker, jobs, results, heard)
                if worker.job is None:
                    _hand_over(worker, jobs, next(todo, None), heard)
            tick()
    finally:
        _dismiss(team)
    return [results[index] for index in range(len(jobs))]


def _ready(team: list[_Worker]) -> list[_Worker]:
    speaking = wait([worker.connection for worker in team if worker.job is not None], TICK_SECONDS)
    return [worker for worker in team if worker.connection in speaking]


def _hand_over(worker: _Worker, jobs: Sequence[Job], index: int | None, heard: Heard) -> None:
    worker.job = index
    if index is not None:
        heard(index, 0.0, "starting")
        with suppress(BrokenPipeError):  # a process that is gone already shows when we listen
            worker.connection.send((jobs[index].function, jobs[index].arguments()))


def _listen(worker: _Worker, jobs: Sequence[Job], results: dict[int, Any], heard: Heard) -> None:
    """Take one message of a busy worker; (kind, content)."""
    assert worker.job is not None
    name = jobs[worker.job].name
    try:
        kind, content = worker.connection.recv()
    except (EOFError, ConnectionResetError):
        worker.process.join()
        if worker.process.exitcode == UNGUARDED:
            raise BrainnetError(GUARD) from None
        raise BrainnetError(f"{name}: {_cause_of_death(worker.process.exitcode)}") from None
    if kind == "progress":
        fraction, note = content
        heard(worker.job, min(fraction, 0.99), note)  # 1 is for the result
    elif kind == "result":
        heard(worker.job, 1.0, "done")
        results[worker.job], worker.job = content, None
    else:
        message, details = content
        raise BrainnetError(f"{name}: {message}") from RuntimeError(f"in the worker process:\n{details}")


def _cause_of_death(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        name = signal.Signals(-exitcode).name if -exitcode in list(signal.Signals) else f"signal {-exitcode}"
        cure = "is there enough memory? Try --workers 1" if name == "SIGKILL" else "run it again"
        return f"its process was ended by {name}: {cure}"
    return f"its process ended with status {exitcode} and no result: mend what it printed before it ended"


@contextmanager
def _single_threaded() -> Iterator[None]:
    """BLAS reads these when it is loaded, which in a spawned process may be before any line of ours runs."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _start() -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,))
    # A Ctrl-C at the terminal reaches the whole group, and the child is in ours until it has its own session: it
    # inherits the mask, so the interrupt is ours alone to act on.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    except RuntimeError:  # for one reason alone: we are in a worker that imports the main module, which called us
        raise SystemExit(UNGUARDED) from None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    theirs.close()  # so that the death of the process ends the conversation
    return _Worker(process, ours)


def _dismiss(team: list[_Worker]) -> None:
    """End all workers; those still at work are told to stop, then made to."""
    for worker in team:
        worker.connection.close()
        if worker.job is not None:
            _signal(worker.process, signal.SIGTERM)
    for worker in team:
        worker.process.join(GRACE_SECONDS)
        if worker.process.is_alive():
            _signal(worker.process, signal.SIGKILL)
            worker.process.join()


def _signal(process: BaseProcess, number: signal.Signals) -> None:
    assert process.pid is not None
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:  # not yet the leader of its group, or gone
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)


def _serve(connection: Connection) -> None:
    """Life of a worker: jobs in, results out, until the other end closes."""
    os.setsid()
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    said = 0.0

    def report(fraction: float, note: str) -> None:
        nonlocal said
        if time.monotonic() - said > REPORT_SECONDS:
            said = time.monotonic()
            connection.send(("progress", (float(fraction), str(note))))

    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            function, arguments = connection.recv()
            said = 0.0  # the first note of a job is never too early
            connection.send(_outcome(function, arguments, report))


def _outcome(function: Callable[..., Any], arguments: tuple, report: Report) -> tuple[str, Any]:
    try:
        return "result", function(*arguments, report)
    except BrainnetError as error:
        return "error", (str(error), traceback.format_exc())
    except Exception as error:
        return "error", (" ".join(f"{type(error).__name__}: {error}".split()), traceback.format_exc())


def _leave(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not break off the clean-up
    sys.exit(128 + signal.SIGTERM)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.killpg(0, signal.SIGTERM)
