"""Never a silent wrong answer: whatever goes wrong around a simulator is one clear error and leaves nothing behind."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import cells
import numpy as np
import pytest

from brainnet import counter
from brainnet.errors import BrainnetError
from brainnet.spiking import PoissonRate, Presentation, competitive
from brainnet.spiking.learning import TripletSTDP
from brainnet.spiking.simulator import cache, scratch, standalone
from brainnet.spiking.simulator.memory import begin
from brainnet.spiking.simulator.program import compose
from brainnet.spiking.simulator.values import all_values

pytestmark = pytest.mark.skipif(cache.compiler() is None, reason="no C++ compiler")
linux = pytest.mark.skipif(sys.platform != "linux", reason="as Linux does it")
CELL = competitive(
    neurons=4, code=PoissonRate(200.0), rule=TripletSTDP(),
    presentation=Presentation(60.0, 40.0, carry_over=True, min_spikes=3),
)  # fmt: skip
PATTERNS = np.zeros((64, 16))
PATTERNS[0] = 1.0
BUILT = cells.built(CELL, PATTERNS, 2)
NETWORK = BUILT.network()
PROGRAM = replace(compose(NETWORK, len(PATTERNS)), spikes=("inputs",), traces=(("hidden.v", (0,)),))
STATE = BUILT.first


@pytest.fixture(scope="module")
def simulator() -> Path:
    return cache.simulator(PROGRAM)


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """A temporary folder of the test's own, in which nothing may be left."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def stand_in(simulator, tmp_path, monkeypatch):
    """Put a shell script before the binary."""

    def put(script: str) -> None:
        folder = tmp_path / "simulator"
        folder.mkdir()
        shutil.copy(simulator / "manifest.json", folder)
        (folder / "static_arrays").symlink_to(simulator / "static_arrays")
        (folder / "main").write_text(f'#!/bin/sh\n{script}\nexec "{simulator}/main" "$@"\n')
        (folder / "main").chmod(0o755)
        monkeypatch.setattr(cache, "simulator", lambda _: folder)

    return put


def run(changed=None, without=(), wanted=(), signals=None):
    values = all_values(NETWORK, begin(NETWORK, STATE), len(PATTERNS), learn=True) | {"control.max_attempts": (1, "1")}
    values = {name: value for name, value in (values | (changed or {})).items() if name not in without}
    keys = counter.keys_by_position(0, 0, len(PATTERNS))
    signals = BUILT.signals(PATTERNS, None, keys) if signals is None else signals
    return standalone.run(PROGRAM, values, signals, keys, (*STATE, *wanted), {})


def fails(*said: str, **changes) -> None:
    with pytest.raises(BrainnetError) as caught:
        run(**changes)
    assert "\n" not in str(caught.value)
    for part in said:
        assert part in str(caught.value)


def result(simulator: Path, name: str) -> str:
    return "results/" + json.loads((simulator / cache.READY).read_text())["outputs"][name][0]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("kill -KILL $$", ["killed by SIGKILL", "free memory"]),
        ("echo std::bad_alloc >&2; kill -ABRT $$", ["killed by SIGABRT", "free memory"]),
        ("kill -SEGV $$", ["killed by SIGSEGV", "brainnet cache clear"]),
        ("exit 3", ["status 3", "brainnet cache clear"]),
        ("echo trouble >&2", ["status 0", "said 'trouble'", "brainnet cache clear"]),
        ("echo trouble", ["status 0", "said 'trouble'"]),
        (": > in.incoming.w", ["Error reading 'in.incoming.w'", "size 0"]),
        ("rm in.inputs.rate", ["Error reading 'in.inputs.rate'"]),
        ("rm -r static_arrays", ["Error opening static array"]),
        ('set -- "$@" control.patterns=1', ["stopped after 1 of 64 patterns"]),
        ('set -- "$@" hidden.u=1', ["status 1", "unknown variable 'hidden.u'"]),
        ("rmdir results", ["Error writing output file"]),
        ("ulimit -f 1", ["killed by SIGXFSZ", "limit on the size of files"]),
    ],
)
def test_a_binary_that_does_not_end_well_is_one_error(stand_in, script, said):
    stand_in(script)
    fails("the simulator", *said)


def test_a_binary_that_cannot_start_is_one_error(stand_in):
    stand_in("")
    (cache.simulator(PROGRAM) / "main").unlink()
    fails("cannot be started (No such file or directory)", "brainnet cache clear")


@linux
@pytest.mark.parametrize(
    "name",
    [
        *("control.idxs", "control.idx", "control.totals", "hidden.counts", "incoming.w"),
        *("inputs.spike_n", "inputs.spike_t", "inputs.spike_i", "hidden.v.trace", "hidden.v.trace_t"),
    ],
)
def test_results_that_do_not_fit_on_the_disk_are_one_error(simulator, stand_in, name):
    stand_in(f"ln -s /dev/full {result(simulator, name)}")
    fails(f"results are cut short, {name} has 0 of", "make room", "TMPDIR")


def test_results_cut_in_the_middle_are_one_error(stand_in):
    stand_in("trap '' XFSZ; ulimit -f 1")  # a file takes 512 bytes, and the binary is not told
    fails("hidden.counts has 512 of 1,040 bytes", "make room")


def test_input_that_does_not_fit_on_the_disk_is_one_error(simulator):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        fails("the temporary folder", "cannot be used (File too large)", "make room", "TMPDIR")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_input_that_was_not_written_whole_is_one_error(simulator, monkeypatch):
    whole = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda path, data: whole(path, bytes(data)[:-1]))
    fails("was not written whole", "make room")


