"""Offices that rows name: spelled as in the list of offices, and listed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from strategy_lib.tables.faults import Fault
from strategy_lib.tables.journal import Journal
from strategy_lib.tables.nearest import nearest_of
from strategy_lib.tables.places import row_dicts, tell
from strategy_lib.tables.rawsheets import loose_key, shortened
from strategy_lib.tables.schema import Field, schemas

Frames = dict[str, pd.DataFrame]
_MOST_HINTS = 2_000


def spell_units(frames: Frames) -> Frames:
    """Office codes as the list of offices spells them, where only upper and lower case differ."""
    listed = frames["units"]["unit_id"].dropna()
    spelling = {str(unit).casefold(): unit for unit in reversed(listed.tolist())}
    spelled = dict(frames)
    for name, item in _unit_fields():
        column = frames[name][item.name]
        names = {u: spelling.get(str(u).casefold(), u) for u in column.dropna().unique()}
        if any(old != new for old, new in names.items()):
            spelled[name] = spelled[name].assign(**{item.name: column.map(names).astype("str")})
    return spelled


def _unit_fields() -> Iterator[tuple[str, Field]]:
    """Fields that hold the code of an office, beside the list of offices itself."""
    for schema in schemas().values():
        for item in schema.fields:
            if item.refers_to == ("units", "unit_id"):
                yield schema.name, item


def check_references(frames: Frames, journal: Journal) -> None:
    """Say which rows name an office that is not listed; one line where no office is listed."""
    units = frames["units"]
    if units["unit_id"].isna().all():
        if any(not frame.empty for frame in frames.values()):
            journal.add_fault(_no_units(), "", "", 0, "")
        return
    known = set(units["unit_id"].dropna())
    names = {loose_key(str(u)): str(u) for u in sorted(known)}
    pairs = units[["name", "unit_id"]].dropna()
    for name, unit in zip(pairs["name"], pairs["unit_id"], strict=True):
        names.setdefault(loose_key(str(name)), str(unit))
    hints: dict[str, str] = {}
    for table, item in _unit_fields():
        column = frames[table][item.name]
        for row in row_dicts(frames[table][column.notna() & ~column.isin(list(known))]):
            tell(journal, table, row, item.name, _unknown_unit(str(row[item.name]), names, hints))


def _no_units() -> Fault:
    message = "no office is listed; fill in forms/offices.xlsx and save it in inputs/prepare"
    return Fault("no_units", message)


def _unknown_unit(unit: str, names: Mapping[str, str], hints: dict[str, str]) -> Fault:
    if unit not in hints and len(hints) < _MOST_HINTS:
        hints[unit] = nearest_of(unit, names)
    message = f'found "{shortened(unit)}"; no office with this code is in the list of offices'
    allowed = "a code of the list of offices"
    return Fault("unknown_reference", message, shortened(unit), allowed, hints.get(unit, ""))


def check_parents(frames: Frames, journal: Journal) -> None:
    """Say which offices report to themselves, directly or through others."""
    rows = row_dicts(frames["units"])
    above = {row["unit_id"]: row["parent_unit_id"] for row in rows if row["unit_id"]}
    for row in rows:
        chain = _chain(row["unit_id"], above)
        if chain:
            message = f"this office reports to itself: {' -> '.join(chain)}"
            found = shortened(str(row["parent_unit_id"]))
            tell(journal, "units", row, "parent_unit_id", Fault("circular_parent", message, found))


def _chain(unit: str | None, above: Mapping[str, str | None]) -> list[str]:
    """Offices from one to itself through those that it reports to; empty where there is no way."""
    seen = [unit] if unit else []
    while seen and (parent := above.get(str(seen[-1]))) is not None:
        if parent == unit:
            return [*map(str, seen), parent]
        if parent in seen:
            return []
        seen.append(parent)
    return []
