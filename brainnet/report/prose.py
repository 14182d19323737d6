"""What the report says in sentences; every number in them comes from the comparison."""

from __future__ import annotations

from brainnet.comparison.results import Comparison, Difference
from brainnet.report.words import count, decimal, interval, listed, percent
from brainnet.statistics import (
    DIFFERS,
    EQUIVALENT,
    FEWEST_SEEDS,
    INCONCLUSIVE,
    POPULATIONS,
    Estimate,
    coverage,
    false_verdicts,
)

MORE_SEEDS = f"run with --seeds {FEWEST_SEEDS} or more"
POPULATION = (
    "All this speaks of other seeds on this task. Where seeds split one finite data set, as with images and tables, "
    "they share its patterns: it does not speak of other data of the kind then, and more seeds do not change that."
)
CAUSE = (
    "These models differ in neuron, code, structure and rule at once, so this comparison shows that they differ, not "
    "which ingredient is the cause."
)


def answer(comparison: Comparison) -> str:
    """The outcome in a few sentences: the reference, every other model against it, the baselines, and what it is of."""
    reference = comparison.reference
    name = comparison.model(reference).name
    opening = f"On {comparison.task.name}, {name} recognises {_with_interval(comparison.score(reference))} of patterns"
    sentences = [f"{opening} it never saw."]
    sentences += [_against(comparison, d) for d in comparison.against_reference() if not _baseline(comparison, d)]
    sentences += _beside_baselines(comparison)
    return " ".join([*sentences, POPULATION, CAUSE])


def _with_interval(estimate: Estimate) -> str:
    if estimate.low is None:
        return percent(estimate.mean)
    return f"{percent(estimate.mean)} (95 % interval {interval(estimate)})"


def _against(comparison: Comparison, difference: Difference) -> str:
    """One model against the reference, in a sentence with its verdict."""
    accuracy = difference.accuracy
    name, reached = comparison.model(difference.model).name, percent(comparison.score(difference.model).mean)
    points = decimal(100 * abs(accuracy.mean))
    same = points == "0.0" and difference.verdict != DIFFERS
    gap = "the same accuracy" if same else f"{points} points {'less' if accuracy.mean < 0 else 'more'}"
    found = f"{name} reaches {reached}, {gap}"
    if accuracy.low is None:
        return f"{found}; too few seeds to tell it from seed-to-seed variation: {MORE_SEEDS}."
    meaning = {
        DIFFERS: "more than seed-to-seed variation explains",
        EQUIVALENT: "which counts as equal, within half a point",
        INCONCLUSIVE: "which may or may not be seed-to-seed variation; run more seeds to tell",
    }
    return f"{found} ({interval(accuracy, 'points')}): {meaning[difference.verdict]}."


def _baseline(comparison: Comparison, difference: Difference) -> bool:
    return comparison.model(difference.model).baseline


def _beside_baselines(comparison: Comparison) -> list[str]:
    """Which networks exceed the best baseline, which do not, and for which that is not settled."""
    baselines = [model for model in comparison.models if model.baseline]
    networks = [model for model in comparison.models if not model.baseline]
    if not baselines or not networks:
        return []
    best = max(baselines, key=lambda model: comparison.score(model.key).mean)
    level = f"the best baseline ({best.name.lower()}, {percent(comparison.score(best.key).mean)})"
    signs = {network.name: _sign(comparison, network.key, best.key) for network in networks}
    above, below, unsettled = ([name for name, sign in signs.items() if sign == kind] for kind in (1, -1, None))
    if len(above) == len(networks):
        return [f"All networks exceed {level}."]
    parts = [f"{listed(above)} {'exceeds' if len(above) == 1 else 'exceed'} {level}"] if above else []
    if below:
        parts.append(f"{listed(below)} {'does' if len(below) == 1 else 'do'} not exceed {'it' if parts else level}")
    if unsettled:
        fewest = comparison.score(best.key).low is None
        cure = MORE_SEEDS if fewest else "run more seeds"
        parts.append(f"whether {listed(unsettled)} would exceed {'it' if parts else level} is not settled: {cure}")
    text = "; ".join(parts)
    return [f"{text[0].upper()}{text[1:]}."]


def _sign(comparison: Comparison, model: str, other: str) -> int | None:
    """1 or -1 where the interval of the paired difference of two models lies above or below 0, else None."""
    for found in comparison.differences:
        if {found.model, found.reference} == {model, other} and found.verdict == DIFFERS:
            return 1 if (found.accuracy.mean > 0) == (found.model == model) else -1
    return None


def what_columns_hold() -> str:
    """What the columns of the table of accuracies mean."""
    return (
        "Means over the seeds. Units: hidden and output neurons. Trained: numbers that learning may change, which are "
        "weights and, in the sigmoid networks, biases; in LIF + STDP weights, the neurons' thresholds and their "
        "classes. Frozen: those that stay as they began. Seconds: training and testing, one trial, on the machine that "
        "made this report, without compiling the simulators."
    )


def held_equal(comparison: Comparison) -> list[str]:
    """What is the same for all models, a sentence each."""
    task, seeds = comparison.task, comparison.seeds
    quick = " (a quick run: fewer patterns and fewer passes than the full comparison)" if comparison.quick else ""
    inputs = f"{task.shape[0]} x {task.shape[1]} inputs in [0, 1]"
    when, draws = (("with all seeds",), "") if comparison.one_split else (("with each seed",), "the splits, ")
    parts = [count(n, "pattern") for n in (task.n_train, task.n_validation, task.n_test)]
    return [
        f"Patterns: {task.name}, {inputs}, {len(task.classes)} classes{quick}.",
        "Splits: {}, the same {} to train on, {} for the curves and {} for the test.".format(*when, *parts),
        f"Seeds: {listed([str(seed) for seed in seeds])}; a seed draws {draws}the initial weights, the order of "
        "presentation and the noise.",
        "Labels: those of the training patterns alone serve to learn and to name neurons; those of the test patterns "
        "are read by the score and by nothing else.",
    ]


def how_intervals_are_made(comparison: Comparison) -> str:
    """The statistics in a few sentences, what they are worth computed for this number of seeds and models."""
    n = len(comparison.seeds)
    if n < FEWEST_SEEDS:
        return (
            f"With {count(n, 'seed')} there are no intervals and no verdicts, since resampling fewer than "
            f"{FEWEST_SEEDS} values cannot give a 95 % interval: {MORE_SEEDS}."
        )
    return (
        f"The unit of replication is the seed (n = {n}). Intervals are expanded percentile bootstrap intervals "
        f"(Hesterberg 2015) of the mean over seeds; differences are taken seed by seed. {_coverage(n)} “Differs”: the "
        "interval excludes 0. “Equivalent”: it lies within half a point of 0. Otherwise “inconclusive”. "
        f"{_false_verdicts(n, len(comparison.models))}"
    )


def _coverage(n: int) -> str:
    found = [f"{100 * coverage(n, population):.0f} times if they {population.words}" for population in POPULATIONS]
    return f"In 100 simulations with {n} values each, such a 95 % interval covers the true mean {listed(found)}."


def _false_verdicts(n: int, models: int) -> str:
    pairs = models * (models - 1) // 2
    if not pairs:
        return ""
    called, any_called = false_verdicts(n, models)
    return (
        f"Each verdict stands for itself: were all {models} models equal, with normal values, {called:.1f} of the "
        f"{count(pairs, 'pair')} would be called different on average, and one or more in {100 * any_called:.0f} of "
        "100 such comparisons (simulated)."
    )
