"""A trial gives its model everything but the test labels; what gets them another way is caught."""

from dataclasses import fields, replace

import numpy as np
import pytest
import standins

from brainnet.comparison import trial
from brainnet.comparison.models import MODELS
from brainnet.comparison.trial import Blind, assert_blind, attempt, blind, mark, reduced
from brainnet.measures import accuracy
from brainnet.tasks import load
from brainnet.tasks.task import Examples


@pytest.fixture
def task():
    return standins.small_task()


@pytest.fixture(scope="module")
def few_digits():
    """Digits of the size that the models are compiled for, but few of them."""
    digits = load("digits")
    parts = {"train": (digits.train, 100), "validation": (digits.validation, 20), "test": (digits.test, 40)}
    few = {name: Examples(part.patterns[:n].copy(), part.labels[:n].copy()) for name, (part, n) in parts.items()}
    return replace(digits, **few)


def test_what_a_model_may_see_holds_no_test_label(task):
    seen = blind(task)
    assert [field.name for field in fields(Blind)] == ["outline", "train", "validation", "test_patterns"]
    everything = [seen.train.labels, seen.validation.labels, seen.train.patterns, seen.test_patterns]
    assert not any(np.shares_memory(array, task.test.labels) for array in everything)


def test_the_score_is_the_accuracy_of_the_answers(task):
    answers = attempt(standins.PROTOTYPES, blind(task), seed=0)
    row = mark("sigmoid-backprop", task, 0, answers)
    assert row.accuracy == accuracy(answers.predictions, task.test.labels)
    assert [row.scalars[name] for name in ("n_train", "n_validation", "n_test")] == [168, 24, 48]
    assert row.scalars["validation_accuracy"] == answers.arrays["curve"][-1, 1]


def test_the_same_seed_gives_the_same_answers(task):
    trials = (attempt(standins.PROTOTYPES, blind(task), seed) for seed in (1, 1, 2))
    first, again, other = (trial.arrays["receptive_fields"] for trial in trials)
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.key)
def test_models_are_blind_to_the_test_labels_and_to_the_order_of_the_test(model, few_digits):
    assert_blind(model, few_digits)


def test_a_model_that_keeps_hold_of_the_task_is_caught(task):
    with pytest.raises(AssertionError, match="follow the test labels"):
        assert_blind(standins.model(standins.Peeking(task)), task)


def test_a_runner_that_trains_on_the_test_set_is_caught(task):
    def leaking(model, seen, seed, quick):
        return attempt(model, replace(seen, train=task.test), seed, quick)

    with pytest.raises(AssertionError, match="follow the test labels"):
        assert_blind(standins.PROTOTYPES, task, attempt=leaking)


def test_a_runner_that_hands_over_the_answers_is_caught(task):
    def leaking(model, seen, seed, quick):
        return replace(attempt(model, seen, seed), predictions=task.test.labels.copy())

    with pytest.raises(AssertionError, match="100% of its answers follow the test labels"):
        assert_blind(standins.PROTOTYPES, task, attempt=leaking)


def test_a_model_that_adapts_while_it_is_tested_is_caught(task):
    with pytest.raises(AssertionError, match="order of the test patterns"):
        assert_blind(standins.model(standins.drifting), task)


def test_the_check_leaves_the_task_as_it_was(task):
    before = task.test.labels.copy()
    assert_blind(standins.PROTOTYPES, task)
    with pytest.raises(AssertionError):
        assert_blind(standins.model(standins.Peeking(task)), task)
    np.testing.assert_array_equal(task.test.labels, before)
    assert not task.test.labels.flags.writeable


def test_a_quick_task_is_a_part_of_the_whole(monkeypatch, task):
    monkeypatch.setattr(trial, "QUICK_TRAIN", 50)
    monkeypatch.setattr(trial, "QUICK_TEST", 20)
    small = reduced(task)
    assert [len(part.labels) for part in (small.train, small.validation, small.test)] == [50, 20, 20]
    for part, whole in ((small.train, task.train), (small.test, task.test)):
        rows = {(*pattern, label) for pattern, label in zip(whole.patterns, whole.labels, strict=True)}
        assert {(*pattern, label) for pattern, label in zip(part.patterns, part.labels, strict=True)} <= rows


def test_a_spiking_model_is_recorded_on_the_first_test_pattern(task):
    shown = attempt(standins.SPIKING, blind(task), seed=0, recorded=True).arrays["shown"]
    np.testing.assert_array_equal(shown.pattern, task.test.patterns[0])
    assert attempt(standins.SPIKING, blind(task), seed=0).arrays["shown"] is None


def test_a_simulator_is_built_by_two_patterns_of_each_class_outside_the_trial_s_clock(task, monkeypatch):
    monkeypatch.setattr(trial, "compiler", lambda: "g++")
    clock, fitted, notes = [0.0], [], []

    class Slow(standins.Spiking):
        def fit(self, X, y, validation=None, progress=None):
            clock[0] += 10.0 if not fitted else 1.0
            fitted.append((len(X), self.epochs))
            return standins.Prototypes.fit(self, task.train.patterns, task.train.labels, validation)

    monkeypatch.setattr(trial, "perf_counter", lambda: clock[0])
    slow = replace(standins.SPIKING, build=lambda *_: Slow())
    timing = attempt(slow, blind(task), seed=0, progress=lambda *said: notes.append(said)).timing
    assert fitted == [(8, 1), (168, 4)]
    assert (timing.build_seconds, timing.fit_seconds) == (10.0, 1.0)
    assert notes == [(0.0, "compiling")]


def test_without_a_compiler_or_spikes_nothing_is_built(task, monkeypatch):
    monkeypatch.setattr(trial, "_build_simulator", pytest.fail)
    attempt(standins.PROTOTYPES, blind(task), seed=0)
    monkeypatch.setattr(trial, "compiler", lambda: None)
    attempt(standins.SPIKING, blind(task), seed=0)


def test_chance_answers_with_the_most_frequent_training_label(task):
    few = replace(task, train=Examples(task.train.patterns[:5], np.array([2, 2, 2, 0, 1])))
    answers = attempt(standins.CHANCE, blind(few), seed=0)
    assert set(answers.predictions) == {2}
    assert answers.scalars["n_units"] == answers.scalars["n_trained_parameters"] == 0
