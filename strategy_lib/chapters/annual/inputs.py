"""What changed in what was entered, and a few counts of both cycles side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from strategy_lib.chapters.annual.context import LABELS_OF_ROWS, Context, lone_contacts
from strategy_lib.chapters.validity import is_open
from strategy_lib.editions.restrict import suppress_small
from strategy_lib.schema.frames import known_values
from strategy_lib.schema.schema import TableSchema, schemas

CHANGES = ["added", "gone", "changed", "same"]


def changed_rows(context: Context) -> pd.DataFrame:
    """Rows that came, went or changed, by table and by what a row is known by.

    Returns
    -------
    DataFrame
        `table`, `before`, `now`, `added`, `gone`, `changed`, `same`; tables without a row in either
        cycle are left out, and judgements of too few people. Missing where the edition may not
        count so few.
    """
    columns = ["table", "before", "now", *CHANGES]
    rows = {}
    for schema in schemas().values():
        then, now = context.both(schema.name)
        if (len(then) or len(now)) and _has_enough(context, then, now):
            title = schema.title(context.now.language)
            rows[title] = [
                len(then),
                len(now),
                *row_changes(then, now, _shown_keys(context, schema), _content(schema)),
            ]
    counts = pd.DataFrame.from_dict(rows, orient="index", columns=columns[1:]).astype("int64")
    # The first two are totals of the others: they go where any of the others goes.
    shown = suppress_small(counts[CHANGES], context.edition)
    totals = suppress_small(counts[["before", "now"]], context.edition, margins=False)
    lost = shown[CHANGES].isna()
    totals["before"] = totals["before"].mask(lost[["gone", "changed", "same"]].any(axis=1))
    totals["now"] = totals["now"].mask(lost[["added", "changed", "same"]].any(axis=1))
    made = pd.concat([totals, shown], axis=1).rename_axis("table").reset_index()
    return made.reindex(columns=columns)


def _has_enough(context: Context, then: pd.DataFrame, now: pd.DataFrame) -> bool:
    """Whether rows of judgements in either cycle are those of enough people, or of none."""
    judged = (frame["assessor_id"].nunique() for frame in (then, now) if "assessor_id" in frame)
    return all(count == 0 or count >= context.fewest for count in judged)


def _shown_keys(context: Context, schema: TableSchema) -> list[str]:
    """The fields that a row is known by; its whole content where the edition does not show one."""
    shown = set(schema.names)
    for cycle in (context.before, context.now):
        if cycle is not None and schema.name in cycle.restricted.frames:
            shown &= set(cycle.restricted.frames[schema.name])
    keys = list(schema.primary_key)
    return keys if keys and shown >= set(keys) else _content(schema)


def _content(schema: TableSchema) -> list[str]:
    return [name for name in schema.names if name not in LABELS_OF_ROWS]


def row_changes(
    then: pd.DataFrame, now: pd.DataFrame, keys: list[str], content: list[str]
) -> tuple[int, ...]:
    """Rows added, gone, changed and the same.

    Parameters
    ----------
    keys, content : list of str
        What a row is known by, and all that is compared.

    Examples
    --------
    >>> then = pd.DataFrame({"id": ["a", "b"], "level": [1, 2]})
    >>> now = pd.DataFrame({"id": ["b", "c"], "level": [3, 1]})
    >>> row_changes(then, now, ["id"], ["id", "level"])
    (1, 1, 1, 0)
    """
    # A round that nobody named is the first.
    columns = [
        {n: known_values(frame[n], 1 if n == "round" else None) for n in content}
        for frame in (then, now)
    ]
    # Rows that are known by the same are paired by what they say, whatever their order.
    known, same = (
        (_counted(columns[0], names) & _counted(columns[1], names)).total()
        for names in (keys, content)
    )
    return len(now) - known, len(then) - known, known - same, same


def _counted(columns: Mapping[str, list[Any]], names: list[str]) -> Counter[tuple[Any, ...]]:
    return Counter(zip(*(columns[name] for name in names), strict=True))


def measures(context: Context) -> pd.DataFrame:
    """A few counts of each cycle side by side.

    Returns
    -------
    DataFrame
        `measure`, `then`, `now`, `change`; missing where the edition may not count so few, or does
        not see what is counted.
    """
    rows = []
    for measure in MEASURES:
        then, now = (measure.counted(context, now=side) for side in (False, True))
        rows.append([measure.name, then, now])
    frame = pd.DataFrame(rows, columns=["measure", "then", "now"])
    frame = frame.astype({"then": "Int64", "now": "Int64"})
    return frame.assign(change=frame["now"] - frame["then"])


@dataclass(frozen=True)
class Measure:
    """A count: how many rows of a table have one of the values in a column.

    Attributes
    ----------
    values : tuple
        Empty for how many different values there are.
    kind : str
        Value of the column `kind` that the rows have; empty for all.
    rows : callable, optional
        Which rows are counted at all, of a table and the day of its cycle.
    """

    name: str
    table: str
    column: str
    values: tuple[object, ...] = ()
    kind: str = ""
    rows: Callable[[pd.DataFrame, pd.Timestamp], pd.DataFrame] | None = None

    def counted(self, context: Context, *, now: bool) -> int | None:
        """The count in one cycle; None where it cannot be shown."""
        cycle = context.now if now else context.before
        if cycle is None or self.column not in cycle.restricted.frames.get(self.table, ()):
            return None
        frame = context.table(self.table, now=now)
        if self.kind:
            frame = frame[frame["kind"] == self.kind]
        if self.rows:
            frame = self.rows(frame, pd.Timestamp(cycle.as_of))
        column = frame[self.column].dropna()
        count = int(column.isin(self.values).sum()) if self.values else column.nunique()
        return None if 0 < count < context.smallest else count


def _open_units(units: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return units[is_open(units, day)]


MEASURES = (
    Measure("Offices, without those that closed", "units", "unit_id", rows=_open_units),
    Measure("Activities reported", "activities", "activity_id"),
    Measure("Activities the centre did not know of", "activities", "is_known_to_centre", (False,)),
    Measure("Countries with an activity", "activities", "country_code"),
    Measure("Counterparts named", "counterparts", "name"),
    Measure(
        "Current contacts that hang on one colleague",
        "activities",
        "contact_people",
        (1,),
        rows=lone_contacts,
    ),
    Measure(
        "Conditions of the law that are met", "legal_conditions", "is_met", ("yes",), "condition"
    ),
    Measure("Triggers seen", "presence_terms", "state", ("seen",), "trigger"),
    Measure("Exit terms in place", "presence_terms", "state", ("in_place",), "exit_term"),
    Measure("Signposts crossed", "signposts", "status", ("crossed",)),
    Measure("Actions done", "actions", "status", ("done",)),
    Measure("Actions late", "actions", "status", ("late",)),
)
