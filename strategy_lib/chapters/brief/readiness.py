"""What chapter 00 puts first, held against the plan: is anybody doing it?"""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.brief.context import Context
from strategy_lib.chapters.brief.coverage import planned_by_whole
from strategy_lib.chapters.registry import chapter_named, contract

FIRST = ["recommendation_id", "recommendation", "gap", "importance", "roles", "actions"]
_PARTS = ("readiness_organisation", "readiness_together", "readiness_themes")


def first_things(context: Context) -> pd.DataFrame:
    """The recommendations that chapter 00 puts first, with how many actions take each one up.

    Returns
    -------
    DataFrame
        `FIRST`; gap and importance from the lowest to the highest answer, as chapter 00 gives
        them. `actions` is missing where this edition lists no single action.
    """
    frame = context.saved("prepare").table("first_things", *FIRST[:-1])
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
        What chapter 00 declares: levels from 0 to 4, the lowest, middle and highest of each unit's
        answers.
    """
    saved, columns = context.saved("prepare"), list(contract(chapter_named("prepare"))[_PARTS[0]])
    parts = [saved.table(name, *columns)[columns] for name in _PARTS]
    filled = [part for part in parts if len(part)]
    if not filled:
        return pd.DataFrame(columns=columns)
    whole = pd.concat(filled, ignore_index=True)
    first = set(first_things(context)["recommendation_id"])
    return whole[whole["recommendation_id"].isin(first)].reset_index(drop=True) if first else whole
