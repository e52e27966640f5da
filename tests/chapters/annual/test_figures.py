"""Figures of chapter 09: the steps lead from then to now, and nothing is drawn of nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from strategy_lib.chapters.annual import figures
from strategy_lib.core.errors import InputError
from strategy_lib.plotting.columns import NothingToDraw

YEARS = ("2025", "2026")
HOSTILE = "<script>alert(1)</script> 国际 " + "x" * 90
STANDING = pd.DataFrame(
    {"option": ["A", HOSTILE, "never"], "before_pct": [20.0, 70.0, 0.0], "now_pct": [60.0, 30.0, 0]}
)
WHY = pd.DataFrame({"what": ["Scores", "Weights"], "to_lead": [100.0, -20.0]})


def test_each_option_stands_where_it_was_and_where_it_is():
    fig = figures.standing(STANDING, "t", YEARS)
    then, now = fig.data[1:]
    assert (list(then.x), list(now.x)) == ([20, 70], [60, 30])
    assert [then.name, now.name] == list(YEARS)
    assert then.marker.symbol != now.marker.symbol
    assert "<script>" not in " ".join(now.y)


def test_the_steps_lead_from_then_to_now():
    fig = figures.why(WHY, "t", -50.0, 30.0, YEARS)
    bars = fig.data[0]
    ends = [(base, base + length) for base, length in zip(bars.base, bars.x, strict=True)]
    assert ends == [(-50, 0), (-50, 50), (30, 50), (0, 30)]
    assert list(fig.data[1].text) == [" -50", " +100.0", " -20.0", " +30"]
    assert bars.marker.pattern.shape[2] == "/", "a step back is told without colour too"


def test_what_adds_and_what_takes_away_is_signed():
    table = pd.DataFrame({"A": [12.0, 0.0], "B": [-12.0, 0.1]}, index=["Scores", "Weights"])
    fig = figures.by_option(table, "t")
    assert fig.data[0].zmin == -12 and fig.data[0].zmax == 12
    assert {"+12.0", "-12.0"} <= set(fig.data[1].text)


def test_offices_are_stacked_by_what_they_answer_now():
    changes = pd.DataFrame(
        {
            "then": ["not asked", "no answer", "answered"],
            "no answer": [0, 3, 1],
            "answered": [0, 4, 9],
            "nothing to report": [0, 0, 2],
        }
    ).astype(dict.fromkeys(["no answer", "answered", "nothing to report"], "Int64"))
    fig = figures.answers(changes, "t")
    assert [list(trace.x) for trace in fig.data] == [[3, 1], [4, 9], [0, 2]]


def test_only_tables_that_changed_are_drawn_the_most_changed_first():
    table = pd.DataFrame(
        {
            "table": ["same", "few", "many"],
            "added": [0, 1, 9],
            "changed": [0, 0, 9],
            "gone": [0, pd.NA, 9],
        }
    ).astype(dict.fromkeys(["added", "changed", "gone"], "Int64"))
    fig = figures.changed_rows(table, "t")
    assert [list(row) for row in fig.data[0].z] == [[9, 9, 9], [1, 0, None]]


def test_fates_are_bars_with_their_numbers():
    fig = figures.fates(pd.DataFrame({"became": ["late", "done"], "n": [3, 5]}), "t")
    assert list(fig.data[0].x) == [3, 5] and list(fig.data[0].text) == ["3", "5"]


def test_calibration_beside_the_line_of_perfect_foresight():
    table = pd.DataFrame({"mean_said_pct": [20.0], "happened_pct": [60.0], "n": [4]})
    line, marks = figures.calibration(table, "t").data
    assert (list(line.x), list(line.y)) == ([0, 100], [0, 100])
    assert (list(marks.x), list(marks.y)) == ([20], [60])


def test_answers_to_the_same_again():
    table = pd.DataFrame(
        {"decision": ["D"], "n_no": [1], "n_unsure": [2], "n_yes": [3], "n_no_answer": [4]}
    )
    named = [(trace.name, trace.x[0]) for trace in figures.again(table, "t").data]
    assert named == [
        ("No, differently", 1),
        ("Unsure", 2),
        ("Yes, the same", 3),
        ("No answer shown", 4),
    ], "from no to yes, and nobody's answer last"


def test_a_decision_whose_answers_may_not_all_be_counted_has_no_bar():
    """A bar of the 4 who did not answer alone would look like all of 10."""
    table = pd.DataFrame(
        {"decision": ["D"], "n_no": [None], "n_unsure": [None], "n_yes": [3], "n_no_answer": [4]}
    )
    assert isinstance(figures.again(table, "t"), NothingToDraw)


def test_a_single_bar_has_room_for_its_legend_and_axis():
    rows = pd.DataFrame(
        {"decision": ["A", "B", "C"], "n_no": 1, "n_unsure": 2, "n_yes": 3, "n_no_answer": 4}
    )
    one, three = (figures.again(table, "t").layout.height for table in (rows[:1], rows))
    assert one == three


@pytest.mark.parametrize(
    "draw",
    [
        lambda empty: figures.standing(empty, "t", YEARS),
        lambda empty: figures.why(empty, "t", 0.0, 0.0, YEARS),
        lambda empty: figures.by_option(empty, "t"),
        lambda empty: figures.answers(empty, "t"),
        lambda empty: figures.changed_rows(empty, "t"),
        lambda empty: figures.fates(empty, "t"),
        lambda empty: figures.calibration(empty, "t"),
    ],
)
def test_nothing_is_drawn_of_nothing(draw):
    assert isinstance(draw(pd.DataFrame()), NothingToDraw)


@pytest.mark.parametrize(
    ("draw", "column"),
    [
        (lambda t: figures.standing(t, "t", YEARS), "before_pct"),
        (lambda t: figures.why(t, "t", 0.0, 0.0, YEARS), "to_lead"),
        (lambda t: figures.answers(t, "t"), "then"),
        (lambda t: figures.changed_rows(t, "t"), "added"),
        (lambda t: figures.fates(t, "t"), "became"),
        (lambda t: figures.calibration(t, "t"), "mean_said_pct"),
    ],
)
def test_a_missing_column_is_named(draw, column):
    with pytest.raises(InputError, match=column):
        draw(pd.DataFrame({"other": [1]}))


def test_options_that_nobody_puts_first_are_left_to_the_table():
    none = STANDING.assign(before_pct=0.0, now_pct=0.1)
    assert isinstance(figures.standing(none, "t", YEARS), NothingToDraw)
