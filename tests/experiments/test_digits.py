"""The digits experiment runs small, and judges its prediction by the numbers."""

from dataclasses import replace
from pathlib import Path
from runpy import run_path

import pytest

from brainnet.comparison.models import MODELS
from brainnet.comparison.results import Difference
from brainnet.statistics import Estimate

EXPERIMENT = run_path(str(Path(__file__).parents[2] / "experiments" / "digits.py"))


@pytest.fixture(scope="module")
def comparison():
    artificial = [model for model in MODELS if not model.spiking]
    return EXPERIMENT["run"](seeds=[0], models=artificial, quick=True)


def test_every_model_gets_every_seed(comparison):
    assert [row.model for row in comparison.rows] == ["chance", "softmax", "sigmoid-backprop"]
    assert {row.seed for row in comparison.rows} == {0}


@pytest.mark.parametrize(("gap", "held"), [(-0.02, True), (-0.04, False), (0.01, False)])
def test_the_prediction_holds_if_the_gap_lies_where_it_was_expected(comparison, gap, held):
    found = Difference("lif-fields", "sigmoid-backprop", Estimate(gap, None, None), "too few seeds")
    assert EXPERIMENT["as_predicted"](replace(comparison, differences=(found,))) == {"lif-fields": held}
