"""Codes of activities that came without one; office, title and counterpart decide on them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from strategy_lib.inputs.checks.duplicates import NATURAL_KEY
from strategy_lib.inputs.checks.locations import row_dicts
from strategy_lib.schema.schema import table_schema

_DIGITS = 8


def derived_id(unit_id: str, title: str, counterpart: str | None) -> str:
    """Code of an activity, from what makes it this activity.

    Examples
    --------
    >>> derived_id("kenya", "Talks", "China House")
    'a-2c2d2756'
    """
    text = "\x1f".join((unit_id, title, counterpart or ""))
    return f"a-{hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]}"


def with_activity_ids(activities: pd.DataFrame) -> pd.DataFrame:
    """Activities with a code each; of several that would have the same, the later get a number.

    The order among those depends on what the rows say and not on where they stand. Rows that every
    edition with codes shows come first, so that a withheld row never changes the code of another.
    """
    if activities["activity_id"].notna().all():
        return activities
    empty = activities["activity_id"].isna()
    bare = activities[empty]
    columns = (bare[name] for name in NATURAL_KEY)
    ids = [derived_id(*map(_text, key)) for key in zip(*columns, strict=True)]
    taken = set(activities["activity_id"].dropna())
    codes = pd.Series(_distinct(bare, ids, taken), index=bare.index, dtype="str")
    filled = activities["activity_id"].where(~empty, codes)
    return activities.assign(activity_id=filled.astype("str"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _distinct(bare: pd.DataFrame, ids: list[str], taken: set[str]) -> list[str]:
    groups: dict[str, list[int]] = defaultdict(list)
    for position, code in enumerate(ids):
        groups[code].append(position)
    distinct = list(ids)
    for code, positions in groups.items():
        if len(positions) > 1 or code in taken:
            rows = dict(zip(positions, row_dicts(bare.iloc[positions]), strict=True))
            ordered = sorted(positions, key=lambda i: (_order(rows[i]), i))
            numbers = range(1 + (code in taken), len(positions) + 2)
            for position, number in zip(ordered, numbers, strict=False):
                distinct[position] = code if number == 1 else f"{code}-{number}"
    return distinct


def _order(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    is_narrow = row["handling"] == "restricted", bool(row["not_for_mainland"])
    said = (repr(row[name]) for name in table_schema("activities").names)
    return (*is_narrow, *said)
