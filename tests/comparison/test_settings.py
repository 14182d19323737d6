"""The settings of a report are those that took effect, each said once."""

import pytest

from brainnet.comparison import settings
from brainnet.comparison.model import Outline
from brainnet.comparison.models import MODELS
from brainnet.data.scaling import CHOICES

DIGITS = Outline("digits", (8, 8), tuple("0123456789"), 1257, 180, 360)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.key)
def test_no_setting_is_left_open_or_packed_into_another(model):
    found = settings.settings(model.build(DIGITS, 0, False))
    assert not [value for value in found.values() if "None" in value or "=" in value or not value]
    assert "random_state" not in found


def test_the_rule_s_epochs_are_said_once_as_the_classifier_s():
    found = settings.settings(next(m for m in MODELS if m.key == "lif-fields").build(DIGITS, 0, False))
    assert found["epochs"] == "6"
    assert "rule.epochs" not in found
    assert (found["neuron"], found["structure"], found["rule.readout"]) == ("LIF", "LocalFields", "DeltaReadout")
    assert float(found["neuron.tau_ms"]) > 0


def test_what_is_left_to_the_patterns_or_to_a_default_is_shown_as_it_was_chosen():
    chosen = {model.key: settings.settings(model.build(DIGITS, 0, False)) for model in MODELS}
    assert chosen["sigmoid-backprop"]["loss"] == "CrossEntropy"
    assert chosen["lif-stdp"]["code"] == "PoissonRate"
    assert chosen["lif-stdp"]["code.max_rate_hz"] == "250.0"


@pytest.mark.parametrize(("compiler", "backend"), [("g++", "standalone"), (None, "numpy")])
def test_the_backend_is_the_one_that_runs(monkeypatch, compiler, backend):
    monkeypatch.setattr(settings, "compiler", lambda: compiler)
    found = settings.settings(next(m for m in MODELS if m.key == "lif-stdp").build(DIGITS, 0, False))
    assert found["backend"] == backend


@pytest.mark.parametrize("model", [m for m in MODELS if m.key != "chance"], ids=lambda model: model.key)
def test_the_scale_of_the_values_is_said_once(model):
    classifier = model.build(DIGITS, 0, False)
    found = settings.settings(classifier)
    assert found["value_range"] == "(0.0, 1.0)"
    assert "scaling" not in found
    for choice in CHOICES:
        found = settings.settings(classifier.set_params(value_range=None, scaling=choice))
        assert "training value" in found["scaling"]
        assert ("column" in found["scaling"]) == (choice != "global")
        assert "value_range" not in found
