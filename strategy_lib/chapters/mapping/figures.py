"""The figures of chapter 01: what offices do, and where the gaps are."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from strategy_lib.core.messages import say
from strategy_lib.plotting import maps
from strategy_lib.plotting.charts import _ROW, Drawn, heat_map, reasons_bars, stacked_shares
from strategy_lib.plotting.columns import NothingToDraw, need_columns
from strategy_lib.plotting.theme import CATEGORIES, clean, finish, plain
from strategy_lib.schema.reference import land_outline

MOST_SHARED = 18
# Letters of a name that leave room for a mark behind it, of Chinese ones too.
_MARKED = 45


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
    return heat_map(counts, title, unit="activities")


def capacity_heat_map(levels: pd.DataFrame, title: str) -> Drawn:
    """Levels (0-4) by office and capacity."""
    return heat_map(levels, title, unit="level, 0 to 4", highest=4, prints_zero=True)


def entry_points(ranked: pd.DataFrame, title: str) -> Drawn:
    """Counterparts by the reasons to look at them first; who is critical stands at the name."""
    reasons = {
        "p_contact": "strength of contact (0-3)",
        "p_further_offices": "further offices (0-3)",
        "p_stance": "constructive",
        "p_exposure": "highly exposed country",
        "p_people": "two or more colleagues",
    }
    # Behind a long name the mark would be cut off.
    marked = [
        say("mapping-figure-critical", name=_marked(name), offices=len(critical.split("; ")))
        if critical
        else name
        for name, critical in zip(ranked["counterpart"], ranked["critical_of_it"], strict=True)
    ]
    named = ranked.assign(counterpart=marked)
    return reasons_bars(named, "counterpart", reasons, title, "reasons, in points")


def _marked(name: object) -> str:
    text = clean(name)
    return text if len(text) <= _MARKED else text[: _MARKED - 1].rstrip() + "…"


def shared_counterparts(links: pd.DataFrame, title: str) -> Drawn:
    """Counterparts that several offices deal with: how many work with each, and how many do not.

    Parameters
    ----------
    links : DataFrame
        Columns `unit`, `counterpart`, `stance`; one row a link. The counterparts shared by most
        offices are drawn, `MOST_SHARED` at most.
    """
    need_columns(links, "shared counterparts", "unit", "counterpart", "stance")
    if links.empty:
        return NothingToDraw(title)
    shared = links.groupby("counterpart")["unit"].nunique().sort_index()
    rows = list(shared.sort_values(ascending=False, kind="stable").index[:MOST_SHARED])
    parts = {"critical": "Critical", "constructive": "Constructive", "neutral": "Neutral"}
    counts = pd.crosstab(links["counterpart"], links["stance"]).reindex(
        index=rows, columns=list(parts), fill_value=0
    )
    return stacked_shares(counts.reset_index(), "counterpart", parts, title, "offices")


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
            marker={
                "size": 12,
                "symbol": symbols[place % 4],
                "color": CATEGORIES[place % 7],
                "line": {"width": 2, "color": CATEGORIES[place % 7]},
            },
            name=plain(section),
        )
    fig.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=names)
    fig.update_xaxes(title_text="Renewal due", type="date")
    return finish(fig, title, 120 + _ROW * len(frame))
