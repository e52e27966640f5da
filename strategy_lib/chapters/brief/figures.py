"""The figures of chapter 08: options by criterion and scenario, the plan, the recommendations."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from strategy_lib.core.messages import say
from strategy_lib.plotting.charts import FEW, Drawn, heat_map, stacked_shares
from strategy_lib.plotting.columns import NothingToDraw, need_columns
from strategy_lib.plotting.grids import grid
from strategy_lib.plotting.levels import readiness as readiness
from strategy_lib.plotting.marks import label_places, limit_line, segments
from strategy_lib.plotting.theme import (
    ACCENT,
    CATEGORIES,
    GRID,
    HIGHLIGHT,
    INK,
    MISSING,
    QUIET,
    finish,
    plain,
    plain_lines,
)

_ROW, _LABEL = 38, 44
_LINE = 14
_TODAY_ROOM = 14
_WIDE_LABEL, _MOST_ACROSS = 26, 10
# Symbol and colour of each status, so that it can be told apart without colour.
_MARKS = {
    "planned": ("circle-open", ACCENT),
    "under_way": ("circle", ACCENT),
    "done": ("square", CATEGORIES[2]),
    "late": ("x-thin", HIGHLIGHT),
    "dropped": ("circle-x-open", QUIET),
}
_NOT_SAID = ("diamond-open", INK)
TODAY = "today"
# As many rows as a sheet of paper holds.
MOST_DRAWN = 20
HIGHEST = 10


def scores(table: pd.DataFrame, title: str, texts: pd.DataFrame | None = None) -> Drawn:
    """Score, or distance of scores, of each option (row) by criterion or scenario (column).

    Parameters
    ----------
    table : DataFrame
        First column: names of the options; the others hold scores from 0 to 10. A few options
        with many columns are turned, so that names of criteria stand whole beside their row.
    texts : DataFrame, optional
        What the cells say, of the same shape; else the scores themselves.
    """
    if table.empty or table.shape[1] < 2:
        return NothingToDraw(title)
    first = table.columns[0]
    values = table.set_index(first).astype("float64")
    said = values.map(lambda score: MISSING if math.isnan(score) else f"{score:g}")
    if texts is not None:
        said = texts.set_index(first).fillna(MISSING).astype("str")
    if values.shape[1] > FEW and values.shape[0] <= min(_MOST_ACROSS, values.shape[1]):
        return grid(values.T, said.T, title, high=HIGHEST, label=_WIDE_LABEL)
    return grid(values, said, title, high=HIGHEST)


def owners(table: pd.DataFrame, title: str) -> Drawn:
    """Actions of each role (row) by status (column), those that nobody owns first.

    Parameters
    ----------
    table : DataFrame
        `owner`, then a column of counts for each status.
    """
    if table.empty:
        return NothingToDraw(title)
    need_columns(table, "owners", "owner")
    title = _with_cut(title, len(table), "roles")
    return heat_map(table.head(MOST_DRAWN).set_index("owner"), title, unit="actions")


def _with_cut(title: str, count: int, what: str) -> str:
    """A title that also says how many rows are drawn, where that is not all."""
    if count <= MOST_DRAWN:
        return title
    said = title if title.endswith(".") else f"{title}."
    return f"{said} {say('brief-drawn', most=MOST_DRAWN, all=int(count), what=what)}"


def coverage(by_group: pd.DataFrame, title: str) -> Drawn:
    """Recommendations of each part of the guide: nobody has said, begun, addressed, not taken up.

    Parameters
    ----------
    by_group : DataFrame
        `group`, and `n_nobody_has_said`, `n_in_part`, `n_planned`, `n_addressed`,
        `n_not_taken_up`.
    """
    needed = ("n_nobody_has_said", "n_in_part", "n_planned", "n_addressed", "n_not_taken_up")
    if by_group.empty:
        return NothingToDraw(title)
    need_columns(by_group, "coverage", "group", *needed)
    drawn = by_group.assign(n_begun=by_group["n_planned"] + by_group["n_in_part"])
    parts = {
        "n_nobody_has_said": "Nobody has said",
        "n_addressed": "Addressed",
        "n_begun": "In the plan only, or in part",
        "n_not_taken_up": "Not taken up, with the reason",
    }
    fig = stacked_shares(drawn, "group", parts, title, "recommendations")
    if isinstance(fig, go.Figure):
        # Names of the parts take two lines.
        fig.update_layout(height=fig.layout.height + _LINE * len(drawn))
    return fig


def plan(table: pd.DataFrame, title: str, as_of: pd.Timestamp | str) -> Drawn:
    """Each action from its first day to the day on which it is due, with its status and today.

    Parameters
    ----------
    table : DataFrame
        `action`, `start_date`, `due_date`, `status` (a label), `status_code`, in their
        order, of which the first `MOST_DRAWN` are drawn. An action without a day on which it is
        due is not drawn; the table names it.
    as_of : Timestamp or str
        Today.
    """
    if table.empty:
        return NothingToDraw(title)
    need_columns(table, "plan", "action", "start_date", "due_date", "status", "status_code")
    dated = table[table["due_date"].notna()].reset_index(drop=True)
    if dated.empty:
        return NothingToDraw(title)
    drawn, title = dated.head(MOST_DRAWN), _with_cut(title, len(dated), "actions")
    names = [plain_lines(action, _LABEL, 2) for action in drawn["action"]]
    fig = go.Figure(_spans(drawn))
    for status, same in drawn.groupby("status", sort=False):
        look = _MARKS.get(str(same["status_code"].iloc[0]), _NOT_SAID)
        fig.add_trace(_marks(same, str(status), look))
    limit_line(fig, f"{pd.Timestamp(as_of):%Y-%m-%d}", TODAY)
    label_places(fig.update_yaxes, names, range=[len(drawn) - 0.5, -0.5])
    fig.update_xaxes(type="date")
    fig.update_layout(legend={"y": -0.04, "yanchor": "top"})
    finished = finish(fig, title, 150 + _TODAY_ROOM + _ROW * len(drawn))
    # A page prints the title itself, and leaves no more room above than this.
    return finished.update_layout(margin_t=finished.layout.margin.t + _TODAY_ROOM)


def _spans(drawn: pd.DataFrame) -> go.Scatter:
    """A line from the first day to the last; an action without a first day has none."""
    begun = drawn[drawn["start_date"].notna()]
    starts, ends = (
        [f"{day:%Y-%m-%d}" for day in begun[name]] for name in ("start_date", "due_date")
    )
    return segments(begun.index, starts, ends, line={"color": GRID, "width": 8}, showlegend=False)


def _marks(same: pd.DataFrame, status: str, look: tuple[str, str]) -> go.Scatter:
    symbol, colour = look
    return go.Scatter(
        x=[f"{day:%Y-%m-%d}" for day in same["due_date"]],
        y=[int(str(place)) for place in same.index],
        mode="markers",
        marker={
            "symbol": symbol,
            "size": 13,
            "color": colour,
            "line": {"width": 2, "color": colour},
        },
        name=plain(status),
    )
