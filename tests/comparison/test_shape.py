"""The shape of a task reaches the models that can use it."""

from dataclasses import replace

import numpy as np
import pytest
import standins

from brainnet.comparison.model import Outline
from brainnet.comparison.models import MODELS
from brainnet.comparison.settings import settings
from brainnet.comparison.trial import attempt, blind
from brainnet.measures import accuracy
from brainnet.spiking import SpikingClassifier
from brainnet.tasks import Task, from_arrays

ROWS, COLUMNS, LENGTH = 12, 20, 7
STEPS = ((0, 1), (1, 0), (1, 1), (1, -1))  # a stroke's next pixel: right, down, and the two slants
FIELDS = next(model for model in MODELS if model.key == "lif-fields")
STDP = next(model for model in MODELS if model.key == "lif-stdp")


def strokes(count: int = 480) -> Task:
    """A stroke somewhere in an image of 12 x 20; the class is its direction."""
    rng = np.random.default_rng(0)
    labels, images = np.arange(count) % 4, rng.normal(0, 0.1, (count, ROWS, COLUMNS))
    for image, label in zip(images, labels, strict=True):
        down, right = STEPS[label]
        row = rng.integers(ROWS - down * (LENGTH - 1))
        column = rng.integers(COLUMNS - abs(right) * (LENGTH - 1)) + (LENGTH - 1) * (right < 0)
        along = np.arange(LENGTH)
        image[row + down * along, column + right * along] += 0.9
    return from_arrays("strokes", np.clip(images, 0, 1).reshape(count, -1), labels, shape=(ROWS, COLUMNS))


def outlined(task: Task) -> Outline:
    return blind(task).outline


@pytest.mark.parametrize("model", [FIELDS, STDP], ids=lambda model: model.key)
def test_layers_that_can_use_the_shape_get_it(model):
    assert settings(model.build(outlined(strokes(80)), 0, False))["shape"] == "(12, 20)"


@pytest.mark.parametrize(
    ("name", "shape", "coding"),
    [("strokes", (12, 20), "PoissonRate"), ("table", (1, 30), "PopulationRate"), ("xor", (1, 2), "PoissonRate")],
)
def test_images_come_as_rates_and_tables_by_populations(name, shape, coding):
    classifier = STDP.build(Outline(name, shape, ("a", "b"), 60, 10, 10), 0, False)
    assert isinstance(classifier, SpikingClassifier)
    cell = classifier.chosen_cell()
    assert type(cell.fitted(shape, np.zeros(shape[1])).code).__name__ == coding


def test_fields_on_an_image_that_is_not_square_recognise_strokes():
    task = strokes()
    seen = blind(task)
    answers = attempt(FIELDS, seen, seed=0, quick=True)
    assert accuracy(answers.predictions, task.test.labels) > 0.6  # chance: a quarter
    assert not answers.warnings
    flat = replace(FIELDS, build=lambda outline, seed, quick: _shapeless(FIELDS.build(outline, seed, quick)))
    unshaped = attempt(flat, seen, seed=0, quick=True)
    assert accuracy(unshaped.predictions, task.test.labels) < accuracy(answers.predictions, task.test.labels) - 0.2
    assert any("give shape=(rows, columns) for images" in said for said in unshaped.warnings)


def _shapeless(classifier) -> SpikingClassifier:
    return classifier.set_params(shape=None)


def test_what_a_model_says_while_it_is_trained_comes_with_the_answers():
    task = standins.small_task()
    useless = replace(task, train=replace(task.train, patterns=np.full_like(task.train.patterns, 0.5)))
    sigmoid = next(model for model in MODELS if model.key == "softmax")
    (said,) = attempt(sigmoid, blind(useless), seed=0, quick=True).warnings
    assert said.startswith("SigmoidClassifier has not learned")
