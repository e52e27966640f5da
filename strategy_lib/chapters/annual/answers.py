"""Who answered then and now: offices, and those who judge."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.annual.context import LABELS_OF_ROWS, NO_LONGER_SHOWN, Context
from strategy_lib.editions.people import taken_together
from strategy_lib.editions.restrict import suppress_small
from strategy_lib.inputs.checks.answers import (
    ANSWERED,
    NOTHING,
    SILENT,
    answering_tables,
    answers_of_offices,
    expected_units,
)
from strategy_lib.schema.schema import TableSchema, schemas

NOT_ASKED = "not asked"


def offices(context: Context) -> pd.DataFrame:
    """One row an office that is asked now: what it answered then, and now.

    Returns
    -------
    DataFrame
        `unit`, `then`, `now`; empty where single offices are not listed, or where an office's
        silence cannot be told from a row that is withheld.
    """
    columns = ["unit", "then", "now"]
    if not context.lists_records or not context.sees_offices:
        return pd.DataFrame(columns=columns)
    then, now = _answers(context, now=False), _answers(context, now=True)
    # An office that only the earlier cycle shows is not named: it may be withheld now.
    frame = pd.DataFrame({"unit_id": now.index, "now": now.to_numpy()})
    frame["then"] = frame["unit_id"].map(then).astype("str").fillna(NOT_ASKED)
    frame["unit"] = [context.unit(code) for code in frame["unit_id"]]
    rank = {SILENT: 0, NOTHING: 1, ANSWERED: 2}
    order = frame.assign(rank=frame["now"].map(rank)).sort_values(["rank", "unit"], kind="stable")
    return order[columns].reset_index(drop=True)


def _answers(context: Context, *, now: bool) -> pd.Series[str]:
    units = context.table("units", now=now)
    cycle = context.now if now else context.before
    if cycle is None:
        return pd.Series(dtype="str")
    codes = expected_units(units, cycle.as_of)["unit_id"].drop_duplicates()
    frames = {name: context.table(name, now=now) for name in answering_tables()}
    said = answers_of_offices(frames, cycle.restricted.incomplete)
    return pd.Series([said.get(code, SILENT) for code in codes], index=codes, dtype="str")


def office_changes(context: Context) -> pd.DataFrame:
    """Offices by their answer then (rows) and now (columns)."""
    columns = [SILENT, ANSWERED, NOTHING]
    if not context.sees_offices or context.before is None:
        return pd.DataFrame(columns=["then", *columns])
    then, now = _answers(context, now=False), _answers(context, now=True)
    before = pd.Series(then.reindex(now.index), dtype="str").fillna(NOT_ASKED)
    counts = pd.crosstab(before, now).reindex(
        index=[NOT_ASKED, *columns], columns=columns, fill_value=0
    )
    shown = suppress_small(counts, context.edition)
    return shown.rename_axis("then").rename_axis(columns=None).reset_index()


def answered_counts(changes: pd.DataFrame) -> dict[str, int]:
    """How many offices answer now, did then, were silent both times, and of how many.

    Parameters
    ----------
    changes : DataFrame
        From `office_changes`; nothing is counted where a number is missing.
    """
    if changes.empty or changes.drop(columns="then").isna().to_numpy().any():
        return {}
    counts = changes.set_index("then").astype("int64")
    return {
        "now": int(counts[[ANSWERED, NOTHING]].to_numpy().sum()),
        "before": int(counts.loc[[ANSWERED, NOTHING]].to_numpy().sum()),
        "silent": int(counts[SILENT][SILENT]),
        "all": int(counts.to_numpy().sum()),
    }


def assessors(context: Context) -> pd.DataFrame:
    """Assessors who judged anything, by unit: then, now, in both cycles.

    Returns
    -------
    DataFrame
        `unit` (those with few people are taken together), `then`, `now`, `both`.
    """
    columns = ["unit", "then", "now", "both"]
    then, now = (judging(context, now=side) for side in (False, True))
    units = pd.concat(reversed(context.both("assessors")))
    unit = units.drop_duplicates("assessor_id").set_index("assessor_id")["unit_id"]
    people = sorted(then | now)
    offices = pd.Series([_shown(context, unit.get(code)) for code in people], people, dtype="str")
    offices = taken_together(offices, context.fewest)
    sides = zip(columns[1:], (then, now, then & now), strict=True)
    judged = pd.DataFrame({name: [code in side for code in people] for name, side in sides}, people)
    frame = judged.astype("int64").groupby(offices, sort=False).sum()
    shown = suppress_small(frame, context.edition, of_people=True)
    return shown.sort_index().rename_axis("unit").reset_index()[columns]


def _shown(context: Context, code: object) -> str:
    """Name of a unit; one that only the earlier cycle shows may be withheld now."""
    is_known = pd.isna(code) or str(code) in context.unit_names  # type: ignore[call-overload]
    return context.unit(code) if is_known or context.edition.sees_everything else NO_LONGER_SHOWN


def judging(context: Context, *, now: bool) -> set[str]:
    """Codes of assessors who gave an answer in any table of judgements."""
    found: set[str] = set()
    for schema in schemas().values():
        if schema.filled_by != "assessor" or "assessor_id" not in schema.names:
            continue
        frame = context.table(schema.name, now=now)
        said = frame[_said(schema)].notna().any(axis=1)
        found |= set(frame.loc[said, "assessor_id"].dropna())
    return found


def _said(schema: TableSchema) -> list[str]:
    """Fields that hold a judgement, and not what was to be judged."""
    asked = {*schema.primary_key, *schema.prefilled_by, *LABELS_OF_ROWS, "unit_id", "statement"}
    return [name for name in schema.names if name not in asked and schema[name].type != "list"]
