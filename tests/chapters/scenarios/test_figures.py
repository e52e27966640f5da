"""The figures of chapter 04: every number printed, no meaning by colour alone, all text safe."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from strategy_lib.chapters.scenarios import figures
from strategy_lib.core.errors import InputError
from strategy_lib.plotting.columns import NothingToDraw
from strategy_lib.plotting.grids import grid

HOSTILE = "<script>alert(1)</script>"
STATES = pd.DataFrame({"Closed": ["Strict", "Hidden"], HOSTILE: ["Open", "可见"]},
                      index=["Law", "Work"])  # fmt: skip
TODAY = pd.DataFrame({"descriptor": ["Law", "Work"], "today": ["Strict", "not said"]})
MARGINS = pd.DataFrame({
    "scenario": ["Closed", "Closed", HOSTILE], "descriptor": ["Law", "Work", "Law"],
    "state": ["Strict", "Hidden", "Open"], "rival_state": ["Open", "Seen", "Strict"],
    "margin": [0, 4, 2],
})  # fmt: skip
EDGES = pd.DataFrame({
    "scenario": ["Closed", "Closed"], "source": ["Law", "Work"],
    "source_state": ["Strict", HOSTILE],
    "target": ["Work", "Law"], "target_state": ["Hidden", "Strict"], "judgement": [2, -1],
    "lead": [4, -2], "is_decisive": [True, False],
})  # fmt: skip
CELLS = pd.DataFrame({
    "option": ["Grow", "Grow", HOSTILE], "scenario": ["Closed", "Clear", "Clear"],
    "counted": ["not counted", "yes", "yes"], "n": [2, 3, 1], "lowest": [1.0, 4.0, np.nan],
    "median": [2.5, 6.0, 5.0], "highest": [4.0, 9.0, np.nan],
})  # fmt: skip
BOARD = pd.DataFrame({
    "points_to": ["Law: Open", HOSTILE, "Work: Seen"], "status": ["Crossed", "Near", "Nobody"],
    "status_code": ["crossed", "near", "not_looked"],
    "days_since": pd.array([30, 400, pd.NA], dtype="Int64"), "is_overdue": ["no", "yes", "yes"],
})  # fmt: skip
RANGES = pd.DataFrame({
    "source": [HOSTILE, "b"], "target": ["c", "d"], "lowest": [-2.0, 1.0], "middle": [0.0, 2.0],
    "highest": [1.0, 5.0],
})  # fmt: skip
REGRET = pd.DataFrame({"Closed": [0.0, 4.0], "Clear": [2.5, 0.0]}, index=["Hold", "Grow"])
METRICS = pd.DataFrame({"maximin": [5.0, 2.0], "minimax_regret": [4.0, np.nan]},
                       index=["Hold", "Grow"])  # fmt: skip
VIEWS = pd.DataFrame({"metric": ["maximin", "minimax_regret"], "value": [5.0, 4.0]})
PEOPLE = pd.DataFrame({"option": ["Grow"], "n_no_regret": [0], "n_hedge": [2], "n_bet": [3],
                       "n_neither": [0]})  # fmt: skip
SHORT = pd.DataFrame({"A01": [0.0, 2.0], "A02": [0.0, 0.0]}, index=["Closed", HOSTILE])
FAR = pd.DataFrame({"scenario": ["Closed", "Clear"], "differs_in": [1, 2], "counted": [2, 2]})

ALL = {
    "card_states": lambda: figures.card_states(STATES, TODAY, "t"),
    "margins": lambda: figures.margins(MARGINS, "t"),
    "influence_map": lambda: figures.influence_map(EDGES, "t"),
    "option_map": lambda: figures.option_map(CELLS, "t", 5.0),
    "regret_map": lambda: figures.regret_map(REGRET, "t"),
    "view_map": lambda: figures.view_map(METRICS, VIEWS, "t"),
    "kinds": lambda: figures.kinds(PEOPLE, "t"),
    "distances": lambda: figures.distances(FAR, "t"),
    "agreement": lambda: figures.agreement(SHORT, "t"),
    "cell_ranges": lambda: figures.cell_ranges(RANGES, "t"),
    "signposts": lambda: figures.signposts(BOARD, "t"),
}
EMPTY = {
    "card_states": lambda: figures.card_states(STATES.iloc[:, :0], TODAY, "t"),
    "margins": lambda: figures.margins(MARGINS.iloc[:0], "t"),
    "influence_map": lambda: figures.influence_map(EDGES.iloc[:0], "t"),
    "option_map": lambda: figures.option_map(CELLS.iloc[:0], "t", 5.0),
    "regret_map": lambda: figures.regret_map(REGRET.iloc[:0], "t"),
    "regret_map, no column": lambda: figures.regret_map(REGRET.iloc[:, :0], "t"),
    "view_map": lambda: figures.view_map(METRICS.iloc[:0], VIEWS.iloc[:0], "t"),
    "kinds": lambda: figures.kinds(PEOPLE.iloc[:0], "t"),
    "distances": lambda: figures.distances(FAR.iloc[:0], "t"),
    "distances, today not said": lambda: figures.distances(FAR.assign(counted=0), "t"),
    "agreement": lambda: figures.agreement(pd.DataFrame(), "t"),
    "cell_ranges": lambda: figures.cell_ranges(RANGES.iloc[:0], "t"),
    "signposts": lambda: figures.signposts(BOARD.iloc[:0], "t"),
}


def drawn(figure: object) -> go.Figure:
    assert isinstance(figure, go.Figure)
    return figure


def texts(figure: object) -> dict[tuple[int, int], str]:
    """Text of each cell of a grid, by column and row."""
    trace = drawn(figure).data[1]
    return {(x, y): text for x, y, text in zip(trace.x, trace.y, trace.text, strict=True)}


@pytest.mark.parametrize("name", ALL)
def test_text_from_people_is_never_markup(name):
    figure = drawn(ALL[name]())
    assert "<script" not in figure.to_json()
    assert figure.layout.title.text == "t"


@pytest.mark.parametrize("name", EMPTY)
def test_where_there_is_nothing_the_sentence_stands_in(name):
    assert EMPTY[name]() == NothingToDraw("t")


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="margins: needs columns margin"):
        figures.margins(MARGINS.drop(columns="margin"), "t")


def test_what_is_so_today_has_a_dot_and_not_only_a_shade():
    cells = texts(ALL["card_states"]())
    assert cells[0, 0] == "● Strict"
    assert cells[1, 1] == "可见"
    assert drawn(ALL["card_states"]()).layout.yaxis.ticktext == ("Law", "Work")


def test_a_tie_is_framed_and_printed():
    figure = drawn(ALL["margins"]())
    assert texts(figure)[0, 0] == "0 · Open"
    assert [(s.x0, s.y0) for s in figure.layout.shapes] == [(-0.47, -0.46)]
    assert texts(figure)[1, 1] == ""
    assert figure.data[0].z[1][1] is None


def test_influences_carry_their_sign_and_decisive_ones_a_frame():
    figure = drawn(ALL["influence_map"]())
    assert texts(figure)[1, 0] == "+4"
    assert texts(figure)[0, 1] == "-2"
    assert len(figure.layout.shapes) == 1
    assert (figure.data[0].zmin, figure.data[0].zmax) == (-4, 4)


def test_scores_stand_with_their_range_and_uncounted_scenarios_last():
    figure = drawn(ALL["option_map"]())
    assert list(figure.layout.xaxis.ticktext) == ["Clear", "Closed<br>(not<br>counted)"]
    cells = texts(figure)
    assert cells[0, 0] == "6 (4–9)"
    assert cells[1, 0] == "2.5 ✕ (1–4)"
    assert cells[0, 1] == "5"
    assert cells[1, 1] == "no answer"
    assert figure.data[0].z[1][1] is None


def test_good_enough_is_the_limit_that_was_set():
    assert texts(figures.option_map(CELLS, "t", 6.5))[0, 0] == "6 ✕ (4–9)"


def test_regret_prints_zero_and_the_largest():
    cells = texts(ALL["regret_map"]())
    assert cells[0, 0] == "0" and cells[2, 1] == "4"


def test_a_star_marks_the_best_of_a_view_and_a_gap_is_a_dash():
    cells = texts(ALL["view_map"]())
    assert cells[0, 0] == "★ 5.0"
    assert cells[0, 1] == "2.0"
    assert cells[1, 1] == "–"


def test_who_falls_short_is_said_in_words():
    cells = texts(ALL["agreement"]())
    assert cells[0, 0] == "holds" and cells[0, 1] == "2 short"


def test_ranges_reach_beyond_the_scale_where_judgements_do():
    figure = drawn(ALL["cell_ranges"]())
    assert figure.layout.xaxis.range[0] < -3 < 5 < figure.layout.xaxis.range[1]
    assert list(figure.data[1].text) == ["0", "+2"]


def test_a_signpost_nobody_looked_at_has_no_mark_of_a_day():
    marks = {trace.name: trace for trace in drawn(ALL["signposts"]()).data}
    assert marks["Nobody"].marker.size == (0,)
    assert marks["Nobody"].text == (" never looked at",)
    assert marks["Near"].text == (" 400, overdue",)
    assert len({trace.marker.symbol for trace in marks.values()}) == 3


def test_the_title_has_room_above_the_heads_of_columns():
    bare = grid(pd.DataFrame([[1.0]], columns=["a"]), pd.DataFrame([["x"]], columns=["a"]), "t")
    names = ["a long name of several words that wraps"]
    tall = grid(pd.DataFrame([[1.0]], columns=names), pd.DataFrame([["x"]], columns=names), "t")
    assert tall.layout.margin.t > bare.layout.margin.t
    assert tall.layout.height - bare.layout.height == tall.layout.margin.t - bare.layout.margin.t


def test_text_is_light_on_dark_cells_only():
    shades = pd.DataFrame([[0.0, 1.0, math.nan]])
    figure = grid(shades, shades.astype(str), "t")
    assert [c == "#ffffff" for c in figure.data[1].textfont.color] == [False, True, False]


def test_a_grid_of_two_shapes_is_refused():
    with pytest.raises(InputError, match=r"\(1, 1\) shades, but \(1, 2\) texts"):
        grid(pd.DataFrame([[1]]), pd.DataFrame([["a", "b"]]), "t")
