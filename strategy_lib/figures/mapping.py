"""The figures of chapter 01: what offices do, and where the gaps are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from strategy_lib.figures.columns import need_columns
from strategy_lib.figures.theme import (
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
STANCE_COLOURS = {"constructive": ACCENT, "critical": HIGHLIGHT, "neutral": MUTED}
STANCE_DASHES = {"constructive": "solid", "critical": "dash", "neutral": "dot"}


def stacked_shares(
    frame: pd.DataFrame, group: str, parts: Mapping[str, str], title: str, unit: str
) -> go.Figure:
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
    fig.update_layout(barmode="stack")
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title_text=unit, rangemode="tozero")
    return finish(fig, title, 120 + _ROW * len(frame))


def heat_map(
    counts: pd.DataFrame, title: str, *, x_title: str, unit: str, highest: float | None = None
) -> go.Figure:
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
    values = counts.astype("Float64").to_numpy(dtype=float, na_value=math.nan)
    known = values[~np.isnan(values)]
    largest = highest or (float(known.max()) if known.size else 0.0) or 1.0
    fig = go.Figure(
        go.Heatmap(
            z=[[None if math.isnan(v) else v for v in row] for row in values.tolist()],
            x=[plain_lines(name, 16, 3) for name in counts.columns],
            y=[plain(name, 44) for name in counts.index],
            zmin=0,
            zmax=largest,
            colorbar={"title": {"text": unit, "side": "right"}, "thickness": 12, "len": 0.8},
            showscale=bool(known.size),
        )
    )
    fig.update_layout(annotations=list(_numbers(values, largest)))
    fig.update_xaxes(side="top", tickangle=0 if values.shape[1] <= 8 else -45, title=x_title)
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(showgrid=False)
    fig.update_yaxes(showgrid=False)
    return finish(fig, title, 190 + _ROW * len(counts))


def _numbers(values: np.ndarray, largest: float) -> Iterator[dict[str, object]]:
    """Numbers in the cells, white on the dark ones; a heat map has one text colour for all."""
    for (row, column), value in np.ndenumerate(values):
        if value != 0:
            yield _note(column, row, printed(value), "#ffffff" if value > 0.55 * largest else INK)


def _note(x: float, y: float, text: str, colour: str) -> dict[str, object]:
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"size": 11, "color": colour}}


def reasons_bars(
    frame: pd.DataFrame, label: str, reasons: Mapping[str, str], title: str, unit: str
) -> go.Figure:
    """A ranking as bars made of its reasons, so that the reader sees what carries each rank.

    Parameters
    ----------
    frame : DataFrame
        One row an item, best first; column `label`, and points for each of `reasons`.
    reasons : mapping of str to str
        Column of points -> the reason in words.
    """
    need_columns(frame, "reasons", label, *reasons)
    fig = go.Figure()
    names = [plain_lines(name, 40) for name in frame[label]]
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
    fig.update_layout(barmode="stack")
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title_text=unit, rangemode="tozero")
    return finish(fig, title, 140 + 30 * len(frame))


def counts_bars(frame: pd.DataFrame, label: str, count: str, title: str, unit: str) -> go.Figure:
    """One count an item as bars with the number at the end."""
    need_columns(frame, "counts", label, count)
    values = frame[count].astype("Float64")
    fig = go.Figure(
        go.Bar(
            y=[plain(name, 48) for name in frame[label]],
            x=[0 if pd.isna(v) else float(v) for v in values],
            orientation="h",
            marker_color=ACCENT,
            text=[printed(None if pd.isna(v) else float(v)) for v in values],
            textposition="outside",
        )
    )
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title_text=unit, rangemode="tozero")
    return finish(fig, title, 90 + _ROW * len(frame))


def shared_counterparts(links: pd.DataFrame, title: str) -> go.Figure:
    """Offices on the left, the counterparts that several of them deal with on the right.

    Parameters
    ----------
    links : DataFrame
        Columns `unit`, `counterpart`, `stance`; one row a link.
    """
    need_columns(links, "shared counterparts", "unit", "counterpart", "stance")
    offices = list(dict.fromkeys(links.sort_values("unit")["unit"]))
    counterparts = list(dict.fromkeys(links.sort_values("counterpart")["counterpart"]))
    rows = max(len(offices), len(counterparts), 1)
    left = _spread(offices, rows)
    right = _spread(counterparts, rows)
    fig = go.Figure()
    for stance, colour in STANCE_COLOURS.items():
        chosen = links[links["stance"] == stance]
        if len(chosen):
            fig.add_trace(_lines(chosen, left, right, stance, colour))
    fig.add_trace(_column_labels(left, 0.0, "middle left"))
    fig.add_trace(_column_labels(right, 1.0, "middle right"))
    fig.update_xaxes(visible=False, range=[-0.75, 1.95])
    fig.update_yaxes(visible=False, range=[rows - 0.4, -0.6])
    return finish(fig, title, 80 + 24 * rows)


def _spread(names: Sequence[str], rows: int) -> dict[str, float]:
    step = rows / max(len(names), 1)
    return {name: round((place + 0.5) * step - 0.5, 3) for place, name in enumerate(names)}


def _lines(
    links: pd.DataFrame,
    left: Mapping[str, float],
    right: Mapping[str, float],
    stance: str,
    colour: str,
) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    for unit, counterpart in zip(links["unit"], links["counterpart"], strict=True):
        x += [0.0, 1.0, None]
        y += [left[unit], right[counterpart], None]
    line = {"color": colour, "dash": STANCE_DASHES[stance], "width": 2}
    return go.Scatter(x=x, y=y, mode="lines", line=line, name=stance.capitalize())


def _column_labels(places: Mapping[str, float], x: float, position: str) -> go.Scatter:
    return go.Scatter(
        x=[x] * len(places),
        y=list(places.values()),
        mode="markers+text",
        text=[f" {plain(name, 40)} " for name in places],
        textposition=position,
        textfont={"size": 12, "color": INK},
        marker={"size": 9, "color": INK},
        showlegend=False,
    )


def due_dates(frame: pd.DataFrame, title: str) -> go.Figure:
    """Country strategies by the day on which they are due, with the state of their China section.

    Parameters
    ----------
    frame : DataFrame
        Columns `label`, `renewal_date`, `china_section` (a label), soonest first.
    """
    need_columns(frame, "due dates", "label", "renewal_date", "china_section")
    symbols = ("circle-open", "diamond-open", "square", "circle")
    fig = go.Figure()
    names = [plain(name, 48) for name in frame["label"]]
    order = list(dict.fromkeys(frame["china_section"]))
    for place, section in enumerate(order):
        chosen = (frame["china_section"] == section).to_numpy()
        fig.add_scatter(
            x=[f"{day:%Y-%m-%d}" for day in frame.loc[chosen, "renewal_date"]],
            y=[name for name, is_chosen in zip(names, chosen, strict=True) if is_chosen],
            mode="markers",
            marker={"size": 12, "symbol": symbols[place % 4], "color": CATEGORIES[place % 7],
                    "line": {"width": 2, "color": CATEGORIES[place % 7]}},
            name=plain(section),
        )  # fmt: skip
    fig.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=names)
    fig.update_xaxes(title_text="Renewal due", type="date")
    return finish(fig, title, 120 + _ROW * len(frame))
