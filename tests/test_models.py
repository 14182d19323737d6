"""What the trained models of both twins promise, in the same words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from brainnet import BrainnetError, Local, SigmoidClassifier, SpikingClassifier, competitive, frozen_fields, tasks
from brainnet.artificial import Backpropagation, Foldiak, KrotovHopfield
from brainnet.codes import PoissonRate, Presentation
from brainnet.spiking import DeltaRule
from brainnet.structure import Dale, Sparse
from brainnet.warn import heard

COMPETITIVE = competitive(neurons=20, epochs=1, presentation=Presentation(input_ms=100.0, min_spikes=5))


def artificial(**settings: Any) -> SigmoidClassifier:
    return SigmoidClassifier((20,), epochs=4, random_state=0, **settings)


def spiking(cell: Any) -> SpikingClassifier:
    return SpikingClassifier(cell, epochs=2, random_state=0)


KINDS = {
    "error": lambda: artificial(),
    "sparse, Dale": lambda: artificial(structure=Dale(Sparse(0.5))),
    "counts": lambda: artificial(code=PoissonRate(250.0)),
    "local": lambda: artificial(rule=Local(KrotovHopfield(0.005), Backpropagation(), decay=0.8)),
    "frozen": lambda: artificial(rule=Local(None, Backpropagation())),
    "fields": lambda: spiking(frozen_fields(neurons=100, rule=DeltaRule(rate=0.02))),
    "competitive": lambda: spiking(COMPETITIVE),
}


@pytest.fixture(scope="module")
def digits():
    train = tasks.load("digits").train
    return train.patterns[:40], train.labels[:40], train.patterns[40:55]


@pytest.fixture(scope="module", params=KINDS)
def fitted(request, digits):
    with heard():
        return KINDS[request.param]().fit(*digits[:2])


def test_the_model_answers_as_its_classifier_does(fitted, digits):
    np.testing.assert_array_equal(fitted.classes_[fitted.model_.predict(digits[2])], fitted.predict(digits[2]))
    assert fitted.model_.scores(digits[2]).shape == (15, len(fitted.classes_))


def test_every_hidden_layer_shows_its_activity(fitted, digits):
    layers = fitted.model_.hidden(digits[2])
    assert [layer.shape for layer in layers] == [(15, size) for size in fitted.cell_.hidden]
    assert all(layer.std() > 0 for layer in layers)


def test_weights_have_names_shapes_and_values_that_lead_from_layer_to_layer(fitted):
    weights = fitted.model_.weights()
    assert [each.name for each in weights] == ["hidden 1", "readout"][: len(weights)]
    assert weights[0].dense().shape == (64, fitted.cell_.hidden[0])
    sizes = [each.values.size if each.graph is None else each.graph.n_synapses for each in weights if each.learned]
    assert sum(sizes) <= fitted.n_trained_parameters_


def test_the_cost_is_that_of_the_classifier(fitted):
    cost = fitted.model_.cost()
    assert (cost.n_units, cost.n_trained_parameters) == (fitted.n_units_, fitted.n_trained_parameters_)
    assert cost.n_frozen_parameters == fitted.n_frozen_parameters_


def test_with_its_own_weights_a_model_answers_as_before_and_with_others_otherwise(fitted, digits):
    model = fitted.model_
    before = model.scores(digits[2])
    same = model.with_weights({each.name: each.values for each in model.weights()})
    np.testing.assert_array_equal(same.scores(digits[2]), before)
    others = {each.name: each.values / np.arange(1, each.values.shape[1] + 1) for each in model.weights()}
    turned = model.with_weights(others)
    assert not np.array_equal(turned.scores(digits[2]), before)
    np.testing.assert_array_equal(model.scores(digits[2]), before)  # it stayed as it was


@pytest.mark.parametrize(
    ("values", "says"),
    [({"hiden 1": np.zeros((64, 20))}, "there are no weights 'hiden 1'"), ({"hidden 1": 3.0}, "shape")],
)
def test_weights_that_do_not_fit_are_refused_in_one_line(fitted, values, says):
    with pytest.raises(BrainnetError, match=says) as refusal:
        fitted.model_.with_weights(values)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("structure", "says"),
    [(Sparse(0.5), "0 where there is no connection"), (Dale(), "Dale's law")],
    ids=["sparse", "Dale"],
)
def test_weights_that_break_the_wiring_are_refused_in_one_line(structure, says, digits):
    model = SigmoidClassifier((20,), structure=structure, epochs=1, random_state=0).fit(*digits[:2]).model_
    with pytest.raises(BrainnetError, match=says):
        model.with_weights({"hidden 1": np.ones((64, 20))})


def test_hidden_layers_and_readout_see_other_spikes_in_each_epoch(digits):
    rule, seen = Local(KrotovHopfield(0.005), Backpropagation()), []
    given = {"rule": rule, "code": PoissonRate(100.0), "epochs": 1, "random_state": 0}
    model = SigmoidClassifier((20, 10), **given).fit(*digits[:2]).model_

    def drives(epoch: int) -> np.ndarray:
        seen.append(epoch)
        return np.random.default_rng(epoch).random((40, 64)).astype(np.float32)

    list(model.trained(drives, digits[1], epochs=2, batch_size=8))
    assert seen == [0, 1, 0, 1, 0, 1]  # two hidden layers and the readout, in each of two epochs


def test_a_further_pass_learns_and_leaves_the_model_as_it_was(fitted, digits):
    X, y, later = digits
    model, before = fitted.model_, fitted.model_.scores(later)
    further = model.partial_fit(X, y, epoch=2)
    learned = [
        (one.values, other.values) for one, other in zip(model.weights(), further.weights(), strict=True) if one.learned
    ]
    assert any(not np.array_equal(one, other) for one, other in learned)
    kept = [
        (one.values, other.values)
        for one, other in zip(model.weights(), further.weights(), strict=True)
        if not one.learned
    ]
    for one, other in kept:
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(model.scores(later), before)
    assert further.predict(X).shape == y.shape


def test_labels_of_a_further_pass_are_indices_of_classes(fitted, digits):
    with pytest.raises(BrainnetError, match=r"labels must be indices of classes, 0 to 9 \(got 10\)"):
        fitted.model_.partial_fit(digits[0], np.full(40, 10))


def test_passes_one_by_one_are_those_of_a_fit_where_nothing_else_is_kept_between_them():
    """Without momentum, at a rate that stays, an optimizer has no memory; patterns come in the epoch's own order."""
    rule = Backpropagation(0.1, momentum=0.0, final=1.0)
    train = tasks.load("digits").train
    X, y = train.patterns[:64], train.labels[:64]
    given = {"rule": rule, "batch_size": 8, "random_state": 0, "dtype": "float64"}
    once, twice = (SigmoidClassifier((10,), epochs=epochs, **given).fit(X, y).model_ for epochs in (1, 2))
    further = once.partial_fit(X, y, batch_size=8, epoch=1)
    np.testing.assert_allclose(further.network.parameters, twice.network.parameters, rtol=0, atol=1e-12)


