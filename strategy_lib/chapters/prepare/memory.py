"""What the organisation knows, what only one person knows, and how people come and go."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.chapters.prepare.context import Context
from strategy_lib.core.messages import say
from strategy_lib.editions.restrict import suppress_small

# Kinds of unit at which recommendation 9 wants somebody who reads Chinese.
WIDER_KINDS = ("international_office", "desk")
_PEOPLE = ["staff_start", "joined", "left", "handed_over"]


def one_keeper(context: Context) -> pd.DataFrame:
    """What one person holds, or nobody any more: first what is not written and leaves soonest.

    Returns
    -------
    DataFrame
        `unit`, `kind`, `what`, `holders`, `holder_role`, `is_written`, `reads_chinese`,
        `leaves_date`, `days_left` (negative where the day has passed; missing where none is known).
    """
    columns = [
        "unit",
        "kind",
        "what",
        "holders",
        "holder_role",
        "is_written",
        "reads_chinese",
        "leaves_date",
        "days_left",
    ]
    frame = _knowledge(context)
    chosen = frame[_is(frame["holders"] <= 1)]
    days = (chosen["leaves_date"] - pd.Timestamp(context.as_of)).dt.days.astype("Int64")
    made = chosen.assign(days_left=days, on_paper=chosen["is_written"] == "yes")
    made = made.sort_values(["on_paper", "leaves_date", "unit", "knowledge_id"], kind="stable")
    for name in ("is_written", "reads_chinese"):
        made[name] = [context.label("yes_no_unknown", code) for code in made[name]]
    made["kind"] = [context.label("knowledge_kind", code) for code in made["kind"]]
    return context.listed(made[columns])


def _knowledge(context: Context) -> pd.DataFrame:
    frame = context.frame("knowledge_bank").dropna(subset=["knowledge_id"])
    return frame.assign(unit=context.unit_of(frame["unit_id"]))


def _is(condition: pd.Series[Any]) -> pd.Series[bool]:
    """A condition in which not known is no."""
    return condition.fillna(False).astype(bool)


def knowledge_by_kind(context: Context) -> pd.DataFrame:
    """Knowledge by its kind: held by one and unwritten, by one and written, by more, not known."""
    parts = ["n_one_unwritten", "n_one_written", "n_more", "n_not_known"]
    frame = _knowledge(context)
    if frame.empty:
        return pd.DataFrame(columns=["kind", *parts])
    state = pd.Series("n_more", frame.index, dtype="str")
    state[_is(frame["holders"] <= 1)] = "n_one_unwritten"
    state[_is(frame["holders"] <= 1) & (frame["is_written"] == "yes")] = "n_one_written"
    state[frame["holders"].isna()] = "n_not_known"
    kinds = pd.Series([context.label("knowledge_kind", k) for k in frame["kind"]], frame.index)
    counts = pd.crosstab(kinds.astype("str"), state).reindex(columns=parts, fill_value=0)
    shown = suppress_small(counts, context.inputs.edition)
    shown.index.name, shown.columns.name = "kind", None
    return shown.reset_index()


def said_readers(context: Context) -> str:
    """Whether somebody who reads Chinese holds knowledge at global or regional level."""
    frame = _knowledge(context)
    if frame.empty or not context.lists_records:
        return ""
    kinds = context.frame("units").drop_duplicates("unit_id").set_index("unit_id")["kind"]
    reads = frame[frame["reads_chinese"] == "yes"]
    wide = int(reads["unit_id"].map(kinds).isin(WIDER_KINDS).sum())
    told = int(frame["reads_chinese"].isin(["yes", "no"]).sum())
    return say("prepare-readers", held=len(reads), wide=wide, told=told, pieces=len(frame))


def turnover(context: Context) -> pd.DataFrame:
    """People who work on China by unit and year: how many, who came, who left with a handover.

    Returns
    -------
    DataFrame
        `unit`, `year`, `staff_start`, `joined`, `left`, `handed_over`, `without_handover` (those
        who left without; missing where either is not known), `left_pct` (of those there at the
        beginning), `note` (numbers that do not fit each other).
    """
    columns = ["unit", "year", *_PEOPLE, "without_handover", "left_pct", "note"]
    frame = context.frame("turnover").dropna(subset=["year"])
    start = frame["staff_start"].astype("Float64")
    made = frame.assign(
        unit=context.unit_of(frame["unit_id"]),
        without_handover=frame["left"] - frame["handed_over"],
        left_pct=(100 * frame["left"] / start.where(start > 0)).round(0),
    )
    made["note"] = [_unfitting(row) for row in made.to_dict("records")]
    doubtful = made["note"] != ""
    made.loc[doubtful, ["without_handover", "left_pct"]] = pd.NA
    made = made.sort_values(["year", "unit"], ascending=[False, True], kind="stable")
    return context.listed(made[columns])


def _unfitting(row: dict[Any, Any]) -> str:
    known = {name: row[name] for name in _PEOPLE if pd.notna(row[name])}
    if {"left", "staff_start", "joined"} <= known.keys() and known["left"] > (
        known["staff_start"] + known["joined"]
    ):
        return "more left than were there"
    if {"left", "handed_over"} <= known.keys() and known["handed_over"] > known["left"]:
        return "more handed over than left"
    return ""


def turnover_by_year(context: Context) -> pd.DataFrame:
    """All units together by year: stayed, left after handing over, left without, not said.

    Returns
    -------
    DataFrame
        `year`, `n_without_handover`, `n_handed_over`, `n_not_said` (left; nobody says whether they
        handed over), `n_stayed` (missing where a unit does not say how many there were), `units`
        that said how many left.
    """
    parts = ["n_without_handover", "n_handed_over", "n_not_said", "n_stayed"]
    frame = context.frame("turnover").dropna(subset=["year", "left"])
    frame = frame[[_unfitting(row) == "" for row in frame.to_dict("records")]]
    if frame.empty:
        return pd.DataFrame(columns=["year", *parts, "units"])
    told = frame["handed_over"].notna()
    made = pd.DataFrame(
        {
            "n_without_handover": (frame["left"] - frame["handed_over"]).where(told, 0),
            "n_handed_over": frame["handed_over"].where(told, 0),
            "n_not_said": frame["left"].where(~told, 0),
            "n_stayed": frame["staff_start"] + frame["joined"] - frame["left"],
        }
    ).astype("Int64")
    # One unit that does not say how many there were leaves the sum unknown.
    by_year = made.groupby(frame["year"].astype(int)).sum(skipna=False)
    is_known = by_year.notna()
    shown = suppress_small(by_year.fillna(0).astype("int64"), context.inputs.edition).where(
        is_known
    )
    shown["units"] = frame.groupby(frame["year"].astype(int)).size()
    shown = shown[shown["units"] >= context.smallest]
    return shown.sort_index(ascending=False).reset_index()
