"""Charts that several chapters draw: shares, heat maps, bars."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from strategy_lib.plotting.columns import NothingToDraw, need_columns
from strategy_lib.plotting.marks import cell_texts, label_places
from strategy_lib.plotting.theme import (
    ACCENT,
    CATEGORIES,
    HIGHLIGHT,
    INK,
    MUTED,
    finish,
    plain,
    plain_lines,
    printed,
)

_ROW = 26
_REASONS_ROW = 30
_FEWEST_ROWS = 3
_FEW_COUNTED = 4
FEW = 7
_LONGEST_WORD = 12
_LONGEST_LABEL = 34
# Share of the largest number from which a cell is dark.
_DARK = 0.55

Drawn: TypeAlias = go.Figure | NothingToDraw


def stacked_shares(
    frame: pd.DataFrame, group: str, parts: Mapping[str, str], title: str, unit: str
) -> Drawn:
    """Counts by group as stacked bars with the numbers printed in them.

    Parameters
    ----------
    frame : DataFrame
        One row a group: column `group` and one column of counts for each of `parts`.
    parts : mapping of str to str
        Column -> label, in the order of the stack; the first is the one that the finding is about.
    unit : str
        What is counted, for the axis.
    """
    need_columns(frame, "stacked shares", group, *parts)
    if frame.empty:
        return NothingToDraw(title)
    labels = [plain_lines(name, 30) for name in frame[group]]
    colours = (HIGHLIGHT, ACCENT, MUTED, CATEGORIES[2])
    fig = go.Figure()
    for (column, label), colour in zip(parts.items(), colours, strict=False):
        values = frame[column].astype("Float64")
        fig.add_bar(
            y=labels,
            x=[0 if pd.isna(v) else float(v) for v in values],
            orientation="h",
            name=label,
            marker_color=colour,
            text=["" if pd.isna(v) or v == 0 else printed(float(v)) for v in values],
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": INK if colour == MUTED else "#ffffff"},
        )
    _stack(fig, unit)
    # Under three rows the legend and the axis would have no room of their own.
    return finish(fig, title, 120 + _ROW * max(len(frame), _FEWEST_ROWS))


def heat_map(
    counts: pd.DataFrame,
    title: str,
    *,
    unit: str,
    highest: float | None = None,
    prints_zero: bool = False,
) -> Drawn:
    """A table of counts or levels as a heat map with every number printed.

    Parameters
    ----------
    counts : DataFrame
        Index and columns are labels; a missing cell is printed as a dash, never as zero.
    unit : str
        What a number means, for the colour bar.
    highest : float, optional
        Value of the darkest colour; without it the largest one.
    """
    if counts.empty:
        return NothingToDraw(title)
    values = counts.astype("Float64").to_numpy(dtype=float, na_value=math.nan)
    known = values[~np.isnan(values)]
    largest = highest or (float(known.max()) if known.size else 0.0) or 1.0
    fig = go.Figure(
        go.Heatmap(
            z=[[None if math.isnan(v) else v for v in row] for row in values.tolist()],
            zmin=0,
            zmax=largest,
            colorbar={
                "title": {"text": unit, "side": "right"},
                "thickness": 12,
                "len": 0.8,
                # Left to itself a short scale of counts is marked at halves.
                "dtick": 1 if largest <= _FEW_COUNTED else None,
            },
            showscale=bool(known.size),
        )
    )
    numbers = (
        (x, y, printed(value), value > _DARK * largest)
        for (y, x), value in np.ndenumerate(values)
        if value != 0 or prints_zero
    )
    fig.add_trace(cell_texts(numbers))
    angle = 0 if _stand_straight(counts.columns) else -40
    label_places(
        fig.update_xaxes,
        _column_heads(counts.columns),
        side="top",
        tickangle=angle,
        range=[-0.5, values.shape[1] - 0.5],
        title_text="",
    )
    label_places(
        fig.update_yaxes,
        [plain(name, 44) for name in counts.index],
        range=[len(counts) - 0.5, -0.5],
    )
    # Slanted labels reach beyond the last column.
    fig.update_layout(margin={"r": 130 if angle else 40})
    return finish(fig, title, 190 + _ROW * len(counts))


def _stand_straight(names: pd.Index) -> bool:
    """Whether there are few columns, and no word that is too long for a narrow one."""
    longest = max((len(word) for name in names for word in str(name).split()), default=0)
    return len(names) <= FEW and longest <= _LONGEST_WORD


def _column_heads(names: pd.Index) -> list[str]:
    """Labels of columns: a few stand straight over several lines, many are slanted on one."""
    if _stand_straight(names):
        return [plain_lines(name, 12, 3) for name in names]
    return [plain(name, 28) for name in names]


def reasons_bars(
    frame: pd.DataFrame, label: str, reasons: Mapping[str, str], title: str, unit: str
) -> Drawn:
    """A ranking as bars made of its reasons, so that the reader sees what carries each rank.

    Parameters
    ----------
    frame : DataFrame
        One row an item, best first; column `label`, and points for each of `reasons`.
    reasons : mapping of str to str
        Column of points -> the reason in words.
    """
    need_columns(frame, "reasons", label, *reasons)
    if frame.empty:
        return NothingToDraw(title)
    fig = go.Figure()
    names = [plain_lines(name, 40, lines=3) for name in frame[label]]
    for (column, words), colour in zip(reasons.items(), CATEGORIES, strict=False):
        points = frame[column].astype("Float64").fillna(0).astype(float)
        fig.add_bar(
            y=names,
            x=points.tolist(),
            orientation="h",
            name=words,
            marker_color=colour,
            text=[printed(p, 0 if p == int(p) else 1) if p else "" for p in points],
            textposition="inside",
            insidetextanchor="middle",
        )
    _stack(fig, unit)
    # Names of several lines would touch those above and below.
    row = max(_REASONS_ROW, 4 + 17 * max(1 + name.count("<br>") for name in names))
    return finish(fig, title, 140 + row * len(frame))


def _stack(fig: go.Figure, unit: str) -> None:
    longest = max(sum(values) for values in zip(*(bar.x for bar in fig.data), strict=True))
    step = next(
        s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 10**6) if s * 9 > longest
    )
    fig.update_layout(barmode="stack", legend={"traceorder": "normal"})
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title_text=unit, rangemode="tozero", dtick=step)


def bars(table: pd.DataFrame, label: str, value: str, title: str, unit: str) -> Drawn:
    """One bar a row with its number, the first one set off.

    Parameters
    ----------
    table : DataFrame
        Columns `label` and `value`, in their order.
    """
    if table.empty:
        return NothingToDraw(title)
    need_columns(table, "bars", label, value)
    numbers = table[value].astype(float)
    fig = go.Figure(
        go.Bar(
            y=[plain_lines(name, _LONGEST_LABEL) for name in table[label]],
            x=numbers.tolist(),
            orientation="h",
            marker_color=[HIGHLIGHT, *[ACCENT] * (len(table) - 1)],
            text=[printed(v, 1) for v in numbers],
            textposition="outside",
            showlegend=False,
        )
    )
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title_text=unit, rangemode="tozero")
    return finish(fig, title, 100 + 32 * len(table))
