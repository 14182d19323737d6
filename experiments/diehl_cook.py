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

A run is a trial of `brainnet.comparison`, kept in a file of its own; a run that was stopped goes on where it was. All
60,000 training patterns are learned from; 10,000 of them, drawn at random, label the neurons; the test patterns are
shown once, at the end, with weights and thresholds frozen. Longer than an experiment should be by its study, its table
and the deviations that it owes the reader.

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
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from brainnet import BrainnetError, Cell, SpikingClassifier, tasks
from brainnet.comparison import kept
from brainnet.comparison.kept import Kept
from brainnet.comparison.model import UNIT, Outline
from brainnet.comparison.models import DIEHL_COOK
from brainnet.comparison.progress import clock_time
from brainnet.comparison.trial import attempt, blind, mark
from brainnet.folders import cache_folder
from brainnet.spiking.published import diehl_cook
from brainnet.statistics import estimate
from brainnet.tasks import Examples, Task

OUT = Path(__file__).parent / "results" / "diehl_cook"
PUBLISHED = {100: "82.9 (1 pass)", 400: "87.0 (3 passes)", 1600: "91.9 (7 passes)", 6400: "95.0 (15 passes)"}
STUDY = [("exponential_euler", dt) for dt in (0.1, 0.25, 0.5, 1.0)] + [("rk2", 0.25), ("rk2", 0.5)]
STUDY += [("euler", dt) for dt in (0.1, 0.25, 0.5)]
CURVE = 1000  # patterns, of those learned from, that measure the curve
HEAD = ("neurons", "passes", "seeds", "test accuracy, %", "95 % interval", "each seed", "published", "time of a run")


@dataclass(frozen=True)
class Setting:
    """What one run is of, but for its seed."""

    neurons: int = 100
    passes: int = 1
    method: str = "exponential_euler"
    dt_ms: float = 0.5

    @property
    def key(self) -> str:
        """The name of the model."""
        return "-".join(["diehl-cook", *map(str, asdict(self).values())])

    def cell(self) -> Cell:
        """The network."""
        cell = diehl_cook(self.neurons, self.passes)
        neuron, partner = (replace(one, method=self.method) for one in (cell.neuron.neuron, cell.neuron.partner))
        return replace(
            cell,
            neuron=replace(cell.neuron, neuron=neuron, partner=partner),
            presentation=replace(cell.presentation, dt_ms=self.dt_ms),
        )

    def build(self, outline: Outline, seed: int, quick: bool) -> SpikingClassifier:
        """The classifier of a trial."""
        return SpikingClassifier(self.cell(), value_range=UNIT, random_state=seed)


def whole(task: Task) -> Task:
    """The task with all that is not tested to learn from."""
    both = zip(*((part.patterns, part.labels) for part in (task.train, task.validation)), strict=True)
    train = Examples(*map(np.concatenate, both))
    return replace(task, train=train, validation=Examples(train.patterns[:CURVE], train.labels[:CURVE]))


def run(setting: Setting, seed: int, task: Task, checkpoint: Path | None = None, tell: bool = True) -> Kept:
    """Learn, label, test: one trial. A simulation that became unstable is one that failed."""
    model = replace(DIEHL_COOK, key=setting.key, build=setting.build)
    told = _told(f"{setting.key}, seed {seed}") if tell else None
    try:
        answers = attempt(model, blind(task), seed, progress=told, checkpoint=checkpoint)
    except BrainnetError as error:
        if "no longer finite" not in str(error):
            raise
        return Kept.failed_one(task.name, setting.key, seed, str(error), asdict(setting))
    return Kept.of(mark(setting.key, task, seed, answers), answers, asdict(setting))


def _told(name: str):
    """Prints progress every few seconds."""
    last = [time.monotonic()]

    def progress(fraction: float, note: str) -> None:
        if time.monotonic() - last[0] > 10:
            last[0] = time.monotonic()
            print(f"{name}: {fraction:.0%}, {note}", file=sys.stderr, flush=True)

    return progress


def complete(settings: Iterable[tuple[Setting, int]], task: Task, out: Path = OUT) -> None:
    """Run what has not been run, and make the table again after each."""
    folder = cache_folder() / "checkpoints"
    folder.mkdir(parents=True, exist_ok=True)
    for setting, seed in settings:
        if kept.path(out / "runs", setting.key, seed).exists():
            continue
        checkpoint = folder / f"{setting.key}-{seed}.npz"
        kept.keep(run(setting, seed, whole(task), checkpoint), out / "runs")
        checkpoint.unlink(missing_ok=True)
        report(out)


def report(out: Path = OUT) -> None:
    """Write the table and the figures from the runs in the folder."""
    import diehl_cook_figures

    runs = kept.found(out / "runs")
    (out / "table.md").write_text(table(runs), "utf-8")
    diehl_cook_figures.draw(runs, out)
    print((out / "table.md").read_text("utf-8"), flush=True)


def table(runs: list[Kept]) -> str:
    """Accuracy by number of neurons and passes, over seeds, as Markdown."""
    lines = ["| " + " | ".join((*HEAD, "made by")) + " |", "|---" * (len(HEAD) + 1) + "|"]
    standard = [run for run in runs if Setting(run.settings["neurons"], run.settings["passes"]).key == run.model]
    for neurons, passes in sorted({(run.settings["neurons"], run.settings["passes"]) for run in standard}):
        same = [run for run in standard if run.model == Setting(neurons, passes).key]
        found = estimate([100 * run.scalars["accuracy"] for run in same])
        interval = "" if found.low is None else f"{found.low:.1f} to {found.high:.1f}"
        each = ", ".join(f"{100 * run.scalars['accuracy']:.2f}" for run in same)
        seconds = clock_time(float(np.mean([run.seconds for run in same])))
        command = f"--neurons {neurons} --passes {passes} --seeds {len(same)}"
        cells = (neurons, passes, len(same), f"{found.mean:.2f}", interval, each, PUBLISHED.get(neurons, ""), seconds)
        lines.append("| " + " | ".join(map(str, cells)) + f" | `python experiments/diehl_cook.py {command}` |")
    made = sorted({", ".join(f"{name} {version}" for name, version in run.versions.items()) for run in runs})
    told = f"All of MNIST: 60,000 patterns learned from, 10,000 tested. Made with {'; '.join(made)}."
    return "\n".join([*lines, "", told, ""])


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
    settings = [Setting(neurons, options.passes) for neurons in options.neurons]
    if options.study:
        settings = [Setting(method=method, dt_ms=dt) for method, dt in STUDY]
    if not options.table:
        chosen = [(setting, seed) for setting in settings for seed in range(options.seeds)]
        complete(chosen, tasks.load("mnist", data=options.data), options.out)
    report(options.out)


if __name__ == "__main__":
    main()
