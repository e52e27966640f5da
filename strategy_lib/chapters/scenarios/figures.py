"""The figures of chapter 04: scenarios, what holds them up, and options in them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from strategy_lib.chapters.codes import Answer
from strategy_lib.methods.robustness.metrics import is_best
from strategy_lib.plotting.charts import Drawn, bars, stacked_shares
from strategy_lib.plotting.columns import NothingToDraw, need_columns
from strategy_lib.plotting.grids import grid
from strategy_lib.plotting.theme import (
    ACCENT,
    CATEGORIES,
    DIVERGING,
    HIGHLIGHT,
    MUTED,
    SEQUENTIAL,
    finish,
    plain_lines,
    printed,
)

_ROW = 34
_FULL_SCALE = 10.0
MOST_ROWS = 12
# Light enough for dark text throughout: what counts here is the word in the cell.
_PALE = SEQUENTIAL[:3]
SYMBOLS = {
    "crossed": ("x", HIGHLIGHT),
    "near": ("triangle-up", CATEGORIES[4]),
    "not_crossed": ("circle", ACCENT),
    "cannot_tell": ("circle-open", ACCENT),
    "not_looked": ("square-open", MUTED),
}


def card_states(states: pd.DataFrame, today: pd.DataFrame, title: str) -> Drawn:
    """The cards side by side: a row a descriptor, the state in words; a dot where it is today's.

    Parameters
    ----------
    states : DataFrame
        Index descriptors, columns cards, cells names of states.
    today : DataFrame
        `descriptor`, `today`; may be empty.
    """
    if states.empty or not len(states.columns):
        return NothingToDraw(title)
    need_columns(today, "cards", "descriptor", "today")
    now = today.drop_duplicates("descriptor").set_index("descriptor")["today"]
    same = states.apply(lambda column: column == now.reindex(states.index))
    texts = states.astype(str).where(~same, "● " + states.astype(str))
    shades = same.astype(float)
    return grid(shades, texts, title, colours=(_PALE[0], _PALE[1]))


def margins(table: pd.DataFrame, title: str) -> Drawn:
    """How safely each card (column) holds each state (row): 0 is a tie with another state.

    Parameters
    ----------
    table : DataFrame
        `scenario`, `descriptor`, `state`, `rival_state`, `margin`.
    """
    need_columns(table, "margins", "scenario", "descriptor", "rival_state", "margin")
    if table.empty:
        return NothingToDraw(title)
    cards, rows = list(dict.fromkeys(table["scenario"])), sorted(set(table["descriptor"]))
    cells = table.drop_duplicates(["descriptor", "scenario"]).set_index(["descriptor", "scenario"])
    shades = cells["margin"].astype(float).unstack().reindex(index=rows, columns=cards)  # noqa: PD010
    said = cells["margin"].map(lambda v: f"{v:g}") + " · " + cells["rival_state"].astype(str)
    texts = said.unstack().reindex(index=rows, columns=cards).fillna("")  # noqa: PD010
    most = max(1.0, float(np.nanmax(shades.to_numpy())))
    return grid(shades, texts, title, high=most, framed=shades <= 0)


def influence_map(influences: pd.DataFrame, title: str) -> Drawn:
    """What holds one scenario up: influence of each descriptor (row) on each (column).

    Parameters
    ----------
    influences : DataFrame
        `source`, `source_state`, `target`, `lead`, `is_decisive` of this scenario alone.
    """
    need_columns(influences, "influences", "source", "target", "lead", "is_decisive")
    if influences.empty:
        return NothingToDraw(title)
    own = influences.drop_duplicates(["source", "target"])
    order = list(dict.fromkeys([*own["source"], *own["target"]]))
    given = own.groupby("source")["lead"].sum().reindex(order).fillna(0)
    order.sort(key=lambda name: -float(given[name]))
    cells = own.set_index(["source", "target"])
    lead = cells["lead"].astype(float).unstack().reindex(index=order, columns=order)  # noqa: PD010
    decisive = cells["is_decisive"].unstack().reindex(index=order, columns=order)  # noqa: PD010
    texts = lead.map(lambda v: "" if math.isnan(v) or v == 0 else f"{v:+g}")
    state = dict(zip(own["source"], own["source_state"], strict=True))
    labels = [f"{name}: {state[name]}" if name in state else name for name in order]
    most = max(1.0, float(lead.abs().max().max()))
    return grid(
        lead.fillna(0).set_axis(labels, axis=0),
        texts.set_axis(labels, axis=0),
        title, low=-most, high=most, colours=DIVERGING, framed=decisive.fillna(False).astype(bool),
    )  # fmt: skip


def option_map(cells: pd.DataFrame, title: str, good_enough: float) -> Drawn:
    """Median score of each option (row) in each scenario (column), with the range of people.

    Parameters
    ----------
    cells : DataFrame
        `option`, `scenario`, `counted`, `median`, `lowest`, `highest`, `n`.
    good_enough : float
        Scores below it are marked with a cross.
    """
    need_columns(cells, "options", "option", "scenario", "counted", "median", "lowest", "highest")
    if cells.empty:
        return NothingToDraw(title)
    away = cells["counted"] != Answer.YES
    heads = cells["scenario"].astype(str).where(~away, cells["scenario"] + " (not counted)")
    rows = list(dict.fromkeys(cells["option"]))
    columns = list(dict.fromkeys([*heads[~away], *heads[away]]))
    said = [_score(*row, good_enough) for row in
            zip(cells["median"], cells["lowest"], cells["highest"], strict=True)]  # fmt: skip
    keys = [cells["option"], heads]
    shades = pd.Series(cells["median"].to_numpy(dtype=float), index=keys).unstack()  # noqa: PD010
    texts = pd.Series(said, index=keys).unstack().fillna("no answer")  # noqa: PD010
    shades, texts = (t.reindex(index=rows, columns=columns) for t in (shades, texts))
    return grid(shades, texts, title, high=_FULL_SCALE)


def _score(median: float, lowest: float, highest: float, good_enough: float) -> str:
    mark = "" if median >= good_enough else " ✕"
    spread = "" if math.isnan(lowest) or math.isnan(highest) else f" ({lowest:g}–{highest:g})"
    return f"{median:g}{mark}{spread}"


def regret_map(regret: pd.DataFrame, title: str) -> Drawn:
    """Regret of each option (row) in each scenario (column), and the largest one at the right."""
    if not regret.size:
        return NothingToDraw(title)
    whole = regret.assign(**{"largest": regret.max(axis=1)})
    texts = whole.map(lambda value: f"{value:g}")
    most = max(1.0, float(whole.to_numpy().max()))
    return grid(whole, texts, title, high=most)


def view_map(robustness: pd.DataFrame, views: pd.DataFrame, title: str) -> Drawn:
    """Every robustness view (column) of every option (row); a star marks who comes first.

    Parameters
    ----------
    robustness : DataFrame
        Options x metrics.
    views : DataFrame
        `metric`, `value`, `winners`; the metrics that are drawn, in their order.
    """
    need_columns(views, "views", "metric", "value")
    if robustness.empty or views.empty:
        return NothingToDraw(title)
    drawn = list(views["metric"])
    table = robustness[drawn].astype(float)
    best = views.set_index("metric")["value"].astype(float)
    distance = (table - best[drawn]).abs()
    reach = distance.max().where(lambda m: m > 0, 1.0)
    first = is_best(robustness)[drawn]
    numbers = table.map(lambda v: printed(v, 2 if abs(v) < 1 else 1))
    texts = numbers.where(~first, "★ " + numbers)
    named = {"maximin": "worst future", "maximax": "best future", "hurwicz": "worst and best mixed",
             "laplace": "plain average", "minimax_regret": "largest regret",
             "percentile_regret": "regret seldom exceeded", "satisficing": "share good enough",
             "expected_value": "expected value", "expected_regret": "expected regret"}  # fmt: skip
    heads = [named.get(metric, metric) for metric in drawn]
    return grid(
        (1 - distance / reach).set_axis(heads, axis=1), texts.set_axis(heads, axis=1), title,
        colours=_PALE,
    )  # fmt: skip


def kinds(by_people: pd.DataFrame, title: str) -> Drawn:
    """In how many people's eyes each option is a no-regret move, a hedge, a bet or neither."""
    parts = {"n_no_regret": "No-regret move", "n_hedge": "Hedge", "n_bet": "Bet",
             "n_neither": "Neither"}  # fmt: skip
    return stacked_shares(by_people, "option", parts, title, "people")


