"""What the page of chapter 01 draws: countries, offices by region and by kind, contacts."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from strategy_lib.chapters.mapping.context import Context
from strategy_lib.editions.restrict import suppress_small
from strategy_lib.inputs.checks.answers import ANSWERED, NOTHING, SILENT


class Place(NamedTuple):
    """A row of the table `countries`."""

    country_code: str
    country: str
    region: str
    is_highly_exposed: bool
    exposure_rank: float
    finance_bnusd: float
    n_activities: float
    n_offices: float
    n_silent: float
    n_not_in_full: float
    latitude: float
    longitude: float


def countries(context: Context, who: pd.DataFrame) -> pd.DataFrame:
    """Countries that are highly exposed, have an activity, or have an office that was asked.

    How many offices there are, silent ones, and those whose answer is not known in full, is
    missing in an edition that may not say; so is a count of too few activities.
    """
    activities = context.frames["activities"].groupby("country_code").size()
    chosen = context.exposure["is_highly_exposed"] | context.exposure.index.isin(activities.index)
    sees = context.sees_offices and context.lists_records
    if sees:
        chosen |= context.exposure.index.isin(who["country_code"])
    table = context.exposure[chosen].rename(columns={"name": "country"})
    counts = activities.reindex(table.index, fill_value=0).to_frame("n_activities")
    shown = suppress_small(counts, context.inputs.edition, margins=False)
    table = table.assign(n_activities=shown["n_activities"])
    away = who["unit_id"].isin(list(context.inputs.incomplete))
    for name, counted in (
        ("n_offices", who),
        ("n_silent", who[who["answer"] == SILENT]),
        ("n_not_in_full", who[away]),
    ):
        there = counted.groupby("country_code").size().reindex(table.index, fill_value=0)
        table[name] = there.astype("Int64") if sees else pd.array([pd.NA] * len(table), "Int64")
    table = table.rename_axis("country_code").reset_index()
    return table.sort_values(
        ["exposure_rank", "n_activities", "country_code"],
        ascending=[True, False, True],
        ignore_index=True,
    )[list(Place._fields)]


def answers_by_region(context: Context, who: pd.DataFrame) -> pd.DataFrame:
    """Offices that were asked by region: no answer, answered, nothing to report."""
    region = who["country_code"].map(context.exposure["region"]).fillna("").astype("str")
    return _answers_by(context, region.rename("region"), who)


def answers_by_kind(context: Context, who: pd.DataFrame) -> pd.DataFrame:
    """The same by kind of office."""
    return _answers_by(context, who["kind"], who)


def _answers_by(context: Context, group: pd.Series[str], who: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(group, who["answer"]).reindex(
        columns=[SILENT, ANSWERED, NOTHING], fill_value=0
    )
    counts.columns = pd.Index(["n_silent", "n_answered", "n_nothing"])
    shown = suppress_small(counts, context.inputs.edition)
    return shown.rename_axis(str(group.name)).reset_index()


def contacts_by_strength(context: Context, named: pd.DataFrame) -> pd.DataFrame:
    """Current contacts by strength: all, those that hang on one colleague, and those not told of.

    Returns
    -------
    DataFrame
        The strongest first; of contacts whose strength nobody told, it is missing.
    """
    current = named[named["is_current"]] if context.lists_records else named.iloc[:0]
    strength = current["contact_strength"].astype("Int64")
    by = current.assign(
        contact_strength=strength,
        is_alone=(current["contact_people"] == 1).fillna(False).astype(bool),
        is_open=current["contact_people"].isna(),
    ).groupby("contact_strength", dropna=False)
    table = by.agg(
        n_contacts=("unit_id", "size"),
        n_one_person=("is_alone", "sum"),
        n_not_said=("is_open", "sum"),
    ).reset_index()
    return table.astype("Int64").sort_values("contact_strength", ascending=False, ignore_index=True)
