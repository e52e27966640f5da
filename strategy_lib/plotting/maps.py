"""Maps on plain axes: land without borders, places as circles; nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from strategy_lib.plotting.columns import need_columns
from strategy_lib.plotting.theme import ACCENT, HIGHLIGHT, INK, finish, plain

LAND = "#e9edf0"
_SMALLEST, _LARGEST = 11.0, 44.0
_LABELLED = 12

Ring = Sequence[Sequence[float]]


def coverage_map(
    places: pd.DataFrame, blind_spots: pd.DataFrame, land: Sequence[Ring], title: str
) -> go.Figure:
    """Activities by country as circles, and exposed countries without any as diamonds.

    Parameters
    ----------
    places : DataFrame
        Columns `country`, `latitude`, `longitude` (degrees), `n_activities` (missing: not shown).
    blind_spots : DataFrame
        Columns `country`, `latitude`, `longitude`: highly exposed countries without an activity,
        the most exposed first; only the first twelve are named, as names would cover each other.
    land : sequence of rings
        Outlines of land, each a sequence of (longitude, latitude).
    title : str
        The finding.
    """
    shown = need_columns(places, "map", "country", "latitude", "longitude", "n_activities")
    shown = shown.dropna(subset=["latitude", "longitude", "n_activities"])
    gaps = need_columns(blind_spots, "map", "country", "latitude", "longitude")
    fig = go.Figure([_land(land), _circles(shown)])
    if len(gaps.dropna()):
        fig.add_trace(_diamonds(gaps.dropna(subset=["latitude", "longitude"])))
    fig.update_xaxes(range=[-170, 180], visible=False)
    # One degree of latitude as long as 1.15 of longitude keeps Africa and South-East Asia readable.
    fig.update_yaxes(range=[-57, 78], visible=False, scaleanchor="x", scaleratio=1.15)
    return finish(fig, title, 470)


def _land(rings: Sequence[Ring]) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in rings:
        x += [point[0] for point in ring] + [None]
        y += [point[1] for point in ring] + [None]
    line = {"width": 0.5, "color": "#d3dade"}
    return go.Scatter(
        x=x, y=y, mode="lines", fill="toself", fillcolor=LAND, line=line, showlegend=False
    )


def _circles(places: pd.DataFrame) -> go.Scatter:
    counts = places["n_activities"].astype(float)
    largest = max(counts.max(), 1.0) if len(counts) else 1.0
    sizes = (_SMALLEST + (_LARGEST - _SMALLEST) * (counts / largest) ** 0.5).round(1)
    numbers = [f"{count:.0f}" for count in counts]
    return go.Scatter(
        x=places["longitude"].tolist(),
        y=places["latitude"].tolist(),
        mode="markers+text",
        text=numbers,
        textfont={"size": 11, "color": "#ffffff"},
        marker={"size": sizes.tolist(), "color": ACCENT, "opacity": 0.88, "line": {"width": 1}},
        name="Activities reported",
    )


def _diamonds(places: pd.DataFrame) -> go.Scatter:
    labels = [plain(name, 18) for name in places["country"][:_LABELLED]]
    labels += [""] * (len(places) - len(labels))
    return go.Scatter(
        x=places["longitude"].tolist(),
        y=places["latitude"].tolist(),
        mode="markers+text",
        text=labels,
        textposition="bottom center",
        textfont={"size": 10, "color": INK},
        marker={"symbol": "diamond-open", "size": 10, "color": HIGHLIGHT, "line": {"width": 2}},
        name="Highly exposed, no activity reported",
    )
