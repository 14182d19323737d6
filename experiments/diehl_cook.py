"""Does Diehl & Cook's network, without labels in its learning, reach the published accuracy on MNIST?

    python experiments/diehl_cook.py --neurons 100 --seeds 5
    python experiments/diehl_cook.py --neurons 400 --seeds 3
    python experiments/diehl_cook.py --neurons 400 --passes 3
    python experiments/diehl_cook.py --neurons 1600
    python experiments/diehl_cook.py --neurons 6400
    python experiments/diehl_cook.py --study --seeds 2      # 100 neurons: steps and methods of integration
    python experiments/diehl_cook.py --table                # the table and figures again, from the runs that are there

Prediction: 80 to 83 % with 100 neurons, 87 to 89 % with 400, 91 to 93 % with 1600. Forward Euler at half a millisecond
costs 10 points or more: the conductances decay with 1 and 2 ms.

What the step does is more than an error of integration. A spike raises ge by w at the end of a step, and ge then counts
with that value for a whole one, so that the charge of a spike is (dt / tau) / (1 - exp(-dt / tau)) times w tau: 1.27 at
0.5 ms, 1.05 at 0.1 ms, and 1 with forward Euler at any step. The weights' total, 78, fits the charge at 0.5 ms.

Every run goes into a file of its own, and the table and the figures are made of the files. A run that was stopped goes
on where it was. All 60,000 training patterns are learned from; 10,000 of them, drawn at random, label the neurons; the
test patterns are shown once, at the end, with weights and thresholds frozen.

Deviations from the authors' program (Diehl & Cook 2015, Frontiers in Computational Neuroscience 9:99):
- No delays of the inputs (theirs: up to 10 ms, random). A Poisson process that is shifted is a Poisson process.
- A spike at the grid of steps comes from a process in continuous time; theirs draws one number for each step.
- Conductances and potentials by exponential Euler, in single precision; theirs by forward Euler.
- The patterns come in random order; when the network does not learn, the state is that of rest before every pattern, so
  that an answer does not depend on the patterns before.
- A pattern that stays too weak is accepted after 20 presentations.
- The threshold decays once per presentation instead of at every step; it starts in the state of rest, not below.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path

import numpy as np

from brainnet import BrainnetError, SpikingClassifier, tasks
from brainnet.comparison.progress import clock_time
from brainnet.comparison.statistics import estimate
from brainnet.folders import cache_folder, whole_file
from brainnet.spiking.network import CompetitiveLayer, diehl_cook
from brainnet.tasks import Task

OUT = Path(__file__).parent / "results" / "diehl_cook"
PUBLISHED = {100: "82.9 (1 pass)", 400: "87.0 (3 passes)", 1600: "91.9 (7 passes)", 6400: "95.0 (15 passes)"}
STUDY = [("exponential_euler", dt) for dt in (0.1, 0.25, 0.5, 1.0)] + [("rk2", 0.25), ("rk2", 0.5)]
STUDY += [("euler", dt) for dt in (0.1, 0.25, 0.5)]
POINTS = 60  # of the history that is kept


@dataclass(frozen=True)
class Setting:
    """What one run is of."""

    neurons: int = 100
    passes: int = 1
    seed: int = 0
    method: str = "exponential_euler"
    dt_ms: float = 0.5
    patterns: int = 60_000

    @property
    def name(self) -> str:
        """The name of its file."""
        return "-".join(str(value) for value in asdict(self).values())

    def layer(self) -> CompetitiveLayer:
        """The network."""
        layer = diehl_cook(self.neurons, self.passes)
        return replace(
            layer,
            neuron=replace(layer.neuron, method=self.method),
            inhibitory=replace(layer.inhibitory, method=self.method),
            presentation=replace(layer.presentation, dt_ms=self.dt_ms),
        )


def run(setting: Setting, task: Task, checkpoint: Path | None = None, tell: bool = True) -> dict:
    """Learn, label, test: the row of one run. Accuracy is None where the simulation became unstable."""
    patterns = np.concatenate([task.train.patterns, task.validation.patterns])[: setting.patterns]
    labels = np.concatenate([task.train.labels, task.validation.labels])[: setting.patterns]
    model = SpikingClassifier(setting.layer(), value_range=(0.0, 1.0), random_state=setting.seed)
    versions = {name: metadata.version(name) for name in ("brian2", "numpy")} | {"commit": _commit()}
    row: dict = asdict(setting) | {"versions": versions}
    started = time.perf_counter()
    try:
        model.fit(patterns, labels, progress=_told(setting) if tell else None, checkpoint=checkpoint)
    except BrainnetError as error:
        if "no longer finite" not in str(error):
            raise
        return row | {"accuracy": None, "failed": str(error)}
    trained = time.perf_counter()
    row |= {
        "accuracy": float(model.score(task.test.patterns, task.test.labels)),
        "training_accuracy": float(model.curve_[-1, 1]),
        "presentations": model.n_presentations_,
        "train_seconds": round(trained - started, 1),
        "test_seconds": round(time.perf_counter() - trained, 1),
    }
    kept = np.unique(np.linspace(0, len(model.history_["patterns"]) - 1, POINTS).astype(int))
    return row | {"history": {name: np.round(values[kept], 6).tolist() for name, values in model.history_.items()}}


def _commit() -> str:
    """The commit of this code, "unknown" where there is no repository: rounding differs between some of them."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _told(setting: Setting):
    """Prints progress every few seconds."""
    last = [time.monotonic()]

    def progress(fraction: float, note: str) -> None:
        if time.monotonic() - last[0] > 10:
            last[0] = time.monotonic()
            print(f"{setting.name}: {fraction:.0%}, {note}", file=sys.stderr, flush=True)

    return progress


