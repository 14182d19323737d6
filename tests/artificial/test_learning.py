"""Laws of losses, gradient descent and training."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from brainnet.artificial import (
    Adam,
    Backpropagation,
    CrossEntropy,
    DirectFeedbackAlignment,
    FeedbackAlignment,
    Following,
    GradientDescent,
    Linear,
    Network,
    ReLU,
    Sigmoid,
    SquaredError,
    Tanh,
    train,
)
from brainnet.artificial.coding import one_hot
from brainnet.artificial.learning import Loss, Rule, Workspace
from brainnet.errors import BrainnetError


def clouds(patterns: int = 60, inputs: int = 4, dtype: str = "float64") -> tuple[np.ndarray, np.ndarray]:
    """Three clouds of patterns and their labels."""
    rng = np.random.default_rng(3)
    labels = np.arange(patterns) % 3
    centres = rng.normal(size=(3, inputs))
    return (centres[labels] + 0.5 * rng.normal(size=(patterns, inputs))).astype(dtype), labels


def course_of(loss: Loss, rate: float, steps: int) -> np.ndarray:
    """The loss before each step of gradient descent on all patterns at once, without hidden neurons."""
    drive, labels = clouds()
    network = Network.random((4, 3), Sigmoid(), loss.output, np.random.default_rng(0), "float64")
    work = Workspace.of(network, len(drive))
    work.drive[...], work.target[...] = drive, one_hot(labels, 3, "float64")
    velocity, values = np.zeros_like(network.parameters), []
    for _ in range(steps):
        gradient = Backpropagation().gradient(network, loss, work)
        values.append(loss.value(work.activations[-1], work.target))
        GradientDescent(rate).step(network.parameters, gradient, velocity)
    return np.array(values)


def largest_curvature() -> float:
    """Largest eigenvalue of the squared error's second derivative, for linear neurons with a bias."""
    drive, _ = clouds()
    extended = np.column_stack([drive, np.ones(len(drive))])
    return float(np.linalg.eigvalsh(extended.T @ extended / len(drive))[-1])


@pytest.mark.parametrize("loss", [CrossEntropy(), SquaredError(Linear()), SquaredError(Sigmoid())], ids=repr)
def test_gradient_descent_lowers_the_loss_at_every_step_of_a_small_rate(loss: Loss):
    values = course_of(loss, rate=0.05, steps=200)
    assert np.all(np.diff(values) < 0)


def test_gradient_descent_on_a_quadratic_is_stable_just_below_two_over_the_largest_curvature():
    values = course_of(SquaredError(Linear()), rate=1.98 / largest_curvature(), steps=500)
    assert np.all(np.diff(values) <= 1e-12)


def test_gradient_descent_on_a_quadratic_diverges_just_above_two_over_the_largest_curvature():
    values = course_of(SquaredError(Linear()), rate=2.02 / largest_curvature(), steps=500)
    assert values[-1] > 1e3 * values.min()


def test_momentum_step_is_the_hand_computed_one():
    parameters, velocity = np.array([1.0, 2.0]), np.array([0.5, -0.5])
    GradientDescent(rate=0.1, momentum=0.5).step(parameters, np.array([1.0, -2.0]), velocity)
    np.testing.assert_allclose(velocity, [0.15, -0.05])
    np.testing.assert_allclose(parameters, [1.15, 1.95])


def test_rate_falls_in_a_straight_line_to_its_final_share():
    lengths = []
    for s in (0.0, 0.5, 1.0):
        parameters, velocity = np.zeros(1), np.zeros(1)
        GradientDescent(rate=0.2, final=0.5).step(parameters, np.array([-1.0]), velocity, s)
        lengths.append(parameters[0])
    np.testing.assert_allclose(lengths, [0.2, 0.15, 0.1])


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), float("inf"), "fast", None])
@pytest.mark.parametrize("kind", [Backpropagation, GradientDescent])
def test_a_rate_that_is_not_positive_and_finite_is_refused(kind: type, rate: Any):
    with pytest.raises(BrainnetError, match=rf"^{kind.__name__}\.rate must be positive and finite \(got .*\)$"):
        kind(rate=rate)


@pytest.mark.parametrize("share", [-0.1, 1.5, float("nan"), "much"])
@pytest.mark.parametrize("field", ["momentum", "final"])
def test_a_share_outside_its_range_is_refused(field: str, share: Any):
    with pytest.raises(BrainnetError, match=rf"^Backpropagation\.{field} must .*\(got .*\)$"):
        Backpropagation(**{field: share})


