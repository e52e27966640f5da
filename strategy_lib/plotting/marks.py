"""Marks that figures of several chapters are made of: lines from low to high, limits, labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from strategy_lib.plotting.theme import ACCENT, HIGHLIGHT, INK, MUTED, PAPER, printed


def segments(
    places: Iterable[Any], starts: Iterable[Any], ends: Iterable[Any], **look: Any
) -> go.Scatter:
    """A line from start to end for each row, as one trace."""
    x: list[Any] = []
    y: list[Any] = []
    for place, start, end in zip(places, starts, ends, strict=True):
        x += [start, end, None]
        y += [place, place, None]
    return go.Scatter(x=x, y=y, mode="lines", **look)


def range_lines(
    places: Sequence[Any],
    ends: tuple[pd.Series, pd.Series, pd.Series],
    whole: str,
    middle: str,
    decimals: int = 0,
) -> list[go.Scatter]:
    """A line from low to high for each row, and a mark with its number at the middle.

    Parameters
    ----------
    ends : tuple of Series
        Low, middle, high.
    whole, middle : str
        What the legend calls the line, and the mark.
    """
    low, best, high = (end.astype(float).tolist() for end in ends)
    line = segments(places, low, high, name=whole, line={"color": MUTED, "width": 9})
    marks = go.Scatter(
        x=best,
        y=list(places),
        mode="markers+text",
        name=middle,
        marker={"color": ACCENT, "size": 12, "symbol": "diamond"},
        text=[printed(value, decimals) for value in best],
        textposition="top center",
    )
    return [line, marks]


def cell_texts(cells: Iterable[tuple[int, int, str, bool]]) -> go.Scatter:
    """Texts in the cells of a table, white on dark ones: a heat map has one text colour for all.

    Parameters
    ----------
    cells : iterable of tuple
        Column, row, text, and whether the cell is dark.
    """
    listed = list(cells)
    return go.Scatter(
        x=[x for x, *_ in listed],
        y=[y for _, y, *_ in listed],
        mode="text",
        text=[text for *_, text, _ in listed],
        textfont={"size": 11, "color": [PAPER if is_dark else INK for *_, is_dark in listed]},
        showlegend=False,
    )


def limit_line(fig: go.Figure, x: float | str, text: str) -> None:
    """A dashed line from top to bottom, with what it is above it."""
    line = {"color": HIGHLIGHT, "dash": "dash", "width": 2}
    fig.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, yref="paper", line=line)
    fig.add_annotation(
        x=x,
        y=1,
        yref="paper",
        yanchor="bottom",
        showarrow=False,
        text=text,
        font={"color": HIGHLIGHT},
    )


def label_places(update: Callable[..., object], labels: list[str], **more: object) -> None:
    """Label the places 0, 1, ... of an axis; two rows may have the same label."""
    places = list(range(len(labels)))
    update(
        tickmode="array", tickvals=places, ticktext=labels, showgrid=False, zeroline=False, **more
    )
