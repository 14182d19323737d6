"""A layer of excitatory neurons that compete through inhibition and learn by STDP, without labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from brainnet.checks import require_count, require_positive
from brainnet.spiking.coding import PoissonRate, PopulationRate
from brainnet.spiking.connections import Projection, uniform
from brainnet.spiking.learning import PostsynapticSTDP, TripletSTDP
from brainnet.spiking.network.description import Network, Population, Presentation
from brainnet.spiking.network.shapes import Shape, image_shape, require_shape, say_if_unsure
from brainnet.spiking.neurons import INHIBITORY, ConductanceLIF, Poisson

State = dict[str, np.ndarray]
INPUT_GRAIN = 16  # inputs come in sixteens, the last ones silent, so that tasks of similar size share a simulator


@dataclass(frozen=True)
class CompetitiveLayer:
    """Diehl & Cook's network at the size of the task.

    Inputs reach every excitatory neuron; an excitatory spike fires the neuron's inhibitory partner, which silences all
    others; thresholds rise with use, so that every neuron finds patterns of its own. `coding` None takes
    `PoissonRate(250)` for images and `PopulationRate` for the rows of tables, which cannot be told apart without (it
    says why). `shape`, (rows, columns), tells which they are; without it a square of 16 values or more is an image.
    `total_weight` is the sum of a neuron's input weights. After learning, each neuron gets the class to which it
    responded most, on training patterns (`labelled` of them, drawn at random; None takes all); a pattern's class is the
    one whose neurons respond most, on average. `decay` shrinks the rate of learning from epoch to epoch. Source: Diehl
    & Cook 2015, Frontiers in Computational Neuroscience 9:99; `diehl_cook` has their settings.
    """

    neurons: int = 200
    coding: PoissonRate | PopulationRate | None = None
    shape: Shape | None = None
    neuron: ConductanceLIF = ConductanceLIF(theta_plus_mV=0.05, tau_theta_ms=2e6)
    inhibitory: ConductanceLIF = INHIBITORY
    rule: PostsynapticSTDP | TripletSTDP = PostsynapticSTDP()
    total_weight: float = 12.0
    to_inhibitory: float = 10.4
    to_excitatory: float = 17.0
    presentation: Presentation = Presentation(input_ms=250.0, watched="excitatory", min_spikes=5)
    epochs: int = 4
    decay: float = 0.5
    labelled: int | None = None

    def __post_init__(self) -> None:
        require_count(self, "neurons", 2)  # one alone has nobody to compete with
        require_count(self, "epochs", 1)
        if self.labelled is not None:
            require_count(self, "labelled", 1)
        require_positive(self, "total_weight")
        require_shape(self)

    def annealed(self, epoch: int) -> CompetitiveLayer:
        """The layer with the learning rate of that epoch."""
        return replace(self, rule=self.rule.slowed(self.decay**epoch))

    def code(self, n_values: int) -> PoissonRate | PopulationRate:
        """The coding of patterns of so many values: the layer's own, or what images or tables need."""
        if self.coding is not None:
            return self.coding
        return PoissonRate(max_rate_hz=250.0) if image_shape(self, n_values) else PopulationRate()

    def network(self, n_inputs: int, n_classes: int) -> Network:
        """Inputs, excitatory and inhibitory neurons."""
        inputs = INPUT_GRAIN * -(-self.code(n_inputs).inputs(n_inputs) // INPUT_GRAIN)
        return Network(
            populations=(
                Population("inputs", inputs, Poisson()),
                Population("excitatory", self.neurons, self.neuron, counted=True),
                Population("inhibitory", self.neurons, self.inhibitory),
            ),
            projections=(
                Projection("learned", "inputs", "excitatory", "ge", rule=self.rule, total=self.total_weight),
                Projection("exciting", "excitatory", "inhibitory", "ge", "one_to_one", weight=self.to_inhibitory),
                Projection("inhibiting", "inhibitory", "excitatory", "gi", "all_but_one", weight=self.to_excitatory),
            ),
            presentation=self.presentation,
        )

    def begin(self, mean: np.ndarray, n_classes: int, rng: np.random.Generator) -> tuple[State, State]:
        """Nothing frozen; random input weights and equal thresholds, which learn. `mean` is the average pattern."""
        if self.coding is None:
            say_if_unsure(self, len(mean), "codes each value by a population of inputs")
        used = self.code(len(mean)).inputs(len(mean))
        weights = np.zeros((self.network(len(mean), n_classes).population("inputs").size, self.neurons))
        weights[:used] = uniform(used, self.neurons, self.total_weight, rng)
        theta = np.full(self.neurons, self.neuron.theta_start_mV)
        return {}, {"learned.w": weights, "excitatory.theta": theta}

    def signals(self, patterns: np.ndarray, labels: np.ndarray | None, frozen: State, network: Network) -> State:
        """Rates of the inputs, in Hz. Labels are not looked at: learning is unsupervised."""
        used = self.code(patterns.shape[1]).rates_hz(patterns)
        rates = np.zeros((len(patterns), network.population("inputs").size))
        rates[:, : used.shape[1]] = used
        return {"inputs.rate": rates}

    def patterns_to_label(self, count: int) -> int:
        """How many of `count` training patterns the trained network is shown to find the classes of its neurons."""
        return min(count, self.labelled or count)

    def read_out(self, sums: np.ndarray, members: np.ndarray) -> State:
        """The class of each neuron, (neuron,): the one with its highest mean count over training patterns.

        `sums`, (class, neuron), are its spikes at the patterns of each class, of which there were `members`, (class,).
        """
        return {"assignment": (sums / np.maximum(members, 1)[:, None]).argmax(axis=0)}

    def scores(self, counts: Mapping[str, np.ndarray], frozen: State, n_classes: int) -> np.ndarray:
        """Mean spike count of each class's neurons, (pattern, class); 0 for a class that no neuron has."""
        members = np.eye(n_classes)[frozen["assignment"]]
        return counts["excitatory"] @ (members / np.maximum(members.sum(axis=0), 1))

    def receptive_fields(self, frozen: State, state: State, n_inputs: int) -> np.ndarray:
        """What the excitatory neurons look for, (neuron, input), by their learned weights and the coding."""
        return self.code(n_inputs).fields(state["learned.w"].T, n_inputs)

    def trained_weights(self, state: State, n_inputs: int, n_classes: int) -> np.ndarray:
        """The weights that learning may change, (weight,): those of inputs that stand for a value."""
        return state["learned.w"][: self.code(n_inputs).inputs(n_inputs)].ravel()

    def parameters(self, n_inputs: int, n_classes: int) -> tuple[int, int]:
        """Numbers that learning changes (weights, thresholds, classes of neurons), and weights that stay."""
        return self.neurons * (self.code(n_inputs).inputs(n_inputs) + 2), self.neurons + self.neurons * (
            self.neurons - 1
        )


def diehl_cook(neurons: int = 100, epochs: int = 1, labelled: int | None = 10_000) -> CompetitiveLayer:
    """Diehl & Cook's network for MNIST with the settings of the authors' program.

    Rates up to 63.75 Hz, 350 ms of input and 150 ms without, in steps of 0.5 ms, state carried over; the triplet rule;
    input weights that sum to 78; fewer than 5 spikes, and the pattern comes again with its rates raised by half of the
    first. Source: Diehl & Cook 2015, Frontiers in Computational Neuroscience 9:99.
    """
    return CompetitiveLayer(
        neurons=neurons,
        coding=PoissonRate(max_rate_hz=63.75),
        neuron=ConductanceLIF(),
        rule=TripletSTDP(),
        total_weight=78.0,
        presentation=Presentation(
            input_ms=350.0, rest_ms=150.0, dt_ms=0.5, carry_over=True, watched="excitatory", min_spikes=5
        ),
        epochs=epochs,
        decay=1.0,
        labelled=labelled,
    )
