"""Estimators made of parts: a search reaches one setting of one part, and leaves all others alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV

from brainnet import BrainnetError, Cell, Local, SigmoidClassifier, SpikingClassifier, competitive, frozen_fields, tasks
from brainnet.artificial import (
    Adam,
    Backpropagation,
    CrossEntropy,
    FeedbackAlignment,
    Following,
    ReLU,
    Sigmoid,
    SquaredError,
)
from brainnet.codes import PoissonRate, Presentation, RealValues
from brainnet.spiking import DeltaReadout, DeltaRule
from brainnet.structure import Dale, Dense, Sparse

FIELDS = frozen_fields(20, rule=DeltaRule(settle_ms=5.0), presentation=Presentation(30.0))
BOTH = pytest.mark.parametrize("kind", [SigmoidClassifier, SpikingClassifier])


@pytest.fixture(scope="module")
def digits():
    train = tasks.load("digits").train
    return train.patterns[:60], train.labels[:60]


@BOTH
def test_without_any_part_the_cell_is_the_default_one(kind):
    model = kind()
    assert model.chosen_cell() == model.default_cell()
    assert {name: value for name, value in model.get_params(deep=False).items() if value is not None} != {}


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("neuron", ReLU()),
        ("code", PoissonRate()),
        ("structure", Sparse(0.3)),
        ("rule", Backpropagation(0.1)),
        ("hidden", (7,)),
    ],
)
def test_a_part_that_is_given_takes_the_place_of_the_cell_s_and_of_nothing_else(part, value):
    cell = Cell(Sigmoid(), RealValues(), Dense(), Backpropagation(), hidden=(30, 20))
    model = SigmoidClassifier(cell=cell, **{part: value})
    assert model.chosen_cell() == replace(cell, **{part: value})


SETTINGS = [
    (SigmoidClassifier(), "rule__rate", 0.05),
    (SigmoidClassifier(), "cell__rule__momentum", 0.5),
    (SigmoidClassifier(rule=Following(Backpropagation(), Adam())), "rule__optimizer__beta1", 0.8),
    (SigmoidClassifier(structure=Sparse(0.2)), "structure__density", 0.4),
    (SpikingClassifier(), "cell__rule__readout__rule__rate", 0.002),
    (SpikingClassifier(competitive()), "cell__neuron__neuron__tau_ms", 90.0),
    (SpikingClassifier(competitive()), "cell__presentation__input_ms", 100.0),
]


@pytest.mark.parametrize(("model", "name", "value"), SETTINGS, ids=[name for _, name, _ in SETTINGS])
def test_a_setting_of_a_part_is_set_alone_and_read_back(model: Any, name: str, value: float):
    copy: Any = clone(model)
    changed = copy.set_params(**{name: value})
    assert changed.get_params()[name] == value
    assert changed.chosen_cell() != model.chosen_cell()
    before, after = model.get_params(), changed.get_params()
    whole = {"__".join(name.split("__")[:n]) for n in range(1, name.count("__") + 2)}  # the parts that hold it
    inside = name.removeprefix("cell__")  # which an ingredient that is not given takes from the cell
    whole |= {"__".join(inside.split("__")[:n]) for n in range(1, inside.count("__") + 2)}
    assert {key for key in before if before[key] != after.get(key)} <= whole
    assert changed.set_params(**{name: before[name]}).chosen_cell() == model.chosen_cell()


MADE = [
    SigmoidClassifier(),
    SigmoidClassifier(loss=CrossEntropy(), code=RealValues(), structure=Dale(Sparse(0.5)), rule=FeedbackAlignment()),
    SigmoidClassifier(cell=Cell(ReLU(), PoissonRate(), Dense(), Backpropagation()), loss=SquaredError()),
    SpikingClassifier(),
    SpikingClassifier(competitive(), epochs=2, shape=(3, 4)),
    SpikingClassifier(rule=Local(None, DeltaReadout()), hidden=(7,)),
]


@pytest.mark.parametrize("model", MADE, ids=lambda model: type(model).__name__)
def test_what_get_params_gives_set_params_takes_and_the_cell_stays(model: Any):
    copies: list[Any] = [clone(model), type(model)()]
    for receiver in copies:
        receiver.set_params(**model.get_params(deep=False))
        assert receiver.get_params() == model.get_params()
        receiver.set_params(**model.get_params())
        assert receiver.get_params() == model.get_params() | receiver.get_params(deep=False)
        assert receiver.chosen_cell() == model.chosen_cell()


@pytest.mark.parametrize("turned", [False, True])
def test_a_part_is_exchanged_before_its_settings_in_whatever_order_they_are_given(turned):
    given = {"cell": FIELDS, "cell__rule": Local(None, DeltaReadout()), "cell__rule__decay": 0.3}
    model = SpikingClassifier().set_params(**dict(reversed(given.items()) if turned else given.items()))
    assert model.cell == replace(FIELDS, rule=Local(None, DeltaReadout(), decay=0.3))


def test_parts_survive_clone(digits):
    model = SigmoidClassifier(
        (8,), structure=Sparse(0.5), rule=Local(None, Backpropagation()), epochs=2, random_state=0
    )
    again: Any = clone(model)
    one, other = model.fit(*digits), again.fit(*digits)
    assert one.predict_proba(digits[0]).tobytes() == other.predict_proba(digits[0]).tobytes()


@pytest.mark.parametrize(
    ("model", "grid"),
    [
        (SigmoidClassifier((8,), epochs=3, random_state=0), {"rule__rate": [0.001, 0.2]}),
        (SigmoidClassifier(epochs=3, random_state=0), {"hidden": [(4,), (16,)], "neuron": [Sigmoid(), ReLU()]}),
        (
            SpikingClassifier(frozen_fields(neurons=100), epochs=1, random_state=0),
            {"cell__rule__readout__rule__rate": [1e-6, 0.5]},
        ),
    ],
    ids=["rate", "whole parts", "spiking"],
)
@pytest.mark.filterwarnings("ignore:.*has not learned")
def test_a_grid_search_finds_the_better_setting(model, grid, digits):
    search = GridSearchCV(model, grid, cv=2).fit(*digits)
    assert len(set(search.cv_results_["mean_test_score"])) > 1
    for name, values in grid.items():
        assert search.best_estimator_.get_params()[name] == search.best_params_[name] == values[-1]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("speed", "Invalid parameter 'speed' for estimator"),
        ("rule__speed", "Backpropagation has no setting 'speed': it has rate, momentum, final"),
        ("epochs__rate", "int has no setting 'rate': it has none"),
        ("rule__rate__fast", "float has no setting 'fast'"),
        ("loss__output", "CrossEntropy has no setting 'output': it has none"),  # it follows from the loss
        ("rule__rate", "positive"),
    ],
)
def test_a_setting_that_is_not_there_is_named_with_those_that_are(name, says):
    with pytest.raises(BrainnetError) as refusal:
        SigmoidClassifier(loss=CrossEntropy()).set_params(**{name: -1})
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_refusal_is_one_line_however_long_the_cell():
    model = SpikingClassifier(competitive())
    assert "\n" in repr(model)
    with pytest.raises(BrainnetError) as refusal:
        model.set_params(speed=1)
    assert "\n" not in str(refusal.value)


@BOTH
@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"cell": 3}, r"cell must be a Cell, or None \(got 3\)"),
        ({"neuron": "relu"}, r"neuron must be an object such as .* \(got 'relu'\)"),
        ({"code": PoissonRate}, r"code must be an object such as .*got <class"),
        ({"structure": 0.1}, r"structure must be an object such as .*got 0\.1"),
        ({"rule": DeltaRule()}, r"rule must be an object such as .*DeltaRule"),
        ({"hidden": frozen_fields()}, "hidden is the number of hidden neurons: give a cell as cell="),
        ({"hidden": 30}, r"hidden must be a tuple of whole numbers, 1 or more"),
        ({"hidden": (0,)}, r"hidden must be a tuple of whole numbers, 1 or more"),
    ],
    ids=str,
)
def test_what_is_no_part_is_refused_in_one_line(kind, settings, says, digits):
    with pytest.raises(BrainnetError, match=f"{kind.__name__}.{says}") as refusal:
        kind(**settings).fit(*digits)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "cell"), [(SigmoidClassifier, frozen_fields()), (SpikingClassifier, SigmoidClassifier().default_cell())]
)
def test_a_cell_of_the_other_twin_is_sent_there(kind, cell, digits):
    other = {SigmoidClassifier: "SpikingClassifier", SpikingClassifier: "SigmoidClassifier"}[kind]
    with pytest.raises(BrainnetError, match=f"take {other}"):
        kind(cell=cell).fit(*digits)


def test_a_cell_holds_sizes_that_can_be():
    with pytest.raises(BrainnetError, match=r"Cell\.hidden must be a tuple of whole numbers, 1 or more"):
        frozen_fields(neurons=0)


def test_a_readout_is_a_part_like_any_other(digits):
    cell = frozen_fields(10, presentation=Presentation(30.0), epochs=1)
    changed = SpikingClassifier(cell).set_params(cell__rule__readout=DeltaReadout(DeltaRule(rate=0.001)))
    assert changed.chosen_cell().rule.readout.rule.rate == 0.001
    assert np.array_equal(changed.chosen_cell().hidden, cell.hidden)
