"""The figures of chapter 01: what offices do, and where the gaps are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from strategy_lib.figures import maps
from strategy_lib.figures.columns import NothingToDraw, need_columns
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
from strategy_lib.reference import land_outline

_ROW = 26
FEW = 7
Drawn: TypeAlias = go.Figure | NothingToDraw
STANCE_COLOURS = {"constructive": ACCENT, "critical": HIGHLIGHT, "neutral": MUTED}
STANCE_DASHES = {"constructive": "solid", "critical": "dash", "neutral": "dot"}


def answers(by_kind: pd.DataFrame, title: str) -> Drawn:
    """Offices by kind: no answer, answered, nothing to report."""
    parts = {"n_silent": "No answer", "n_answered": "Answered", "n_nothing": "Nothing to report"}
    return stacked_shares(by_kind, "kind", parts, title, "offices")


def discovery(by_theme: pd.DataFrame, title: str) -> Drawn:
    """Activities by theme: not known to the international office, known, not said."""
    parts = {"n_not_known": "Not known before", "n_known": "Known", "n_not_said": "Not said"}
    return stacked_shares(by_theme, "theme", parts, title, "activities")


def coverage_map(places: pd.DataFrame, blind_spots: pd.DataFrame, title: str) -> Drawn:
    """Reported activities by country, and highly exposed countries without one."""
    return maps.coverage_map(places, blind_spots, land_outline(), title)


def coverage_heat_map(counts: pd.DataFrame, title: str) -> Drawn:
    """Activities by office and theme."""
    return heat_map(counts, title, x_title="", unit="activities")


def capacity_heat_map(levels: pd.DataFrame, title: str) -> Drawn:
    """Levels (0-4) by office and capacity."""
    return heat_map(levels, title, x_title="", unit="level, 0 to 4", highest=4, prints_zero=True)


def entry_points(ranked: pd.DataFrame, title: str) -> Drawn:
    """Counterparts by the reasons to look at them first."""
    reasons = {
        "p_contact": "strength of contact (0-3)",
        "p_offices": "further offices (0-3)",
        "p_stance": "constructive",
        "p_exposure": "highly exposed country",
        "p_people": "two or more colleagues",
    }
    return reasons_bars(ranked, "counterpart", reasons, title, "reasons, in points")


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
    return finish(fig, title, 120 + _ROW * len(frame))


def heat_map(
    counts: pd.DataFrame,
    title: str,
    *,
    x_title: str,
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
            x=_column_heads(counts.columns),
            y=[plain(name, 44) for name in counts.index],
            zmin=0,
            zmax=largest,
            colorbar={"title": {"text": unit, "side": "right"}, "thickness": 12, "len": 0.8},
            showscale=bool(known.size),
        )
    )
    fig.update_layout(annotations=list(_numbers(values, largest, prints_zero)))
    fig.update_xaxes(side="top", tickangle=0 if values.shape[1] <= FEW else -40, title=x_title)
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(showgrid=False)
    fig.update_yaxes(showgrid=False)
    return finish(fig, title, 190 + _ROW * len(counts))


def _column_heads(names: pd.Index) -> list[str]:
    """Labels of columns: a few stand straight over several lines, many are slanted on one."""
    if len(names) <= FEW:
        return [plain_lines(name, 12, 3) for name in names]
    return [plain(name, 30) for name in names]


def _numbers(values: np.ndarray, largest: float, prints_zero: bool) -> Iterator[dict[str, object]]:
    """Numbers in the cells, white on the dark ones; a heat map has one text colour for all."""
    for (row, column), value in np.ndenumerate(values):
        if value != 0 or prints_zero:
            yield _note(column, row, printed(value), "#ffffff" if value > 0.55 * largest else INK)


def _note(x: float, y: float, text: str, colour: str) -> dict[str, object]:
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"size": 11, "color": colour}}


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
    _stack(fig, unit)
    return finish(fig, title, 140 + 30 * len(frame))


def _stack(fig: go.Figure, unit: str) -> None:
    longest = max(sum(values) for values in zip(*(bar.x for bar in fig.data), strict=True))
    step = next(
        s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 10**6) if s * 9 > longest
    )
    fig.update_layout(barmode="stack", legend={"traceorder": "normal"})
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title_text=unit, rangemode="tozero", dtick=step)


def shared_counterparts(links: pd.DataFrame, title: str) -> Drawn:
    """Offices on the left, the counterparts that several of them deal with on the right.

    Parameters
    ----------
    links : DataFrame
        Columns `unit`, `counterpart`, `stance`; one row a link.
    """
    need_columns(links, "shared counterparts", "unit", "counterpart", "stance")
    if links.empty:
        return NothingToDraw(title)
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


def strategies(frame: pd.DataFrame, title: str) -> Drawn:
    """Country strategies by the day on which they are due, with the state of their China section.

    Parameters
    ----------
    frame : DataFrame
        Columns `country`, `title`, `renewal_date`, `china_section` (a label), in their order.
    """
    need_columns(frame, "strategies", "country", "title", "renewal_date", "china_section")
    if frame.empty:
        return NothingToDraw(title)
    symbols = ("circle-open", "diamond-open", "square", "circle")
    fig = go.Figure()
    labels = frame["country"] + " · " + frame["title"]
    names = [plain(name, 56) for name in labels]
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
