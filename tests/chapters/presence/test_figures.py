"""Figures of chapter 02: nothing lost between table and drawing, nothing drawn of nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from strategy_lib.chapters.presence import figures
from strategy_lib.core.errors import InputError
from strategy_lib.plotting.columns import NothingToDraw

HOSTILE = "<script>alert(1)</script> 国际 " + "x" * 90
RANKS = pd.DataFrame(
    {"option": ["A", HOSTILE], "rank_1_pct": [70.0, 30.0], "rank_2_pct": [30.0, 70.0]}
)
COSTS = pd.DataFrame({"option": ["A", "B"], "p10": [1, 5], "p50": [2, 6], "p90": [4, 9]})
FREEDOM = pd.DataFrame(
    {
        "option": ["A", "B"],
        "cost_p50": [2.0, float("nan")],
        "freedom_lost_lowest": [1.0, 2.0],
        "freedom_lost_median": [3.0, 4.0],
        "freedom_lost_highest": [5.0, 9.0],
    }
)


def test_every_rank_of_every_option_is_drawn():
    fig = figures.ranks(RANKS, "t")
    assert [trace.name for trace in fig.data] == ["1st", "2nd"]
    assert [list(trace.x) for trace in fig.data] == [[70, 30], [30, 70]]


def test_what_people_typed_is_text():
    labels = " ".join(figures.ranks(RANKS, "t").data[0].y)
    assert "<script>" not in labels and "&lt;script&gt;" in labels


def test_costs_run_from_p10_to_p90_with_the_budget_as_a_line():
    fig = figures.costs(COSTS, "t", "EUR", 5.0)
    assert list(fig.data[0].x) == [1, 4, None, 5, 9, None]
    assert list(fig.data[1].x) == [2, 6]
    assert fig.layout.shapes[0].x0 == 5.0
    assert not figures.costs(COSTS, "t", "EUR", None).layout.shapes


def test_freedom_and_money_have_scales_of_their_own():
    fig = figures.freedom_beside_money(FREEDOM, "t", "EUR")
    assert {trace.xaxis for trace in fig.data} == {"x", "x2"}
    money = next(trace for trace in fig.data if trace.type == "bar")
    assert list(money.text) == ["2", "no amount"]


def test_years_are_columns_in_thousands():
    by_year = pd.DataFrame({"option": ["A", "A"], "year": [1, 2], "p50": [5000.0, 7000.0]})
    fig = figures.costs_by_year(by_year, "t", "EUR")
    assert list(fig.data[0].z[0]) == [5.0, 7.0]


@pytest.mark.parametrize(
    "draw",
    [
        lambda t: figures.ranks(t, "why"),
        lambda t: figures.first_by_group(t, "why"),
        lambda t: figures.spread(t, "why"),
        lambda t: figures.bars(t, "a", "b", "why", "u"),
        lambda t: figures.costs(t, "why", "EUR", None),
        lambda t: figures.costs_by_year(t, "why", "EUR"),
        lambda t: figures.tornado(t, "why", "EUR"),
        lambda t: figures.freedom_beside_money(FREEDOM.iloc[:0], "why", "EUR"),
    ],
)
def test_an_empty_table_becomes_a_sentence(draw):
    assert draw(pd.DataFrame()) == NothingToDraw("why")


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="p90"):
        figures.costs(COSTS.drop(columns="p90"), "t", "EUR", None)
