"""The build cache: a simulator is compiled once per machine, compiler and Brian2 version.

A build happens in a private folder and is moved into place whole; a lock lets one process build while others wait.
Whatever is used is first compared with what was built, and what is not the same is built again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import pickle
import platform
import shutil
import signal
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from brainnet import counter
from brainnet.errors import BrainnetError
from brainnet.spiking.simulator import housekeeping, locks, seal
from brainnet.spiking.simulator.compile import SLIP
from brainnet.spiking.simulator.locks import READY
from brainnet.spiking.simulator.program import Program

HERE = Path(__file__).parent
INSTALL = (
    "install one (Debian, Ubuntu: apt install g++; macOS: xcode-select --install; conda: conda install cxx-compiler)"
)
AGAIN = "try again, and if it comes back, run brainnet cache clear"
FULL = ("No space left on device", "Disk quota exceeded")


@functools.cache
def compiler() -> str | None:
    """Path of the C++ compiler: the environment variable CXX, else g++ or clang++; None if there is none."""
    for name in (os.environ.get("CXX"), "g++", "clang++"):
        if name and (path := shutil.which(name)):
            return path
    return None


@functools.cache
def compiler_version() -> str:
    """First line of what the compiler says of itself, or "none"."""
    path = compiler()
    if path is None:
        return "none"
    with contextlib.suppress(OSError):
        done = subprocess.run([path, "--version"], capture_output=True, text=True, errors="replace", check=False)
        return (done.stdout.splitlines() or [path])[0]
    return path


def compiler_note() -> str | None:
    """What to tell a user whose machine has no C++ compiler; None where there is one."""
    if compiler() is not None:
        return None
    return "no C++ compiler found: spiking networks run on Brian2's NumPy target, some hundred times slower; " + INSTALL


@functools.cache
def _environment() -> str:
    """All that decides what the machine code of a program is, except the program."""
    # control.py too: the controller's code stands there and not in the program
    files = [HERE / f"{name}.py" for name in ("brian", "compile", "control", "draws", "functions", "precision")]
    files += [Path(counter.__file__), *sorted((HERE / "templates").iterdir())]
    sources = "".join(file.read_text("utf-8") for file in files)
    return "\n".join((metadata.version("brian2"), compiler_version(), platform.machine(), _processor(), sources))


def _processor() -> str:
    """The processor's name and features, on which `-march=native` depends."""
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        return "\n".join(sorted({line for line in lines if line.startswith(("model name", "flags", "Features"))}))
    return platform.processor()


def key(program: Program) -> str:
    """The name of a program's build."""
    return hashlib.sha256((repr(program) + _environment()).encode()).hexdigest()[:24]


def simulator(program: Program) -> Path:
    """Folder of the compiled program, which is built first if need be, and stays while this process uses it.

    Raises `BrainnetError` if there is no compiler, or if the program cannot be built, kept or started.
    """
    limit = housekeeping.limit_bytes()
    where = housekeeping.root()
    folder = where / key(program)
    if housekeeping.ready(folder):
        return folder
    if not housekeeping.ours(folder):
        raise BrainnetError(f"the simulator {folder} belongs to another user: set BRAINNET_CACHE to a folder of yours")
    if compiler() is None:
        raise BrainnetError(f"a simulator needs a C++ compiler: {INSTALL}")
    try:
        where.mkdir(0o755, parents=True, exist_ok=True)
        housekeeping.sweep(where)
        with locks.building(folder):
            if not housekeeping.ready(folder):
                _build(program, folder)
        housekeeping.trim(where, limit)
    except OSError as error:
        raise BrainnetError(
            f"the cache {where} cannot be written ({error.strerror}): set BRAINNET_CACHE to a folder that can"
        ) from error
    return folder


def _build(program: Program, folder: Path) -> None:
    what = ", ".join(f"{group.name} {group.size}" for group in program.groups)
    with housekeeping.private(folder) as private:
        _compile(program, private)
        _environment.cache_clear()
        if key(program) != folder.name:
            raise BrainnetError("brainnet's own files, or the compiler, changed while this program ran: start it again")
        about = {"what": what, "brian2": metadata.version("brian2"), "compiler": compiler_version()}
        seal.close(private, folder.name, about)
    if not housekeeping.ready(folder):
        raise BrainnetError(
            f"the simulator {folder} was built and cannot be run: set BRAINNET_CACHE to a folder where programs may "
            "run and nobody removes them"
        )


def _compile(program: Program, private: Path) -> None:
    """Fill a private folder, in a process of its own that keeps its temporary files there too."""
    path = os.pathsep.join([str(HERE.parents[2]), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    done = subprocess.run(
        [sys.executable, "-m", "brainnet.spiking.simulator.compile", str(private), str(compiler())],
        input=pickle.dumps(program),
        capture_output=True,
        check=False,
        cwd=private,
        env=os.environ | {"PYTHONPATH": path, "TMPDIR": str(private)},
    )
    if done.returncode == 0 and (private / READY).exists():
        return
    if done.returncode == -signal.SIGINT:  # Ctrl-C reaches it too, and this may be a thread that hears of none
        raise KeyboardInterrupt
    said = done.stderr.decode(errors="replace").strip()
    if shutil.disk_usage(private).free < 1e6 or any(words in said for words in FULL):
        raise BrainnetError(
            f"the disk of the cache {private.parent} is full (a build needs 150 MB): make room there, or set "
            "BRAINNET_CACHE to a folder on another disk"
        )
    lines = said.splitlines() or [f"no message, status {done.returncode}"]
    if done.returncode == SLIP:
        raise BrainnetError(lines[-1])
    reason = next((line for line in lines if "error:" in line), lines[-1])
    raise BrainnetError(f"the simulator could not be compiled with {compiler()}: {reason}")
