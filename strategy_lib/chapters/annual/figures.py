"""The figures of chapter 09: what moved the ranking, and what became of what was planned."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from strategy_lib.plotting.charts import Drawn, heat_map, stacked_shares
from strategy_lib.plotting.columns import NothingToDraw, need_columns
from strategy_lib.plotting.grids import grid
from strategy_lib.plotting.marks import segments
from strategy_lib.plotting.theme import (
    ACCENT,
    CATEGORIES,
    DIVERGING,
    HIGHLIGHT,
    INK,
    MUTED,
    QUIET,
    finish,
    plain_lines,
    printed,
)

_ROW = 40
_LABEL = 34
MOST_TABLES = 12
# An option below this share in both cycles has no room in the figure; the table has it.
_SHOWN_FROM = 0.5
FEW_OPTIONS = 5
_WIDE, _NARROW = 19, 13


def standing(table: pd.DataFrame, title: str, years: tuple[str, str]) -> Drawn:
    """Share of draws in which each option came first, then and now, joined by a line.

    Parameters
    ----------
    table : DataFrame
        `option`, `before_pct`, `now_pct`; the first one now on top.
    years : tuple of str
        The two cycles, the earlier one first.
    """
    if table.empty:
        return NothingToDraw(title)
    need_columns(table, "standing", "option", "before_pct", "now_pct")
    shown = table[table[["before_pct", "now_pct"]].max(axis=1) >= _SHOWN_FROM]
    if shown.empty:
        return NothingToDraw(title)
    names = [plain_lines(name, _LABEL) for name in shown["option"]]
    then, now = (shown[column].astype(float).tolist() for column in ("before_pct", "now_pct"))
    line = {"color": MUTED, "width": 4}
    fig = go.Figure(segments(names, then, now, line=line, showlegend=False))
    looks = (("circle-open", MUTED, then, years[0]), ("circle", ACCENT, now, years[1]))
    for (symbol, colour, values, year), others in zip(looks, (now, then), strict=True):
        # The number stands on the side that is away from the other year's mark.
        is_right = [value >= other for value, other in zip(values, others, strict=True)]
        sides = [f"middle {'right' if right else 'left'}" for right in is_right]
        fig.add_scatter(
            x=values,
            y=names,
            mode="markers+text",
            name=year,
            textposition=sides,
            marker={
                "symbol": symbol,
                "size": 13,
                "color": colour,
                "line": {"width": 2.5, "color": colour},
            },
            text=[f" {printed(v)}% " for v in values],
        )
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title_text="Share of draws in which it comes first, in %", range=[-9, 109])
    return finish(fig, title, 110 + _ROW * len(shown))


def why(
    contributions: pd.DataFrame, title: str, before: float, now: float, years: tuple[str, str]
) -> Drawn:
    """What each change added to the distance between two options, from then to now.

    Parameters
    ----------
    contributions : DataFrame
        `what`, `to_lead` (points of 100): they lead from `before` to `now`.
    before, now : float
        By how many points the one option came first more often than the other.
    """
    if contributions.empty:
        return NothingToDraw(title)
    need_columns(contributions, "why", "what", "to_lead")
    added = contributions["to_lead"].astype(float).tolist()
    labels = [f"Distance in {years[0]}", *contributions["what"], f"Distance in {years[1]}"]
    starts, ends = _steps(before, added, now)
    fig = go.Figure(
        go.Bar(
            y=[plain_lines(label, _LABEL) for label in labels],
            base=[min(pair) for pair in zip(starts, ends, strict=True)],
            x=[abs(end - start) for start, end in zip(starts, ends, strict=True)],
            orientation="h",
            marker={
                "color": [MUTED, *[ACCENT if v >= 0 else HIGHLIGHT for v in added], MUTED],
                "pattern": {"shape": ["", *["" if v >= 0 else "/" for v in added], ""]},
            },
            showlegend=False,
        )
    )
    # Every number stands to the right of its bar, where no bar that follows can cover it.
    said = [f"{before:+.0f}", *[f"{value:+.1f}" for value in added], f"{now:+.0f}"]
    places = [max(pair) for pair in zip(starts, ends, strict=True)]
    fig.add_scatter(
        x=places,
        y=[plain_lines(label, _LABEL) for label in labels],
        mode="text",
        text=[f" {text}" for text in said],
        textposition="middle right",
        showlegend=False,
    )
    low, high = min([0, *starts, *ends]), max([0, *starts, *ends])
    room = max(high - low, 1.0)
    fig.add_vline(x=0, line={"color": QUIET, "width": 1})
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(
        title_text="How many draws of 100 more it comes first in (left of 0: fewer)",
        range=[low - 0.04 * room, high + 0.14 * room],
    )
    return finish(fig, title, 110 + _ROW * len(labels))


def _steps(before: float, added: list[float], now: float) -> tuple[list[float], list[float]]:
    starts, ends, at = [0.0], [before], before
    for value in added:
        starts.append(at)
        at += value
        ends.append(at)
    return [*starts, 0.0], [*ends, now]


def by_option(table: pd.DataFrame, title: str) -> Drawn:
    """Points that each change (row) added to the share of each option (column)."""
    shown = table.loc[:, table.abs().max() >= _SHOWN_FROM] if len(table) else table
    if shown.empty:
        return NothingToDraw(title)
    largest = float(shown.abs().to_numpy().max())
    texts = shown.map(lambda value: "" if math.isnan(value) else f"{value:+.1f}")
    width = _WIDE if shown.shape[1] <= FEW_OPTIONS else _NARROW
    return grid(shown, texts, title, low=-largest, high=largest, colours=DIVERGING, width=width)


def answers(changes: pd.DataFrame, title: str) -> Drawn:
    """Offices by what they answered then (rows): what they answer now."""
    if changes.empty:
        return NothingToDraw(title)
    parts = {
        "no answer": "No answer now",
        "answered": "Answered now",
        "nothing to report": "Nothing to report now",
    }
    need_columns(changes, "answers", "then", *parts)
    shown = changes[changes[list(parts)].fillna(1).sum(axis=1) > 0]
    labels = shown["then"].str.capitalize() + " then"
    return stacked_shares(shown.assign(then=labels), "then", parts, title, "offices")


def changed_rows(table: pd.DataFrame, title: str) -> Drawn:
    """Rows that came, changed or went, of the tables in which most did."""
    if table.empty:
        return NothingToDraw(title)
    parts = {"added": "New", "changed": "Changed", "gone": "Gone"}
    need_columns(table, "changed rows", "table", *parts)
    moved = table[list(parts)].fillna(0).sum(axis=1)
    order = moved[moved > 0].sort_values(ascending=False, kind="stable").index[:MOST_TABLES]
    shown = table.loc[order].set_index("table")[list(parts)].rename(columns=parts)
    return heat_map(shown, title, unit="rows", prints_zero=True)


def again(table: pd.DataFrame, title: str) -> Drawn:
    """Would we decide the same again: answers by decision, from no to yes.

    A decision of whose answers some may not be counted has no bar: a shorter one would be wrong.
    """
    # In the order in which the colours of stacked shares are given out.
    parts = {
        "n_no": "No, differently",
        "n_yes": "Yes, the same",
        "n_no_answer": "No answer shown",
        "n_unsure": "Unsure",
    }
    shown = table.dropna(subset=list(parts))
    drawn = stacked_shares(shown, "decision", parts, title, "assessors")
    if isinstance(drawn, NothingToDraw):
        return drawn
    no, yes, silent, unsure = drawn.data
    drawn.data = (no, unsure, yes, silent)
    return drawn


def fates(table: pd.DataFrame, title: str) -> Drawn:
    """How many actions are late, dropped, done, started, open, new, or no longer listed."""
    if table.empty:
        return NothingToDraw(title)
    need_columns(table, "fates", "became", "n")
    warns = {"late", "dropped", "no longer listed"}
    fig = go.Figure(
        go.Bar(
            y=[plain_lines(name.capitalize(), _LABEL) for name in table["became"]],
            x=table["n"].astype(int).tolist(),
            orientation="h",
            marker_color=[HIGHLIGHT if name in warns else ACCENT for name in table["became"]],
            text=[printed(float(n)) for n in table["n"]],
            textposition="outside",
            showlegend=False,
        )
    )
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(
        title_text="actions", rangemode="tozero", dtick=max(1, int(table["n"].max()) // 5)
    )
    return finish(fig, title, 90 + 32 * len(table))


def calibration(table: pd.DataFrame, title: str) -> Drawn:
    """How often things happened, by how likely they were said to be; the line is perfect foresight.

    Parameters
    ----------
    table : DataFrame
        `mean_said_pct`, `happened_pct`, `n`.
    """
    if table.empty:
        return NothingToDraw(title)
    need_columns(table, "calibration", "mean_said_pct", "happened_pct", "n")
    fig = go.Figure(
        go.Scatter(
            x=[0, 100],
            y=[0, 100],
            mode="lines",
            name="foreseen exactly",
            line={"color": MUTED, "dash": "dash", "width": 2},
        )
    )
    fig.add_scatter(
        x=table["mean_said_pct"].astype(float).tolist(),
        y=table["happened_pct"].astype(float).tolist(),
        mode="markers+text",
        name="forecasts of about the same probability, with their number",
        marker={"size": 14, "color": CATEGORIES[0], "symbol": "diamond"},
        text=[f" {printed(float(n))}" for n in table["n"]],
        textposition="middle right",
        textfont={"color": INK},
    )
    fig.update_xaxes(title_text="Said to be likely, in %", range=[-4, 108])
    fig.update_yaxes(title_text="Happened, in %", range=[-6, 106])
    return finish(fig, title, 420)
