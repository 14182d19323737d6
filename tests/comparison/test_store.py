"""Results on disk say what was found, to the last bit, and nothing that a spreadsheet would calculate."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brainnet.comparison.results import Row
from brainnet.comparison.store import from_csv, save, to_csv
from brainnet.errors import BrainnetError

SCALARS = {"accuracy": 1 / 3, "validation_accuracy": 0.1 + 0.2, "n_units": 10, "n_trained_parameters": 650}
SCALARS |= {"n_frozen_parameters": 0, "n_train": 1257, "n_validation": 180, "n_test": 360}
ROW = Row("digits", "softmax", 0, SCALARS)
SHARES = st.floats(0, 1)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"))


def test_the_header_names_task_model_seed_and_accuracy_first():
    assert to_csv([ROW]).splitlines()[0].startswith("task,model,seed,accuracy,")


def test_the_text_of_a_row_is_the_same_for_ever():
    text = "digits,softmax,0,0.3333333333333333,0.30000000000000004,10,650,0,1257,180,360\n"
    assert to_csv([ROW]).split("\n", 1)[1] == text


@given(
    st.lists(
        st.builds(
            replace, st.just(ROW), task=TEXTS, model=TEXTS, scalars=SHARES.map(lambda x: SCALARS | {"accuracy": x})
        ),
        max_size=3,
    )
)
def test_rows_are_read_back_as_they_were(rows):
    assert list(from_csv(to_csv(rows))) == rows


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_text_cell_is_a_formula(name):
    cell = to_csv([replace(ROW, task=name)]).splitlines()[1]
    assert cell.lstrip('"').startswith("'")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must have the columns"),
        ("a,b\n1,2\n", r"must have the columns task,.*got \['a', 'b'\]"),
        (to_csv([ROW]).replace("0.3333333333333333", "much"), "line 2: could not convert"),
        (to_csv([ROW])[:-5] + "\n", "line 2"),
        (to_csv([ROW]).replace("360", "360,1"), "line 2"),
        (to_csv([ROW]).replace("digits", '"' + "d" * 2**18 + '"'), "line 2"),
        (to_csv([ROW]).replace("digits", '"digits'), "line 2"),
    ],
)
def test_a_file_that_is_no_result_is_refused_in_one_line(text, message):
    with pytest.raises(BrainnetError, match=message) as caught:
        from_csv(text)
    assert "\n" not in str(caught.value)


def test_the_summary_holds_the_numbers_versions_settings_and_the_command(tmp_path, small):
    save(small, tmp_path)
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["program"] == "brainnet"
    assert summary["command"] == "brainnet compare digits --seeds 1"
    mean = small.score("chance").mean
    assert summary["accuracy"][0] == {"model": "chance", "mean": mean, "low": None, "high": None}
    assert summary["models"]["sigmoid-backprop"]["settings"] == {}
    assert {"brainnet", "python", "numpy", "brian2", "scikit-learn", "matplotlib"} <= set(summary["versions"])
    assert len(summary["timings"]) == 2


def test_timings_are_in_the_summary_and_not_in_the_results(tmp_path, small):
    save(small, tmp_path)
    slower = replace(small, seconds=99.0, timings=tuple(replace(t, fit_seconds=9.0) for t in small.timings))
    first = (tmp_path / "results.csv").read_bytes()
    save(slower, tmp_path)
    assert (tmp_path / "results.csv").read_bytes() == first
    assert "99.0" in (tmp_path / "summary.json").read_text()
