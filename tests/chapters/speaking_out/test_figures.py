"""Figures of chapter 03: nothing lost between table and drawing, nothing drawn of nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from strategy_lib.chapters.speaking_out import figures
from strategy_lib.core.errors import InputError
from strategy_lib.plotting.columns import NothingToDraw

HOSTILE = "<script>alert(1)</script> 国际 " + "x" * 90
NOW = datetime(2026, 11, 1, 23, 59, tzinfo=UTC)
CELLS = pd.DataFrame(
    {
        "group": ["G1", "G1", HOSTILE],
        "route": ["private", "public", "public"],
        "place": [0, 3, 2],
        "said": ["within, 0% over", "not permitted, 20% over", "not ready, not rated"],
    }
)
ROUTES = pd.DataFrame(
    {
        "route": ["hold", HOSTILE],
        "harm_that_remains": ["nothing is said", "not ready"],
        "acceptances": ["none needed", "0 of 1 given"],
        "can_be_taken_back": ["4 of 4", "0 of 4"],
        "evidence_reaches": ["yes", "no: E1"],
        "benefit_lowest": [0.0, float("nan")],
        "benefit_median": [1.0, float("nan")],
        "benefit_highest": [2.0, float("nan")],
        "silence_lowest": [2.0, float("nan")],
        "silence_median": [3.0, float("nan")],
        "silence_highest": [4.0, float("nan")],
    }
)
SILENCE = pd.DataFrame(
    {
        "who_is_affected": ["People", HOSTILE, "Nobody rated"],
        "lowest": [2.0, 1.0, float("nan")],
        "median": [3.0, 1.5, float("nan")],
        "highest": [4.0, 2.0, float("nan")],
    }
)


def moments(*texts):
    return pd.to_datetime(pd.Series(list(texts), dtype="object"))


PATH = pd.DataFrame(
    {
        "step": ["heard", "heard", "signs safety"],
        "who": ["Kenya", HOSTILE, "Safety"],
        "state": ["answered", "asked and silent", "not asked"],
        "asked": moments("2026-10-01", "2026-10-01", None),
        "due": moments("2026-10-04", "2026-10-04", None),
        "silent_from": moments("2026-10-06", "2026-10-06", None),
        "answered": moments("2026-10-02", None, None),
    }
)


def texts_of(fig):
    return " ".join(
        str(text)
        for trace in fig.data
        if trace.type == "scatter" and trace.text
        for text in trace.text
    )


def test_every_cell_says_its_class_in_words():
    fig = figures.harm(CELLS, "t")
    said = texts_of(fig).replace("<br>", " ")
    assert "not permitted, 20% over" in said and "within, 0% over" in said
    assert len(fig.layout.shapes) == 1


def test_a_pair_that_nobody_listed_is_a_dash():
    assert "–" in texts_of(figures.harm(CELLS, "t"))


def test_routes_say_all_they_know_in_print():
    said = texts_of(figures.routes(ROUTES, "t")).replace("<br>", " ")
    for part in ("1 (0 to 2)", "3 (2 to 4)", "0 of 1 given", "no: E1", "4 of 4"):
        assert part in said


def test_silence_runs_from_lowest_to_highest_and_prints_the_median():
    fig = figures.silence(SILENCE, "t")
    line, marks = fig.data
    assert list(line.x) == [2, 4, None, 1, 2, None]
    assert list(marks.text) == ["3.0", "1.5"]
    assert len(fig.layout.yaxis.ticktext) == 2


def test_the_path_shows_who_answered_who_is_silent_and_who_was_not_asked():
    fig = figures.path(PATH, "t", NOW)
    names = [trace.name for trace in fig.data]
    assert names == ["time to answer", "the deputy’s time", "answered", "now"]
    assert len(fig.data[0].x) == 6
    assert len(fig.data[1].x) == 3
    assert len(fig.data[2].x) == 1
    assert len(fig.layout.yaxis.ticktext) == 3


@pytest.mark.parametrize(
    "fig",
    [
        figures.harm(CELLS, "t"),
        figures.routes(ROUTES, "t"),
        figures.silence(SILENCE, "t"),
        figures.path(PATH, "t", NOW),
    ],
    ids=["harm", "routes", "silence", "path"],
)
def test_what_people_typed_is_text(fig):
    everything = fig.to_json(validate=False)
    assert "<script>" not in everything
    assert "&lt;script&gt;" in everything or "\\u003cscript" not in everything


def test_nothing_is_drawn_of_nothing():
    assert isinstance(figures.harm(CELLS.iloc[:0], "t"), NothingToDraw)
    assert isinstance(figures.routes(ROUTES.iloc[:0], "t"), NothingToDraw)
    assert isinstance(figures.silence(SILENCE.iloc[2:], "t"), NothingToDraw)
    assert isinstance(figures.path(PATH.iloc[2:], "t", NOW), NothingToDraw)
    assert isinstance(figures.path(PATH.iloc[:0], "t", NOW), NothingToDraw)


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="Figure harm: needs columns said"):
        figures.harm(CELLS.drop(columns="said"), "t")
    with pytest.raises(InputError, match="Figure path: needs columns due"):
        figures.path(PATH.drop(columns="due"), "t", NOW)
