"""The figures of chapter 02: which option comes first, how firmly, and what each one costs."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from strategy_lib.plotting.charts import Drawn, heat_map
from strategy_lib.plotting.charts import bars as bars
from strategy_lib.plotting.columns import NothingToDraw, need_columns
from strategy_lib.plotting.marks import limit_line, range_lines
from strategy_lib.plotting.theme import ACCENT, GRID, INK, SEQUENTIAL, finish, plain_lines, printed

_ROW = 44
_LABEL = 34
# Shares below this have no room for their number.
PRINTED_FROM = 4


def ranks(table: pd.DataFrame, title: str) -> Drawn:
    """Share of draws in which each option takes each rank, as one bar an option.

    Parameters
    ----------
    table : DataFrame
        `option`, and `rank_1_pct`, `rank_2_pct`, ...; best first.
    """
    if table.empty:
        return NothingToDraw(title)
    need_columns(table, "ranks", "option", "rank_1_pct")
    labels = [plain_lines(name, _LABEL) for name in table["option"]]
    fig, traces = go.Figure(), rank_traces(table)
    for position, moved in enumerate(traces):
        shade = _shade(position, len(traces))
        fig.add_bar(
            y=labels,
            orientation="h",
            name=_rank_name(position + 1),
            marker={"color": shade, "line": {"width": 0.5, "color": "#ffffff"}},
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": "#ffffff" if position < len(traces) / 2 else INK},
            **moved,
        )
    fig.update_layout(barmode="stack", legend={"traceorder": "normal"})
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title_text="Share of draws, in %", range=[0, 100.5])
    return finish(fig, title, 130 + _ROW * len(table))


def rank_traces(table: pd.DataFrame) -> list[dict[str, list[Any]]]:
    """What moves in the figure `ranks`: length and number of each bar, a trace for each rank."""
    shares = [table[name].tolist() for name in table.columns if name.startswith("rank_")]
    return [
        {"x": share, "text": [printed(v) if v >= PRINTED_FROM else "" for v in share]}
        for share in shares
    ]


def _shade(position: int, count: int) -> str:
    """Dark for the first rank, lighter for each further one."""
    steps = SEQUENTIAL[::-1]
    return steps[round(position * (len(steps) - 1) / max(1, count - 1))]


def _rank_name(rank: int) -> str:
    endings = {1: "1st", 2: "2nd", 3: "3rd"}
    return endings.get(rank, f"{rank}th")


def first_by_group(table: pd.DataFrame, title: str) -> Drawn:
    """Share of draws in which each option (column) comes first, by person or unit (row)."""
    shares = table.drop(columns="people", errors="ignore")
    return heat_map(shares, title, unit="% of draws", highest=100)


def spread(matrix: pd.DataFrame, title: str) -> Drawn:
    """How far apart people are on each option (row) and criterion (column)."""
    return heat_map(matrix, title, unit="points apart", highest=10, prints_zero=True)


def costs(totals: pd.DataFrame, title: str, currency: str, budget: float | None) -> Drawn:
    """Total cost of each option from P10 to P90 with its middle, and the budget.

    Parameters
    ----------
    totals : DataFrame
        `option`, `p10`, `p50`, `p90`.
    budget : float, optional
        Drawn as a line.
    """
    if totals.empty:
        return NothingToDraw(title)
    need_columns(totals, "costs", "option", "p10", "p50", "p90")
    names = [plain_lines(name, _LABEL) for name in totals["option"]]
    ends = (totals["p10"], totals["p50"], totals["p90"])
    fig = go.Figure(range_lines(names, ends, "P10 to P90", "middle (P50)"))
    if budget is not None:
        limit_line(fig, budget, f"budget {budget:,.0f}")
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title_text=f"Total over the plan, {currency}", rangemode="tozero")
    fig.update_layout(legend={"y": -0.12, "yanchor": "top"})
    return finish(fig, title, 150 + _ROW * len(totals))


def costs_by_year(by_year: pd.DataFrame, title: str, currency: str) -> Drawn:
    """Middle cost of each option in each year, as a table of shades with the numbers printed."""
    if by_year.empty:
        return NothingToDraw(title)
    need_columns(by_year, "costs by year", "option", "year", "p50")
    matrix = by_year.pivot_table(index="option", columns="year", values="p50", sort=False) / 1000
    matrix.columns = [f"year {year}" for year in matrix.columns]
    return heat_map(matrix.round(0), title, unit=f"thousand {currency}, middle (P50)")


def tornado(drivers: pd.DataFrame, title: str, currency: str) -> Drawn:
    """How far the total swings with each item between its P10 and P90, the widest first.

    Parameters
    ----------
    drivers : DataFrame
        `item`, `low`, `high`: the total with that item low and high.
    """
    if drivers.empty:
        return NothingToDraw(title)
    need_columns(drivers, "tornado", "item", "low", "high")
    fig = go.Figure(
        go.Bar(
            y=[plain_lines(name, _LABEL) for name in drivers["item"]],
            base=drivers["low"].tolist(),
            x=(drivers["high"] - drivers["low"]).tolist(),
            orientation="h",
            marker_color=ACCENT,
            text=[
                f"{low:,.0f} to {high:,.0f}"
                for low, high in zip(drivers["low"], drivers["high"], strict=True)
            ],
            textposition="outside",
            showlegend=False,
        )
    )
    low, high = float(drivers["low"].min()), float(drivers["high"].max())
    room = max(high - low, 1.0)
    fig.update_xaxes(
        title_text=f"Total over the plan, {currency}", range=[low - 0.05 * room, high + 0.4 * room]
    )
    fig.update_yaxes(autorange="reversed")
    return finish(fig, title, 100 + 32 * len(drivers))


def freedom_beside_money(table: pd.DataFrame, title: str, currency: str) -> Drawn:
    """Freedom to speak lost (scores) beside the middle cost, by option: two scales, never one.

    Parameters
    ----------
    table : DataFrame
        `option`, `cost_p50`, `freedom_lost_lowest`, `freedom_lost_median`, `freedom_lost_highest`.
    """
    need_columns(table, "freedom", "option", "cost_p50", "freedom_lost_median")
    shown = table[table["freedom_lost_median"].notna()]
    if shown.empty:
        return NothingToDraw(title)
    fig = make_subplots(
        rows=1,
        cols=2,
        shared_yaxes=True,
        horizontal_spacing=0.06,
        subplot_titles=("Freedom to speak lost, 0 to 10", f"Money, {currency} over the plan"),
    )
    names = [plain_lines(name, _LABEL) for name in shown["option"]]
    lowest, median, highest = (
        shown[f"freedom_lost_{end}"] for end in ("lowest", "median", "highest")
    )
    ends = (lowest, median, highest)
    for trace in range_lines(names, ends, "lowest to highest score", "median score", 1):
        fig.add_trace(trace, row=1, col=1)
    money = [None if math.isnan(v) else v for v in shown["cost_p50"].astype(float)]
    text = ["no amount" if v is None else printed(v) for v in money]
    fig.add_bar(
        y=names,
        x=[v or 0 for v in money],
        orientation="h",
        marker_color=GRID,
        text=text,
        textposition="outside",
        name="middle cost (P50)",
        row=1,
        col=2,
    )
    fig.update_yaxes(autorange="reversed", row=1, col=1)
    fig.update_xaxes(range=[-0.4, 10.4], row=1, col=1)
    longest = max([v for v in money if v is not None], default=1.0)
    fig.update_xaxes(range=[0, longest * 1.45], row=1, col=2)
    fig.update_layout(legend={"y": -0.08, "yanchor": "top"})
    finished = finish(fig, title, 190 + _ROW * len(shown))
    # Room for the headings of the two halves.
    finished.update_layout(margin={"t": finished.layout.margin.t + 30})
    return finished
