"""Sentences follow from the numbers."""

from dataclasses import replace

import pytest

from brainnet.comparison.scores import differences, scores
from brainnet.report.prose import answer, held_equal, how_intervals_are_made
from brainnet.statistics import POPULATIONS, coverage, false_verdicts

LEVELS = {"chance": 0.1, "softmax": 0.8, "sigmoid-backprop": 0.9, "lif-stdp": 0.7, "lif-fields": 0.95}


def test_the_answer_compares_every_network_with_the_reference(invent):
    text = answer(invent(levels=LEVELS))
    assert "Sigmoid + backpropagation recognises" in text
    assert "LIF + STDP with inhibition reaches" in text
    assert "points less (−" in text
    assert "points more (+" in text
    assert text.count("more than seed-to-seed variation explains") == 2
    assert "Chance reaches" not in text


def test_the_answer_names_the_networks_below_the_best_baseline(invent):
    assert "; LIF + STDP with inhibition does not exceed it." in answer(invent(levels=LEVELS))
    assert "All networks exceed" in answer(invent(levels={**LEVELS, "lif-stdp": 0.85}))
    both = answer(invent(levels={**LEVELS, "softmax": 0.99}))
    assert "LIF + STDP with inhibition and LIF + frozen fields + delta rule do not exceed" in both


def test_a_small_difference_is_not_called_one(invent):
    comparison = invent(levels={**LEVELS, "lif-fields": 0.9})
    assert {d.verdict for d in comparison.differences if d.model == "lif-fields"} >= {"inconclusive"}
    assert "which may or may not be seed-to-seed variation; run more seeds to tell" in answer(comparison)
    assert "chance" not in answer(comparison)


def test_with_few_seeds_there_is_no_claim(invent):
    comparison = invent(n_seeds=1, levels=LEVELS)
    assert "interval" not in answer(comparison)
    assert "too few seeds to tell it from seed-to-seed variation: run with --seeds 5 or more" in answer(comparison)
    assert "run with --seeds 5 or more" in how_intervals_are_made(comparison)


@pytest.mark.parametrize("n", [5, 10, 12])
def test_the_statistics_name_the_unit_and_its_number_and_what_was_simulated_for_it(invent, n):
    text = how_intervals_are_made(invent(n_seeds=n))
    assert f"The unit of replication is the seed (n = {n})" in text
    assert f"with {n} values each, such a 95 % interval covers" in text
    for population in POPULATIONS:
        assert f"{100 * coverage(n, population):.0f} times if they {population.words}" in text
    called, any_called = false_verdicts(n, 5)
    assert f"{called:.1f} of the 10 pairs would be called different on average" in text
    assert f"one or more in {100 * any_called:.0f} of 100 such comparisons" in text


def test_the_number_of_pairs_is_that_of_the_models_at_hand(invent):
    made = invent()
    models = made.models[2:4]
    rows = tuple(row for row in made.rows if row.model in {model.key for model in models})
    two = replace(made, models=models, rows=rows, differences=differences(rows, made.reference))
    assert "of the 1 pair would be called different" in how_intervals_are_made(two)
    assert "pair" not in how_intervals_are_made(replace(made, models=made.models[:1], differences=()))


@pytest.mark.parametrize("n", [1, 5, 20])
def test_the_answer_says_of_which_population_it_speaks(invent, n):
    text = answer(invent(n_seeds=n))
    assert "speaks of other seeds on this task" in text
    assert "does not speak of other data of the kind" in text
    assert "more seeds do not change that" in text


def test_what_is_held_equal_is_counted(comparison):
    text = " ".join(held_equal(comparison))
    assert "1,257 patterns to train on, 180 patterns for the curves and 360 patterns for the test" in text
    assert "0, 1, 2, 3 and 4" in text


@pytest.mark.parametrize("quick", [True, False])
def test_a_quick_run_says_so(comparison, quick):
    assert ("quick run" in " ".join(held_equal(replace(comparison, quick=quick)))) == quick


def test_no_difference_is_called_the_same_accuracy(invent):
    comparison = invent(n_seeds=1)
    rows = tuple(replace(row, scalars={**row.scalars, "accuracy": 0.9}) for row in comparison.rows)
    equal = replace(comparison, rows=rows, scores=scores(rows), differences=differences(rows, comparison.reference))
    assert "reaches 90.0 %, the same accuracy; too few seeds" in answer(equal)
    assert "0.0 points" not in answer(equal)


def test_networks_exceed_a_baseline_only_where_intervals_say_so(invent):
    few = answer(invent(n_seeds=2, levels={**LEVELS, "lif-stdp": 0.85}))
    assert "exceed the best baseline (softmax regression, " in few
    assert "is not settled: run with --seeds 5 or more" in few
    assert "All networks" not in few
    close = answer(invent(levels={**LEVELS, "lif-stdp": 0.801}))
    assert "exceed the best baseline" in close
    assert "whether LIF + STDP with inhibition would exceed it is not settled: run more seeds." in close


def test_the_answer_does_not_claim_a_cause(comparison):
    assert answer(comparison).endswith("not which ingredient is the cause.")
