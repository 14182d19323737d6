"""Progress says what runs, how far it is and how long it takes, in a way that fits where it is printed."""

import io

import pytest

from brainnet.comparison.progress import Progress, Trials, clock_time, line


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
    text = line(trials, elapsed=50.0)
    assert " 62%  1 of 2 trials  0:30 left  long: epoch 1 of 2" in text
    assert text.count("#") == 12


def test_time_left_is_not_guessed_from_nothing():
    assert "time left not known yet" in line(Trials({"a": 1.0}, 1), elapsed=9.0)


def test_a_terminal_gets_one_line_that_renews_itself(trials, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    clock, stream = Clock(), Terminal()
    with Progress(stream, clock) as progress:
        for clock.now in (0.05, 1.0, 2.0):
            progress(trials)
    assert "\n" not in stream.getvalue()
    assert len(stream.getvalue().split("\r\x1b[K")) == 4  # nothing, two states, the cleared line
    assert max(map(len, stream.getvalue().split("\r\x1b[K"))) < 40


def test_a_file_gets_a_plain_line_every_five_seconds_at_most(trials):
    clock, stream = Clock(), io.StringIO()
    with Progress(stream, clock) as progress:
        for second in range(21):
            clock.now = float(second)
            progress(trials)
    assert len(stream.getvalue().splitlines()) == 4
    assert "\x1b" not in stream.getvalue()


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.6, "1:00"), (75, "1:15"), (3700, "1:01:40")])
def test_times_are_minutes_and_seconds(seconds, text):
    assert clock_time(seconds) == text
