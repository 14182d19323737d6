"""Progress says what runs, how far it is and how long it takes, in a way that fits where it is printed."""

import io

import pytest

from brainnet.comparison.progress import COMPILING, ProgressLine, Trials, clock_time, line


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def trials() -> Trials:
    found = Trials({"long": 3.0, "short": 1.0}, workers=2)
    found.update("long", 0.5, "epoch 1 of 2")
    found.update("short", 1.0, "done")
    return found


def test_the_share_done_weighs_each_trial_by_its_length(trials):
    assert trials.fraction == pytest.approx((3 * 0.5 + 1) / 4)
    assert trials.done == 1


def test_progress_never_goes_back(trials):
    trials.update("long", 0.2, "compiling")
    assert trials.fraction == pytest.approx(0.625)
    assert trials.notes == {"long": "compiling"}


def test_the_line_says_what_runs_how_far_and_how_long_still(trials):
    text = line(trials, left=30.0)
    assert " 62%  1 of 2 trials  0:30 left  long 50%" in text
    assert text.count("#") == 12


@pytest.mark.parametrize("width", [79, 99])
def test_a_narrow_line_names_whole_trials_and_counts_the_others(width):
    names = [f"sigmoid-backprop seed {seed}" for seed in range(8)]
    many = Trials(dict.fromkeys(names, 1.0), workers=8)
    for name in names:
        many.update(name, 0.0, COMPILING)
    text = line(many, None, width)
    assert len(text) <= width
    assert "estimating  sigmoid-backprop seed 0 compiling" in text
    assert text.endswith(" more") == (len(text.split("seed")) < 9)


def test_time_left_is_not_guessed_before_a_trial_is_done():
    clock, stream = Clock(), io.StringIO()
    found, progress = Trials({"a": 1.0, "b": 1.0}, 1), ProgressLine(stream, clock)
    found.update("a", 0.9, "epoch 1")
    clock.now = 9.0
    progress(found)
    assert "estimating" in stream.getvalue()


def test_time_left_does_not_count_compiling():
    clock, stream = Clock(), io.StringIO()
    found, progress = Trials({"a": 1.0, "b": 1.0}, 1), ProgressLine(stream, clock)
    found.update("a", 0.0, COMPILING)
    clock.now = 60.0
    progress(found)
    found.update("a", 1.0, "done")
    clock.now = 70.0
    progress(found)
    assert "0:10 left" in stream.getvalue()


def test_a_terminal_gets_one_line_that_renews_itself(trials, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    clock, stream = Clock(), Terminal()
    with ProgressLine(stream, clock) as progress:
        for clock.now in (0.05, 1.0, 2.0):
            progress(trials)
    assert "\n" not in stream.getvalue()
    assert len(stream.getvalue().split("\r\x1b[K")) == 4  # nothing, two states, the cleared line
    assert max(map(len, stream.getvalue().split("\r\x1b[K"))) < 40


def test_a_file_gets_a_plain_line_every_five_seconds_at_most(trials):
    clock, stream = Clock(), io.StringIO()
    with ProgressLine(stream, clock) as progress:
        for second in range(21):
            clock.now = float(second)
            trials.update("long", 0.5 + second / 100, "epoch 1 of 2")
            progress(trials)
    assert len(stream.getvalue().splitlines()) == 4
    assert "\x1b" not in stream.getvalue()


def test_a_file_gets_no_line_twice():
    clock, stream = Clock(), io.StringIO()
    waiting, progress = Trials({"a": 1.0}, 1), ProgressLine(stream, clock)
    waiting.update("a", 0.0, COMPILING)
    for clock.now in (5.0, 10.0, 15.0):
        progress(waiting)
    assert len(stream.getvalue().splitlines()) == 1


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.6, "1:00"), (75, "1:15"), (3700, "1:01:40")])
def test_times_are_minutes_and_seconds(seconds, text):
    assert clock_time(seconds) == text
