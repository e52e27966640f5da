"""Facts that are older than they are good for, and what only one person knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pandas as pd

from strategy_lib.chapters.annual.context import NOT_SHOWN, Context, lone_contacts
from strategy_lib.chapters.context import NOT_SAID
from strategy_lib.chapters.validity import is_current
from strategy_lib.editions.restrict import suppress_small
from strategy_lib.schema.reference import reference, reference_source
from strategy_lib.schema.schema import schemas

_YEAR = re.compile(r"(?:19|20)\d\d")
_AGES = ["facts", "n", "n_past", "n_undated", "oldest", "shelf_life_months", "why"]


def ages(context: Context) -> pd.DataFrame:
    """How old facts are, by table, against how long they are good for.

    Returns
    -------
    DataFrame
        `facts` (title of the table), `n`, `n_past` (past their shelf life), `n_undated`, `oldest`
        (month), `shelf_life_months`, `why`; those with facts past it first. Missing where the
        edition may not count so few.
    """
    rows = [*_entered(context), *_bundled(context)]
    frame = pd.DataFrame(rows, columns=_AGES)
    counts = frame[["n_past", "n_undated"]].assign(rest=frame["n"] - frame["n_past"])
    counts["rest"] -= counts["n_undated"]
    shown = suppress_small(counts.astype("int64"), context.edition)
    frame[["n_past", "n_undated"]] = shown[["n_past", "n_undated"]]
    frame["n"] = frame["n"].astype("Int64").mask(shown.isna().any(axis=1))
    frame["oldest"] = frame["oldest"].where(frame["n"].notna(), "")
    frame["late"] = frame["n_past"].fillna(0) > 0
    order = frame.sort_values(["late", "oldest"], ascending=[False, True], kind="stable")
    return order[_AGES].reset_index(drop=True)


def past(context: Context) -> pd.DataFrame:
    """Each entered fact that is past its shelf life, the longest past first.

    Returns
    -------
    DataFrame
        `facts`, `what`, `as_of`, `months_past`.
    """
    columns = ["facts", "what", "as_of", "months_past"]
    parts = []
    for rule, frame in _dated(context):
        late = frame[frame["months_past"] > 0]
        shown = late[rule["shown_by"]].astype("str").fillna("")
        parts.append(late.assign(facts=_title(context, rule["facts"]), what=shown)[columns])
    made = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=columns)])
    order = made.sort_values(["months_past", "facts", "what"], ascending=[False, True, True])
    return context.listed(order)


def _rules(holder: str) -> list[dict[str, str]]:
    frame = reference("shelf_lives")
    rows = frame[frame["holder"] == holder].to_dict("records")
    return [{str(k): v for k, v in row.items()} for row in rows]


def _title(context: Context, table: str) -> str:
    return schemas()[table].title(context.now.language)


def _entered(context: Context) -> Iterator[list[object]]:
    for rule, frame in _dated(context):
        known = frame["as_of"].dropna()
        title, count = _title(context, rule["facts"]), len(frame)
        oldest = f"{known.min():%Y-%m}" if len(known) else ""
        past = int((frame["months_past"] > 0).sum())
        undated = count - len(known)
        yield [title, count, past, undated, oldest, int(rule["months"]), rule["why"]]


def _dated(context: Context) -> Iterator[tuple[dict[str, str], pd.DataFrame]]:
    """Entered facts, with the day that each is from and by how many months it is past its life."""
    for rule in _rules("entered"):
        frame = context.table(rule["facts"])
        if rule["facts"] == "descriptor_states":
            # Only the states that hold today are looked at.
            frame = frame[frame["is_today"].fillna(False).astype(bool)]
        if frame.empty:
            continue
        day = frame[rule["dated_by"].split(";")].bfill(axis=1).iloc[:, 0].astype("datetime64[s]")
        months = pd.Series(float(rule["months"]), frame.index)
        if "look_every_months" in frame:
            months = frame["look_every_months"].astype("Float64").fillna(months).astype(float)
        past = ((context.day - day).dt.days / 30.4375 - months).round(1).clip(lower=0)
        yield rule, frame.assign(as_of=day, months_past=past)


def _bundled(context: Context) -> Iterator[list[object]]:
    for rule in _rules("bundled"):
        about = reference_source(rule["facts"])
        years = _YEAR.findall(about.as_of)
        months = int(rule["months"])
        last = date(int(max(years)), 12, 31) if years else None
        age = (context.now.as_of - last).days / 30.4375 if last else 0.0
        title, count = f"{about.title} (of the workbook)", len(reference(rule["facts"]))
        oldest = f"{last:%Y}" if last else ""
        past, undated = count if age > months else 0, 0 if last else count
        yield [title, count, past, undated, oldest, months, rule["why"]]


def changed_since_guide() -> pd.DataFrame:
    """What is known to have changed since the guide was written; each to be confirmed."""
    frame = reference("stale_facts")
    return frame[["fact", "change", "check", "source", "as_of"]]


def one_person(context: Context) -> pd.DataFrame:
    """Contacts and knowledge that hang on one person, those that did so last year too first.

    Returns
    -------
    DataFrame
        `unit`, `what` (counterpart and activity, or what is known), `kind`, `since`, `leaves_date`.
    """
    columns = ["unit", "what", "kind", "since", "leaves_date"]
    parts = [_contacts(context), _knowledge(context)]
    made = pd.concat(
        [part[columns] for part in parts if len(part)]
        or [pd.DataFrame(columns=columns, dtype="str")]
    )
    return context.listed(made.sort_values(["since", "unit", "what"], kind="stable"))


def one_person_by(context: Context, column: str) -> pd.DataFrame:
    """How much of `one_person` there is by kind, or by office; the most first.

    Returns
    -------
    DataFrame
        The column, `n_before` (which hung on one person last year too), `n_new`.
    """
    table = one_person(context)
    is_old = ~table["since"].eq(context.years[1]).to_numpy(dtype=bool)
    counted = table.assign(n_before=is_old.astype("int64"), n_new=(~is_old).astype("int64"))
    made = counted.groupby(column, sort=True)[["n_before", "n_new"]].sum().reset_index()
    order = (-made["n_before"] - made["n_new"]).sort_values(kind="stable").index
    return made.loc[order].reset_index(drop=True)


def count_held(context: Context) -> int:
    """How many current contacts and pieces of knowledge there are."""
    activities = context.table("activities")
    named = activities["counterpart"].notna() & is_current(activities, context.day)
    return int(named.sum()) + len(context.table("knowledge_bank"))


def _contacts(context: Context) -> pd.DataFrame:
    then, now = context.both("activities")
    mine = lone_contacts(now, context.day).copy()
    day_then = pd.Timestamp(context.before.as_of) if context.before else context.day
    mine["since"] = _since(context, mine, lone_contacts(then, day_then), "activity_id")
    mine["unit"] = [context.unit(code) for code in mine["unit_id"]]
    mine["what"] = mine["counterpart"].astype("str") + ": " + mine["title"].fillna(NOT_SAID)
    mine["leaves_date"] = pd.Series(pd.NaT, mine.index, dtype="datetime64[s]")
    return mine.assign(kind="contact")


def _knowledge(context: Context) -> pd.DataFrame:
    then, now = context.both("knowledge_bank")
    if now.empty:
        return now
    mine = now[(now["holders"] <= 1).fillna(False).astype(bool)].copy()
    alone = (then["holders"] <= 1).fillna(False).astype(bool)
    mine["since"] = _since(context, mine, then[alone], "knowledge_id")
    mine["unit"] = [context.unit(code) for code in mine["unit_id"]]
    mine["what"] = mine["what"].fillna(_untold(context, "knowledge_bank", "what"))
    mine["kind"] = [context.label("knowledge_kind", code) for code in mine["kind"]]
    return mine


def _untold(context: Context, table: str, column: str) -> str:
    """What stands for an empty cell: that nobody said it, or that this edition does not show it."""
    shown = context.now.restricted.frames.get(table, ())
    return NOT_SAID if column in shown else NOT_SHOWN


def _since(context: Context, mine: pd.DataFrame, then: pd.DataFrame, key: str) -> list[str]:
    before, now = context.years
    was = mine[key].isin(then[key].dropna())
    return [f"{before} or before" if known else now for known in was]
