"""Figures of chapter 08: nothing lost between table and drawing, nothing drawn of nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from strategy_lib.chapters.brief import figures
from strategy_lib.core.errors import InputError
from strategy_lib.plotting.columns import NothingToDraw
from strategy_lib.plotting.theme import BARE_TOP, title_space

HOSTILE = "<script>alert(1)</script> 国际 مرحبا " + "x" * 90
SCORES = pd.DataFrame({"option": ["A", HOSTILE], "Access": [7.5, 2.0], "Aims": [None, 10.0]})
PLAN = pd.DataFrame(
    {
        "action": ["Ask", HOSTILE, "No day", "No start"],
        "start_date": pd.to_datetime(["2026-01-01", "2026-03-01", "2026-03-01", None]),
        "due_date": pd.to_datetime(["2026-06-01", "2026-12-01", None, "2026-08-01"]),
        "status": ["Late", "Planned", "Planned", "not said"],
        "status_code": ["late", "planned", "planned", None],
    }
)
GROUPS = pd.DataFrame(
    {
        "group": ["Communications", HOSTILE],
        "n_addressed": [1, 0],
        "n_planned": [1, 2],
        "n_in_part": [1, 0],
        "n_not_taken_up": [0, 1],
        "n_nobody_has_said": [1, 4],
    }
)
OWNERS = pd.DataFrame({"owner": ["NOBODY YET", HOSTILE], "Planned": [2, 0], "Late": [0, 1]})


def texts(fig):
    return [text for trace in fig.data if trace.type == "scatter" for text in trace.text or ()]


def test_every_score_is_printed_as_it_is_and_a_missing_one_is_a_dash():
    fig = figures.scores(SCORES, "t")
    assert sorted(texts(fig)) == sorted(["7.5", "–", "2", "10"])
    shades = next(trace for trace in fig.data if trace.type == "heatmap")
    assert [list(row) for row in shades.z] == [[7.5, None], [2, 10]]
    assert (shades.zmin, shades.zmax) == (0, 10)


def test_a_few_options_with_many_criteria_are_turned_so_that_names_stand_whole():
    criteria = [f"Freedom to speak lost worldwide {n}" for n in range(9)]
    wide = pd.DataFrame(
        {"option": ["Outside", "Office"], **{c: [n, 1] for n, c in enumerate(criteria)}}
    )
    fig = figures.scores(wide, "t")
    names = [name.replace("<br>", " ") for name in fig.layout.yaxis.ticktext]
    assert names == criteria and list(fig.layout.xaxis.ticktext) == ["Outside", "Office"]
    assert next(trace for trace in fig.data if trace.type == "heatmap").z[8] == [8, 1]


def test_the_plan_has_room_for_its_words_and_for_today():
    action = "State for each topic whether we act as an insider or an outsider"
    fig = figures.plan(PLAN.assign(action=action), "t", "2026-11-01")
    assert {name.replace("<br>", " ") for name in fig.layout.yaxis.ticktext} == {action}
    assert fig.layout.margin.t - title_space(fig.layout.title.text) > BARE_TOP + 10


def test_of_a_long_plan_a_sheet_is_drawn_and_the_title_says_so():
    rows = pd.concat([PLAN[PLAN["due_date"].notna()]] * 100, ignore_index=True)
    fig = figures.plan(rows, "300 actions.", "2026-11-01")
    assert len(fig.layout.yaxis.ticktext) == figures.MOST_DRAWN and fig.layout.height < 1100
    said = fig.layout.title.text.replace("<br>", " ")
    assert said == "300 actions. Drawn are the first 20 of 300 actions; the table has all."
    roles = pd.DataFrame({"owner": [f"role {n}" for n in range(90)], "Planned": 1})
    assert "first 20 of 90 roles" in figures.owners(roles, "Who has how many").layout.title.text


def test_what_is_given_to_be_printed_is_printed():
    said = SCORES.assign(Access=["7.5 (2–9)", "2 (2–2)"], Aims=[None, "10 (9–10)"])
    assert set(texts(figures.scores(SCORES, "t", said))) == {
        "7.5 (2–9)",
        "2 (2–2)",
        "–",
        "10 (9–10)",
    }


def test_a_line_runs_from_the_first_day_to_the_last_and_today_is_marked():
    fig = figures.plan(PLAN, "t", "2026-11-01")
    spans = fig.data[0]
    assert list(spans.x) == ["2026-01-01", "2026-06-01", None, "2026-03-01", "2026-12-01", None]
    marks = {trace.name: list(trace.x) for trace in fig.data[1:]}
    assert marks == {
        "Late": ["2026-06-01"],
        "Planned": ["2026-12-01"],
        "not said": ["2026-08-01"],
    }
    assert fig.layout.shapes[0].x0 == "2026-11-01"
    assert len(fig.layout.yaxis.ticktext) == 3


def test_statuses_can_be_told_apart_without_colour():
    codes = ["planned", "under_way", "done", "late", "dropped", None]
    table = PLAN.iloc[[0] * 6].assign(status_code=codes, status=[str(c) for c in codes])
    symbols = [t.marker.symbol for t in figures.plan(table, "t", "2026-11-01").data[1:]]
    assert len(set(symbols)) == len(codes)


def test_every_recommendation_is_in_one_part_of_a_bar():
    fig = figures.coverage(GROUPS, "t")
    assert fig.data[0].name == "Nobody has said"
    assert [sum(values) for values in zip(*(bar.x for bar in fig.data), strict=True)] == [4, 7]


def test_owners_are_rows_with_their_counts():
    fig = figures.owners(OWNERS, "t")
    assert [list(row) for row in fig.data[0].z] == [[2, 0], [0, 1]]
    assert fig.layout.yaxis.ticktext[0] == "NOBODY YET"
    assert fig.data[0].colorbar.dtick == 1, "there is no half action"
    many = figures.owners(OWNERS.assign(**{OWNERS.columns[1]: 40}), "t")
    assert many.data[0].colorbar.dtick is None


@pytest.mark.parametrize(
    "fig",
    [
        figures.scores(SCORES, "t"),
        figures.plan(PLAN, "t", "2026-11-01"),
        figures.coverage(GROUPS, "t"),
        figures.owners(OWNERS, "t"),
    ],
)
def test_what_people_typed_is_text(fig):
    drawn = fig.to_json()
    assert "<script>" not in drawn and "\\u003cscript" not in drawn
    assert "script" in drawn


@pytest.mark.parametrize(
    "draw",
    [
        lambda t: figures.scores(t, "why"),
        lambda t: figures.plan(t, "why", "2026-11-01"),
        lambda t: figures.coverage(t, "why"),
        lambda t: figures.owners(t, "why"),
    ],
)
def test_an_empty_table_becomes_a_sentence(draw):
    assert draw(pd.DataFrame()) == NothingToDraw("why")


def test_a_plan_in_which_nothing_has_a_day_becomes_a_sentence():
    assert figures.plan(PLAN.iloc[[2]], "why", "2026-11-01") == NothingToDraw("why")


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="status_code"):
        figures.plan(PLAN.drop(columns="status_code"), "t", "2026-11-01")
    with pytest.raises(InputError, match="n_in_part"):
        figures.coverage(GROUPS.drop(columns="n_in_part"), "t")