def test_a_further_pass_of_neurons_that_interact_goes_on_from_their_inhibition():
    bars = tasks.load("bars", 0).train
    X, y = bars.patterns[:100], bars.labels[:100]
    with heard():
        rule = Local(Foldiak(), Backpropagation())
        model = SigmoidClassifier((8,), rule=rule, epochs=2, random_state=0).fit(X, y).model_
    further = model.partial_fit(X, y, epoch=2)
    first, second = (one.network.responders[0][1].lateral for one in (model, further))
    assert np.abs(second - first).max() < np.abs(second).max() / 2  # a pass changes it, and does not begin it anew
    assert not np.array_equal(first, second)


def test_a_spiking_pass_is_the_next_epoch_of_a_training(digits):
    X, later, y = digits[0][:12], digits[2][:6], np.arange(12) % 3
    with heard():
        one, two = (SpikingClassifier(COMPETITIVE, epochs=n, random_state=0).fit(X, y).model_ for n in (1, 2))
    further = one.partial_fit(X, y, epoch=1)
    for name, values in two.state.items():
        np.testing.assert_array_equal(further.state[name], values)
    np.testing.assert_array_equal(further.scores(later), two.scores(later))


def test_lateral_neurons_keep_their_rule_when_weights_are_exchanged():
    bars = tasks.load("bars", 0).train
    X, y = bars.patterns[:100], bars.labels[:100]
    with heard():
        model = (
            SigmoidClassifier((8,), rule=Local(Foldiak(), Backpropagation()), epochs=1, random_state=0).fit(X, y).model_
        )
    none = model.with_weights({"hidden 1": np.zeros((64, 8))})
    assert set(np.unique(none.hidden(X)[0])) <= {0.0, 1.0}
    assert not np.array_equal(none.hidden(X)[0], model.hidden(X)[0])
