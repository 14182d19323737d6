"""The command line: `brainnet compare`, `validate`, `list`, `cache`, `doctor` and `--version`.

Each command is one function that gets the parsed arguments; what it needs is imported inside it, so that
`brainnet --version` need not wait for libraries that it does not use.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from brainnet import endings
from brainnet.errors import BrainnetError

if TYPE_CHECKING:
    from brainnet.spiking.simulator.housekeeping import Entry

MOST = 1000  # seeds, or processes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 2 after an error the user can mend, 130 after Ctrl-C or SIGTERM."""

    def run() -> None:
        parsed = _parser().parse_args(arguments)
        parsed.run(parsed)

    return endings.status(run)


def compare(arguments: argparse.Namespace) -> None:
    """Train every model on a task, print the table, write the report."""
    from brainnet import checks, tasks
    from brainnet.report import folder

    checks.one_of("task", arguments.task, tasks.NAMES)
    out = arguments.out or Path("reports") / arguments.task
    folder.prepare(out)

    from brainnet.comparison import run, store
    from brainnet.comparison.progress import ProgressLine
    from brainnet.report import page, tables

    _note_missing_compiler()
    with ProgressLine(sys.stderr) as progress:
        comparison = run.compare(
            arguments.task, range(arguments.seeds), data=arguments.data, n_workers=arguments.workers,
            quick=arguments.quick, progress=progress,
        )  # fmt: skip
    with (
        endings.kept(comparison),
        ProgressLine(sys.stderr) as progress,
        folder.replaced(out) as building,
    ):
        progress.say("drawing the figures")
        store.save(comparison, building)
        page.save(comparison, building)
    print(tables.terminal_table(comparison))
    print(f"\nReport: {out / folder.HTML}")


def validate(arguments: argparse.Namespace) -> None:
    """Put laws to the test, print the table, write the page; a law that does not hold is an error."""
    from brainnet.report import folder

    folder.prepare(arguments.out, folder.LAWS)

    from brainnet.comparison.progress import ProgressLine
    from brainnet.conformance import entry, page, suite

    suite.chosen(arguments.names)
    entry.earlier(arguments.out, suite.LAWS)
    with ProgressLine(sys.stderr) as progress:
        rows = tuple(suite.run(arguments.names, arguments.full, progress.say))
    print(page.terminal_table(rows))
    command = ["brainnet validate", *arguments.names, *(["--full"] if arguments.full else [])]
    with (
        ProgressLine(sys.stderr) as progress,
        folder.turn(arguments.out),
        folder.replaced(arguments.out, folder.LAWS) as building,
    ):
        progress.say("drawing the figures")
        page.save(rows, arguments.full, " ".join(command), building, arguments.out)
    print(f"\nReport: {arguments.out / folder.HTML}", flush=True)
    suite.require_passed(rows)


def list_all(arguments: argparse.Namespace) -> None:
    """Tasks and models, one a line."""
    from brainnet import tasks
    from brainnet.comparison.models import DIEHL_COOK, MODELS
    from brainnet.report.tables import aligned

    print("Tasks")
    print(aligned([(f"  {name}", text) for name, text in tasks.DESCRIPTIONS.items()], left=2))
    print("\nModels")
    print(aligned([(f"  {m.key}", m.name, m.rule) for m in (*MODELS, DIEHL_COOK)], left=3))
    print(f"\n{DIEHL_COOK.key} takes the place of lif-stdp on mnist.")


def cache(arguments: argparse.Namespace) -> None:
    """Show the compiled simulators, or remove them."""
    from brainnet.spiking.simulator import housekeeping

    where = housekeeping.root()
    if arguments.action == "clear":
        cleared = housekeeping.clear(where)
        kept = f"; kept: {cleared.kept}, which another process uses" if cleared.kept else ""
        print(f"simulators removed: {cleared.removed}, {housekeeping.megabytes(cleared.freed)} freed{kept}")
        return

    from brainnet.report.tables import aligned

    found, limit = housekeeping.entries(where), housekeeping.megabytes(housekeeping.limit_bytes())
    size = housekeeping.megabytes(sum(entry.size for entry in found))
    print(aligned([("folder", str(where)), ("size", f"{size} of {limit}, simulators: {len(found)}")], left=2))
    if found:
        print("\n" + aligned([("simulator", "size", "last used", "Brian2", "compiler"), *map(_row, found)]))


