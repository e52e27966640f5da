"""The figures of chapter 03: harm by group and route, routes side by side, silence, the path."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

import pandas as pd
import plotly.graph_objects as go

from strategy_lib.methods.harm.screening import CLASSES
from strategy_lib.plotting.charts import Drawn
from strategy_lib.plotting.columns import NothingToDraw, need_columns
from strategy_lib.plotting.grids import grid
from strategy_lib.plotting.marks import label_places, range_lines, segments
from strategy_lib.plotting.theme import (
    ACCENT,
    GRID,
    HIGHLIGHT,
    INK,
    MISSING,
    MUTED,
    QUIET,
    finish,
    plain_lines,
)

WORST_CLASS = 3
HIGHEST = 4
MOST_GROUPS, MOST_ROUTES, MOST_STEPS = 24, 8, 30
_ROW, _LABEL = 46, 40
# From pale to strong: within, acceptance, not ready, not permitted; the text says which.
_SHORT = {CLASSES[1]: "needs an acceptance"}
_CLASSES = ("#f1f6fa", "#f3d9b8", "#c9ced3", "#b04a00")


def harm(cells: pd.DataFrame, title: str) -> Drawn:
    """What remains of the harm to each group (row) on each way of responding (column).

    Parameters
    ----------
    cells : DataFrame
        `group`, `route`, `place` (0 within tolerance, 1 needs an acceptance, 2 not ready, 3 not
        permitted) and `said` (the class and the share of assessors over the line, in words).
    """
    need_columns(cells, "harm", "group", "route", "place", "said")
    if cells.empty:
        return NothingToDraw(title)
    single = cells.drop_duplicates(["group", "route"])
    rows, columns = (list(dict.fromkeys(single[name])) for name in ("group", "route"))
    wide = {
        name: single.pivot(index="group", columns="route", values=name).reindex(  # noqa: PD010
            index=rows[:MOST_GROUPS], columns=columns[:MOST_ROUTES]
        )
        for name in ("place", "said")
    }
    places, said = wide["place"].astype("Float64").astype(float), wide["said"].fillna(MISSING)
    return grid(
        places,
        said,
        title,
        high=WORST_CLASS,
        colours=_CLASSES,
        width=15,
        framed=places.eq(WORST_CLASS),
    )


def routes(table: pd.DataFrame, title: str) -> Drawn:
    """Ways of responding (row) with what is known of each (column); nothing is added up.

    Parameters
    ----------
    table : DataFrame
        `route`, `harm_that_remains`, `benefit_lowest`, `benefit_median`, `benefit_highest`,
        `silence_lowest`, `silence_median`, `silence_highest`, `can_be_taken_back`,
        `evidence_reaches`, `acceptances`.
    """
    ranges = [
        f"{what}_{end}"
        for what in ("benefit", "silence")
        for end in ("lowest", "median", "highest")
    ]
    words = ("harm_that_remains", "can_be_taken_back", "evidence_reaches", "acceptances")
    need_columns(table, "routes", "route", *words, *ranges)
    if table.empty:
        return NothingToDraw(title)
    shown = table.head(MOST_ROUTES)
    texts = pd.DataFrame(
        {
            "Harm that remains": [_SHORT.get(said, said) for said in shown["harm_that_remains"]],
            "Acceptances": shown["acceptances"].tolist(),
            "Could bring, 0–4": _range_texts(shown, "benefit"),
            "Cost of silence, 0–4": _range_texts(shown, "silence"),
            "Taken back": shown["can_be_taken_back"].tolist(),
            "Evidence reaches": shown["evidence_reaches"].tolist(),
        },
        index=shown["route"].tolist(),
    )
    shades = pd.DataFrame(math.nan, index=texts.index, columns=texts.columns)
    # Two columns have a shade, each on its own scale; the others stand in words alone.
    for head, what in (("Could bring, 0–4", "benefit"), ("Cost of silence, 0–4", "silence")):
        shades[head] = shown[f"{what}_median"].to_numpy(dtype=float) / HIGHEST
    return grid(shades, texts, title, width=17)


def _range_texts(table: pd.DataFrame, what: str) -> list[str]:
    ends = zip(
        *(table[f"{what}_{end}"].astype(float) for end in ("lowest", "median", "highest")),
        strict=True,
    )
    return [
        MISSING if math.isnan(middle) else f"{middle:g} ({low:g} to {high:g})"
        for low, middle, high in ends
    ]


def silence(table: pd.DataFrame, title: str) -> Drawn:
    """What silence would cost whom: from the lowest to the highest rating, with the median.

    Parameters
    ----------
    table : DataFrame
        `who_is_affected`, and `lowest`, `median`, `highest` (0 to 4); rows without any are left out.
    """
    need_columns(table, "silence", "who_is_affected", "lowest", "median", "highest")
    shown = table[table["median"].notna()]
    if shown.empty:
        return NothingToDraw(title)
    ends = (shown["lowest"], shown["median"], shown["highest"])
    fig = go.Figure(range_lines(range(len(shown)), ends, "lowest to highest", "median", 1))
    _rows(fig, shown["who_is_affected"])
    fig.update_xaxes(title_text="0 none to 4 grave", range=[-0.2, HIGHEST + 0.3], dtick=1)
    return finish(fig, title, 130 + _ROW * len(shown))


def path(table: pd.DataFrame, title: str, now: datetime | pd.Timestamp) -> Drawn:
    """Who was asked when, until when, and when they answered.

    Parameters
    ----------
    table : DataFrame
        `step`, `who`, `state`, and moments in universal time: `asked`, `due`, `silent_from`,
        `answered`. Who has not been asked has a label and no line.
    now : datetime
        Drawn as a line.
    """
    need_columns(table, "path", "step", "who", "state", "asked", "due", "silent_from", "answered")
    if table.empty or table["asked"].isna().all():
        return NothingToDraw(title)
    shown = table.head(MOST_STEPS).reset_index(drop=True)
    asked = shown[shown["asked"].notna()]
    late = asked[asked["silent_from"].notna() & asked["answered"].isna()]
    answered = asked[asked["answered"].notna()]
    times = (
        (asked, "asked", "due", "time to answer", ACCENT),
        (late, "due", "silent_from", "the deputy’s time", MUTED),
    )
    fig = go.Figure()
    for own, start, end, name, color in times:
        line = {"color": color, "width": 10}
        fig.add_trace(segments(own.index, own[start], own[end], name=name, line=line))
    edge = {"color": GRID, "width": 1}
    fig.add_scatter(
        x=answered["answered"].tolist(),
        y=answered.index.tolist(),
        mode="markers",
        name="answered",
        marker={"color": INK, "size": 12, "symbol": "diamond", "line": edge},
    )
    parties = zip(shown["who"], shown["state"], shown["step"], strict=True)
    _rows(fig, [f"{who}: {state} ({step})" for who, state, step in parties])
    moment = _plain_moment(now)
    fig.add_scatter(
        x=[moment, moment],
        y=[-0.7, len(shown) - 0.4],
        mode="lines",
        name="now",
        line={"color": HIGHLIGHT, "dash": "dash", "width": 2},
    )
    fig.update_xaxes(title_text="Universal time", type="date", title_font={"color": QUIET})
    return finish(fig, title, 150 + 34 * len(shown))


def _plain_moment(now: datetime | pd.Timestamp) -> pd.Timestamp:
    moment = pd.Timestamp(now)
    return moment.tz_convert("UTC").tz_localize(None) if moment.tzinfo else moment


def _rows(fig: go.Figure, labels: Sequence[str] | pd.Series) -> None:
    texts = [plain_lines(label, _LABEL) for label in labels]
    label_places(fig.update_yaxes, texts, range=[len(texts) - 0.4, -0.7])
