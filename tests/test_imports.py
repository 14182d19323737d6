"""Who may import whom: the table of CONTRIBUTING.md, held."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "brainnet"
FREE = {"checks", "counter", "data", "errors", "folders", "lazy", "order", "plain", "warn"}
MAY_IMPORT = {
    "tasks": set(),
    "structure": set(),
    "codes": set(),
    "cell": {"structure", "codes"},
    "parts": {"cell"},
    "artificial": {"cell", "parts", "structure", "codes"},
    "spiking": {"cell", "parts", "structure", "codes"},
    "measures": {"structure"},
    "statistics": set(),
    "comparison": {
        "tasks", "structure", "codes", "cell", "parts", "artificial", "spiking", "measures", "statistics",
    },
    "report": {"comparison", "measures", "statistics"},
    "conformance": {
        "cell", "structure", "codes", "artificial", "spiking", "measures", "statistics", "comparison", "report",
    },
    "doctor": {"tasks", "codes", "spiking"},
}  # fmt: skip
OUTSIDE = {
    "tasks": {"sklearn"},
    "structure": {"scipy"},
    "artificial": {"sklearn"},
    "spiking": {"sklearn", "brian2", "scipy"},
    "measures": {"sklearn"},
    "statistics": {"scipy"},
    "comparison": {"sklearn"},
    "report": {"matplotlib", "jinja2"},
    "conformance": {"sklearn", "matplotlib", "scipy"},
    "data": {"sklearn"},
    "order": {"sklearn"},
}
# Within a twin, data flow one way: each part imports those before it, and none after.
TWINS = {
    "artificial": [
        "neurons", "connections", "network", "learning", "coding", "build", "training", "model", "classifier",
    ],
    "spiking": [
        "neurons", "learning", "connections", "network", "simulator", "curves", "coding", "readouts", "build",
        "answers", "training", "model", "presets", "published", "classifier",
    ],
}  # fmt: skip
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem in {*MAY_IMPORT, *FREE})


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Full names of all modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = str(node.module)
            # `from brainnet import structure` names a part of the package in the list, not in the module
            found |= {f"{module}.{alias.name}" for alias in node.names} if module == "brainnet" else {module}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_follow_the_table(path):
    part = part_of(path)
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top == "brainnet":
            inner = rest.split(".")[0]
            assert inner in MAY_IMPORT.get(part, set()) | FREE | {part, "__version__"}, f"{part} must not import {name}"
        elif top not in sys.stdlib_module_names and top != "numpy":
            assert top in OUTSIDE.get(part, set()), f"{part} must not import {name}"


@pytest.mark.parametrize("twin", TWINS)
def test_within_a_twin_data_flow_one_way(twin):
    parts, folder = TWINS[twin], PACKAGE / twin
    files = [path for path in folder.rglob("*.py") if path != folder / "__init__.py"]
    assert {path.relative_to(folder).parts[0].removesuffix(".py") for path in files} == set(parts)
    for path in files:
        part = path.relative_to(folder).parts[0].removesuffix(".py")
        for name in imported(path):
            if name.startswith(f"brainnet.{twin}."):
                other = name.split(".")[2]
                assert parts.index(other) <= parts.index(part), f"{path}: {part} comes before {other}"


def test_brian2_is_imported_in_the_simulator_alone():
    users = {path for path in PACKAGE.rglob("*.py") if any(n.split(".")[0] == "brian2" for n in imported(path))}
    assert {path.parent.name for path in users} == {"simulator"}


def test_nobody_imports_experiments():
    for path in PACKAGE.rglob("*.py"):
        assert not any(name.split(".")[0] == "experiments" for name in imported(path)), path


def test_the_checks_above_can_fail(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text("from brainnet import spiking\nimport brian2\n")
    assert imported(bad) == {"brainnet.spiking", "brian2"}
