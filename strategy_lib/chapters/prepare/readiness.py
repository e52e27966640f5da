"""Readiness by recommendation and unit: levels with their spread, and what is nobody's job."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.context import NOT_SAID
from strategy_lib.chapters.prepare.context import IN_PLACE, Context
from strategy_lib.editions.people import taken_together

ALL = "All units"
# More columns than this cannot be read; then units are taken together by their kind.
MOST_UNITS = 10
# From this many levels apart, two people of one unit see it clearly differently.
CLEARLY_APART = 2
_CELL = ["recommendation_id", "unit_id"]
_NAMED = ["recommendation_id", "recommendation"]
_LEVELS = ["lowest", "median", "highest"]
_IMPORTANCE = [f"importance_{name}" for name in _LEVELS]
NO_ROLE, NO_ANSWER = "answered, no role named", "nobody has answered"


def said_range(lowest: float, highest: float) -> str:
    """A range as one number where its ends are the same.

    Examples
    --------
    >>> said_range(2.0, 2.0), said_range(1, 3.5)
    ('2', '1–3.5')
    """
    return f"{lowest:g}" if lowest == highest else f"{lowest:g}–{highest:g}"


def middle_and_range(lowest: float, median: float, highest: float) -> str:
    """A middle, with its range where there is one.

    Examples
    --------
    >>> middle_and_range(1, 1.5, 2), middle_and_range(3, 3, 3)
    ('1.5 (1–2)', '3')
    """
    return f"{median:g}" if lowest == highest else f"{median:g} ({said_range(lowest, highest)})"


def cells(context: Context) -> pd.DataFrame:
    """Levels by recommendation and unit, and of all units together.

    Returns
    -------
    DataFrame
        `recommendation_id`, `recommendation`, `unit`, `answers`, `lowest`, `median`, `highest`
        (levels 0 to 4), `level` (as text: the middle, and the range where people differ). With more
        than `MOST_UNITS` units the column `unit` holds their kind. Units with too few people are
        taken together, recommendation by recommendation. An edition that counts no small group has
        no row of single units.
    """
    known = context.judged[context.judged["level"].notna()]
    known = known.assign(unit=_columns(context, known))
    if context.fewest > 1 and len(known):
        known["unit"] = known.groupby("recommendation_id")["unit"].transform(
            taken_together, fewest=context.fewest
        )
    parts = [_levels(known, ["recommendation_id", "unit"])] if context.lists_records else []
    parts.append(_levels(known.assign(unit=ALL), ["recommendation_id", "unit"]))
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[frame["answers"] >= context.fewest]
    named = context.items[_NAMED]
    frame = named.merge(frame, on="recommendation_id", how="inner")
    frame["level"] = [
        middle_and_range(*three)
        for three in zip(frame["lowest"], frame["median"], frame["highest"], strict=True)
    ]
    return frame[[*_NAMED, "unit", "answers", *_LEVELS, "level"]]


def _columns(context: Context, known: pd.DataFrame) -> pd.Series[str]:
    if known["unit"].nunique() <= MOST_UNITS:
        return known["unit"]
    units = context.frame("units").set_index("unit_id")["kind"]
    kinds = known["unit_id"].map(units)
    return pd.Series([context.label("unit_kind", k) for k in kinds], known.index, dtype="str")


def _levels(known: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    level = known.assign(level=known["level"].astype(float)).groupby(keys, sort=True)["level"]
    made = level.agg(answers="size", lowest="min", median="median", highest="max")
    return made.reset_index()


def readiness(context: Context) -> pd.DataFrame:
    """One row a recommendation: levels, importance, how far people are apart, and who owns it.

    Returns
    -------
    DataFrame
        `recommendation_id`, `recommendation`, `group`, `answers`, `units`; `lowest`, `median`,
        `highest` (levels); `apart_within` (furthest two people of one unit), `apart_between`
        (furthest two units' middle levels); `importance_lowest`, `importance_median`,
        `importance_highest`; `roles` (different roles named; missing where not shown), `in_place`.
        Numbers from fewer people than the edition counts are missing.
    """
    known = context.judged[context.judged["level"].notna()]
    made = _levels(known, ["recommendation_id"]).set_index("recommendation_id")
    by_unit = _levels(known, ["recommendation_id", "unit_id"]).set_index("recommendation_id")
    grouped = by_unit.groupby(level=0)
    made["units"] = grouped.size()
    least = max(2, context.fewest)
    shared = by_unit[(by_unit["answers"] >= least) & (by_unit["unit_id"] != NOT_SAID)]
    made["apart_within"] = (shared["highest"] - shared["lowest"]).groupby(level=0).max()
    spans = grouped["median"].max() - grouped["median"].min()
    made["apart_between"] = spans.where(made["units"] > 1)
    matter = context.judged.assign(importance=context.judged["importance"].astype(float))
    matter = matter[matter["importance"].notna()]
    weight = matter.groupby("recommendation_id")["importance"].agg(["min", "median", "max", "size"])
    weight = weight[weight["size"] >= context.fewest].drop(columns="size")
    weight.columns = pd.Index(_IMPORTANCE)
    is_told = made["answers"] >= context.fewest
    made = made.where(is_told)
    frame = context.items.set_index("recommendation_id").join(made).join(weight)
    counts = ["answers", "units"]
    frame[counts] = frame[counts].astype("Int64")
    if context.lists_records:
        is_silent = ~frame.index.isin(is_told.index)
        frame.loc[is_silent, counts] = 0
    frame["roles"] = _roles(context).reindex(frame.index)
    frame = frame.reset_index()
    apart = ["apart_within", "apart_between"]
    columns = [*_NAMED, "group", *counts, *_LEVELS, *apart, *_IMPORTANCE, "roles", "in_place"]
    return frame[columns]


def _roles(context: Context) -> pd.Series[int]:
    """How many different roles are named for each recommendation; empty where not shown."""
    if not (context.can_show("readiness", "owner_role") and context.lists_records):
        return pd.Series(dtype="Int64")
    role = context.judged["owner_role"].str.casefold().str.strip()
    counts = role.groupby(context.judged["recommendation_id"]).nunique()
    return counts.reindex(context.items["recommendation_id"], fill_value=0).astype("Int64")


def nobodys_job(table: pd.DataFrame) -> pd.DataFrame:
    """Recommendations for which nobody anywhere names a responsible role.

    Parameters
    ----------
    table : DataFrame
        What `readiness` returns.
    """
    chosen = table[table["roles"].eq(0).fillna(False).astype(bool)]
    # Where it is not said how many answered, a few did.
    why = chosen["answers"].gt(0).fillna(True).map({True: NO_ROLE, False: NO_ANSWER})
    made = chosen.assign(why=why.astype("str")).sort_values(
        ["importance_median"], ascending=False, kind="stable", na_position="last"
    )
    columns = [*_NAMED, "why", "answers", *_LEVELS, *_IMPORTANCE]
    return made[columns].reset_index(drop=True)


def disagreements(context: Context) -> pd.DataFrame:
    """Recommendations on which two people of one unit are clearly apart, the furthest first.

    Both sides stand with their codes and their evidence where the edition shows single people;
    elsewhere units with enough people stand here with how many answered.
    """
    sides = ("lowest", "highest")
    columns = ["unit", "recommendation", "answers", *sides]
    if context.shows_people:
        told = [name for side in sides for name in (side, f"who_{side}", f"evidence_{side}")]
        columns = ["unit", "recommendation", *told]
    known = context.judged[context.judged["level"].notna()]
    known = known[(known["unit_id"] != NOT_SAID) & context.lists_records]
    known = known.assign(level=known["level"].astype(int))
    levels = known.groupby(_CELL)["level"]
    known = known.assign(lowest=levels.transform("min"), highest=levels.transform("max"))
    known = known.assign(answers=levels.transform("size"))
    known = known[known["highest"] - known["lowest"] >= CLEARLY_APART]
    known = known[known["answers"] >= context.fewest]
    if known.empty:
        return pd.DataFrame(columns=columns)
    made = known.groupby(_CELL)[["unit", "answers", "lowest", "highest"]].first()
    for side in sides if context.shows_people else ():
        of_side = known[known["level"] == known[side]].groupby(_CELL)
        made[f"who_{side}"] = of_side["assessor_id"].agg(", ".join)
        made[f"evidence_{side}"] = of_side["evidence"].agg(_pointed_to)
    place = {code: number for number, code in enumerate(context.items["recommendation_id"])}
    named = context.items.set_index("recommendation_id")["recommendation"]
    made = made.reset_index()
    made["recommendation"] = made["recommendation_id"].map(named)
    made = made.assign(
        apart=made["highest"] - made["lowest"], place=made["recommendation_id"].map(place)
    ).sort_values(["apart", "place", "unit"], ascending=[False, True, True], kind="stable")
    return made[columns].reset_index(drop=True)


def _pointed_to(evidence: pd.Series[str]) -> str:
    return "; ".join(evidence.dropna().unique()) or "none given"


def without_role(context: Context) -> pd.DataFrame:
    """Levels that say a role is responsible (3 and 4) where none is named."""
    columns = ["unit", "assessor_id", *_NAMED, "level"]
    if not (context.shows_people and context.can_show("readiness", "owner_role")):
        return pd.DataFrame(columns=columns)
    judged = context.judged
    high = (judged["level"] >= IN_PLACE).fillna(False).astype(bool)
    return _listed(context, judged[high & judged["owner_role"].isna()], columns)


def overdue(context: Context) -> pd.DataFrame:
    """Recommendations whose day has passed while the level is still below 3."""
    columns = ["unit", "assessor_id", *_NAMED, "level", "due_date", "owner_role"]
    if not context.shows_people:
        return pd.DataFrame(columns=columns)
    judged = context.judged
    is_late = judged["due_date"].notna() & (judged["due_date"] < pd.Timestamp(context.as_of))
    is_low = (judged["level"] < IN_PLACE).fillna(False).astype(bool)
    return _listed(context, judged[is_late & is_low], columns)


def _listed(context: Context, chosen: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    named = context.items[_NAMED]
    made = named.merge(chosen, on="recommendation_id", how="inner")
    return made[columns].reset_index(drop=True)
