"""How much of a sigmoid network's accuracy do two spiking networks reach on handwritten digits, without gradients?

Prediction: the sigmoid network trained by backpropagation recognises 97 % of
unseen digits. LIF neurons with frozen receptive fields, whose readout learns by a local rule, come within 3 points of
it, since a fixed expansion makes the digits nearly linearly separable. LIF neurons that learn by STDP without labels
stay about 10 points behind, and below softmax regression, since each neuron can only stand for one prototype.

    python experiments/digits.py
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from brainnet.comparison.model import Model
from brainnet.comparison.models import MODELS
from brainnet.comparison.progress import ProgressLine
from brainnet.comparison.results import Comparison
from brainnet.comparison.run import compare
from brainnet.report.prose import answer
from brainnet.report.tables import aligned, difference_table, terminal_table

SEEDS = range(10)
PREDICTED_GAPS = {"lif-fields": (-0.03, 0.0), "lif-stdp": (-0.15, -0.05)}  # from the sigmoid network, in shares


def run(seeds: Sequence[int] = SEEDS, models: Sequence[Model] = MODELS, quick: bool = False) -> Comparison:
    """Train every model on the same digits, splits and seeds."""
    with ProgressLine(sys.stderr) as progress:
        return compare("digits", seeds, models, quick=quick, progress=progress)


def as_predicted(comparison: Comparison) -> dict[str, bool]:
    """By key of the model: whether its mean gap lies where it was expected."""
    gaps = {found.model: found.accuracy.mean for found in comparison.against_reference()}
    return {key: low <= gaps[key] <= high for key, (low, high) in PREDICTED_GAPS.items() if key in gaps}


def main() -> None:
    """Print the accuracies, the differences and what became of the prediction."""
    comparison = run()
    differences = difference_table(comparison)
    print(terminal_table(comparison), aligned([differences.header, *differences.rows], differences.left), sep="\n\n")
    print(f"\n{answer(comparison)}")
    for key, held in as_predicted(comparison).items():
        print(f"{comparison.model(key).name}: the gap is {'as' if held else 'not as'} predicted.")


if __name__ == "__main__":
    main()
