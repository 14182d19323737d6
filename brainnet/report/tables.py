"""The tables of the report and of the terminal: a header and rows of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from brainnet.comparison.results import Comparison
from brainnet.report.words import interval, percent, points


@dataclass(frozen=True)
class Table:
    """Text in rows; `left` is how many columns hold words and not numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1


def accuracy_table(comparison: Comparison) -> Table:
    """Test accuracy of every model, with what it took."""
    header = ("Model", "Test accuracy", "95 % interval (%)", "Validation", "Units", "Trained", "Frozen", "Seconds")
    return Table(header, tuple(_accuracy_row(comparison, model.key) for model in comparison.models))


def _accuracy_row(comparison: Comparison, key: str) -> tuple[str, ...]:
    score, rows = comparison.score(key), [row for row in comparison.rows if row.model == key]
    return (
        comparison.model(key).name,
        percent(score.mean),
        interval(score),
        percent(float(np.mean([row.scalars["validation_accuracy"] for row in rows]))),
        f"{rows[0].scalars['n_units']:,}",
        f"{rows[0].scalars['n_trained_parameters']:,}",
        f"{rows[0].scalars['n_frozen_parameters']:,}",
        seconds(comparison, key),
    )


def difference_table(comparison: Comparison) -> Table:
    """Paired differences of all pairs, with verdicts."""
    header = ("Model", "minus", "Difference (points)", "95 % interval (points)", "Verdict")
    rows = tuple(
        (
            comparison.model(found.model).name,
            comparison.model(found.reference).name,
            points(found.accuracy.mean),
            interval(found.accuracy, "points"),
            found.verdict,
        )
        for found in comparison.differences
    )
    return Table(header, rows, left=2)


def model_table(comparison: Comparison) -> Table:
    """The level of each factor that a model stands for."""
    rows = tuple((m.name, m.neuron, m.code, m.structure, m.rule) for m in comparison.models)
    return Table(("Model", "Neuron", "Code", "Structure", "Learning rule"), rows, left=5)


def settings_table(comparison: Comparison) -> Table:
    """Every setting of every model, one a row, the model's name in its first."""
    rows: list[tuple[str, ...]] = []
    for model in comparison.models:
        settings = comparison.settings[model.key] or {"none": ""}
        names = [model.name, *[""] * (len(settings) - 1)]
        rows += [(name, *setting) for name, setting in zip(names, settings.items(), strict=True)]
    return Table(("Model", "Setting", "Value"), tuple(rows), left=3)


def terminal_table(comparison: Comparison) -> str:
    """Model, accuracy, interval and seconds, aligned."""
    rows = [("model", "test accuracy", "95 % interval", "seconds")]
    for model in comparison.models:
        score = comparison.score(model.key)
        rows.append((model.name, percent(score.mean), interval(score), seconds(comparison, model.key)))
    return aligned(rows)


def aligned(rows: Sequence[tuple[str, ...]], left: int = 1) -> str:
    """Rows as lines with columns of equal width, the first `left` ones set to the left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    forms = [f"{{:{'<' if place < left else '>'}{width}}}" for place, width in enumerate(widths)]
    return "\n".join("  ".join(forms).format(*row).rstrip() for row in rows)


def seconds(comparison: Comparison, key: str) -> str:
    """Mean seconds of one trial of a model, training and testing, the building of its simulator left out."""
    spent = [t.fit_seconds + t.predict_seconds for t in comparison.timings if t.model == key]
    return f"{np.mean(spent):.1f}"