def complete(settings: Iterable[Setting], task: Task, out: Path = OUT) -> None:
    """Run what has not been run, and make the table again after each."""
    folder = cache_folder() / "checkpoints"
    folder.mkdir(parents=True, exist_ok=True)
    (out / "runs").mkdir(parents=True, exist_ok=True)
    for setting in settings:
        file, checkpoint = out / "runs" / f"{setting.name}.json", folder / f"diehl-cook-{setting.name}.npz"
        if file.exists():
            continue
        row = run(setting, task, checkpoint)
        with whole_file(file) as stream:
            stream.write((json.dumps(row, indent=1) + "\n").encode())
        checkpoint.unlink(missing_ok=True)
        report(out)


def report(out: Path = OUT) -> None:
    """Write the table and the figures from the runs in the folder."""
    import diehl_cook_figures

    rows = [json.loads(file.read_text("utf-8")) for file in sorted((out / "runs").glob("*.json"))]
    (out / "table.md").write_text(table(rows), "utf-8")
    diehl_cook_figures.draw(rows, out)
    print((out / "table.md").read_text("utf-8"), flush=True)


def table(rows: list[dict]) -> str:
    """Accuracy by number of neurons and passes, over seeds, as Markdown."""
    head = (
        "neurons",
        "passes",
        "seeds",
        "test accuracy, %",
        "95 % interval",
        "each seed",
        "published",
        "time of a run",
    )
    lines = ["| " + " | ".join((*head, "made by")) + " |", "|---" * (len(head) + 1) + "|"]
    standard = [row for row in rows if _standard(row)]
    for neurons, passes in sorted({(row["neurons"], row["passes"]) for row in standard}):
        same = sorted(
            (row for row in standard if (row["neurons"], row["passes"]) == (neurons, passes)), key=lambda r: r["seed"]
        )
        found = estimate([100 * row["accuracy"] for row in same])
        interval = "" if found.low is None else f"{found.low:.1f} to {found.high:.1f}"
        each = ", ".join(f"{100 * row['accuracy']:.2f}" for row in same)
        seconds = clock_time(float(np.mean([row["train_seconds"] + row["test_seconds"] for row in same])))
        command = f"--neurons {neurons} --passes {passes} --seeds {len(same)}"
        cells = (neurons, passes, len(same), f"{found.mean:.2f}", interval, each, PUBLISHED.get(neurons, ""), seconds)
        lines.append("| " + " | ".join(map(str, cells)) + f" | `python experiments/diehl_cook.py {command}` |")
    return "\n".join([*lines, "", _versions(rows), ""])


def _standard(row: dict) -> bool:
    same = Setting(row["neurons"], row["passes"], row["seed"])
    return all(row[name] == value for name, value in asdict(same).items())


def _versions(rows: list[dict]) -> str:
    found = sorted({", ".join(f"{name} {v}" for name, v in row["versions"].items()) for row in rows})
    return f"All of MNIST: 60,000 patterns learned from, 10,000 tested. Made with {'; '.join(found)}."


def main() -> None:
    """Run what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--neurons", type=int, nargs="+", default=[100])
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--study", action="store_true", help="steps and methods of integration, with 100 neurons")
    parser.add_argument("--table", action="store_true", help="only the table and the figures")
    parser.add_argument("--data", help="mnist.npz")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the results")
    options = parser.parse_args()
    seeds = range(options.seeds)
    settings = [Setting(neurons, options.passes, seed) for neurons in options.neurons for seed in seeds]
    if options.study:
        settings = [Setting(seed=seed, method=method, dt_ms=dt) for seed in seeds for method, dt in STUDY]
    if not options.table:
        complete(settings, tasks.load("mnist", data=options.data), options.out)
    report(options.out)


if __name__ == "__main__":
    main()
