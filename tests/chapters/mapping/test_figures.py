"""The figures of chapter 01: every number printed, nothing missing drawn as zero, all text safe."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from strategy_lib.chapters.mapping import figures as mapping
from strategy_lib.core.errors import InputError
from strategy_lib.plotting import maps
from strategy_lib.plotting.columns import NothingToDraw

LAND = [[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 0.0)]]
BY_KIND = pd.DataFrame(
    {
        "kind": ["Country office", "<script>x</script>"],
        "n_silent": pd.array([2, pd.NA], dtype="Int64"),
        "n_answered": pd.array([5, 1], dtype="Int64"),
        "n_nothing": pd.array([0, 1], dtype="Int64"),
    }
)


def drawn(fig: object) -> go.Figure:
    assert isinstance(fig, go.Figure)
    return fig


def test_stacked_bars_print_each_count_and_leave_out_what_is_missing():
    fig = drawn(mapping.answers(BY_KIND, "Two are silent"))
    assert [bar.name for bar in fig.data] == ["No answer", "Answered", "Nothing to report"]
    assert list(fig.data[0].text) == ["2", ""]
    assert list(fig.data[1].text) == ["5", "1"]
    assert fig.layout.title.text == "Two are silent"
    assert "<script>" not in fig.to_json()


def test_the_first_part_of_a_stack_is_named_first():
    assert drawn(mapping.answers(BY_KIND, "t")).layout.legend.traceorder == "normal"


def numbers(fig: go.Figure) -> dict[tuple[int, int], str]:
    trace = fig.data[1]
    return {(x, y): text for x, y, text in zip(trace.x, trace.y, trace.text, strict=True)}


def test_a_heat_map_prints_a_dash_for_what_is_missing_and_never_a_zero():
    counts = pd.DataFrame({"a": [3, 0], "b": [pd.NA, 1]}, index=["x", "y"], dtype="Int64")
    fig = drawn(mapping.coverage_heat_map(counts, "t"))
    assert numbers(fig) == {(0, 0): "3", (1, 0): "–", (1, 1): "1"}
    assert fig.data[0].z[0][1] is None
    assert fig.layout.xaxis.ticktext == ("a", "b")
    assert fig.layout.yaxis.ticktext == ("x", "y")
    levels = drawn(mapping.capacity_heat_map(counts, "t"))
    assert set(numbers(levels).values()) == {"3", "0", "–", "1"}


def test_numbers_are_light_on_dark_cells_only():
    fig = drawn(mapping.coverage_heat_map(pd.DataFrame({"a": [10, 1]}), "t"))
    colours = dict(zip(fig.data[1].text, fig.data[1].textfont.color, strict=True))
    assert colours["10"] == "#ffffff"
    assert colours["1"] != "#ffffff"


def test_a_ranking_shows_what_carries_each_rank():
    ranked = pd.DataFrame(
        {
            "counterpart": ["A"],
            "critical_of_it": [""],
            "p_contact": [3],
            "p_further_offices": [0],
            "p_stance": [1],
            "p_exposure": [0],
            "p_people": [1],
        }
    )
    fig = drawn(mapping.entry_points(ranked, "t"))
    assert sum(bar.x[0] for bar in fig.data) == 5
    assert [bar.text[0] for bar in fig.data] == ["3", "", "1", "", "1"]


@pytest.mark.parametrize("name", ["China Chamber of Commerce for Machinery " * 3, "国" * 90])
def test_the_mark_of_who_is_critical_stays_behind_a_long_name_and_no_names_touch(name):
    ranked = pd.DataFrame(
        {
            "counterpart": [name, "B"],
            "critical_of_it": ["Kenya; Zambia", ""],
            "p_contact": 3,
            "p_further_offices": 0,
            "p_stance": 1,
            "p_exposure": 0,
            "p_people": 1,
        }
    )
    long, short = (drawn(mapping.entry_points(rows, "t")) for rows in (ranked, ranked[1:]))
    label = long.data[0].y[0]
    assert label.replace("<br>", " ").endswith("… (seen critically by 2)")
    lines = 1 + label.count("<br>")
    assert long.layout.height - short.layout.height > 17 * lines


def test_shared_counterparts_count_offices_by_how_they_deal_with_each():
    links = pd.DataFrame(
        {
            "unit": ["K", "Z", "Z"],
            "counterpart": ["C", "C", "D"],
            "stance": ["constructive", "critical", "neutral"],
        }
    )
    fig = drawn(mapping.shared_counterparts(links, "t"))
    assert {bar.name: bar.text for bar in fig.data} == {
        "Critical": ("1", ""),
        "Constructive": ("1", ""),
        "Neutral": ("", "1"),
    }


def test_shared_counterparts_of_many_offices_have_no_slanted_label_and_most_shared_come_first():
    links = pd.DataFrame(
        [(f"office {n}", f"c{c:02d}", "neutral") for c in range(30) for n in range(40 + c % 3)],
        columns=["unit", "counterpart", "stance"],
    )
    fig = drawn(mapping.shared_counterparts(links, "t"))
    assert not fig.layout.xaxis.tickangle
    assert not fig.layout.yaxis.tickangle
    assert len(fig.data[0].y) == mapping.MOST_SHARED
    assert fig.data[0].y[0] == "c02"


@pytest.mark.parametrize(
    "figure",
    [
        lambda: mapping.answers(BY_KIND.iloc[:0], "none"),
        lambda: mapping.coverage_heat_map(pd.DataFrame(), "none"),
        lambda: mapping.shared_counterparts(
            pd.DataFrame(columns=["unit", "counterpart", "stance"]), "none"
        ),
        lambda: mapping.strategies(
            pd.DataFrame(columns=["country", "title", "renewal_date", "china_section"]), "none"
        ),
    ],
)
def test_an_empty_table_is_a_sentence_and_no_empty_axes(figure):
    assert figure() == NothingToDraw("none")


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="needs columns n_nothing"):
        mapping.answers(BY_KIND.drop(columns="n_nothing"), "t")


def test_the_map_is_drawn_on_plain_axes_with_its_numbers_in_place():
    places = pd.DataFrame(
        {
            "country": ["Kenya", "?", "Kiribati"],
            "latitude": [0.6, np.nan, 1.9],
            "longitude": [37.8, np.nan, -157.4],
            "n_activities": pd.array([7, 1, pd.NA], "Int64"),
        }
    )
    gaps = pd.DataFrame({"country": ["Angola"], "latitude": [-12.3], "longitude": [17.6]})
    fig = maps.coverage_map(places, gaps, LAND, "t")
    assert {trace.type for trace in fig.data} == {"scatter"}
    circles = next(t for t in fig.data if t.name == "Activities reported")
    assert (circles.text, circles.x, circles.y) == (("7",), (37.8,), (0.6,))
    assert "Angola" in next(t for t in fig.data if t.marker.symbol == "diamond-open").text
    assert "geo" not in json.loads(fig.to_json())["layout"]


def test_a_map_without_any_place_is_still_a_map():
    none = pd.DataFrame(columns=["country", "latitude", "longitude", "n_activities"], dtype=float)
    assert len(maps.coverage_map(none, none, LAND, "t").data) == 2


def test_the_same_tables_give_the_same_figure():
    one, two = (drawn(mapping.answers(BY_KIND, "t")).to_json() for _ in range(2))
    assert one == two
