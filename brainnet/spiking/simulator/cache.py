"""The build cache: a simulator is compiled once per machine, compiler and Brian2 version.

A build happens in a private folder and is moved into place whole; a lock lets one process build while others wait.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import pickle
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from brainnet.errors import BrainnetError
from brainnet.folders import cache_folder
from brainnet.spiking.simulator.program import Program

HERE = Path(__file__).parent
INSTALL = (
    "install one (Debian, Ubuntu: apt install g++; macOS: xcode-select --install; conda: conda install cxx-compiler)"
)
READY = "manifest.json"  # written last: a folder that has it is a complete build


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
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return (done.stdout.splitlines() or [path])[0]


def compiler_note() -> str | None:
    """What to tell a user whose machine has no C++ compiler; None where there is one."""
    if compiler() is not None:
        return None
    return "no C++ compiler found: spiking networks run on Brian2's NumPy target, some hundred times slower; " + INSTALL


@functools.cache
def _environment() -> str:
    """All that decides what the machine code of a program is, except the program."""
    # program.py too: the controller's code stands there and not in the program
    files = [HERE / f"{name}.py" for name in ("brian", "compile", "noise", "program")]
    files += sorted((HERE / "templates").iterdir())
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
    """Folder of the compiled program, building it first if need be; `BrainnetError` if it cannot be built or kept."""
    name = key(program)
    root = cache_folder() / "simulators"
    folder = root / name
    if (folder / READY).exists():
        return folder
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _locked(root / f"{name}.lock"):
            if not (folder / READY).exists():
                _build(program, folder)
    except OSError as error:
        raise BrainnetError(
            f"the cache {root} cannot be written ({error.strerror}): set BRAINNET_CACHE to a folder that can"
        ) from error
    return folder


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Only one process at a time; where the platform has no such locks, each builds for itself."""
    with open(path, "w", encoding="utf-8") as file:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _build(program: Program, folder: Path) -> None:
    private = Path(tempfile.mkdtemp(prefix="building-", dir=folder.parent))
    try:
        command = [sys.executable, "-m", "brainnet.spiking.simulator.compile", str(private), str(compiler())]
        path = os.pathsep.join([str(HERE.parents[2]), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        done = subprocess.run(
            command,
            input=pickle.dumps(program),
            capture_output=True,
            check=False,
            cwd=private,
            env=os.environ | {"PYTHONPATH": path},
        )
        if done.returncode != 0 or not (private / READY).exists():
            lines = done.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
            reason = next((line for line in lines if "error:" in line), lines[-1])
            raise BrainnetError(f"the simulator could not be compiled with {compiler()}: {reason}")
        shutil.rmtree(folder, ignore_errors=True)
        private.rename(folder)
    finally:
        shutil.rmtree(private, ignore_errors=True)
