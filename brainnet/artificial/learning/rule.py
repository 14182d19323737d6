"""What a rule that learns by an error is: a direction, and how the parameters follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from brainnet.artificial.learning.losses import Loss
from brainnet.artificial.learning.optimizers import Optimizer
from brainnet.artificial.learning.workspace import Workspace
from brainnet.artificial.network import Network
from brainnet.errors import BrainnetError


@runtime_checkable
class Rule(Protocol):
    """A learning rule: a direction in which a batch pulls the parameters, and how they follow."""

    @property
    def optimizer(self) -> Optimizer:
        """How the direction moves the parameters."""
        ...

    def gradient(self, network: Network, loss: Loss, work: Workspace) -> np.ndarray:
        """The direction that the optimizer goes against, (parameter,): it stays in `work.gradient`."""
        ...


@dataclass(frozen=True)
class Following:
    """One rule's direction, followed by an optimizer not its own: `Following(Backpropagation(), Adam())`."""

    rule: Rule
    optimizer: Optimizer

    def __post_init__(self) -> None:
        for name, kind, example in (("rule", Rule, "Backpropagation()"), ("optimizer", Optimizer, "Adam()")):
            value = getattr(self, name)
            # A class has the methods too: Adam for Adam() would fail much later.
            if isinstance(value, type) or not isinstance(value, kind):
                raise BrainnetError(f"Following.{name} must be an object such as {example} (got {value!r})")

    def gradient(self, network: Network, loss: Loss, work: Workspace) -> np.ndarray:
        """The rule's direction, (parameter,): it stays in `work.gradient`."""
        return self.rule.gradient(network, loss, work)
