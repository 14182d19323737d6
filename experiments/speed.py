"""How long does one presentation of Diehl & Cook's network take, and where does the time go?

    python experiments/speed.py --neurons 100 400 --json speed.json

The network learns from MNIST, 350 ms of input and 150 ms of rest in steps of 0.5 ms. It first sees some hundred
patterns, since an untrained network fires more. Then 2,000 presentations, repeats included, are timed in Python, with
everything from rates to the new state, and in the binary, its loop over time alone. The difference is input and output:
files, starting the process, Python. Where others use the processors too, look at the processor's time instead.

The shares of the loop come from further patterns, with one step in seven measured part by part. The cost of a synaptic
event is that of the part "events" over the synapses that spikes went through; those of inputs are expected ones, and
each excitatory spike has one inhibitory spike. In silence, one pattern is followed by black ones, so that every
conductance and trace decays with nothing to stop it.

Prediction: 0.5 ms with 100 neurons, 1 ms with 400, 6 ms with 1600; an event costs no more with more neurons; and
silence costs no more than activity, because numbers too small to be normal are flushed to zero.

Longer than an experiment should be: it is a benchmark, which takes the loop apart, and checks that the parts agree.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import NoReturn

import numpy as np

from brainnet import BrainnetError, checks, counter, tasks
from brainnet.cell import Cell
from brainnet.comparison.versions import versions
from brainnet.folders import whole_file
from brainnet.spiking.build import build
from brainnet.spiking.network import Network
from brainnet.spiking.published import diehl_cook
from brainnet.spiking.simulator import CHUNK, simulate, standalone
from brainnet.spiking.simulator.cache import simulator
from brainnet.spiking.simulator.compile import FLAGS, HOT
from brainnet.spiking.simulator.memory import begin
from brainnet.spiking.simulator.profile import PARTS, profiled
from brainnet.spiking.simulator.program import compose
from brainnet.spiking.simulator.values import all_values

NEURONS, PRESENTATIONS, WARM_UP = (100, 400, 1600), 2000, 512
EVERY = 7  # of how many steps one is measured; prime, so that it falls on all steps of a presentation
AGREE = 0.1  # the parts should come to the whole but for this
FILES = "input and output"


class Bench:
    """A network with the state it has learned, and its place in the patterns."""

    def __init__(self, cell: Cell, patterns: np.ndarray) -> None:
        self.cell, self.patterns, self.shown = cell, patterns, 0
        self.built = build(cell, patterns.shape[1], 10, np.random.default_rng(0))
        self.network: Network = self.built.network()
        self.program = compose(self.network, CHUNK)
        self.state = self.built.first

    def next(self, count: int = CHUNK) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Signals and noise keys of the next patterns."""
        chosen = self.patterns[np.arange(self.shown, self.shown + count) % len(self.patterns)]
        keys = counter.keys_by_position(0, self.shown, count)
        self.shown += count
        return self.built.signals(chosen, None, keys), keys

    def learn(self, count: int = CHUNK) -> int:
        """Learn from the next patterns; the number of presentations that took."""
        signals, keys = self.next(count)
        answer = simulate(self.network, signals, self.state, keys, learn=True, backend="standalone")
        self.state = answer.state
        return answer.presentations

    def events(self, signals: dict[str, np.ndarray], answer: dict[str, np.ndarray]) -> float:
        """Synapses that spikes went through in one chunk."""
        shown, neurons = answer["control.idx"], self.cell.hidden[0]
        attempt = np.arange(len(shown)) - np.searchsorted(shown, shown)
        gain = 1 + self.cell.presentation.gain_step * attempt
        seconds = self.cell.presentation.input_ms / 1000
        from_inputs = (signals["inputs.rate"].sum(axis=1)[shown] * gain).sum() * seconds
        fired = float(answer["hidden.count"].sum(dtype=float))
        return from_inputs * neurons + fired * (signals["inputs.rate"].shape[1] + 1 + neurons - 1)


def run(neurons: int, patterns: np.ndarray, presentations: int = PRESENTATIONS, warm_up: int = WARM_UP) -> dict:
    """The row of a network of that size."""
    bench = Bench(diehl_cook(neurons), patterns)
    simulator(bench.program)  # compiled before anything is timed
    if warm_up:
        bench.learn(warm_up)
    done, seconds, fastest, before = 0, 0.0, np.inf, processor_seconds()
    with profiled(bench.program) as whole:
        while done < presentations:
            start = time.perf_counter()
            shown = bench.learn(min(CHUNK, presentations - done))
            took = time.perf_counter() - start
            done, seconds, fastest = done + shown, seconds + took, min(fastest, took / shown)
    processor = processor_seconds() - before
    row = {
        "neurons": neurons,
        "ms_per_presentation": seconds / done * 1e3,
        "loop_ms_per_presentation": whole.seconds / done * 1e3,
        "processor_ms_per_presentation": processor / done * 1e3,
        "fastest_chunk_ms_per_presentation": fastest * 1e3,
        "presentations": done,
    }
    return row | _shares(bench, presentations, whole.seconds / seconds) | _silence(bench)


