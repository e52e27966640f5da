"""Figures of chapter 00: nothing lost between table and drawing, nothing drawn of nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from strategy_lib.chapters.prepare import figures
from strategy_lib.core.errors import InputError
from strategy_lib.plotting.columns import NothingToDraw
from strategy_lib.plotting.theme import HIGHLIGHT

HOSTILE = "<script>alert(1)</script> 国际 " + "x" * 90
CELLS = pd.DataFrame(
    [
        ["9 Memory", "Kenya", 0.0, 1.5, 3.0, "0–3"],
        ["9 Memory", "All units", 0.0, 2.0, 4.0, "0–4"],
        ["10 Staff", "All units", 1.0, 1.0, 1.0, "1"],
        ["10 Staff", "Peru", 1.0, 1.0, 1.0, "1"],
    ],
    columns=["recommendation", "unit", "lowest", "median", "highest", "level"],
)
FIRST = pd.DataFrame(
    {
        "recommendation": ["9 Memory", HOSTILE],
        "gap_median": [3.0, 2.0],
        "gap": ["2–4", "2"],
        "importance_median": [4.0, 4.0],
        "importance": ["3–4", "4"],
        "median": [12.0, 8.0],
        "gap_times_importance": ["8–16", "8"],
        "answers": [9, 1],
        "roles": ["coordinator", ""],
    }
)
VALUES = pd.DataFrame(
    [
        ["Events", "Kenya", "No-go", 0.0],
        ["Events", "organisation", "Conflict", 1.0],
        ["Events", "organisation", "Complementarity", 2.0],
        ["Labour", "Kenya", "not judged", None],
    ],
    columns=["matter", "view_of", "relation", "place"],
)
FLOWS = pd.DataFrame(
    {
        "information": ["Staff records", "Staff records", "Sources"],
        "action": ["Send", "Open", "Send"],
        "rule": ["Not allowed / Allowed", "Allowed", "no answer"],
        "strictness": pd.array([2, 0, None], dtype="Int64"),
        "differ": [True, False, False],
    }
)
KINDS = pd.DataFrame(
    {"kind": ["Desk"], "n_answered": [1], "n_silent": [2], "n_not_asked": [3]}
).astype({"n_silent": "Int64"})


def texts(fig):
    """Text in each cell, by (row, column)."""
    trace = next(t for t in fig.data if t.type == "scatter")
    return {(y, x): text for x, y, text in zip(trace.x, trace.y, trace.text, strict=True)}


def test_levels_are_printed_with_their_range_and_shaded_by_the_middle():
    fig = figures.readiness(CELLS, "t")
    assert list(fig.layout.xaxis.ticktext) == ["Kenya", "Peru", "All units"]
    assert [
        text.startswith(n) for text, n in zip(fig.layout.yaxis.ticktext, ("9", "10"), strict=True)
    ] == [True, True]
    assert [list(row) for row in fig.data[0].z] == [[1.5, None, 2.0], [None, 1.0, 1.0]]
    assert texts(fig)[0, 0] == "0–3" and texts(fig)[1, 0] == "–"


def test_cells_in_which_people_are_far_apart_have_a_frame():
    frames = figures.readiness(CELLS, "t").layout.shapes
    assert [(round(f.x0 + 0.47), round(f.y0 + 0.46)) for f in frames] == [(0, 0), (2, 0)]


def test_what_comes_first_is_shown_with_its_parts():
    fig = figures.first_things(FIRST, "t")
    shown = texts(fig)
    assert [shown[0, x] for x in range(4)] == ["3 (2–4)", "4 (3–4)", "12 (8–16)", "9"]
    assert shown[0, 4] == "coordinator" and shown[1, 4].replace("<br>", " ") == "no role named"
    assert list(fig.data[0].z[0])[:3] == [0.75, 1.0, 0.75]


def test_a_role_that_is_not_shown_is_not_called_missing():
    shown = texts(figures.first_things(FIRST.assign(roles=pd.NA), "t"))
    assert shown[0, 4] == "not shown"


def test_what_people_typed_is_text():
    labels = " ".join(figures.first_things(FIRST, "t").layout.yaxis.ticktext)
    assert "<script>" not in labels and "&lt;script&gt;" in labels


def test_two_views_of_one_office_are_both_printed():
    fig = figures.values(VALUES, "t")
    shown = texts(fig)
    assert shown[0, 1].replace("<br>", " ") == "Conflict / Complementarity"
    assert shown[1, 0] == "not judged" and fig.data[0].z[1][0] is None
    assert list(fig.data[0].z[0]) == [0.0, 1.0]


def test_rules_that_differ_have_a_frame_and_no_answer_no_shade():
    fig = figures.flows(FLOWS, "t")
    assert [list(row) for row in fig.data[0].z] == [[2.0, 0.0], [None, None]]
    assert len(fig.layout.shapes) == 1
    assert texts(fig)[1, 0] == "no answer"


def test_counts_are_stacked_with_their_numbers():
    fig = figures.answers(KINDS, "t")
    assert [(bar.name, list(bar.x)) for bar in fig.data] == [
        ("Asked, no answer", [2.0]),
        ("Answered", [1.0]),
        ("Nobody asked", [3.0]),
    ]
    assert fig.data[0].marker.color == HIGHLIGHT, "the colour that warns is for silence"


@pytest.mark.parametrize(
    ("draw", "parts"),
    [
        (figures.knowledge, ("kind", "n_one_unwritten", "n_one_written", "n_more", "n_not_known")),
        (
            figures.turnover,
            ("year", "n_without_handover", "n_handed_over", "n_not_said", "n_stayed"),
        ),
    ],
)
def test_a_suppressed_count_is_not_drawn_as_a_number(draw, parts):
    table = pd.DataFrame([["2026", None, 3, 4, 5]], columns=parts)
    fig = draw(table.astype(dict.fromkeys(parts[1:], "Int64")), "t")
    printed = {text for bar in fig.data for text in bar.text}
    assert printed == {"", "3", "4", "5"}


DRAWN = [
    (figures.readiness, CELLS),
    (figures.first_things, FIRST),
    (figures.values, VALUES),
    (figures.flows, FLOWS),
    (figures.answers, KINDS),
]


@pytest.mark.parametrize(("draw", "table"), DRAWN)
def test_an_empty_table_is_not_drawn(draw, table):
    drawn = draw(table.iloc[:0], "Nothing is shown here.")
    assert drawn == NothingToDraw("Nothing is shown here.")


@pytest.mark.parametrize(("draw", "table"), DRAWN)
def test_a_missing_column_is_named(draw, table):
    with pytest.raises(InputError, match="needs columns"):
        draw(table.drop(columns=table.columns[-1]), "t")


@pytest.mark.parametrize(("draw", "table"), DRAWN)
def test_the_title_is_the_finding_as_text(draw, table):
    title = draw(table, "Two <b>offices</b> differ.").layout.title.text
    assert title == "Two &lt;b&gt;offices&lt;/b&gt; differ."
