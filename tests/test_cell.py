"""A cell: what can meet, and what both twins make of the same four."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from brainnet import BrainnetError, Cell, Local, SigmoidClassifier, SpikingClassifier, competitive, frozen_fields, tasks
from brainnet.artificial import (
    BCM,
    Backpropagation,
    CrossEntropy,
    Foldiak,
    KrotovHopfield,
    Oja,
    Perceptron,
    Sanger,
    Sigmoid,
)
from brainnet.artificial.build import build as build_artificial
from brainnet.codes import PoissonRate, Presentation, RealValues
from brainnet.spiking import LIF, Assignment, DeltaReadout, Poisson, PostsynapticSTDP
from brainnet.spiking.build import build as build_spiking
from brainnet.structure import Competing, Dale, Dense, LocalFields, Sparse, check_signs
from brainnet.warn import heard

SIGMOID = Cell(Sigmoid(), RealValues(), Dense(), Backpropagation(), hidden=(12,))
SPIKING = frozen_fields(neurons=12, presentation=Presentation(20.0))
MEAN = np.full(64, 0.5)
STRUCTURES = [Dense(), Sparse(0.2), LocalFields(), Dale(Sparse(0.3)), Competing(Dense()), Dale(Competing(Sparse(0.5)))]


@pytest.fixture(scope="module")
def digits():
    train = tasks.load("digits").train
    return train.patterns[:300], train.labels[:300]


@pytest.mark.parametrize("structure", STRUCTURES, ids=repr)
def test_both_twins_get_the_same_wiring_from_the_same_seed(structure):
    cell = replace(SIGMOID, structure=structure).fitted((8, 8), MEAN)
    network = build_artificial(cell, CrossEntropy(), 64, 10, np.random.default_rng(5))
    spiking = replace(SPIKING, structure=structure).fitted((8, 8), MEAN)
    one, other = network.wirings[0], build_spiking(spiking, 64, 10, np.random.default_rng(5)).inputs.wiring
    assert one.graph == other.graph
    for name in ("signs", "fields"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert one.lateral == other.lateral


@pytest.mark.parametrize(
    "rule", [Backpropagation(), Local(None, Backpropagation()), Local(KrotovHopfield(), Backpropagation())]
)
@pytest.mark.parametrize("structure", [Sparse(0.2), Dale(Sparse(0.4)), LocalFields()], ids=repr)
def test_learning_keeps_the_wiring_of_a_sigmoid_network(structure, rule, digits):
    model = SigmoidClassifier((30,), structure=structure, rule=rule, epochs=2, random_state=0).fit(*digits).model_
    for weights in model.weights():
        dense = weights.dense()
        if weights.graph is not None:
            assert not dense[~weights.graph.mask()].any()
        if weights.signs is not None:
            check_signs(dense, weights.signs)
    assert model.weights()[0].graph is not None
    assert (model.weights()[1].signs is not None) == isinstance(structure, Dale)


def test_a_sparse_network_has_as_many_parameters_as_connections(digits):
    fitted = SigmoidClassifier((30,), structure=Sparse(0.25), epochs=1, random_state=0).fit(*digits)
    graph = fitted.model_.weights()[0].graph
    assert graph is not None
    connections = graph.n_synapses
    assert fitted.n_trained_parameters_ == connections + 30 + 30 * 10 + 10
    assert [len(values) for values in fitted.trained_weights_] == [fitted.n_trained_parameters_] * 2


@pytest.mark.parametrize("structure", [Sparse(0.3), Dale(Sparse(0.5)), LocalFields()], ids=repr)
def test_a_sigmoid_network_of_any_structure_learns(structure, digits):
    X, y = digits
    fitted = SigmoidClassifier((60,), structure=structure, epochs=15, random_state=0).fit(X[:200], y[:200])
    assert fitted.score(X[200:], y[200:]) > 0.75


@pytest.mark.parametrize(
    ("rule", "least"), [(Sanger(), 0.7), (KrotovHopfield(0.005), 0.6), (BCM(rate=0.001), 0.7), (None, 0.7)], ids=repr
)
def test_hidden_layers_that_learn_locally_serve_a_readout_that_learns(rule, least, digits):
    X, y = digits
    local = Local(rule, Backpropagation(), decay=0.9)
    fitted = SigmoidClassifier((60,), rule=local, epochs=20, random_state=0).fit(X[:200], y[:200])
    assert fitted.score(X[200:], y[200:]) > least
    assert (
        len(fitted.trained_weights_[0])
        == fitted.n_trained_parameters_
        == (60 * 10 + 10 if rule is None else 65 * 60 + 61 * 10)
    )
    assert fitted.n_frozen_parameters_ == (65 * 60 if rule is None else 0)


def test_oja_s_neurons_all_come_to_the_first_component_and_the_classifier_says_that_it_has_not_learned(digits):
    X, y = digits
    with heard() as said:
        fitted = SigmoidClassifier((20,), rule=Local(Oja(), Backpropagation()), epochs=20, random_state=0).fit(X, y)
    weight = fitted.model_.weights()[0].values
    first = np.linalg.svd(X, full_matrices=False)[2][0]
    alignment = np.abs(first @ weight) / np.linalg.norm(weight, axis=0)
    assert (alignment > 0.99).all()
    assert any("has not learned" in words for words in said)


def test_neurons_that_interact_answer_by_their_rule():
    bars = tasks.load("bars", 0).train
    X, y = bars.patterns[:200], bars.labels[:200]
    rule = Foldiak()
    fitted = SigmoidClassifier((8,), rule=Local(rule, Backpropagation()), epochs=1, random_state=0).fit(X, y)
    (answer,) = fitted.model_.hidden(X[:20])
    kind, state = fitted.network_.responders[0]
    expected = kind.respond(replace(state, weight=fitted.network_.connections[0].weight), X[:20].astype(np.float32))
    np.testing.assert_array_equal(answer, expected)
    assert set(np.unique(answer)) <= {0.0, 1.0}


def test_hidden_layers_learn_one_upon_the_other(digits):
    X, y = digits
    rule = Local(Sanger(), Backpropagation())
    fitted = SigmoidClassifier((20, 10), rule=rule, epochs=3, random_state=0).fit(X, y)
    assert [layer.shape for layer in fitted.model_.hidden(X[:5])] == [(5, 20), (5, 10)]
    assert all((w.values != 0).any() for w in fitted.model_.weights())


def test_a_sigmoid_network_sees_the_counts_that_a_code_of_spikes_gives(digits):
    X, y = digits
    fitted = SigmoidClassifier((30,), code=PoissonRate(250.0), epochs=10, random_state=0).fit(X[:200], y[:200])
    assert fitted.score(X[200:], y[200:]) > 0.7
    again = fitted.predict_proba(X[200:260])[::-1]
    np.testing.assert_array_equal(fitted.predict_proba(X[200:260][::-1]), again)  # by what a pattern holds alone


IMPOSSIBLE = [
    (replace(SIGMOID, rule=Local(PostsynapticSTDP(), Backpropagation())), "PostsynapticSTDP learns at spikes"),
    (replace(SIGMOID, rule=Local(None, DeltaReadout())), "DeltaReadout follows none"),
    (replace(SIGMOID, rule=Local(None, None)), "NoneType follows none"),
    (replace(SIGMOID, rule=Local(Perceptron(), Backpropagation())), "Perceptron trains no hidden layer"),
    (replace(SIGMOID, rule=Local(None, Backpropagation()), hidden=()), "needs a hidden layer (got hidden=())"),
    (replace(SIGMOID, structure=Competing(Dense())), "lateral inhibition between Sigmoid neurons"),
    (replace(SPIKING, rule=Backpropagation()), "Backpropagation needs the slope of an activation, and LIF has none"),
    (replace(SPIKING, rule=Local(Oja(), DeltaReadout())), "Oja needs activities, and LIF has spikes"),
    (replace(SPIKING, rule=Local(None, Backpropagation())), "Backpropagation reads no spikes"),
    (replace(SPIKING, rule=Local(PostsynapticSTDP(), DeltaReadout())), "needs a code of spikes, not of real values"),
    (replace(SPIKING, neuron=Poisson()), "Poisson fires by itself"),
    (replace(SPIKING, hidden=(5, 5)), "one hidden layer (got 2)"),
    (replace(SPIKING, structure=Dale(Dense())), "keeps Dale's law"),
    (replace(SPIKING, structure=Competing(Dense())), "LIF has no inhibitory partner"),
    (competitive(neurons=1), "nobody to compete with"),
]


@pytest.mark.parametrize(("cell", "reason"), IMPOSSIBLE, ids=[reason for _, reason in IMPOSSIBLE])
def test_a_cell_that_cannot_be_says_why_in_one_line(cell, reason, digits):
    assert reason in str(cell.impossible())
    kind = SpikingClassifier if cell.is_spiking else SigmoidClassifier
    with pytest.raises(BrainnetError, match="this cell cannot be built: ") as refusal:
        kind(cell=cell).fit(digits[0][:20], digits[1][:20])
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("cell", [SIGMOID, SPIKING, competitive(), replace(SIGMOID, structure=Dale(Sparse(0.1)))])
def test_a_cell_that_can_be_has_no_reason_not_to(cell):
    assert cell.impossible() is None


def test_one_ingredient_is_exchanged_alone(digits):
    """A code, a readout, a neuron: the rest of the cell stays, and it runs."""
    X, y = digits[0][:12], np.arange(12) % 3
    cell = competitive(6, presentation=Presentation(30.0), epochs=1)
    for other in (
        replace(cell, code=PoissonRate(100.0, complement=True)),
        replace(cell, structure=Competing(Sparse(0.5))),
        replace(cell, structure=Dense()),
        replace(cell, rule=replace(cell.rule, readout=DeltaReadout())),
        replace(SPIKING, code=PoissonRate(200.0)),
        replace(SPIKING, rule=replace(SPIKING.rule, readout=Assignment())),
        replace(SPIKING, structure=Sparse(0.3)),
    ):
        with heard():
            fitted = SpikingClassifier(other, epochs=1, backend="numpy", random_state=0).fit(X, y)
        assert fitted.cell_.hidden == other.hidden
        assert fitted.predict(X).shape == (12,)
        assert fitted.model_.cost().n_units >= other.hidden[0]
        assert isinstance(fitted.cell_.neuron, type(other.neuron))


def test_a_neuron_without_conductances_of_its_own_gets_receptors(digits):
    cell = replace(competitive(6, epochs=1), neuron=LIF(), structure=Dense(), presentation=Presentation(30.0))
    with heard():
        fitted = SpikingClassifier(cell, backend="numpy", random_state=0).fit(digits[0][:20], digits[1][:20])
    names = [receptor.name for receptor in fitted.model_.network.population("hidden").receptors]
    assert names == ["excitation", "inhibition"]


WRONG = [
    (lambda: Sparse(0.0), r"Sparse\.density must be more than 0"),
    (lambda: Dale(3), r"Dale\.structure must be a structure such as Dense\(\) \(got 3\)"),  # type: ignore[arg-type]
    (lambda: Competing(Dense), r"Competing\.structure must be a structure such as Dense\(\) \(got <class"),  # type: ignore[arg-type]
    (lambda: Dale(Dense(), 2.0), r"Dale\.excitatory must be a number from 0 to 1"),
    (lambda: Sparse(1e-12).draw(64, 5, np.random.default_rng(0)), "connects none of 64 inputs to 5 neurons: raise it"),
]


@pytest.mark.parametrize(("make", "says"), WRONG, ids=[says for _, says in WRONG])
def test_a_structure_that_cannot_be_is_refused_in_one_line(make, says):
    with pytest.raises(BrainnetError, match=says) as refusal:
        make()
    assert "\n" not in str(refusal.value)
