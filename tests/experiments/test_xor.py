"""The XOR experiment runs small, and each of its steps obeys its law."""

from pathlib import Path
from runpy import run_path

import numpy as np
import pytest

from brainnet.artificial import Linear, Sigmoid

EXPERIMENT = run_path(str(Path(__file__).parents[2] / "experiments" / "xor.py"))
CORNERS, unit = EXPERIMENT["CORNERS"], EXPERIMENT["unit"]


@pytest.fixture(scope="module")
def results():
    return dict(EXPERIMENT["run"](range(2)))


def test_every_step_is_run_from_every_seed(results):
    assert list(results) == list(EXPERIMENT["STEPS"])
    assert all(len(found) == 2 for found in results.values())


def test_the_program_as_written_diverges_at_the_rate_of_the_largest_eigenvalue():
    inputs = EXPERIMENT["INPUTS"]
    growth = 1 + 0.01 * np.linalg.eigvalsh(inputs.T @ inputs / 4).max()
    last, before = (unit(0, -1, 0.01, Linear(), steps=steps).largest_weight for steps in (1000, 999))
    assert last / before == pytest.approx(growth, rel=1e-6)
    assert last > 1e4


def test_the_program_as_written_saturates(results):
    for found in results["1 the program as written"]:
        np.testing.assert_array_equal(found.outputs, found.outputs.round())
        assert found.right == 2


def test_with_its_sign_mended_it_settles_at_the_sigmoid_of_one_half(results):
    for found in results["3 and a rate of 0.5"]:
        assert found.outputs == pytest.approx(1 / (1 + np.exp(-0.5)))
        assert found.largest_weight == pytest.approx(0.5)


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize(
    ("trained", "rate"), [(Linear(), 0.01), (Linear(), 0.5), (Sigmoid(), 0.01), (Sigmoid(), 0.5), (Sigmoid(), 10.0)]
)
def test_a_single_unit_never_gets_four_of_four_nor_an_error_below_a_quarter(trained, complete, rate):
    for seed in range(5):
        found = unit(seed, +1, rate, trained, complete)
        assert found.right <= 3
        assert np.mean((found.outputs - CORNERS.labels) ** 2) >= 0.25 - 1e-12


@pytest.mark.parametrize("step", ["6 hidden layer of 4", "7 spiking, delta rule", "8 spiking, STDP"])
def test_a_hidden_layer_solves_xor_with_gradients_and_with_local_rules(results, step):
    assert [found.right for found in results[step]] == [4, 4]
