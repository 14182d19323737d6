"""Training: batches of patterns in random order, a step of learning for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from brainnet.artificial.coding import one_hot
from brainnet.artificial.connections import Constraint
from brainnet.artificial.learning.local import learn
from brainnet.artificial.learning.losses import Loss
from brainnet.artificial.learning.rule import Rule
from brainnet.artificial.learning.workspace import Workspace
from brainnet.artificial.network import Network
from brainnet.cell import Local
from brainnet.errors import BrainnetError
from brainnet.order import presentation_order

Drives = Callable[[int], np.ndarray]  # of an epoch: a code that draws gives others each time


def train(
    network: Network,
    loss: Loss,
    rule: Rule,
    drive: np.ndarray | Drives,
    labels: np.ndarray,
    *,
    epochs: int,
    batch_size: int,
    seed: int,
    first_epoch: int = 0,
) -> Iterator[float]:
    """Train the network in place, and yield after each epoch the share of patterns right when their batch came.

    `drive` is (pattern, input) in the network's dtype, or gives that for each epoch; `labels`, (pattern,), are indices
    of output neurons. An epoch shows each pattern once, in the order that `seed` and its number give, which begins with
    `first_epoch`. Raises BrainnetError when weights or outputs stop being finite.
    """
    drives = drive if callable(drive) else lambda epoch: drive
    course = _Course(network, loss, rule, labels, batch_size)
    for epoch in range(epochs):
        course.order[:] = presentation_order(seed, first_epoch + epoch, len(labels))
        # Numbers that overflow show in the weights or in the outputs, which are looked at once an epoch.
        with np.errstate(over="ignore", invalid="ignore"):
            hits = course.epoch(drives(first_epoch + epoch), epoch / epochs)
            finite = course.is_finite()
        if not finite:
            raise BrainnetError(
                f"training diverged in epoch {epoch + 1}: weights or outputs are not finite; "
                f"choose a rate smaller than {rule.optimizer.rate!r}, or scale the patterns to [0, 1]"
            )
        yield hits / len(labels)


class _Course:
    """What a training holds from batch to batch: order, the optimizer's memory, a workspace for each size of batch."""

    def __init__(self, network: Network, loss: Loss, rule: Rule, labels: np.ndarray, batch_size: int) -> None:
        self.network, self.loss, self.rule, self.optimizer = network, loss, rule, rule.optimizer
        self.labels = labels
        self.target = one_hot(labels, network.sizes[-1], network.parameters.dtype)
        self.order = np.arange(len(labels))
        self.batches = [self.order[start : start + batch_size] for start in range(0, len(labels), batch_size)]
        self.workspaces = {size: Workspace.of(network, size) for size in {len(batch) for batch in self.batches}}
        self.memory = self.optimizer.memory(network.parameters)
        self.constrained = any(each.mask is not None or each.sign is not None for each in network.constraints)

    def epoch(self, drive: np.ndarray, s: float) -> int:
        """Learn from each batch once; the number of patterns right. No array is allocated for a dense network."""
        hits = 0
        for batch in self.batches:
            work = self.workspaces[len(batch)]
            work.gather(drive, self.target, self.labels, batch)
            gradient = self.rule.gradient(self.network, self.loss, work)
            self.optimizer.step(self.network.parameters, gradient, self.memory, s)
            if self.constrained:
                self.network.constrain()
            hits += work.count_hits()
        return hits

    def is_finite(self) -> bool:
        """Whether the weights are finite, and the outputs for a batch."""
        work = self.workspaces[len(self.batches[0])]
        output = self.network.propagate(work.drive, out=work.activations)[-1]
        return bool(np.isfinite(self.network.parameters.sum()) and np.isfinite(output.sum()))


def learn_hidden(
    network: Network, local: Local, drives: Drives, *, epochs: int, batch_size: int, seed: int, first_epoch: int = 0
) -> Iterator[Network]:
    """Have a local rule train the hidden layers, each on what the one below answers, and yield after each layer.

    The weights change in place; neurons that interact, as the rule has it, answer by the rule from then on. The rate
    shrinks from epoch to epoch, as `Local` has it.
    """
    responders: list[Any] = list(network.responders or (None,) * len(network.sizes[1:]))
    for layer, constraint in enumerate(network.constraints[:-1]):
        weight = network.connections[layer].weight
        precise = weight.astype(np.float64)  # in which neurons that interact come to rest
        state = replace(responders[layer][1], weight=precise) if responders[layer] else local.hidden.begin(precise)
        for epoch in range(first_epoch, first_epoch + epochs):
            rule, rng = local.hidden.slowed(local.decay**epoch), np.random.default_rng([seed, layer, epoch])
            below = network.activity(drives(epoch), layer - 1) if layer else drives(epoch)
            state = learn(rule, state, below, batch_size=batch_size, rng=rng, keep=partial(_under, constraint))
        weight[...] = _weight(state)
        if not isinstance(state, np.ndarray):
            responders[layer] = (local.hidden, state)
        network = replace(network, responders=tuple(responders))
        yield network


def _under(constraint: Constraint, state: Any) -> Any:
    """A state whose weights are put back under the constraint."""
    kept = constraint.keep(_weight(state))
    return kept if isinstance(state, np.ndarray) else replace(state, weight=kept)


def _weight(state: Any) -> np.ndarray:
    return state if isinstance(state, np.ndarray) else state.weight
