"""What the report says in sentences; every number in them comes from the comparison."""

from __future__ import annotations

from brainnet.comparison.results import FEWEST_SEEDS, Comparison, Difference, Estimate
from brainnet.report.words import count, decimal, interval, listed, percent


def answer(comparison: Comparison) -> str:
    """The outcome in a few sentences: the reference, every other model against it, and the baselines."""
    reference = comparison.reference
    name = comparison.model(reference).name
    opening = f"On {comparison.task.name}, {name} recognises {_with_interval(comparison.score(reference))} of patterns"
    sentences = [f"{opening} it never saw."]
    sentences += [_against(comparison, d, name) for d in comparison.against_reference() if not _baseline(comparison, d)]
    sentences += _beside_baselines(comparison)
    return " ".join(sentences)


def _with_interval(estimate: Estimate) -> str:
    if estimate.low is None:
        return percent(estimate.mean)
    return f"{percent(estimate.mean)} (95 % interval {interval(estimate)})"


def _against(comparison: Comparison, difference: Difference, reference: str) -> str:
    """One model against the reference, in a sentence with its verdict."""
    accuracy = difference.accuracy
    name, reached = comparison.model(difference.model).name, percent(comparison.score(difference.model).mean)
    gap = f"{decimal(100 * abs(accuracy.mean))} points {'less' if accuracy.mean < 0 else 'more'}"
    found = f"{name} reaches {reached}, {gap}"
    if accuracy.low is None:
        return f"{found}; {difference.verdict} to tell whether that is chance."
    meaning = {
        "differs": "a difference that chance does not explain",
        "equivalent": "which counts as equal, within half a point",
        "inconclusive": "which may or may not be chance",
    }
    return f"{found} ({interval(accuracy, 'points')}): {meaning[difference.verdict]}."


def _baseline(comparison: Comparison, difference: Difference) -> bool:
    return comparison.model(difference.model).baseline


def _beside_baselines(comparison: Comparison) -> list[str]:
    """Which networks do no better, on average, than the best baseline."""
    baselines = [model for model in comparison.models if model.baseline]
    if not baselines:
        return []
    best = max(baselines, key=lambda model: comparison.score(model.key).mean)
    level = comparison.score(best.key).mean
    below = [m.name for m in comparison.models if not m.baseline and comparison.score(m.key).mean <= level]
    verdict = f"{listed(below)} {'does' if len(below) == 1 else 'do'} not" if below else "All networks"
    return [f"{verdict} exceed the best baseline, {best.name.lower()} with {percent(level)}."]


def held_equal(comparison: Comparison) -> list[str]:
    """What is the same for all models, a sentence each."""
    task, seeds = comparison.task, comparison.seeds
    quick = " (a quick run: fewer patterns and fewer passes than the full comparison)" if comparison.quick else ""
    inputs = f"{task.shape[0]} x {task.shape[1]} inputs in [0, 1]"
    parts = [count(n, "pattern") for n in (task.n_train, task.n_validation, task.n_test)]
    return [
        f"Patterns: {task.name}, {inputs}, {len(task.classes)} classes{quick}.",
        "Splits: with each seed, the same {} to train on, {} for the curves and {} for the test.".format(*parts),
        f"Seeds: {listed([str(seed) for seed in seeds])}; a seed draws the splits, the initial weights, the order of "
        "presentation and the noise.",
        "Labels: those of the training patterns alone serve to learn and to name neurons; those of the test patterns "
        "are read by the score and by nothing else.",
    ]


def how_intervals_are_made(comparison: Comparison) -> str:
    """The statistics in a few sentences."""
    n = len(comparison.seeds)
    if n < FEWEST_SEEDS:
        return (
            f"With {count(n, 'seed')} there are no intervals and no verdicts, since resampling fewer than "
            f"{FEWEST_SEEDS} values cannot give a 95 % interval: run with --seeds {FEWEST_SEEDS} or more."
        )
    pairs = len(comparison.differences)
    narrow = " With fewer than 10 seeds they are a little narrow: 5 cover the truth 92 times in 100." if n < 10 else ""
    return (
        f"The unit of replication is the seed (n = {n}). Intervals are expanded percentile bootstrap intervals "
        f"(Hesterberg 2015) of the mean over seeds; differences are taken seed by seed.{narrow} “Differs”: the "
        "interval excludes 0. “Equivalent”: it lies within half a point of 0. Otherwise “inconclusive”. Each verdict "
        f"stands for itself: with {pairs} pairs at 95 % each, {pairs * 0.05:.1f} would be called different by chance "
        "alone if none were. The intervals speak of other seeds on these data, not of other data."
    )