def test_losses_are_the_hand_computed_ones():
    output, target = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]]), np.array([[1.0, 0, 0], [0, 1, 0]])
    assert CrossEntropy().value(output, target) == pytest.approx(-(np.log(0.5) + np.log(0.8)) / 2)
    assert SquaredError().value(output, target) == pytest.approx((0.25 + 0.125 + 0.04 + 0.02) / 4)


def test_cross_entropy_of_an_impossible_class_is_finite():
    assert np.isfinite(CrossEntropy().value(np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])))


@settings(deadline=None)
@given(arrays(np.float64, (6, 5), elements=st.floats(-3, 3)))
def test_probabilities_of_any_output_are_probabilities_and_keep_the_largest(output):
    p = SquaredError().probabilities(output)
    np.testing.assert_allclose(p.sum(axis=1), 1)
    assert np.all(p >= 0)
    assert np.all(p[np.arange(6), output.argmax(axis=1)] == p.max(axis=1))


@settings(deadline=None)
@given(arrays(np.float64, (6, 5), elements=st.floats(0.01, 1)))
def test_outputs_that_are_probabilities_stay_as_they_are(output):
    output = output / output.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(SquaredError().probabilities(output), output, atol=1e-12)


def trained(seed: int = 0, dtype: str = "float64", batch_size: int = 16, **parts) -> tuple[Network, list[float]]:
    drive, labels = clouds(dtype=dtype)
    loss = parts.get("loss", CrossEntropy())
    network = Network.random((4, 5, 3), parts.get("neuron", Sigmoid()), loss.output, np.random.default_rng(0), dtype)
    rule = parts.get("rule", Backpropagation())
    course = train(network, loss, rule, drive, labels, epochs=5, batch_size=batch_size, seed=seed)
    return network, list(course)


def test_the_order_of_patterns_comes_from_the_seed():
    first, again, other = (trained(seed)[0].parameters for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert np.any(first != other)


def test_one_batch_of_all_patterns_makes_the_order_irrelevant():
    first, other = (trained(seed, batch_size=1000)[0].parameters for seed in (1, 2))
    np.testing.assert_allclose(first, other, rtol=1e-9)


def test_an_epoch_shows_each_pattern_once():
    network, (*_, last) = trained(rule=Backpropagation(rate=1e-12))
    drive, labels = clouds()
    assert last == np.mean(network.respond(drive).argmax(axis=1) == labels)


@pytest.mark.parametrize("loss", [CrossEntropy(), SquaredError(), SquaredError(Linear())], ids=repr)
@pytest.mark.parametrize("neuron", [Sigmoid(), Tanh(), Linear(), ReLU()], ids=repr)
def test_float32_stays_float32_and_agrees_with_float64(neuron, loss):
    rule = Backpropagation(rate=np.float64(0.05), momentum=np.float64(0.5))
    single, _ = trained(dtype="float32", neuron=neuron, loss=loss, rule=rule)
    double, _ = trained(dtype="float64", neuron=neuron, loss=loss, rule=rule)
    drive, _ = clouds(dtype="float32")
    assert single.parameters.dtype == single.respond(drive).dtype == np.float32
    assert loss.probabilities(single.respond(drive)).dtype == np.float32
    assert double.parameters.dtype == np.float64
    np.testing.assert_allclose(single.parameters, double.parameters, atol=1e-4)


def test_learning_works_in_arrays_of_one_dtype():
    network, _ = trained(dtype="float32")
    work = Workspace.of(network, 2)
    floats = [work.drive, work.target, work.gradient, *work.activations, *work.deltas, *work.slopes]
    assert {array.dtype for array in floats} == {np.dtype("float32")}


@pytest.mark.parametrize(
    "rule", [Backpropagation(), FeedbackAlignment(), Following(DirectFeedbackAlignment(), Adam())], ids=repr
)
def test_an_epoch_allocates_no_array_beside_numpys_own_small_buffers(rule: Rule):
    rng = np.random.default_rng(0)
    drive, labels = rng.random((2000, 200), np.float32), np.arange(2000) % 10
    network = Network.random((200, 250, 10), Sigmoid(), CrossEntropy().output, rng, "float32")
    course = train(network, CrossEntropy(), rule, drive, labels, epochs=3, batch_size=512, seed=0)
    next(course)
    tracemalloc.start()
    next(course)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    numpys_buffer = np.getbufsize() * drive.itemsize  # for one operand at a time that is broadcast
    a_layer = 512 * 250 * drive.itemsize
    assert peak < 2 * numpys_buffer < a_layer / 7


def test_training_that_diverges_names_the_rate():
    loss, rule = SquaredError(Linear()), Backpropagation(rate=1e6)
    with pytest.raises(BrainnetError, match=r"training diverged in epoch \d.*rate smaller than 1000000\.0"):
        trained(loss=loss, rule=rule, neuron=Linear())
