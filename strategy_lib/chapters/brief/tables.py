"""Who does what by when, and what was decided, as tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.chapters.brief.context import ENDED, NOBODY, NOT_SAID, Context, as_lists, text
from strategy_lib.editions.restrict import suppress_small
from strategy_lib.schema.schema import code_list

ACTIONS = [
    "action_id",
    "action",
    "chapter",
    "recommendations",
    "owner",
    "start_date",
    "due_date",
    "days_left",
    "indicator",
    "status",
    "is_overdue",
    "note",
    "status_code",
]
DECISIONS = [
    "decision_id",
    "decided_date",
    "chapter",
    "question",
    "kind",
    "decision",
    "decided_by",
    "reasons",
    "conditions",
    "dissent",
    "dissent_by",
    "review_date",
    "is_due",
]


def actions(context: Context) -> pd.DataFrame:
    """The plan, row by row: those that nobody owns first, then by the day on which they are due.

    Returns
    -------
    DataFrame
        `ACTIONS`; `is_overdue` is "yes" where an action that has not ended was due before today,
        whatever status was entered. What is missing is said in the cell: an action without an
        owner has `NOBODY`.
    """
    frame = context.listed(context.entered["actions"])
    labels, language = code_list("action_status"), context.inputs.language
    is_open = ~frame["status"].isin(ENDED)
    days = (frame["due_date"] - context.as_of).dt.days.astype("Int64")
    shows_owner = context.can_show("actions", "owner_role")
    table = frame.assign(
        recommendations=["; ".join(ids or ()) for ids in as_lists(frame["recommendation_ids"])],
        owner=[text(name) or (NOBODY if shows_owner else "") for name in frame["owner_role"]],
        days_left=days.where(is_open),
        indicator=_said(frame["indicator"], context.can_show("actions", "indicator")),
        status=[labels.label(s, language) if (s := text(v)) else NOT_SAID for v in frame["status"]],
        status_code=frame["status"],
        is_overdue=np.where(is_open & (days < 0).fillna(False).astype(bool), "yes", "no"),
    )
    is_nobodys = table["owner"].eq(NOBODY) & is_open
    order = table.assign(is_owned=~is_nobodys, has_ended=~is_open)
    by = ["is_owned", "has_ended", "due_date", "action_id"]
    return order.sort_values(by, kind="stable", ignore_index=True)[ACTIONS]


def _said(column: pd.Series[Any], is_shown: bool) -> list[str]:
    return [text(value) or (NOT_SAID if is_shown else "") for value in column]


def incomplete_actions(context: Context) -> pd.DataFrame:
    """Actions that have not ended and lack an owner, a day, an indicator or a status.

    Returns
    -------
    DataFrame
        `action`, `chapter`, `missing` (what nobody has said), `due_date`.
    """
    frame = context.listed(context.entered["actions"])
    frame = frame[~frame["status"].isin(ENDED)]
    asked = {
        "owner_role": "an owner",
        "due_date": "a day on which it is due",
        "indicator": "an indicator",
        "status": "a status",
    }
    asked = {name: words for name, words in asked.items() if context.can_show("actions", name)}
    rows = []
    for row in frame.sort_values(["due_date", "action_id"], kind="stable").to_dict("records"):
        missing = [words for name, words in asked.items() if not text(row[name])]
        if missing:
            rows.append([row["action"], row["chapter"], "; ".join(missing), row["due_date"]])
    made = pd.DataFrame(rows, columns=["action", "chapter", "missing", "due_date"])
    return made.astype({"due_date": "datetime64[s]"})


def actions_by_owner(context: Context) -> pd.DataFrame:
    """How many actions each role owns, by status; those that nobody owns first.

    Counts smaller than the edition's smallest group are taken out.
    """
    frame = context.listed(context.entered["actions"])
    labels, language = code_list("action_status"), context.inputs.language
    if not context.can_show("actions", "owner_role"):
        frame = frame.iloc[:0]
    owner = frame["owner_role"].map(lambda name: text(name) or NOBODY)
    status = frame["status"].map(lambda code: text(code) or NOT_SAID)
    counts = pd.crosstab(owner, status)
    columns = [*labels.values, *([NOT_SAID] if NOT_SAID in counts else [])]
    counts = counts.reindex(columns=columns, fill_value=0).rename_axis(index=None, columns=None)
    counts.columns = pd.Index([labels.label(code, language) for code in columns])
    order = sorted(counts.index, key=lambda name: (name != NOBODY, -counts.loc[name].sum(), name))
    return counts.loc[order].rename_axis("owner").reset_index()


def status_counts(context: Context) -> pd.DataFrame:
    """How many actions have which status; small groups are taken out where the edition says so."""
    frame, labels = context.entered["actions"], code_list("action_status")
    status = frame["status"].map(lambda code: text(code) or NOT_SAID)
    codes = [*labels.values, NOT_SAID]
    counts = pd.DataFrame({"n_actions": [int((status == code).sum()) for code in codes]})
    counts = suppress_small(counts, context.edition)
    shown = [labels.label(code, context.inputs.language) for code in codes]
    counts.insert(0, "status", shown)
    return counts[counts["n_actions"].ne(0).fillna(True)].reset_index(drop=True)


def decisions(context: Context) -> pd.DataFrame:
    """Every decision that was recorded, those due for review first, then the newest."""
    frame = context.listed(context.entered["decisions"])
    is_due = frame["review_date"].notna() & (frame["review_date"] <= context.as_of)
    labels = code_list("decision_kind")
    table = frame.assign(
        is_due=np.where(is_due, "yes", "no"),
        kind=[labels.label(text(kind), context.inputs.language) for kind in frame["kind"]],
    )
    table = table.sort_values(
        ["is_due", "decided_date", "decision_id"], ascending=[False, False, True], kind="stable"
    )
    shown = [name for name in DECISIONS if name == "is_due" or context.can_show("decisions", name)]
    return table[shown].reset_index(drop=True)