def test_a_temporary_folder_that_is_not_there_is_one_error(simulator, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    fails("the temporary folder /nowhere cannot be used (No such", "TMPDIR")


@linux
@pytest.mark.parametrize(("free", "used"), [(10**9, True), (10**4, False)])
def test_files_go_into_memory_where_there_is_plenty_of_it(temporary, monkeypatch, free, used):
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert scratch.place(10**5) == (scratch.MEMORY if used else str(temporary))


def test_files_of_a_process_that_was_killed_go_and_those_of_one_that_lives_stay(temporary):
    script = (
        "import sys; from brainnet.spiking.simulator import scratch\n"
        "with scratch.folder(sys.argv[1]) as here: print(here, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(temporary)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().decode().strip())
        os.utime(folder, (0, 0))
        scratch.sweep.__wrapped__(str(temporary))
        assert folder.exists()
        process.kill()
    scratch.sweep.__wrapped__(str(temporary))
    assert not folder.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"changed": {"incoming.w": (np.full(64, np.nan), "1")}}, "incoming.w must be finite (got nan)"),
        ({"changed": {"hidden.theta": (np.array([20, np.inf, 20, 20]), "mV")}}, "must be finite (got inf)"),
        ({"changed": {"hidden.tau": (np.nan, "ms")}}, "hidden.tau must be finite (got nan)"),
        ({"changed": {"incoming.w": (np.full(64, -1e39), "1")}}, "too large for float32 (got -1e+39)"),
        ({"changed": {"incoming.w": (np.ones(63), "1")}}, "incoming.w must hold 64 numbers (got 63)"),
        ({"changed": {"hidden.u": (1.0, "1")}}, "no variable 'hidden.u'"),
        ({"wanted": ["hidden.u"]}, "no variable 'hidden.u'"),
        ({"without": ["incoming.w"]}, "not told incoming.w"),
        ({"without": ["hidden.incoming_tau_y2"]}, "not told hidden.incoming_tau_y2"),
        ({"signals": {}}, "takes the signals ['inputs.rate'] (got [])"),
        ({"signals": {"inputs.rate": np.ones((64, 15))}}, "inputs.rate must be of shape (64, 16)"),
        ({"signals": {"inputs.rate": np.ones((63, 16))}}, "inputs.rate must be of shape (64, 16)"),
    ],
)
def test_what_goes_in_is_checked(simulator, changes, said):
    fails(said, **changes)


@pytest.mark.parametrize(
    ("name", "value", "diverges"),
    [("hidden.tau_theta", (1e-38, "ms"), "hidden.theta"), ("inhibiting.w", (1e38, "1"), "hidden.v")],
)
def test_state_that_diverges_is_an_error_asked_for_or_not(simulator, name, value, diverges):
    fails(f"{diverges} is no longer finite", "lower", changed={name: value})


def test_an_interrupt_that_the_binary_heard_of_first_is_an_interrupt(stand_in):
    stand_in("kill -INT $$")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            run()
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_interrupt_takes_the_binary_with_it(stand_in, tmp_path):
    note = tmp_path / "process"
    stand_in(f'echo $$ > "{note}.part"; mv "{note}.part" "{note}"; exec sleep 60')

    def interrupt():
        while not note.exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        run()
    thread.join()
    signal.signal(signal.SIGINT, before)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_while_the_binary_is_started_takes_it_along(number, stand_in, monkeypatch):
    stand_in("exec sleep 60")
    started, begin_process = [], subprocess.Popen

    def interrupted(*arguments, **given):
        started.append(begin_process(*arguments, **given))
        os.kill(os.getpid(), number)
        time.sleep(0.1)  # long enough for the signal to be heard before anybody knows the process
        return started[-1]

    monkeypatch.setattr(standalone.subprocess, "Popen", interrupted)
    before = signal.signal(number, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            run()
        assert signal.getsignal(number) is signal.default_int_handler
    finally:
        signal.signal(number, before)
    assert started[0].poll() is not None


@linux
def test_the_binary_does_not_outlive_who_started_it(simulator, tmp_path):
    (tmp_path / "results").mkdir()
    (tmp_path / "static_arrays").symlink_to(simulator / "static_arrays")
    os.mkfifo(tmp_path / result(simulator, "incoming.w"))  # here it waits: nobody reads
    script = "import subprocess, sys; p = subprocess.Popen(sys.argv[1:]); print(p.pid, flush=True); p.wait()"
    command = [sys.executable, "-c", script, str(simulator / "main"), "--results_dir", "results/"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        process = Path("/proc") / parent.stdout.readline().decode().strip()
        while not list(tmp_path.glob("results/_array_control*")):
            time.sleep(0.01)
        assert process.exists()
        parent.kill()
    for _ in range(500):
        if not process.exists() or "\nState:\tZ" in (process / "status").read_text():
            return
        time.sleep(0.01)
    pytest.fail("the binary is still there")


def test_after_a_long_silence_conductances_and_traces_are_zero_and_not_denormal(simulator):
    decaying = ["inputs.incoming_x", *(f"hidden.{name}" for name in ("ge", "gi", "incoming_y1", "incoming_y2"))]
    decaying += ["inhibitory.ge"]
    answer = run(wanted=decaying)
    assert (answer["hidden.count"][0] > 0).sum() > 1  # all of them have been above zero
    assert not answer["hidden.count"][1:].any()
    for name in decaying:
        np.testing.assert_array_equal(answer[name], 0.0, err_msg=name)