def distances(table: pd.DataFrame, title: str) -> Drawn:
    """In how many descriptors each card differs from today."""
    need_columns(table, "distances", "scenario", "differs_in", "counted")
    if table.empty or not int(table["counted"].max()):
        return NothingToDraw(title)
    return bars(table, "scenario", "differs_in", title, "descriptors that differ from today")


def agreement(inconsistency: pd.DataFrame, title: str) -> Drawn:
    """Whether each card (row) holds together in each person's own matrix (column)."""
    if inconsistency.empty or not len(inconsistency.columns):
        return NothingToDraw(title)
    texts = inconsistency.map(lambda v: "holds" if v <= 0 else f"{v:g} short")
    most = max(1.0, float(inconsistency.to_numpy().max()))
    return grid(inconsistency.astype(float), texts, title, high=most)


def cell_ranges(cells: pd.DataFrame, title: str) -> Drawn:
    """On which influences people differ: from the lowest to the highest judgement, and the middle.

    Parameters
    ----------
    cells : DataFrame
        `source`, `target`, `lowest`, `middle`, `highest`; the first `MOST_ROWS` are drawn.
    """
    need_columns(cells, "cells", "source", "target", "lowest", "middle", "highest")
    if cells.empty:
        return NothingToDraw(title)
    shown = cells.head(MOST_ROWS)
    places = list(range(len(shown)))
    x: list[float | None] = []
    y: list[float | None] = []
    for place, low, high in zip(places, shown["lowest"], shown["highest"], strict=True):
        x += [float(low), float(high), None]
        y += [place, place, None]
    fig = go.Figure(
        [
            go.Scatter(x=x, y=y, mode="lines", name="lowest to highest",
                       line={"color": MUTED, "width": 8}),
            go.Scatter(x=shown["middle"].tolist(), y=places, mode="markers+text",
                       name="the room's value", marker={"color": ACCENT, "size": 11,
                       "symbol": "diamond"}, text=[_signed(v) for v in shown["middle"]],
                       textposition="top center"),
        ]
    )  # fmt: skip
    labels = [f"{source} → {target}" for source, target in
              zip(shown["source"], shown["target"], strict=True)]  # fmt: skip
    fig.update_yaxes(
        tickmode="array", tickvals=places, ticktext=[plain_lines(name, 44, 3) for name in labels],
        range=[len(shown) - 0.4, -0.7],
    )  # fmt: skip
    low, high = min(-3.0, shown["lowest"].min()), max(3.0, shown["highest"].max())
    fig.update_xaxes(title_text="-3 strongly against to +3 strongly for", dtick=1,
                     range=[low - 0.3, high + 0.3])  # fmt: skip
    fig.update_layout(legend={"y": -0.12, "yanchor": "top"})
    return finish(fig, title, 140 + 56 * len(shown))


