"""The figures of chapter 04: what holds a future up, and what nearly breaks it."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from strategy_lib.plotting.charts import Drawn
from strategy_lib.plotting.columns import NothingToDraw, need_columns
from strategy_lib.plotting.grids import grid
from strategy_lib.plotting.theme import DIVERGING


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
        title,
        low=-most,
        high=most,
        colours=DIVERGING,
        framed=decisive.fillna(False).astype(bool),
    )
