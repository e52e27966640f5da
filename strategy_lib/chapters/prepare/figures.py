"""The figures of chapter 00: who answered, how ready we are, what to do first, what contradicts."""

from __future__ import annotations

import pandas as pd

from strategy_lib.plotting.charts import Drawn, stacked_shares
from strategy_lib.plotting.columns import NothingToDraw, need_columns
from strategy_lib.plotting.grids import grid
from strategy_lib.plotting.levels import HIGHEST_LEVEL, crossed
from strategy_lib.plotting.levels import readiness as readiness
from strategy_lib.plotting.theme import DIVERGING, MISSING

HIGHEST_PRODUCT = HIGHEST_LEVEL**2
NOBODY, NOT_SHOWN = "no role named", "not shown"
# Matters and columns of units beyond these cannot be read in one figure.
MOST_ROWS, MOST_COLUMNS = 40, 12


def answers(by_kind: pd.DataFrame, title: str) -> Drawn:
    """Units by kind: somebody was asked and has not answered, somebody did, nobody was asked."""
    parts = {
        "n_silent": "Asked, no answer",
        "n_answered": "Answered",
        "n_not_asked": "Nobody asked",
    }
    return stacked_shares(by_kind, "kind", parts, title, "units")


def first_things(table: pd.DataFrame, title: str) -> Drawn:
    """What to do first with its parts: gap, importance, their product, and whose job it is.

    Parameters
    ----------
    table : DataFrame
        `recommendation`, `gap_median`, `gap`, `importance_median`, `importance`, `median`,
        `gap_times_importance`, `answers`, `roles`.
    """
    parts = {
        "Gap to level 4": ("gap_median", "gap", HIGHEST_LEVEL),
        "Importance": ("importance_median", "importance", HIGHEST_LEVEL),
        "Gap times importance": ("median", "gap_times_importance", HIGHEST_PRODUCT),
    }
    names = [name for middle, text, _ in parts.values() for name in (middle, text)]
    need_columns(table, "first things", "recommendation", "answers", "roles", *names)
    if table.empty:
        return NothingToDraw(title)
    shades, texts = (pd.DataFrame(index=table["recommendation"]) for _ in range(2))
    for head, (middle, text, highest) in parts.items():
        shades[head] = table[middle].to_numpy(dtype=float) / highest
        texts[head] = [
            f"{m:g} ({said})" for m, said in zip(table[middle], table[text], strict=True)
        ]
    shades[["People", "Whose job"]] = float("nan")
    texts["People"] = [str(count) for count in table["answers"]]
    texts["Whose job"] = [NOT_SHOWN if pd.isna(r) else str(r) or NOBODY for r in table["roles"]]
    return grid(shades, texts, title, width=16)


def values(views: pd.DataFrame, title: str) -> Drawn:
    """How approaches meet, by matter (row) and whose view it is (column).

    Parameters
    ----------
    views : DataFrame
        `matter`, `view_of`, `relation` (text), `place` (0 no-go to 2 complementarity).
    """
    need_columns(views, "values", "matter", "view_of", "relation", "place")
    if views.empty:
        return NothingToDraw(title)
    grouped = views.groupby(["matter", "view_of"], sort=False)
    cells = grouped.agg(
        relation=("relation", lambda said: " / ".join(dict.fromkeys(said))),
        # Of two views of one office the narrower gives the shade; both are printed.
        place=("place", "min"),
    ).reset_index()
    wide = crossed(cells, "matter", "view_of", ["relation", "place"])
    shown = (slice(MOST_ROWS), slice(MOST_COLUMNS))
    return grid(
        wide["place"].astype(float).iloc[shown],
        wide["relation"].fillna(MISSING).iloc[shown],
        title,
        high=2,
        colours=DIVERGING,
        width=16,
    )


def flows(table: pd.DataFrame, title: str) -> Drawn:
    """Rules by class of information (row) and what is done (column); frames where rules differ.

    Parameters
    ----------
    table : DataFrame
        `information`, `action`, `rule` (text), `strictness` (0 allowed to 2 not allowed), `differ`.
    """
    need_columns(table, "flows", "information", "action", "rule", "strictness", "differ")
    if table.empty:
        return NothingToDraw(title)
    wide = crossed(table, "information", "action", ["rule", "strictness", "differ"])
    return grid(
        wide["strictness"].astype("Float64").astype(float),
        wide["rule"].fillna(MISSING),
        title,
        high=2,
        framed=wide["differ"].eq(True).fillna(False).astype(bool),
        width=22,
    )


def knowledge(by_kind: pd.DataFrame, title: str) -> Drawn:
    """Knowledge by kind: how much of it one person or nobody holds, and whether it is written."""
    parts = {
        "n_one_unwritten": "At most one, unwritten",
        "n_one_written": "At most one, written",
        "n_not_known": "Not known",
        "n_more": "Two or more",
    }
    return stacked_shares(by_kind, "kind", parts, title, "pieces of knowledge")


def turnover(by_year: pd.DataFrame, title: str) -> Drawn:
    """People who worked on China, by year: who left, with or without handing over, who stayed."""
    parts = {
        "n_without_handover": "Left without handing over",
        "n_handed_over": "Left after handing over",
        "n_not_said": "Left, not said",
        "n_stayed": "Stayed",
    }
    return stacked_shares(by_year, "year", parts, title, "people")
