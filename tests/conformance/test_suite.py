"""The suite runs the laws it is asked for and reports one that fails as failed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

import pytest

from brainnet.conformance import suite
from brainnet.conformance.law import Finding
from brainnet.errors import BrainnetError


@pytest.mark.parametrize("law", suite.LAWS, ids=lambda law: law.label)
def test_every_law_says_what_it_asks(law):
    for words in (law.key, law.name, law.what, law.source, law.target, law.tolerance, law.reason, law.caption):
        assert words.strip()
        assert "\n" not in words


@pytest.mark.parametrize(
    "law",
    [pytest.param(law, marks=pytest.mark.long if law.long else ()) for law in suite.LAWS],
    ids=lambda law: law.label,
)
def test_every_law_holds(law):
    row = suite.examine(law)
    assert row.finding.holds, row.finding.measured
    assert row.finding.draw is not None


def test_laws_stand_in_order_under_names_of_their_own():
    assert list(suite.LAWS) == sorted(suite.LAWS, key=suite.place)
    words = [word.lower() for law in suite.LAWS for word in (law.key, law.name)]
    assert len(set(words)) == len(words)


def test_v10_comes_after_v2_and_structure_last(sound, failing, other):
    laws = [replace(sound, key="S1"), other, replace(sound, key="A1"), failing]
    assert [law.key for law in sorted(laws, key=suite.place)] == ["V2", "V10", "A1", "S1"]


def test_names_choose_laws_by_key_or_name_in_any_case_once_each(sound, failing, other):
    laws = (sound, failing, other)
    assert suite.chosen(["v10", "SOUND", "V1"], laws=laws) == (sound, other)
    assert suite.chosen([], laws=laws) == laws


def test_a_long_law_is_left_out_unless_named_or_all_is_asked_for(sound, long):
    laws = (sound, long)
    assert suite.chosen([], laws=laws) == (sound,)
    assert suite.chosen([], full=True, laws=laws) == laws
    assert suite.chosen(["V11"], laws=laws) == (long,)


def test_an_unknown_name_is_one_line_that_lists_what_there_is():
    with pytest.raises(BrainnetError) as caught:
        suite.chosen(["V12", "ojja"])
    message = str(caught.value)
    assert message.startswith("unknown law 'ojja': did you mean 'oja'? there are V1 fi-curve, V2 adex, ")
    assert "\n" not in message


def test_full_reaches_the_law(sound):
    law = replace(sound, find=lambda full: Finding(f"full: {full}", True))
    for full in (False, True):
        (row,) = suite.run(full=full, laws=(law,))
        assert row.finding.measured == f"full: {full}"


def test_a_check_that_raises_is_a_law_that_fails_with_its_words_in_one_line(sound):
    def find(full: bool) -> Finding:
        raise AssertionError("the norm\n\nis 3")

    row = suite.examine(replace(sound, find=find))
    assert (row.finding.measured, row.verdict, row.passed) == ("the norm is 3", "FAILS", False)


IN_THE_WAY = [
    BrainnetError("the compiler failed"),
    OSError(28, "No space left on device"),
    FileNotFoundError(2, "No such file or directory", "g++"),
    MemoryError("Unable to allocate 3 TiB"),
]


def raising(error: BaseException) -> Any:
    def function(*_: object) -> NoReturn:
        raise error

    return function


@pytest.mark.parametrize("error", IN_THE_WAY, ids=repr)
def test_what_comes_in_the_way_of_a_test_is_no_verdict(sound, error):
    row = suite.examine(replace(sound, find=raising(error)))
    assert (row.verdict, row.passed) == ("UNTRIED", False)
    assert row.finding.measured == f"could not be put to the test: {error}"
    with pytest.raises(BrainnetError, match=r"^laws of which nothing is known: V1 sound \(could not be put"):
        suite.require_passed((row,))


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1)], ids=repr)
def test_an_interruption_is_no_finding(sound, error):
    with pytest.raises(type(error)):
        suite.examine(replace(sound, find=raising(error)))


def test_the_error_names_what_failed_and_only_that(sound, failing, other):
    rows = tuple(suite.run(laws=(sound, failing, other)))
    with pytest.raises(BrainnetError) as caught:
        suite.require_passed(rows)
    assert str(caught.value) == "laws that do not hold: V2 failing"
    suite.require_passed(rows[:1])


def test_progress_hears_every_law_before_it_is_found(sound, failing):
    heard: list[str] = []
    run = suite.run(progress=heard.append, laws=(sound, failing))
    next(run)
    assert heard == ["1 of 2  V1 sound"]
    next(run)
    assert heard[-1] == "2 of 2  V2 failing"
