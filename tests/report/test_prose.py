"""Sentences follow from the numbers."""

from dataclasses import replace

import pytest

from brainnet.report.prose import answer, held_equal, how_intervals_are_made

LEVELS = {"chance": 0.1, "softmax": 0.8, "sigmoid-backprop": 0.9, "lif-stdp": 0.7, "lif-fields": 0.95}


def test_the_answer_compares_every_network_with_the_reference(invent):
    text = answer(invent(levels=LEVELS))
    assert "Sigmoid + backpropagation recognises" in text
    assert "LIF + STDP with inhibition reaches" in text
    assert "points less (−" in text
    assert "points more (+" in text
    assert text.count("a difference that chance does not explain") == 2
    assert "Chance reaches" not in text


def test_the_answer_names_the_networks_below_the_best_baseline(invent):
    assert "LIF + STDP with inhibition does not exceed the best baseline, softmax" in answer(invent(levels=LEVELS))
    assert "All networks exceed" in answer(invent(levels={**LEVELS, "lif-stdp": 0.85}))
    both = answer(invent(levels={**LEVELS, "softmax": 0.99}))
    assert "LIF + STDP with inhibition and LIF + frozen fields + delta rule do not exceed" in both


def test_a_small_difference_is_not_called_one(invent):
    comparison = invent(levels={**LEVELS, "lif-fields": 0.9})
    assert {d.verdict for d in comparison.differences if d.model == "lif-fields"} >= {"inconclusive"}
    assert "which may or may not be chance" in answer(comparison)


def test_with_few_seeds_there_is_no_claim(invent):
    comparison = invent(n_seeds=1, levels=LEVELS)
    assert "interval" not in answer(comparison)
    assert "too few seeds to tell" in answer(comparison)
    assert "run with --seeds 5 or more" in how_intervals_are_made(comparison)


def test_the_statistics_name_the_unit_and_its_number(comparison):
    text = how_intervals_are_made(comparison)
    assert "The unit of replication is the seed (n = 5)" in text
    assert "with 10 pairs" in text


def test_what_is_held_equal_is_counted(comparison):
    text = " ".join(held_equal(comparison))
    assert "1,257 patterns to train on, 180 patterns for the curves and 360 patterns for the test" in text
    assert "0, 1, 2, 3 and 4" in text


@pytest.mark.parametrize("quick", [True, False])
def test_a_quick_run_says_so(comparison, quick):
    assert ("quick run" in " ".join(held_equal(replace(comparison, quick=quick)))) == quick
