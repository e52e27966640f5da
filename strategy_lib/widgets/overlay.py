"""Entries of a workshop laid over what an edition shows, without showing more than it may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from strategy_lib.core.audiences import Edition
from strategy_lib.editions.restrict import Restricted, may_see_row
from strategy_lib.inputs.checks.locations import row_dicts
from strategy_lib.inputs.checks.ranges import with_ranges, without_ranges
from strategy_lib.inputs.entries.entry import Entries, Entry, is_open, row_key
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import TableSchema, table_schema

_Key = tuple[str, ...]


def overlaid(
    restricted: Restricted, entries: Entries, tables: Iterable[str], who: str
) -> Restricted:
    """What an edition shows, with entries laid over some of its tables.

    Parameters
    ----------
    tables : iterable of str
        Tables that entries are laid over.
    who : str
        Assessor whose own judgements are seen though their round is open.
    """
    frames = dict(restricted.frames)
    for name in tables:
        mine = [e for e in entries.standing if e.table == name and _is_seen(e, entries, who)]
        touched = {e.key for e in entries.history if e.table == name}
        if touched:
            schema = table_schema(name)
            said = without_ranges(name, frames[name])
            laid = _with_entries(said, schema, mine, touched, restricted.edition)
            frames |= with_ranges({name: laid})
    return replace(restricted, frames=frames)


def _is_seen(entry: Entry, entries: Entries, who: str) -> bool:
    is_own = str(entry.row.get("assessor_id", "")) == who
    return is_own or not is_open(entry, entries.rounds)


def _with_entries(
    frame: pd.DataFrame,
    schema: TableSchema,
    entries: list[Entry],
    touched: set[_Key],
    edition: Edition,
) -> pd.DataFrame:
    rows = {row_key(schema, row): row for row in row_dicts(frame)}
    # The notebook may have loaded an entry that was taken back since.
    is_from_workshop = {key for key in touched if _is_entered(rows.get(key))}
    given: dict[_Key, dict[str, Any]] = {}
    for entry in entries:
        given.setdefault(entry.key, {}).update(entry.row)
    for key in is_from_workshop - given.keys():
        rows.pop(key)
    for key, values in given.items():
        rows[key] = rows.get(key, {}) | values
    visible = [row for row in rows.values() if may_see_row(row, schema, edition)]
    made = typed_frame(schema, visible, provenance="source_file" in frame)
    return made[list(frame.columns)]


def _is_entered(row: Mapping[str, Any] | None) -> bool:
    return row is not None and "/workshop/" in str(row.get("source_file") or "")