def _row(entry: Entry) -> tuple[str, ...]:
    """What there is to know of a compiled simulator."""
    from brainnet.spiking.simulator.housekeeping import megabytes

    what = entry.about.get("what", "damaged, or of another version")
    used = time.strftime("%Y-%m-%d %H:%M", time.localtime(entry.used))
    return what, megabytes(entry.size), used, entry.about.get("brian2", "-"), entry.about.get("compiler", "-")


def doctor(arguments: argparse.Namespace) -> None:
    """Say what this machine can do."""
    from brainnet.comparison.versions import versions
    from brainnet.doctor import examine

    examine(versions(), partial(print, flush=True))


class _Version(argparse.Action):
    """Prints the versions that matter and leaves."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from brainnet.comparison.versions import versions

        for name, version in versions().items():
            print(name, version)
        parser.exit()


class _Parser(argparse.ArgumentParser):
    """Its errors are of the same form, one line, as all others."""

    def error(self, message: str) -> NoReturn:
        message = re.sub("^argument ([^:]+): ", r"\1 ", message).replace("invalid choice: ", "cannot be ")
        raise BrainnetError(f"{message}; see {self.prog} --help")


def _parser() -> argparse.ArgumentParser:
    purpose = "Train brain-like spiking networks and artificial sigmoid networks on the same task and compare them."
    parser = _Parser(prog="brainnet", description=purpose, allow_abbrev=False)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the versions that matter")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_compare(commands)
    _add_validate(commands)
    listing = commands.add_parser("list", help="show tasks and models", allow_abbrev=False)
    listing.set_defaults(run=list_all)
    caching = commands.add_parser("cache", help="show the compiled simulators, or clear them", allow_abbrev=False)
    caching.add_argument("action", metavar="ACTION", nargs="?", choices=("show", "clear"), default="show",
                         help="show (the default) or clear")  # fmt: skip
    caching.set_defaults(run=cache)
    examination = commands.add_parser("doctor", help="say what this machine can do", allow_abbrev=False)
    examination.set_defaults(run=doctor)
    return parser


def _add_compare(commands: argparse._SubParsersAction) -> None:
    purpose = "train every model on a task and write a report"
    command = commands.add_parser("compare", help=purpose, description=purpose, allow_abbrev=False)
    command.add_argument("task", metavar="TASK", help="what to learn; brainnet list shows the tasks")
    command.add_argument("--seeds", type=_count, default=5, metavar="N", help="seeds 0 to N - 1 (default: 5)")
    command.add_argument(
        "--out", type=_path, metavar="FOLDER", help="where to write the report (default: reports/TASK)"
    )
    command.add_argument("--data", type=_path, metavar="FILE", help="data file, for mnist")
    command.add_argument("--workers", type=_count, metavar="N", help="processes at a time (default: one per processor)")
    command.add_argument("--quick", action="store_true", help="fewer patterns and passes, for a first look")
    command.set_defaults(run=compare)


def _add_validate(commands: argparse._SubParsersAction) -> None:
    purpose = "measure models and rules against what was published, and write a page"
    command = commands.add_parser("validate", help=purpose, description=purpose, allow_abbrev=False)
    command.add_argument(
        "names", metavar="NAME", nargs="*", help="keys or names of laws, such as V12 or oja (default: all)"
    )
    command.add_argument("--full", action="store_true", help="at published sizes, the long ones too")
    command.add_argument(
        "--out", type=_path, metavar="FOLDER", default=Path("reports/validate"),
        help="where to write the page (default: reports/validate)",
    )  # fmt: skip
    command.set_defaults(run=validate)


def _count(text: str) -> int:
    if not (text.isdecimal() and len(text) < 10 and 1 <= int(text) <= MOST):
        shown = text if len(text) <= 30 else f"{text[:27]}..."
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {MOST} (got {shown!r})")
    return int(text)


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("must not be empty: give a path, or leave the option out")
    if "\0" in text:
        raise argparse.ArgumentTypeError("must not hold a NUL character: give the path of a file or folder")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise argparse.ArgumentTypeError(f"there is no such home folder: {text!r}") from None


def _note_missing_compiler() -> None:
    from brainnet.spiking import simulator

    note = simulator.compiler_note()
    if note is not None:
        print(f"brainnet: {note}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