def processor_seconds() -> float:
    """Of this process and of the binaries that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _shares(bench: Bench, presentations: int, loop: float) -> dict:
    """Shares of the whole time, and the cost of an event; `loop` is the share of the loop over time."""
    done, events = 0, 0.0
    with profiled(bench.program, EVERY) as profile:
        while done < presentations / 2:
            signals, keys = bench.next(min(CHUNK, presentations))
            values = all_values(bench.network, begin(bench.network, bench.state), len(keys), learn=True)
            answer = standalone.run(bench.program, values, signals, keys, (), {})
            done, events = done + len(answer["control.idx"]), events + bench.events(signals, answer)
    parts = {name: max(profile.parts[name], 0.0) for name in PARTS}
    total = sum(parts.values())
    return {
        "shares": {name: seconds / total * loop for name, seconds in parts.items()} | {FILES: 1 - loop},
        "parts_over_loop": total / profile.seconds,
        "events_per_presentation": events / done,
        "ns_per_event": parts["events"] / events * 1e9,
        "state_updates_ms": parts["state updates"] / done * 1e3,
    }


def _silence(bench: Bench) -> dict:
    """One pattern and then none, each shown once: the loop, and the state updates in it."""
    once = replace(bench.cell.presentation, max_attempts=1)
    silent = Bench(replace(bench.cell, presentation=once), bench.patterns)
    silent.patterns, silent.state = np.zeros((CHUNK, bench.patterns.shape[1])), bench.state
    silent.patterns[0] = bench.patterns.max(axis=0)
    with profiled(silent.program) as loop:
        silent.learn()
    with profiled(silent.program, EVERY) as profile:
        silent.learn()
    return {
        "silent_loop_ms_per_presentation": loop.seconds / CHUNK * 1e3,
        "silent_state_updates_ms": profile.parts["state updates"] / CHUNK * 1e3,
    }


def mnist(data: str | None) -> tuple[np.ndarray, str]:
    """Training patterns, and what they are: MNIST, or, where it is not to be had, patterns as dense."""
    try:
        return tasks.load("mnist", data=data).train.patterns.astype(float), "MNIST"
    except BrainnetError:
        if data is not None:
            raise
    return synthetic()


def synthetic() -> tuple[np.ndarray, str]:
    """Ten classes of patterns, each with a fifth of the inputs on, as in MNIST."""
    rng = np.random.default_rng(0)
    classes = rng.random((10, 784)) < 0.19
    return classes[rng.integers(10, size=4096)] * rng.uniform(0.38, 1.0, (4096, 784)), "synthetic, as dense as MNIST"


def table(rows: list[dict]) -> str:
    """Times, costs and shares."""
    text = [
        f"{'neurons':>8}{'ms':>8}{'processor':>10}{'loop':>8}{'silent':>8}{'updates':>9}{'silent':>8}{'ns/event':>10}"
    ]
    for row in rows:
        times = (row["loop_ms_per_presentation"], row["silent_loop_ms_per_presentation"])
        updates = (row["state_updates_ms"], row["silent_state_updates_ms"])
        text.append(
            f"{row['neurons']:8}{row['ms_per_presentation']:8.3f}{row['processor_ms_per_presentation']:10.3f}"
            f"{times[0]:8.3f}{times[1]:8.3f}{updates[0]:9.3f}{updates[1]:8.3f}{row['ns_per_event']:10.3f}"
        )
    text += ["", f"{'share of':24}" + "".join(f"{row['neurons']:>8}" for row in rows)]
    for name in (*PARTS, FILES):
        text.append(f"{name:24}" + "".join(f"{row['shares'][name]:8.1%}" for row in rows))
    for row in rows:
        agreed = "agree" if abs(row["parts_over_loop"] - 1) <= AGREE else "DO NOT AGREE: take the shares as rough"
        text.append(
            f"{row['neurons']} neurons: the parts come to {row['parts_over_loop']:.1%} of the loop, they {agreed}"
        )
    return "\n".join(text)


def settings(source: str, presentations: int, warm_up: int) -> dict:
    """What the times depend on."""
    shown = {name: value for name, value in asdict(diehl_cook().presentation).items() if name.endswith(("ms", "ion"))}
    cpu = Path("/proc/cpuinfo")
    model = re.search("model name.*: (.*)", cpu.read_text("utf-8")) if cpu.exists() else None
    return shown | {
        "patterns": source, "presentations": presentations, "warm_up": warm_up, "learning": True, "threads": 1,
        "chunk": CHUNK, "flags": " ".join((HOT, *FLAGS)), "processor": model[1] if model else platform.processor(),
        "load": os.getloadavg()[0],
    }  # fmt: skip


class _Parser(argparse.ArgumentParser):
    """Its errors are one line."""

    def error(self, message: str) -> NoReturn:
        raise BrainnetError(f"{message}; see --help")


def _options() -> argparse.Namespace:
    parser = _Parser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--neurons", type=int, nargs="+", default=NEURONS, help="excitatory ones, several sizes")
    parser.add_argument("--presentations", type=int, default=PRESENTATIONS, help="how many are timed")
    parser.add_argument("--warm-up", type=int, default=WARM_UP, metavar="PATTERNS", help="learned from before that")
    parser.add_argument("--data", help="mnist.npz")
    parser.add_argument("--synthetic", action="store_true", help="do not look for MNIST")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there too")
    options = parser.parse_args()
    checks.count("--neurons", min(options.neurons), at_least=2)
    checks.count("--presentations", options.presentations, at_least=1)
    checks.count("--warm-up", options.warm_up, at_least=0)
    if options.json and not (options.json.parent.is_dir() and not options.json.is_dir()):
        raise BrainnetError(f"--json {options.json} cannot be written: name a file in a folder that is there")
    return options


def main() -> int:
    """Print the table and, if asked to, keep it."""
    try:
        options = _options()
        patterns, source = synthetic() if options.synthetic else mnist(options.data)
        found = settings(source, options.presentations, options.warm_up)
        rows = [run(neurons, patterns, options.presentations, options.warm_up) for neurons in options.neurons]
        result = {"rows": rows, "settings": found, "versions": versions()}
        print(table(rows))
        print("; ".join(f"{name} {value}" for name, value in (found | versions()).items()))
        if options.json:
            with whole_file(options.json) as file:
                file.write((json.dumps(result, indent=1) + "\n").encode())
    except (BrainnetError, OSError) as error:
        print(f"speed.py: error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
