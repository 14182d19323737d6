"""What the neurons look for: their incoming weights as images."""

from __future__ import annotations

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.comparison.results import Comparison, Model
from brainnet.report import style
from brainnet.report.figures.plot import Plot
from brainnet.report.words import listed

SIDE = 8  # fields along each side of a panel


def draw(comparison: Comparison) -> Figure:
    """A mosaic of fields per model, on a grey scale that is its own."""
    models = shown(comparison)
    rows = -(-len(models) // 2)
    figure = style.figure(3.6 * rows)
    panels = figure.subplots(rows, 2, squeeze=False).ravel()
    for axes, model in zip(panels, models, strict=False):
        _mosaic(figure, axes, comparison.first(model.key, "receptive_fields"), comparison.task.shape)
        axes.set_title(model.name)
    for axes in panels[len(models) :]:
        axes.set_visible(False)
    return figure


def _mosaic(figure: Figure, axes: Axes, fields: np.ndarray, shape: tuple[int, int]) -> None:
    fields = fields[: SIDE * SIDE]
    largest = float(np.abs(fields).max()) or 1.0
    lowest = -largest if fields.min() < 0 else 0.0
    greys = colormaps["gray"].with_extremes(bad="white")
    image = style.bare(axes).imshow(mosaic(fields, shape), cmap=greys, vmin=lowest, vmax=largest)
    bar = figure.colorbar(image, ax=axes, shrink=0.7, ticks=[lowest, 0, largest] if lowest < 0 else [0, largest])
    bar.ax.set_yticklabels([f"{tick:.2g}" for tick in bar.get_ticks()])
    bar.set_label("Weight")


def mosaic(fields: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Fields, (neuron, input), side by side as one image, with gaps of NaN between them."""
    height, width = shape
    columns = int(np.ceil(np.sqrt(len(fields) * height / width)))
    rows = -(-len(fields) // columns)
    image = np.full((rows * (height + 1) - 1, columns * (width + 1) - 1), np.nan)
    for i, field in enumerate(fields):
        top, left = i // columns * (height + 1), i % columns * (width + 1)
        image[top : top + height, left : left + width] = field.reshape(shape)
    return image


def shown(comparison: Comparison) -> list[Model]:
    """The models whose neurons have weights."""
    return [model for model in comparison.models if len(comparison.first(model.key, "receptive_fields"))]


def caption(comparison: Comparison) -> str:
    """How many fields there are, and which scale is shown."""
    parts = []
    for model in shown(comparison):
        fields = comparison.first(model.key, "receptive_fields")
        which = f"the first {SIDE * SIDE} of {len(fields)}" if len(fields) > SIDE * SIDE else f"all {len(fields)}"
        zero = "mid-grey is 0" if fields.min() < 0 else "black is 0"
        parts.append(f"{model.name} ({which}; {zero})")
    return f"Each small image shows the weights into one neuron, light where a pixel drives it: {listed(parts)}."


PLOT = Plot(
    "receptive_fields",
    "Receptive fields",
    "Mosaics of small images, the incoming weights of each neuron, one mosaic per model.",
    draw,
    caption,
    lambda comparison: bool(shown(comparison)),
)
