"""What chapter 00 puts first, held against the plan: is anybody doing it?"""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.brief.context import Context
from strategy_lib.chapters.brief.coverage import planned_by_whole
from strategy_lib.chapters.wording import WITHHELD

FIRST = ["recommendation_id", "recommendation", "gap", "importance", "roles", "actions"]
CELLS = ["recommendation_id", "recommendation", "unit", "answers", "lowest", "median", "highest",
         "level"]  # fmt: skip
_PARTS = ("readiness_organisation", "readiness_together", "readiness_themes")


def first_things(context: Context) -> pd.DataFrame:
    """The recommendations that chapter 00 puts first, with how many actions take each one up.

    Returns
    -------
    DataFrame
        `FIRST`; gap and importance from the lowest to the highest answer, as chapter 00 gives
        them. `actions` is missing where this edition lists no single action.
    """
    frame = context.saved("00").table("first_things", *FIRST[:-1])
    planned = planned_by_whole(context)
    counts = [len(planned.get(str(number), [])) for number in frame["recommendation_id"]]
    made = frame.assign(actions=pd.array(counts, dtype="Int64"))
    if not context.lists_records:
        made["actions"] = pd.array([pd.NA] * len(made), dtype="Int64")
    return made[FIRST]


def levels(context: Context) -> pd.DataFrame:
    """Readiness by unit of what comes first; of everything where nothing does.

    Returns
    -------
    DataFrame
        `CELLS`: levels from 0 to 4, the lowest, middle and highest of each unit's answers.
    """
    saved = context.saved("00")
    parts = [saved.table(name, *CELLS)[CELLS] for name in _PARTS]
    filled = [part for part in parts if len(part)]
    if not filled:
        return pd.DataFrame(columns=CELLS)
    whole = pd.concat(filled, ignore_index=True)
    first = set(first_things(context)["recommendation_id"])
    return whole[whole["recommendation_id"].isin(first)].reset_index(drop=True) if first else whole


def said_first(table: pd.DataFrame) -> str:
    """Which of the things to do first nobody has put into the plan."""
    if table.empty:
        return "What to do first is not saved by chapter 00 in this edition."
    if table["actions"].isna().any():
        return f"Chapter 00 puts {len(table)} recommendations first."
    idle = [str(name) for name in table.loc[table["actions"] == 0, "recommendation"]]
    if not idle:
        return f"Each of the {len(table)} recommendations that chapter 00 puts first has an action."
    names = ", ".join(idle)
    verb = "has" if len(idle) == 1 else "have"
    return (
        f"Of {len(table)} recommendations that chapter 00 puts first, {len(idle)} {verb} no "
        f"action in the plan: {names}."
    )


def said_levels(table: pd.DataFrame) -> str:
    """What the levels of units are of."""
    if table.empty:
        return f"No level of readiness is entered{WITHHELD}."
    return "How ready units are for what comes first"