def _signed(value: float) -> str:
    return f"{value:+g}" if value else "0"


def signposts(board: pd.DataFrame, title: str) -> Drawn:
    """When each signpost was last looked at, and how it stood.

    Parameters
    ----------
    board : DataFrame
        `points_to`, `status`, `status_code`, `days_since`, `is_overdue`, in their order.
    """
    need_columns(board, "signposts", "points_to", "status", "status_code", "days_since",
                 "is_overdue")  # fmt: skip
    if board.empty:
        return NothingToDraw(title)
    fig = go.Figure()
    days = [math.nan if pd.isna(v) else float(v) for v in board["days_since"]]
    for status in dict.fromkeys(board["status_code"]):
        symbol, colour = SYMBOLS.get(status, ("circle", ACCENT))
        rows = [n for n, code in enumerate(board["status_code"]) if code == status]
        fig.add_scatter(
            x=[0 if math.isnan(days[n]) else days[n] for n in rows],
            y=rows,
            mode="markers+text",
            name=plain_lines(board["status"].iloc[rows[0]], 30),
            # Where nobody has looked there is no day to mark.
            marker={"symbol": symbol, "color": colour, "line": {"width": 2, "color": colour},
                    "size": [0 if math.isnan(days[n]) else 12 for n in rows]},
            text=[_late(days[n], board["is_overdue"].iloc[n]) for n in rows],
            textposition="middle right",
        )  # fmt: skip
    fig.update_yaxes(
        tickmode="array", tickvals=list(range(len(board))),
        ticktext=[plain_lines(name, 40, 2) for name in board["points_to"]],
        range=[len(board) - 0.5, -0.5],
    )  # fmt: skip
    longest = max([d for d in days if not math.isnan(d)], default=1.0)
    fig.update_xaxes(
        title_text="Days since somebody looked", range=[-0.03 * longest, 1.3 * longest]
    )
    fig.update_layout(legend={"y": -0.1, "yanchor": "top"})
    return finish(fig, title, 150 + _ROW * len(board))


def _late(days: float, is_overdue: str) -> str:
    if math.isnan(days):
        return " never looked at"
    return f" {days:.0f}, overdue" if is_overdue == "yes" else f" {days:.0f}"
