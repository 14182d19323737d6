"""What every code promises both twins."""

from __future__ import annotations

import numpy as np
import pytest

from brainnet.codes import ByShape, Code, PoissonRate, PopulationRate, RealValues
from brainnet.counter import keys_by_content, keys_by_position
from brainnet.spiking import Monitor, Network, Poisson, Population, Presentation, simulate

CODES = [
    RealValues(),
    RealValues(8.0, centred=True),
    PoissonRate(200.0),
    PoissonRate(complement=True),
    PopulationRate(),
]
EACH = pytest.mark.parametrize("code", CODES, ids=repr)
PATTERNS = np.random.default_rng(0).random((6, 9))
KEYS = keys_by_content(1, PATTERNS)


@EACH
def test_a_code_keeps_the_contract(code):
    fitted = code.fitted((3, 3), PATTERNS.mean(axis=0))
    assert isinstance(fitted, Code)
    encoded = fitted.encode(PATTERNS, KEYS)
    assert encoded.kind == code.kind
    assert encoded.values.shape == (6, fitted.inputs(9)) == encoded.drive(100.0).shape
    assert fitted.fields(encoded.values, 9).shape == (6, 9)


@EACH
def test_what_a_pattern_becomes_does_not_depend_on_the_others(code):
    fitted = code.fitted((3, 3), PATTERNS.mean(axis=0))
    together = fitted.encode(PATTERNS, KEYS).drive(100.0)
    alone = [fitted.encode(PATTERNS[i : i + 1], KEYS[i : i + 1]).drive(100.0)[0] for i in range(6)]
    np.testing.assert_array_equal(together, alone)


def test_real_values_are_the_values_and_centred_ones_have_no_mean():
    assert RealValues().encode(PATTERNS, KEYS).drive(1.0) is PATTERNS
    centred = RealValues(2.0, centred=True).fitted((3, 3), PATTERNS.mean(axis=0)).encode(PATTERNS, KEYS)
    np.testing.assert_allclose(centred.values.mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(np.diff(centred.values, axis=0), 2 * np.diff(PATTERNS, axis=0))


def test_counts_have_the_mean_and_the_variance_of_a_poisson_process():
    patterns, seconds = np.tile([0.0, 0.25, 1.0], (4000, 1)), 0.2
    counts = PoissonRate(100.0).encode(patterns, keys_by_position(0, 0, 4000)).drive(1000 * seconds) * 100 * seconds
    np.testing.assert_allclose(counts, np.rint(counts), rtol=1e-12)
    assert not counts[:, 0].any()
    for column, mean in ((1, 5.0), (2, 20.0)):
        assert counts[:, column].mean() == pytest.approx(mean, abs=4 * np.sqrt(mean / 4000))
        assert counts[:, column].var() == pytest.approx(mean, rel=4 * np.sqrt(2.2 / 4000))


def test_both_twins_see_the_same_spikes():
    """The counts that drive a sigmoid neuron are those of the simulator's inputs."""
    encoded = PoissonRate(60.0).encode(PATTERNS, KEYS)
    inputs = Population("inputs", 9, Poisson(), counted=True)
    network = Network((inputs,), (), Presentation(200.0, dt_ms=0.05))
    answer = simulate(
        network,
        {"inputs.rate": encoded.values},
        {},
        KEYS,
        learn=False,
        backend="numpy",
        monitor=Monitor({"inputs": None}),
    )
    simulated, drawn = answer.counts["inputs"], encoded.drive(200.0) * 60.0 * 0.2
    assert np.abs(simulated - drawn).sum() <= 1  # a spike in the last step may wait for one that does not come
    assert drawn.sum() > 200


def test_images_come_as_rates_and_tables_as_populations():
    assert ByShape().fitted((8, 8), np.zeros(64)) == PoissonRate(250.0)
    for shape in ((1, 64), (3, 30)):
        assert ByShape().fitted(shape, np.zeros(shape[0] * shape[1])) == PopulationRate()
