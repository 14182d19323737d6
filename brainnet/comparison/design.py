"""The design: which models are compared, and what each is given on each task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod

from brainnet.comparison.chance import MostFrequent
from brainnet.comparison.model import Classifier, Model, Outline

UNIT = (0.0, 1.0)  # the values of all tasks: every model sees them as they are
REFERENCE = "sigmoid-backprop"  # what every other model is held against


@dataclass(frozen=True)
class Budget:
    """Passes over the training patterns and hidden neurons of each model."""

    softmax_epochs: int = 60
    sigmoid_epochs: int = 60
    sigmoid_neurons: int = 100
    stdp_epochs: int = 4
    stdp_neurons: int = 200
    complement: bool = False  # inputs for absence too: what a pattern leaves dark tells its class
    fields_epochs: int = 10
    fields_neurons: int = 500
    fields_rate: float = 0.004  # of the delta rule: the more neurons and patterns, the smaller

    def quick(self) -> Budget:
        """A quarter of the passes."""
        return replace(
            self,
            softmax_epochs=-(-self.softmax_epochs // 4),
            sigmoid_epochs=-(-self.sigmoid_epochs // 4),
            stdp_epochs=-(-self.stdp_epochs // 4),
            fields_epochs=-(-self.fields_epochs // 4),
        )


LOGIC = Budget(
    sigmoid_epochs=200, sigmoid_neurons=20, stdp_neurons=20, stdp_epochs=2, complement=True, fields_neurons=100
)
BUDGETS = {
    "and": LOGIC,
    "or": LOGIC,
    "xor": LOGIC,
    "bars": Budget(complement=True),
    "digits": Budget(softmax_epochs=40, sigmoid_epochs=100, fields_epochs=6),
    "mnist": Budget(
        softmax_epochs=20,
        sigmoid_epochs=30,
        stdp_neurons=400,
        stdp_epochs=1,
        fields_epochs=3,
        fields_neurons=1000,
        fields_rate=0.0003,
    ),
}


def budget(outline: Outline, quick: bool) -> Budget:
    """What the models are given on a task; a task of one's own gets what digits gets."""
    full = BUDGETS.get(outline.name, Budget())
    return full.quick() if quick else full


def chance(outline: Outline, seed: int, quick: bool) -> Classifier:
    """The most frequent class."""
    return MostFrequent()


def softmax(outline: Outline, seed: int, quick: bool) -> Classifier:
    """Inputs wired to the classes, no hidden layer: the linear baseline."""
    from brainnet.artificial.classifier import SigmoidClassifier
    from brainnet.artificial.learning import Backpropagation, CrossEntropy

    epochs = budget(outline, quick).softmax_epochs
    parts = {"loss": CrossEntropy(), "rule": Backpropagation(), "value_range": UNIT}
    return SigmoidClassifier((), **parts, epochs=epochs, random_state=seed)


def sigmoid_backprop(outline: Outline, seed: int, quick: bool) -> Classifier:
    """One hidden layer of sigmoid neurons, trained by backpropagation."""
    from brainnet.artificial.classifier import SigmoidClassifier
    from brainnet.artificial.learning import Backpropagation, CrossEntropy
    from brainnet.artificial.neurons import Sigmoid

    given = budget(outline, quick)
    parts = {"neuron": Sigmoid(), "loss": CrossEntropy(), "rule": Backpropagation(), "value_range": UNIT}
    return SigmoidClassifier((given.sigmoid_neurons,), **parts, epochs=given.sigmoid_epochs, random_state=seed)


def lif_stdp(outline: Outline, seed: int, quick: bool) -> Classifier:
    """Leaky integrate-and-fire neurons that inhibit one another and learn by spike timing, labelled afterwards."""
    from brainnet.spiking.classifier import SpikingClassifier
    from brainnet.spiking.coding import PoissonRate
    from brainnet.spiking.network import CompetitiveLayer

    given = budget(outline, quick)
    layer = CompetitiveLayer(neurons=given.stdp_neurons, shape=outline.shape)
    coding = PoissonRate(250.0, complement=True) if given.complement else layer.code(prod(outline.shape))
    layer = replace(layer, coding=coding)
    return SpikingClassifier(hidden=layer, epochs=given.stdp_epochs, value_range=UNIT, random_state=seed)


def diehl_cook(outline: Outline, seed: int, quick: bool) -> Classifier:
    """Diehl & Cook's network with their own settings."""
    from brainnet.spiking.classifier import SpikingClassifier
    from brainnet.spiking.network import diehl_cook

    given = budget(outline, quick)
    layer = diehl_cook(given.stdp_neurons, given.stdp_epochs)
    return SpikingClassifier(hidden=layer, value_range=UNIT, random_state=seed)


def lif_fields(outline: Outline, seed: int, quick: bool) -> Classifier:
    """Leaky integrate-and-fire neurons with frozen receptive fields under a readout that learns at spikes."""
    from brainnet.spiking.classifier import SpikingClassifier
    from brainnet.spiking.learning import DeltaRule
    from brainnet.spiking.network import FrozenFields

    given = budget(outline, quick)
    rule = DeltaRule(rate=given.fields_rate)
    fields = FrozenFields(neurons=given.fields_neurons, shape=outline.shape, rule=rule)
    return SpikingClassifier(hidden=fields, epochs=given.fields_epochs, value_range=UNIT, random_state=seed)


LIF_STDP = Model(
    "lif-stdp",
    "LIF + STDP with inhibition",
    neuron="leaky integrate-and-fire",
    code="Poisson spikes",
    structure="dense, excitatory and inhibitory neurons, lateral inhibition",
    rule="STDP, neurons labelled on training data",
    seconds=8,
    build=lif_stdp,
    spiking=True,
)
DIEHL_COOK = replace(
    LIF_STDP, key="diehl-cook", name="Diehl & Cook (2015)", rule="triplet STDP, neurons labelled on training data",
    build=diehl_cook,
)  # fmt: skip
MODELS = (
    Model("chance", "Chance", "none", "none", "none", "most frequent class", 0.1, chance, baseline=True),
    Model(
        "softmax",
        "Softmax regression",
        neuron="softmax",
        code="real values",
        structure="dense, no hidden layer",
        rule="gradient descent",
        seconds=0.2,
        build=softmax,
        baseline=True,
    ),
    Model(
        "sigmoid-backprop",
        "Sigmoid + backpropagation",
        neuron="sigmoid",
        code="real values",
        structure="dense, one hidden layer",
        rule="backpropagation",
        seconds=1,
        build=sigmoid_backprop,
    ),
    LIF_STDP,
    Model(
        "lif-fields",
        "LIF + frozen fields + delta rule",
        neuron="leaky integrate-and-fire",
        code="injected current",
        structure="frozen local receptive fields, dense readout",
        rule="local delta rule at spikes, readout only",
        seconds=6,
        build=lif_fields,
        spiking=True,
    ),
)


def models(task: str) -> tuple[Model, ...]:
    """What is compared on a task: on MNIST, the network that was made for it takes the place of ours for few pixels."""
    return tuple(DIEHL_COOK if model is LIF_STDP and task == "mnist" else model for model in MODELS)
