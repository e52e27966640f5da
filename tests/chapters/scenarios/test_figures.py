"""The figures of chapter 04: every number printed, no meaning by colour alone, all text safe."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go
import pytest

from strategy_lib.chapters.scenarios import figures
from strategy_lib.core.errors import InputError
from strategy_lib.plotting.columns import NothingToDraw
from strategy_lib.plotting.grids import grid

HOSTILE = "<script>alert(1)</script>"
MARGINS = pd.DataFrame(
    {
        "scenario": ["Closed", "Closed", HOSTILE],
        "descriptor": ["Law", "Work", "Law"],
        "state": ["Strict", "Hidden", "Open"],
        "rival_state": ["Open", "Seen", "Strict"],
        "margin": [0, 4, 2],
    }
)
EDGES = pd.DataFrame(
    {
        "scenario": ["Closed", "Closed"],
        "source": ["Law", "Work"],
        "source_state": ["Strict", HOSTILE],
        "target": ["Work", "Law"],
        "target_state": ["Hidden", "Strict"],
        "judgement": [2, -1],
        "lead": [4, -2],
        "is_decisive": [True, False],
    }
)

ALL = {
    "margins": lambda: figures.margins(MARGINS, "t"),
    "influence_map": lambda: figures.influence_map(EDGES, "t"),
}
EMPTY = {
    "margins": lambda: figures.margins(MARGINS.iloc[:0], "t"),
    "influence_map": lambda: figures.influence_map(EDGES.iloc[:0], "t"),
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
