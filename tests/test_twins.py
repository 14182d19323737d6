"""The twins mirror each other: files of one name hold the same public names, and where they do not, that is listed."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from brainnet import artificial, spiking
from brainnet.artificial.classifier import SigmoidClassifier
from brainnet.artificial.model import Model as ArtificialModel
from brainnet.spiking.classifier import SpikingClassifier
from brainnet.spiking.model import Model as SpikingModel

PACKAGE = Path(__file__).parents[1] / "brainnet"
# By file or folder that both twins have: the public names that both hold.
SHARED = {
    "__init__": {"DeltaRule", "Model", "Network"},
    "build": {"build"},
    "coding": set(),  # drive of a matrix product; currents, and spikes of a population of inputs
    "classifier": set(),  # SigmoidClassifier and SpikingClassifier, whose methods are compared below
    "connections": set(),  # weights in a matrix, synapses in a projection
    "learning": {"DeltaRule", "Rule"},
    "model": {"Model"},
    "network": {"Network"},
    "neurons": {"Neuron"},
    "training": set(),  # batches of a matrix product, chunks of a simulation
}
# Methods of the one that the other has not: time belongs to spikes, probabilities by a loss to gradients.
OWN = {SpikingModel: {"record"}, ArtificialModel: {"learns", "trained"}}


def names(twin: str, part: str) -> set[str]:
    """Public classes and functions of a file, or what a package of that name exports."""
    path = PACKAGE / twin / part
    if path.with_suffix(".py").exists() and part != "__init__":
        tree = ast.parse(path.with_suffix(".py").read_text("utf-8"))
        found = {node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    elif part == "__init__":
        found = set(vars(artificial if twin == "artificial" else spiking)["__all__"])
    else:
        tree = ast.parse((path / "__init__.py").read_text("utf-8"))
        found = {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
        files = [file for file in path.glob("*.py") if file.stem != "__init__"]
        found |= {
            n.name for file in files for n in ast.parse(file.read_text("utf-8")).body if isinstance(n, ast.ClassDef)
        }
    return {name for name in found if not name.startswith("_")}


def parts(twin: str) -> set[str]:
    return {path.stem for path in (PACKAGE / twin).iterdir() if path.suffix == ".py" or path.is_dir()} - {"__pycache__"}


def test_the_files_that_both_twins_have_are_these():
    assert parts("artificial") & parts("spiking") == set(SHARED)


@pytest.mark.parametrize("part", SHARED)
def test_files_of_one_name_share_these_public_names(part):
    assert names("artificial", part) & names("spiking", part) == SHARED[part]


def methods(kind: type) -> set[str]:
    return {name for name in vars(kind) if not name.startswith("_") and callable(getattr(kind, name))}


def test_trained_models_have_the_same_methods():
    mine, theirs = methods(ArtificialModel), methods(SpikingModel)
    assert mine - theirs == OWN[ArtificialModel]
    assert theirs - mine == OWN[SpikingModel]
    assert {"predict", "scores", "hidden", "weights", "with_weights", "cost", "partial_fit"} <= mine & theirs


def test_classifiers_have_the_same_methods_and_the_same_settings_for_the_same_things():
    assert methods(SpikingClassifier) - methods(SigmoidClassifier) == {"record"}
    assert methods(SigmoidClassifier) <= methods(SpikingClassifier)
    mine, theirs = (set(inspect.signature(kind).parameters) for kind in (SigmoidClassifier, SpikingClassifier))
    assert mine - theirs == {"loss", "batch_size", "dtype"}
    assert theirs - mine == {"backend"}
