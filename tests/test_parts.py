"""Estimators made of parts: every setting of every part is within reach, and an exchange changes nothing else."""

from dataclasses import replace
from typing import Any

import pytest
from sklearn.base import clone

from brainnet import BrainnetError, Cell, Local, SigmoidClassifier, SpikingClassifier, competitive, frozen_fields
from brainnet.artificial import Backpropagation, CrossEntropy, FeedbackAlignment, ReLU, Sigmoid, SquaredError
from brainnet.codes import PoissonRate, PopulationRate, RealValues
from brainnet.spiking import LIF, DeltaReadout, DeltaRule
from brainnet.structure import Dale, Dense, LocalFields, Sparse

MODELS = [
    SigmoidClassifier(),
    SigmoidClassifier(loss=CrossEntropy(), code=RealValues(), structure=Dale(Sparse(0.5)), rule=FeedbackAlignment()),
    SigmoidClassifier(cell=Cell(ReLU(), PopulationRate(), Dense(), Backpropagation()), loss=SquaredError()),
    SpikingClassifier(),
    SpikingClassifier(competitive(), epochs=2, shape=(3, 4)),
    SpikingClassifier(rule=Local(None, DeltaReadout()), hidden=(7,), structure=LocalFields(3)),
]
EACH = pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)


def again(model: Any) -> Any:
    return clone(model)


@EACH
@pytest.mark.parametrize("deep", [False, True])
def test_what_get_params_gives_set_params_takes_and_nothing_changes(model, deep):
    given = model.get_params(deep)
    assert again(model).set_params(**given).get_params() == model.get_params()
    assert again(type(model)()).set_params(**given).get_params() == model.get_params()


@EACH
def test_settings_of_parts_have_their_names(model):
    shallow, deep = model.get_params(deep=False), model.get_params()
    assert {name for name in deep if "__" not in name} == set(shallow)
    for name, value in deep.items():
        part, *path = name.split("__")
        found = shallow[part]
        for each in path:
            found = getattr(found, each)
        assert found is value


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (SigmoidClassifier(), "rule__rate", 0.1),
        (SigmoidClassifier(), "cell__rule__rate", 0.1),
        (SigmoidClassifier(structure=Dale(Sparse(0.5))), "structure__structure__density", 0.25),
        (SpikingClassifier(), "cell__rule__readout__rule__rate", 0.003),
        (SpikingClassifier(), "rule__decay", 0.5),
        (SpikingClassifier(competitive()), "neuron__neuron__tau_ms", 50.0),
        (SpikingClassifier(competitive()), "cell__presentation__input_ms", 100.0),
    ],
)
def test_to_set_a_setting_is_to_exchange_the_part_for_one_that_differs_in_it_alone(model, name, value):
    changed = again(model).set_params(**{name: value})
    assert changed.get_params()[name] == value
    old, new = vars(model.chosen_cell()), vars(changed.chosen_cell())
    (differs,) = [part for part in old if old[part] != new[part]]
    assert differs in name.split("__")
    part, path = (name.split("__")[0], name.split("__")[1:])
    assert _set(getattr(changed, part), path, model._part(part)) == model._part(part)


def _set(part: Any, path: list[str], source: Any) -> Any:
    """The part with the source's value at the end of the path."""
    first, *rest = path
    value = getattr(source, first)
    return replace(part, **{first: _set(getattr(part, first), rest, value) if rest else value})


@pytest.mark.parametrize("turned", [False, True])
def test_a_part_is_exchanged_before_its_settings_in_whatever_order_they_are_given(turned):
    given = {"cell": frozen_fields(neurons=7), "cell__rule": Local(None, DeltaReadout()), "cell__rule__decay": 0.3}
    model = SpikingClassifier().set_params(**dict(reversed(given.items()) if turned else given.items()))
    assert model.cell == replace(given["cell"], rule=Local(None, DeltaReadout(), decay=0.3))


@EACH
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nope", "'nope'"),
        ("cell__nope", "Cell has no setting 'nope': it has neuron, code, structure, rule, hidden, presentation"),
        ("rule__nope__rate", "has no setting 'nope': it has "),
        ("random_state__x", "NoneType has no setting 'x': it has none"),
    ],
)
def test_a_setting_that_is_not_there_is_refused_in_one_line(model, name, says):
    with pytest.raises(BrainnetError, match="Invalid parameter") as caught:
        again(model).set_params(**{name: 1})
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_value_that_cannot_be_is_refused_where_it_is_set():
    with pytest.raises(BrainnetError, match=r"Local\.decay must be a number from 0 to 1 \(got 2\)"):
        SpikingClassifier().set_params(rule__decay=2)


def test_ingredients_take_the_place_of_the_cells_own():
    cell = Cell(ReLU(), PoissonRate(), Sparse(0.5), Backpropagation(), hidden=(7,))
    model = SigmoidClassifier(cell=cell, code=RealValues(), hidden=(3, 2))
    assert model.chosen_cell() == replace(cell, code=RealValues(), hidden=(3, 2))
    assert SigmoidClassifier(cell=cell).chosen_cell() == cell


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (SigmoidClassifier(neuron=LIF()), "Backpropagation needs the slope of an activation, and LIF has none"),  # type: ignore[arg-type]
        (SpikingClassifier(neuron=Sigmoid()), "Sigmoid neurons learn along an error, and DeltaReadout follows none"),  # type: ignore[arg-type]
        (SpikingClassifier(competitive(), code=RealValues()), "a rule at spikes needs a code of spikes"),
        (SpikingClassifier(competitive(), neuron=LIF()), "LIF has no inhibitory partner to compete by"),
        (SpikingClassifier(competitive(neurons=1)), "one neuron alone has nobody to compete with"),
        (SpikingClassifier(hidden=(4, 4)), r"the spiking twin has one hidden layer \(got 2\)"),
        (SpikingClassifier(structure=Dale()), "no rule of the spiking twin keeps Dale's law"),
        (SpikingClassifier(rule=Local(None, Backpropagation())), "Backpropagation needs activities, and LIF has spikes"),
        (SigmoidClassifier(structure=competitive().structure), "lateral inhibition between Sigmoid neurons"),
        (SigmoidClassifier(rule=Local(None, DeltaReadout(DeltaRule()))), "DeltaReadout follows none"),
    ],
)
def test_parts_that_cannot_meet_are_refused_with_the_reason(model, says):
    with pytest.raises(BrainnetError, match=f"^this cell cannot be built: .*(?:{says})"):
        model.chosen_cell()
